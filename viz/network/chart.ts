import { h, svg } from "../kit/dom";
import { aimed, around, moved, seen, under, within, zoomed, type Box, type Camera, type Frame, type Point } from "../kit/picture/camera";
import { paint } from "../kit/picture/canvas";
import { compose, type Graph, type Look, type Manner, type Spot } from "../kit/picture/compose";
import { listen } from "../kit/picture/gestures";
import { hit } from "../kit/picture/hit";
import { below, extentOf } from "../kit/picture/labels";
import type { Picture } from "../kit/picture/marks";
import { elements } from "../kit/picture/svg";
import { graphOf, litBy } from "./graph";
import type { Page } from "./page";

/** At this scale labels are easily read. */
export const READABLE = 0.72;
const LIMITS = [0.02, 4] as const;
/** A picture that has little room to fill is not drawn larger than this. */
const LARGEST = 1.35;
/** The buttons over the picture, and what is left free at its edges. */
const HEAD = 62;
const EDGE = { x: 20, y: 12, legend: 14 };
/** So long a pointer rests before the name is told, in milliseconds. */
const REST = 150;
const MARGIN = 24;

/** Below this scale shapes grow against the picture, or nobody would see them. */
const NEAR = 0.45;
const MOST_GROWTH = 4.5;
const growth = (scale: number) => Math.min(MOST_GROWTH, Math.max(1, NEAR / scale));
const MANNER: Manner = {
  shapes: (scale) => scale * growth(scale),
  lines: (scale) => scale * (1 + (growth(scale) - 1) * 0.6),
  dashes: (scale) => growth(scale) <= 1.5,
  labels: below,
};

/** The network on a canvas. `legend` lies over it on wide screens; `choose` is told what was clicked, "" for nothing. */
export class Chart {
  readonly element = h("div", { class: "picture", role: "group", tabindex: 0 });
  private readonly canvas = h("canvas");
  /** What the pointer is on is painted over the picture: to paint all of a large network at each move would be slow. */
  private readonly over = h("canvas");
  private readonly tip = h("div", { class: "tip", hidden: true });
  private readonly places = new Map<string, Point>();
  private camera: Camera = { scale: 1, x: 0, y: 0 };
  private frame: Frame = { width: 0, height: 0 };
  private graph: Graph = { spots: [], lines: [] };
  private look: Look = { chosen: "", hovered: "", lit: undefined };
  private hovered = "";
  private picture: Picture = { ...this.frame, strokes: [], marks: [], texts: [] };
  private waiting = 0;
  private resting = 0;

  constructor(
    private readonly page: Page,
    private readonly host: HTMLElement,
    private readonly legend: HTMLElement,
    private readonly narrow: MediaQueryList,
    choose: (id: string) => void,
  ) {
    this.element.append(this.canvas, this.over, this.tip);
    host.append(this.element);
    listen(this.element, {
      unit: () => 1,
      takesWheel: true,
      zoom: (factor, at = this.centre()) => this.from(zoomed(this.camera, factor, at, ...LIMITS)),
      move: (x, y) => this.from(moved(this.camera, x, y)),
      reset: () => this.fit(true),
      click: ({ x, y }) => choose(hit(this.picture, x, y)),
      hover: (at) => this.point(at),
      grab: ({ x, y }) => this.hold(hit(this.picture, x, y)),
    });
    new ResizeObserver(() => this.resize()).observe(host);
  }

  /** Put everybody where the layout has them on this shape of screen, and show all. */
  arrange(): void {
    for (const { id, x, y } of this.page.data.drawing.nodes) {
      const [left, top] = this.narrow.matches ? (this.page.data.parties[id]?.narrow ?? [x, y]) : [x, y];
      this.places.set(id, { x: left, y: top });
    }
    this.resize();
    this.show();
    this.fit(false);
  }

  /** Draw what the page shows now. */
  show(): void {
    this.graph = graphOf(this.page, this.places);
    this.look = { chosen: this.page.state.selected, hovered: "", lit: litBy(this.page) };
    this.paint();
  }

  zoom(factor: number): void {
    this.camera = zoomed(this.camera, factor, this.centre(), ...LIMITS);
    this.paint();
  }

  /** Show everything. With whole = false a tall picture is rather shown from its top, if that makes it readable. */
  fit(whole: boolean): void {
    const all = around(this.graph.spots.map(boxOf));
    if (!all) return;
    const overlay = this.narrow.matches ? 0 : this.legend.offsetHeight + EDGE.legend;
    const room = within(this.frame, 2 * EDGE.x, overlay + HEAD + EDGE.y);
    const across = room.width / (all.right - all.left);
    const fitting = Math.min(LARGEST, across, room.height / (all.bottom - all.top));
    const scale = !whole && fitting < READABLE && across >= READABLE ? Math.min(1, across) : fitting;
    const centre = (low: number, high: number, size: number) => (high - low <= size / scale ? (low + high) / 2 : low + size / scale / 2);
    const { x, y } = this.centre();
    this.camera = aimed({ x: centre(all.left, all.right, room.width), y: centre(all.top, all.bottom, room.height) }, scale, { x, y: y + (HEAD - overlay) / 2 });
    this.paint();
  }

