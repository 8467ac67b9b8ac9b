import { busy } from "../../kit/busy";
import { h, svg } from "../../kit/dom";
import { loadWorld, type World } from "../../kit/land";
import type { Camera, Frame } from "../../kit/picture/camera";
import { canPaint } from "../../kit/picture/measure";
import { stage, type Stage } from "../../kit/picture/stage";
import type { Wording } from "../../kit/words";
import { wordsOf } from "../islands";
import { paperLook } from "../network/theme";
import type { Chosen, Given, Spot } from "./given";
import { painted, screenLook, type Manner } from "./paint";
import { panelOf } from "./panel";
import { savePng } from "./png";
import { around, placed, seenFrom, under, type Edges } from "./shape";

/** Pixels between the margins of a sheet: a wide map is made smaller there, and its names must not be. */
const SHEET = 660;
/** So many times nearer than at first. */
const MOST = 80;
/** On a phone a map is as high as it is wide by this, has fewer names, and smaller ones. */
const NARROW = 500;
const WIDE = { tall: 0.6, names: 70, letters: 12, signs: 1, edges: { top: 56, right: 96, bottom: 28, left: 40 } };
const SLIM = { tall: 0.86, names: 14, letters: 11, signs: 0.65, edges: { top: 52, right: 40, bottom: 20, left: 20 } };
/** A map as an illustration: names of few, no buttons above. */
const SMALL = { tall: 0.82, names: 12, letters: 11, signs: 0.65, edges: { top: 24, right: 64, bottom: 20, left: 20 } };

interface Size {
  tall: number;
  names: number;
  letters: number;
  signs: number;
  edges: Edges;
}

/** Draw the map of a page: whole, or as an illustration (`data-small`). */
export function mount(element: HTMLElement): void {
  draw(element, JSON.parse(document.getElementById(element.dataset.given ?? "")?.textContent ?? "") as Given, wordsOf(element));
}

/** Draw a map in the stage of an element. */
export function draw(element: HTMLElement, given: Given, words: Wording): void {
  const room = part(element, "stage");
  if (!room) throw new Error("a map needs a stage");
  if (element.dataset.small !== undefined) illustrate(room, given, words);
  else new TieMap(element, room, given, words).start();
}

function part(element: Element, name: string): HTMLElement | null {
  return element.querySelector<HTMLElement>(`[data-part="${name}"]`);
}

function frameOf(room: HTMLElement, { tall }: Size): Frame {
  const width = Math.max(240, Math.round(room.clientWidth || 800));
  return { width, height: Math.round(width * tall) };
}

