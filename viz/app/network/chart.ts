import { h } from "../../kit/dom";
import { moved, zoomed, type Camera, type Frame, type Point } from "../../kit/picture/camera";
import { paint } from "../../kit/picture/canvas";
import { listen, STEP } from "../../kit/picture/gestures";
import { hit } from "../../kit/picture/hit";
import type { Mark, Picture } from "../../kit/picture/marks";
import { only } from "../../kit/picture/parts";
import { Pause } from "../../kit/pause";
import { BADGE } from "./draw";
import type { Theme } from "./theme";
import type { View } from "./views";
import { ARROWS, next } from "./walk";

const LIMITS = [0.3, 6] as const;
/** A picture that has too little room begins no smaller than this, and is moved about. */
const LEGIBLE = 0.8;
/** So long nothing must have moved for names to look for new seats, in milliseconds. */
const REST = 140;
/** What is not pointed at is seen through a veil so strong. */
const VEIL = "0.25";
const RING = { away: 4, width: 2 };

export interface ChartEvents {
  /** Somebody, a tie or a badge was clicked or opened by Enter; "" for nothing. */
  choose(id: string): void;
  /** The keyboard came to somebody. */
  reached(id: string): void;
  /** A key that undoes or redoes or folds. */
  key(event: KeyboardEvent): boolean;
}

/** A picture on a canvas that is moved, zoomed and walked through. What is pointed at is painted on a second canvas over it, so that the first is painted only when it moves. */
export class Chart {
  readonly element: HTMLElement;
  private camera: Camera = { scale: 1, x: 0, y: 0 };
  private readonly canvas = h("canvas", { "aria-hidden": "true" });
  private readonly over = h("canvas", { class: "over", "aria-hidden": "true" });
  private readonly rest = new Pause(REST);
  private size: Frame = { width: 0, height: 0 };
  private view: View | undefined;
  private theme: Theme | undefined;
  private seen: Picture = { width: 0, height: 0, strokes: [], marks: [], texts: [] };
  private chosen = "";
  private hovered = "";
  private walker = "";
  private waiting = 0;

  constructor(label: string, description: string, private readonly events: ChartEvents) {
    this.element = h("div", { class: "picture", role: "application", tabindex: 0, "aria-label": label, "aria-describedby": description }, this.canvas, this.over);
    listen(this.element, {
      unit: () => 1,
      zoom: (factor, at) => this.from(zoomed(this.camera, factor, at ?? this.middle(), ...LIMITS)),
      move: (x, y) => this.shift(x, y),
      reset: () => this.fit(),
      click: (at) => this.events.choose(hit(this.seen, at.x, at.y)),
      hover: (at) => this.point(at ? hit(this.seen, at.x, at.y) : ""),
      key: (event) => this.key(event),
    });
    this.element.addEventListener("focus", () => this.light());
    this.element.addEventListener("blur", () => this.light());
  }

  /** Show a view on a canvas of this size. */
  show(view: View, size: Frame, theme: Theme, chosen: string): void {
    [this.view, this.theme, this.chosen] = [view, theme, chosen];
    if (size.width !== this.size.width || size.height !== this.size.height) {
      this.resize(size);
      this.camera = this.fitting();
    }
    if (!view.places.has(this.walker)) this.walker = "";
    this.paint(true);
  }

  /** The whole picture, as large as it fits. */
  fit(): void {
    this.from(this.fitting());
  }

  private fitting(): Camera {
    const { width, height } = this.view?.frame ?? this.size;
    const scale = Math.max(LEGIBLE, Math.min(this.size.width / width, this.size.height / height));
    return { scale, x: (this.size.width - width * scale) / 2, y: (this.size.height - height * scale) / 2 };
  }

  nearer(): void {
    this.from(zoomed(this.camera, STEP, this.middle(), ...LIMITS));
  }

  farther(): void {
    this.from(zoomed(this.camera, 1 / STEP, this.middle(), ...LIMITS));
  }