  /** Bring the choice into view, but leave the picture where it is as long as all of the choice can be seen. `covered` is the height of what lies over the picture's foot. */
  focus(id: string, covered: number): void {
    const tie = this.page.tie(id);
    const ends = new Set(tie ? [tie.a, tie.b] : [id]);
    const reach = around(this.graph.spots.filter((spot) => ends.has(spot.id)).map(boxOf));
    if (!reach) return;
    const { width, height } = this.frame;
    const open = Math.min(height, height - covered);
    const [low, high] = [seen(this.camera, { x: reach.left, y: reach.top }), seen(this.camera, { x: reach.right, y: reach.bottom })];
    if (low.x >= 0 && low.y >= 0 && high.x <= width && high.y <= open && this.camera.scale >= READABLE) return;
    const middle = { x: (reach.left + reach.right) / 2, y: (reach.top + reach.bottom) / 2 };
    this.camera = aimed(middle, Math.max(this.camera.scale, READABLE), { x: width / 2, y: open / 2 });
    this.paint();
  }

  /** The picture as it is on the screen, on white. */
  image(): string {
    const copy = h("canvas", { width: this.canvas.width, height: this.canvas.height });
    const pen = copy.getContext("2d");
    if (!pen) return "";
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(this.canvas, 0, 0);
    return copy.toDataURL("image/png");
  }

  /** The whole picture as paper takes it: sharp at any size. */
  forPaper(): SVGSVGElement {
    const all = around(this.graph.spots.map(boxOf)) ?? { left: 0, top: 0, right: 1, bottom: 1 };
    const frame = { width: all.right - all.left + 2 * MARGIN, height: all.bottom - all.top + 2 * MARGIN };
    const camera = aimed({ x: all.left, y: all.top }, 1, { x: MARGIN, y: MARGIN });
    const picture = compose(this.graph, camera, frame, this.look, MANNER);
    return svg("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, class: "paper", role: "img" }, ...elements(picture));
  }

  private centre(): Point {
    return { x: this.frame.width / 2, y: this.frame.height / 2 };
  }

  /** Look from there, soon: gestures come faster than pictures can be drawn. */
  private from(camera: Camera): void {
    this.camera = camera;
    this.soon();
  }

  private soon(): void {
    this.waiting ||= requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    cancelAnimationFrame(this.waiting);
    this.waiting = 0;
    this.picture = compose(this.graph, this.camera, this.frame, this.look, MANNER);
    this.put(this.canvas, this.picture);
    this.light();
  }

  /** Paint what the pointer is on. */
  private light(): void {
    const { spots, lines } = this.graph;
    const line = lines.find(({ id }) => id === this.hovered);
    const ends = new Set(line ? [line.a, line.b] : [this.hovered]);
    const graph = { spots: spots.filter(({ id }) => ends.has(id)), lines: line ? [line] : [] };
    this.put(this.over, compose(graph, this.camera, this.frame, { ...this.look, hovered: this.hovered }, { ...MANNER, labels: () => [] }));
  }

  private put(canvas: HTMLCanvasElement, picture: Picture): void {
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const ratio = canvas.width / (this.frame.width || 1);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, this.frame.width, this.frame.height);
    paint(pen, picture);
  }

  private resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host;
    if (width === this.frame.width && height === this.frame.height) return;
    const wasHidden = this.frame.width <= 2 * EDGE.x || this.frame.height <= HEAD + EDGE.y;
    this.camera = moved(this.camera, (width - this.frame.width) / 2, (height - this.frame.height) / 2);
    this.frame = { width, height };
    for (const canvas of [this.canvas, this.over]) {
      canvas.width = Math.round(width * devicePixelRatio);
      canvas.height = Math.round(height * devicePixelRatio);
    }
    if (wasHidden && this.graph.spots.length) this.fit(false); // what was chosen for a frame without size shows nothing
    else this.paint();
  }

  private hold(id: string): ((at: Point) => void) | undefined {
    const spot = this.graph.spots.find((each) => each.id === id);
    if (!spot) return undefined;
    return (at) => {
      this.places.set(id, under(this.camera, at));
      this.graph = graphOf(this.page, this.places);
      this.soon();
    };
  }

  private point(at: Point | undefined): void {
    const hovered = at ? hit(this.picture, at.x, at.y) : "";
    if (hovered === this.hovered) return;
    this.hovered = hovered;
    this.element.style.cursor = hovered ? "pointer" : "";
    this.tip.hidden = true;
    clearTimeout(this.resting);
    const spot = this.graph.spots.find(({ id }) => id === hovered);
    if (spot && at) this.resting = window.setTimeout(() => this.tell(spot, at), REST);
    this.light();
  }

  private tell({ title }: Spot, { x, y }: Point): void {
    this.tip.textContent = title;
    this.tip.hidden = false;
    this.tip.style.left = `${Math.max(4, Math.min(x + 12, this.frame.width - this.tip.offsetWidth - 4))}px`;
    this.tip.style.top = `${Math.max(4, Math.min(y + 16, this.frame.height - this.tip.offsetHeight - 4))}px`;
  }
}

function boxOf(spot: Spot): Box {
  const { half, top, bottom } = extentOf(spot);
  return { left: spot.x - half, right: spot.x + half, top: spot.y - top, bottom: spot.y + bottom };
}
