import { h, saveSvg } from "../../../kit/dom";
import type { Camera, Frame, Point } from "../../../kit/picture/camera";
import { stage, type Stage } from "../../../kit/picture/stage";
import { button } from "../controls";
import { countedOf, number, t } from "../page";
import type { Answer } from "../results/columns";

/** What a view gets: where to draw, what to draw, and the name of a file of it. */
export interface Scene {
  host: HTMLElement;
  answer: Answer;
  name: string;
}

/** Draws at once what it can; what it must wait for it tells of as `busy`. */
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

export function saveButton(picture: () => SVGSVGElement | null, name: string): HTMLButtonElement {
  return button(t("savePicture"), () => {
    const drawn = picture();
    if (drawn) saveSvg(drawn, `${name}.svg`);
  });
}

/** A picture that can be moved and zoomed, with its three buttons over it. */
export function staged(label: string, { width, height }: Frame, most: number, redraw: (camera: Camera) => void, click?: (at: Point) => void): Stage & { element: HTMLElement } {
  const made = stage(label, width, height, most, redraw, click);
  made.picture.classList.add("wb-picture");
  const zoom = h(
    "div",
    { class: "wb-zoom", role: "group" },
    button("+", made.nearer, { "aria-label": t("zoomIn"), title: t("zoomIn") }),
    button("−", made.farther, { "aria-label": t("zoomOut"), title: t("zoomOut") }),
    button(t("fit"), made.reset),
  );
  return Object.assign(made, { element: h("div", { class: "wb-stage" }, made.picture, zoom) });
}

/** The room for a picture beside its list (below it on narrow screens), in pixels, which are its units. */
export function room(host: HTMLElement): Frame {
  const whole = host.clientWidth || 900;
  const width = matchMedia("(max-width: 1100px)").matches ? whole : whole - 296;
  return { width, height: Math.round(Math.min(600, Math.max(340, width * 0.6))) };
}
