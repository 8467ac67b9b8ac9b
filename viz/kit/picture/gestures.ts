import type { Point } from "./camera";

/** What moves over a picture do; places are in the picture's units. */
export interface Gestures {
  /** Pixels of the screen to the picture's units. */
  unit: () => number;
  zoom: (factor: number, at?: Point) => void;
  move: (x: number, y: number) => void;
  reset: () => void;
  /** Keys that mean something else here: true where one was taken. */
  key?: (event: KeyboardEvent) => boolean;
  click?: (at: Point) => void;
  /** Where the pointer is; undefined once it has left. */
  hover?: (at: Point | undefined) => void;
}

export const STEP = 1.4;
const WHEEL = 1.2;
const KEYS: Record<string, readonly [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
/** So far a pointer may move and still be a click, in pixels of the screen. */
const STILL = 4;

/** Let keyboard, wheel, pointer and two fingers move and zoom a picture. */
export function listen(element: HTMLElement | SVGSVGElement, given: Gestures): void {
  element.addEventListener("keydown", (event) => {
    if (given.key?.(event as KeyboardEvent) || key(event as KeyboardEvent, given)) event.preventDefault();
  });
  element.addEventListener(
    "wheel",
    (event) => {
      const { ctrlKey, deltaY } = event as WheelEvent;
      // The wheel zooms only with Ctrl or once the picture has the focus, so that the page can be scrolled past it.
      if (!ctrlKey && document.activeElement !== element) return;
      event.preventDefault();
      given.zoom(deltaY < 0 ? WHEEL : 1 / WHEEL, placeOf(element, given, event as WheelEvent));
    },
    { passive: false },
  );
  new Pointers(element, given);
}

function key({ key, ctrlKey, metaKey, altKey }: KeyboardEvent, { zoom, move, reset }: Gestures): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const step = KEYS[key];
  if (step) move(...step);
  else if (key === "+" || key === "=") zoom(STEP);
  else if (key === "-") zoom(1 / STEP);
  else if (key === "0") reset();
  else return false;
  return true;
}

function placeOf(element: Element, { unit }: Gestures, { clientX, clientY }: MouseEvent): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: (clientX - left) * unit(), y: (clientY - top) * unit() };
}

/** The pointers that are down: one moves the picture, two zoom it. */
class Pointers {
  private readonly down = new Map<number, Point>();
  private start: Point = { x: 0, y: 0 };
  private isStill = false;

  constructor(
    private readonly element: HTMLElement | SVGSVGElement,
    private readonly given: Gestures,
  ) {
    const on = (name: string, act: (event: PointerEvent) => void) => element.addEventListener(name, act as EventListener);
    on("pointerdown", (event) => this.begin(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.end(event, true));
    on("pointercancel", (event) => this.end(event, false));
    on("pointerleave", () => given.hover?.(undefined));
  }

  private begin(event: PointerEvent): void {
    if (event.button > 0) return;
    const at = placeOf(this.element, this.given, event);
    this.down.set(event.pointerId, at);
    this.isStill = this.down.size === 1;
    this.start = at;
  }

  private move(event: PointerEvent): void {
    const at = placeOf(this.element, this.given, event);
    const before = this.down.get(event.pointerId);
    if (!before || !(event.buttons & 1)) {
      this.down.delete(event.pointerId);
      this.given.hover?.(at);
      return;
    }
    if (this.isStill && Math.hypot(at.x - this.start.x, at.y - this.start.y) <= STILL * this.given.unit()) return;
    this.isStill = false;
    this.element.setPointerCapture(event.pointerId);
    this.down.set(event.pointerId, at);
    const [other] = [...this.down].flatMap(([id, point]) => (id === event.pointerId ? [] : [point]));
    if (other) this.given.zoom(apart(at, other) / apart(before, other), other);
    else this.given.move(at.x - before.x, at.y - before.y);
  }

  private end(event: PointerEvent, isUp: boolean): void {
    if (!this.down.delete(event.pointerId)) return;
    if (isUp && this.isStill) this.given.click?.(placeOf(this.element, this.given, event));
    this.isStill = false;
  }
}

function apart(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y) || 1;
}
