import { h, svg } from "../kit/dom";
import { SOFT } from "../kit/picture/colours";
import type { Page } from "./page";

/** A dot of a party's colour: round for an organisation, square for a town or a country. */
export function dotOf({ data }: Page, id: string): HTMLElement {
  const party = data.parties[id];
  return dot(party?.colour ?? SOFT, party?.type === "organisation");
}

export function dot(colour: string, isRound = true): HTMLElement {
  const mark = h("span", { class: "dot", "aria-hidden": "true" });
  mark.style.background = colour;
  if (!isRound) mark.style.borderRadius = "2px";
  return mark;
}

/** A piece of a line, whole or dashed. */
export function sample(isDashed: boolean): SVGElement {
  const line = svg("line", { x1: 0, y1: 5, x2: 34, y2: 5, stroke: isDashed ? "#93a0ab" : "#2b3a45", "stroke-width": 2.6, "stroke-dasharray": isDashed ? "7 6" : "none" });
  return svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, line);
}

/** Names with their values; what has no value is left out. */
export function facts(pairs: readonly (readonly [string, string | readonly Node[]])[]): HTMLElement {
  const known = pairs.filter(([, value]) => value.length > 0);
  return h("dl", { class: "facts" }, ...known.flatMap(([label, value]) => [h("dt", {}, label), h("dd", {}, ...(typeof value === "string" ? [value] : value))]));
}