/** Fill a stage with a picture nobody moves, and again when it gets another width. */
function illustrate(room: HTMLElement, given: Given, words: Wording): void {
  room.hidden = false;
  entitle(room);
  const near = given.spots.filter(({ isFar }) => !isFar);
  const draw = (world?: World) => {
    const frame = frameOf(room, SMALL);
    const picture = svg("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, class: "mapsvg", role: "img", "aria-label": words.t("mapLabel", { places: words.counted(given.spots.length, "places") }) });
    const projection = seenFrom(around(near, frame, SMALL.edges), { scale: 1, x: 0, y: 0 }, frame);
    picture.append(...painted(given, projection, frame, world, { look: screenLook, ...SMALL }));
    room.replaceChildren(picture);
  };
  draw();
  void busy(room, loadWorld().then((world) => follow(room, () => draw(world))));
}

/** What is pointed at says who it is: by one title for all, since each of its own would double the elements. */
function entitle(room: HTMLElement): void {
  room.addEventListener("pointerover", ({ target }) => (room.title = target instanceof SVGElement ? (target.dataset.said ?? "") : ""));
}

/** Draw whenever a room gets another width, and now. */
function follow(room: HTMLElement, draw: () => void): void {
  let width = -1;
  new ResizeObserver(() => {
    if (room.clientWidth !== width) draw();
    width = room.clientWidth;
  }).observe(room);
}

/** The map that is moved, and tells of what is chosen in it. */
class TieMap {
  private world: World | undefined;
  private chosen: Chosen | undefined;
  private isWhole = false;
  private isOnPaper = false;
  private frame: Frame = { width: 1, height: 1 };
  private stage: Stage | undefined;

  constructor(private readonly element: HTMLElement, private readonly room: HTMLElement, private readonly given: Given, private readonly words: Wording) {}

  start(): void {
    this.room.hidden = false;
    entitle(this.room);
    for (const each of canPaint() ? document.querySelectorAll<HTMLElement>('[data-map="png"]') : []) {
      each.hidden = false;
      each.onclick = () => this.save(); // the map drawn last is the one that is saved
    }
    follow(this.room, () => this.build());
    const far = part(this.element, "far");
    if (far) {
      entitle(far);
      this.drawFar(far);
    }
    void busy(this.room, loadWorld().then((world) => {
      this.world = world;
      this.repaint();
      if (far) this.drawFar(far);
    }));
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.choose(undefined);
    });
  }

  private get size(): Size {
    return this.room.clientWidth < NARROW ? SLIM : WIDE;
  }

  private build(): void {
    this.frame = frameOf(this.room, this.size);
    const { width, height } = this.frame;
    const label = this.words.t("mapLabel", { places: this.words.counted(this.given.spots.length, "places") });
    const made = stage(label, width, height, MOST, () => this.repaint(), (at) => this.choose(under(this.given, placed(this.given.spots, this.projection), at)));
    made.picture.classList.add("mapsvg");
    made.picture.setAttribute("aria-describedby", part(this.element, "how")?.id ?? "");
    this.stage = made;
    this.room.replaceChildren(made.picture, this.tools(made));
    this.repaint();
  }

  private tools(made: Stage): HTMLElement {
    const button = (name: string, text: string, act: () => void) => h("button", { type: "button", class: "btn small", "aria-label": this.words.t(name), title: this.words.t(name), onclick: act }, text);
    const hasFar = this.given.spots.some(({ isFar }) => isFar);
    const whole = h("button", { type: "button", class: "btn small", "aria-pressed": String(this.isWhole), onclick: () => this.turn(made, whole) }, this.words.t("whole"));
    const back = button("fit", "⤢", () => made.reset());
    return h("div", { class: "tools", role: "group", "aria-label": this.words.t("tools") }, button("nearer", "+", made.nearer), button("farther", "−", made.farther), hasFar ? whole : back);
  }

  /** Show all places, or only those of the usual frame. */
  private turn(made: Stage, button: HTMLElement): void {
    this.isWhole = !this.isWhole;
    button.setAttribute("aria-pressed", String(this.isWhole));
    made.reset();
  }

  private get shown(): readonly Spot[] {
    const near = this.given.spots.filter(({ isFar }) => !isFar);
    return this.isWhole || !near.length ? this.given.spots : near;
  }

  private get projection(): ReturnType<typeof seenFrom> {
    const camera: Camera = this.stage?.camera ?? { scale: 1, x: 0, y: 0 };
    return seenFrom(around(this.shown, this.frame, this.size.edges), camera, this.frame);
  }

  private get manner(): Manner {
    const { names, letters, signs } = this.size;
    const larger = this.isOnPaper ? Math.max(1, this.frame.width / SHEET) : 1;
    return { look: screenLook, names, letters: letters * larger, signs: signs * Math.sqrt(larger), chosen: this.chosen };
  }

  private print(is: boolean): void {
    this.isOnPaper = is;
    this.repaint();
  }

  private repaint(): void {
    this.stage?.picture.replaceChildren(...painted(this.given, this.projection, this.frame, this.world, this.manner));
  }

  /** What lies too far off for the frame, in a map of its own. */
  private drawFar(room: HTMLElement): void {
    const arcs = this.given.arcs.filter(({ a, b }) => this.given.spots[a]?.isFar || this.given.spots[b]?.isFar);
    const ends = new Set(arcs.flatMap(({ a, b }) => [a, b]));
    const places = this.given.spots.filter((_, index) => ends.has(index));
    const numbers = new Map([...ends].sort((one, other) => one - other).map((old, now) => [old, now]));
    const given: Given = { opacity: this.given.opacity, spots: places, arcs: arcs.map((arc) => ({ ...arc, a: numbers.get(arc.a) ?? 0, b: numbers.get(arc.b) ?? 0 })) };
    const frame = frameOf(room, SMALL);
    const picture = svg("svg", { viewBox: `0 0 ${frame.width} ${frame.height}`, class: "mapsvg", role: "img", "aria-label": this.words.t("farLabel") });
    picture.append(...painted(given, seenFrom(around(places, frame, SMALL.edges), { scale: 1, x: 0, y: 0 }, frame), frame, this.world, { look: screenLook, ...SMALL }));
    room.hidden = false;
    room.replaceChildren(picture);
  }

  private choose(chosen: Chosen | undefined): void {
    this.chosen = chosen;
    this.repaint();
    part(this.element, "panel")?.replaceChildren(...panelOf(this.given, chosen, this.words));
  }

  private save(): void {
    const { width, height } = this.frame;
    const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
    picture.append(...painted(this.given, this.projection, this.frame, this.world, { ...this.manner, look: paperLook() }));
    savePng(picture, this.frame, `${document.querySelector("h1")?.textContent ?? document.title}.png`);
  }
}
