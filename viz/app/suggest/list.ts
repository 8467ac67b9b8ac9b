import { h, svg } from "../../kit/dom";
import shapes from "../../shapes.json";
import { pieces, type Answer, type Group, type Hit } from "./answer";

/** The shape of a kind, the same on all pages. */
export function shape(kind: string): SVGSVGElement {
  const { path, isFull } = Object.hasOwn(shapes, kind) ? shapes[kind as keyof typeof shapes] : shapes.towns;
  return svg("svg", { class: "shape", viewBox: "0 0 14 14", "aria-hidden": "true" }, svg("path", { d: path, class: isFull ? "full" : "outline" }));
}

/** The groups of an answer as parts of a listbox, and after them, if there is one, the way to everything that was found. */
export function groups(answer: Answer, id: string, all: { label: string; page: string } | null): HTMLElement[] {
  const made = answer.groups.map((group, index) => groupOf(group, answer.query, `${id}-${index}`));
  if (!all) return made;
  return [...made, h("a", { role: "option", class: "all", id: `${id}-all`, href: all.page, tabindex: "-1", "aria-selected": "false" }, all.label)];
}

function groupOf(group: Group, typed: string, id: string): HTMLElement {
  const head = h("span", { class: "grp", id: `${id}-head`, role: "presentation" }, group.label);
  const options = group.hits.map((hit, index) => optionOf(hit, group.kind, typed, `${id}-${index}`));
  return h("div", { role: "group", "aria-labelledby": head.id }, head, ...options);
}

function optionOf(hit: Hit, kind: string, typed: string, id: string): HTMLElement {
  const name = h("span", {}, ...pieces(hit.label, typed).map((piece) => (piece.isTyped ? h("b", {}, piece.text) : piece.text)));
  if (hit.note) name.append(" ", h("small", {}, hit.note));
  const option = h("a", { role: "option", id, href: hit.page, tabindex: "-1", "aria-selected": "false" }, shape(kind), name);
  if (hit.country) option.style.setProperty("--k", `var(--c-${hit.country}, var(--c-x))`);
  return option;
}
