import { h, saveSvg, svg } from "../dom";
import type { Answer } from "../results/columns";
import { countedOf, number, t } from "../page";

/** What a view gets: where to draw, what to draw, and how to ask the endpoint for more. */
export interface Scene {
  host: HTMLElement;
  answer: Answer;
  name: string;
}

export type Draw = (scene: Scene) => void;

/** Say that an answer cannot be shown so, which columns it takes, and which the answer has. */
export function unfit({ host, answer }: Scene, wants: string, ...more: HTMLElement[]): void {
  const cause = answer.rows.length ? t("unfit") : t("unfitEmpty");
  const has = answer.rows.length > 0 && h("p", { class: "wb-soft" }, t("unfitHas", { columns: answer.columns.map(({ head, kind }) => `«${head}» — ${t(`kind_${kind}`)}`).join(", ") }));
  host.replaceChildren(h("div", { class: "wb-unfit", role: "status" }, h("p", { class: "wb-unfit-title" }, cause), h("p", {}, t(wants)), has, ...more));
}

/** How many rows are drawn, and how many lack what the view needs. */
export function tally(shown: number, all: number): HTMLElement {
  const skipped = shown < all ? `, ${t("skippedRows", { count: number(all - shown) })}` : "";
  return h("p", { class: "wb-tally", role: "status" }, t("shownRows", { shown: number(shown), all: countedOf(all, "rows") }) + skipped);
}

export function button(text: string, click: () => void, properties: Record<string, string | boolean> = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "wb-plain", onclick: click, ...properties }, text);
}

export function saveButton(picture: () => SVGSVGElement | null, name: string): HTMLButtonElement {
  return button(t("savePicture"), () => {
    const drawn = picture();
    if (drawn) saveSvg(drawn, `${name}.svg`);
  });
}

/** A picture that keyboard, wheel and pointer move and zoom; `redraw` is told the new view. */
export interface Camera {
  scale: number;
  x: number;
  y: number;
}

export interface Stage {
  element: HTMLElement;
  picture: SVGSVGElement;
  camera: Camera;
}

const STEP = 1.4;
const KEYS: Record<string, readonly [number, number]> = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };

/** Make the picture with its three buttons. `width` and `height` are its own units; the camera is applied by `redraw`. */
export function stage(label: string, width: number, height: number, most: number, redraw: (camera: Camera) => void): Stage {
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", tabindex: 0, "aria-label": label, class: "wb-picture" });
  const camera: Camera = { scale: 1, x: 0, y: 0 };
  const zoom = (factor: number, x = width / 2, y = height / 2) => {
    const scale = Math.min(most, Math.max(0.5, camera.scale * factor));
    camera.x = x - ((x - camera.x) * scale) / camera.scale;
    camera.y = y - ((y - camera.y) * scale) / camera.scale;
    camera.scale = scale;
    redraw(camera);
  };
  const move = (x: number, y: number) => {
    camera.x += x;
    camera.y += y;
    redraw(camera);
  };
  const reset = () => {
    Object.assign(camera, { scale: 1, x: 0, y: 0 });
    redraw(camera);
  };
  listen(picture, width, zoom, move, reset);
  const element = h(
    "div",
    { class: "wb-stage" },
    picture,
    h(
      "div",
      { class: "wb-zoom", role: "group" },
      button("+", () => zoom(STEP), { "aria-label": t("zoomIn"), title: t("zoomIn") }),
      button("−", () => zoom(1 / STEP), { "aria-label": t("zoomOut"), title: t("zoomOut") }),
      button(t("fit"), reset),
    ),
  );
  return { element, picture, camera };
}

function listen(
  picture: SVGSVGElement,
  width: number,
  zoom: (factor: number, x?: number, y?: number) => void,
  move: (x: number, y: number) => void,
  reset: () => void,
): void {
  const unit = () => width / (picture.getBoundingClientRect().width || width);
  let held: { x: number; y: number } | undefined;
  picture.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (step) move(...step);
    else if (event.key === "+" || event.key === "=") zoom(STEP);
    else if (event.key === "-") zoom(1 / STEP);
    else if (event.key === "0") reset();
    else return;
    event.preventDefault();
  });
  // The wheel zooms only with Ctrl or once the picture has the focus, so that the page can be scrolled past it.
  picture.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && document.activeElement !== picture) return;
      event.preventDefault();
      const box = picture.getBoundingClientRect();
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, (event.clientX - box.left) * unit(), (event.clientY - box.top) * unit());
    },
    { passive: false },
  );
  picture.addEventListener("pointerdown", (event) => {
    held = { x: event.clientX, y: event.clientY };
  });
  picture.addEventListener("pointermove", (event) => {
    if (!held || !(event.buttons & 1)) return;
    picture.setPointerCapture(event.pointerId);
    move((event.clientX - held.x) * unit(), (event.clientY - held.y) * unit());
    held = { x: event.clientX, y: event.clientY };
  });
  picture.addEventListener("pointerup", () => {
    held = undefined;
  });
}

/** The room for a picture beside its list (below it on narrow screens), in pixels, which are its units. */
export function room(host: HTMLElement): { width: number; height: number } {
  const whole = host.clientWidth || 900;
  const width = matchMedia("(max-width: 1100px)").matches ? whole : whole - 296;
  return { width, height: Math.round(Math.min(600, Math.max(340, width * 0.6))) };
}

const pen = document.createElement("canvas").getContext("2d");

/** How wide a text is drawn, in pixels. */
export function widthOf(text: string, size: number): number {
  if (!pen) return text.length * size * 0.6;
  pen.font = `${size}px ${TYPE}`;
  return pen.measureText(text).width;
}

/** Labels that do not overlap: the first that ask for a place get it. */
export class Places {
  private taken: [number, number, number, number][] = [];

  /** Take the box where it is free. */
  take(x: number, y: number, width: number, height: number): boolean {
    const free = this.taken.every(([a, b, c, d]) => x > a + c || a > x + width || y > b + d || b > y + height);
    if (free) this.block(x, y, width, height);
    return free;
  }

  /** Keep labels out of a box. */
  block(x: number, y: number, width: number, height: number): void {
    this.taken.push([x, y, width, height]);
  }
}

/** Where a label can stand beside its dot: right, left, below or above, inside the picture; undefined where all is taken. */
export function spotFor(free: Places, text: string, size: number, [x, y]: readonly [number, number], r: number, width: number): { x: number; y: number } | undefined {
  const wide = widthOf(text, size);
  const spots = [
    [x + r + 5, y + size / 3],
    [x - r - 5 - wide, y + size / 3],
    [x - wide / 2, y + r + size + 2],
    [x - wide / 2, y - r - 6],
  ] as const;
  const found = spots.find(([left, base]) => left >= 2 && left + wide <= width - 2 && free.take(left, base - size, wide, size + 3));
  return found && { x: found[0], y: found[1] };
}

/** A text cut to so many characters. */
export function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

export const INK = "#16202a";
export const SOFT = "#55616c";
export const FAINT = "#e3e7eb";
export const ACCENT = "#0b5a8f";
export const WASH = "#f5f7f8";
export const TYPE = '"PT Sans", "Segoe UI", "Noto Sans", Roboto, "Helvetica Neue", "DejaVu Sans", Arial, sans-serif';