  /** Move the picture by so many pixels. */
  shift(x: number, y: number): void {
    this.from(moved(this.camera, x, y));
  }

  /** Somebody or a tie is chosen now. */
  mark(chosen: string): void {
    this.chosen = chosen;
    this.light();
  }

  /** What keyboard or pointer are on: a node's id, or a tie's. */
  get pointed(): string {
    return this.hovered || (document.activeElement === this.element ? this.walker : "");
  }

  private key(event: KeyboardEvent): boolean {
    const way = ARROWS[event.key];
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (way && isPlain && !event.shiftKey && this.view) {
      this.reach(next(this.view, this.walker || this.chosen, way));
      return true;
    }
    if (event.key === "Enter" && this.walker) {
      this.events.choose(this.walker);
      return true;
    }
    return this.events.key(event);
  }

  private reach(id: string): void {
    this.walker = id;
    this.light();
    this.events.reached(id);
  }

  private middle(): Point {
    return { x: this.size.width / 2, y: this.size.height / 2 };
  }

  private from(camera: Camera): void {
    this.camera = camera;
    this.waiting ||= requestAnimationFrame(() => this.paint(false));
    this.rest.then(() => this.paint(true));
  }

  private paint(isAtRest: boolean): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    if (!this.view) return;
    this.seen = this.view.picture(this.camera, this.size, isAtRest);
    this.put(this.canvas, this.seen);
    this.light();
  }

  private point(id: string): void {
    if (id === this.hovered) return;
    this.hovered = id;
    this.element.style.cursor = id ? "pointer" : "";
    this.light();
  }

  /** Paint what is pointed at, with all its ties, over the veiled rest; what is chosen only bears a ring. */
  private light(): void {
    const lit = this.view && this.pointed ? litBy(this.view, this.pointed) : undefined;
    this.canvas.style.opacity = lit ? VEIL : "";
    const part = only(this.seen, lit ?? new Set());
    const rings = [this.chosen, lit ? this.pointed : ""].flatMap((id) => this.rings(this.seen.marks, id));
    this.put(this.over, { ...part, areas: lit ? (part.areas ?? []) : [], marks: [...part.marks, ...rings] });
  }

  private rings(marks: readonly Mark[], id: string): Mark[] {
    const mark = marks.find((each) => each.id === id);
    if (!mark || !this.theme) return [];
    return [{ ...mark, r: mark.r + RING.away, ...(mark.half ? { half: mark.half + RING.away } : {}), colour: "transparent", edge: this.theme.ink, edgeWidth: RING.width }];
  }

  private resize(size: Frame): void {
    this.size = size;
    this.element.style.height = `${size.height}px`;
    for (const canvas of [this.canvas, this.over]) {
      canvas.width = Math.round(size.width * devicePixelRatio);
      canvas.height = Math.round(size.height * devicePixelRatio);
    }
  }

  private put(canvas: HTMLCanvasElement, picture: Picture): void {
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const ratio = canvas.width / (this.size.width || 1);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.size.width, this.size.height);
    paint(pen, picture);
  }
}

/** How large a canvas is for a picture, so wide: as high as the picture is at the scale at which it begins. */
export function sizeOf(frame: Frame, width: number): Frame {
  return { width, height: Math.round(frame.height * Math.min(1, Math.max(LEGIBLE, width / frame.width))) };
}

/** Somebody with their badge, their ties and whom these lead to; a tie with its ends. */
function litBy({ places, links }: View, pointed: string): Set<string> | undefined {
  const id = pointed.startsWith(BADGE) ? pointed.slice(BADGE.length) : pointed;
  const mine = links.filter((link) => link.id === id || link.a === id || link.b === id);
  if (!mine.length && !places.has(id)) return undefined;
  const lit = new Set([id, ...mine.flatMap((link) => [link.id, link.a, link.b])]);
  for (const each of [...lit]) lit.add(BADGE + each);
  return lit;
}
