import { h } from "../../../kit/dom";
import { t } from "../page";
import type { Series } from "../results/plot";

/** What the columns along, up and of the series are called. */
export interface Heads {
  x: string;
  y: string;
  series: string;
}

/** Told apart by most people with a colour vision deficiency, and from each other in grey by their order. */
const COLOURS = ["#0b5a8f", "#d1762c", "#4d9a6a", "#a63d7a", "#7fb0d6", "#b8a02e", "#6a5aa8"] as const;
const REST = "#9aa6b0";

export function colourOf({ isRest }: Series, index: number): string {
  return isRest ? REST : (COLOURS[index % COLOURS.length] ?? REST);
}

export function nameOf({ isRest, label }: Series): string {
  return isRest ? t("restOf") : label;
}

/** The colours of series with their names, for charts that are no pictures. */
export function legend(series: readonly Series[], heads: Heads): HTMLElement {
  const items = series.map((each, index) => {
    const swatch = h("span", { class: "wb-swatch" });
    swatch.style.background = colourOf(each, index);
    return h("li", {}, swatch, nameOf(each));
  });
  return h("ul", { class: "wb-legend", "aria-label": heads.series }, ...items);
}
