import { h, svg } from "../../kit/dom";
import { pieces, type Answer, type Group, type Hit } from "./answer";

/** Shapes of kinds: square for countries, circle for places, diamond for organisations, sheet and calendar for the rest. */
const SHAPES: Readonly<Record<string, string>> = {
  countries: "M2 2h10v10H2z",
  organisations: "M7 1l6 6-6 6-6-6z",
};
const OUTLINES: Readonly<Record<string, string>> = {
  pairs: "M1 7h12M3.5 4.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM10.5 4.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z",
  events: "M1.5 3h11v9.5h-11zM1.5 6h11M4.5 1v3M9.5 1v3",
  agreements: "M3 1h8v12H3zM5 5h4M5 8h4",
  reports: "M3 1h5l3 3v9H3zM8 1v3h3",
  people: "M7 1.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM2 13c0-3 2-5 5-5s5 2 5 5",
};

function shape(kind: string): SVGSVGElement {
  const outline = OUTLINES[kind];
  const mark = outline
    ? svg("path", { d: outline, class: "outline" })
    : SHAPES[kind]
      ? svg("path", { d: SHAPES[kind], class: "full" })
      : svg("circle", { cx: 7, cy: 7, r: 5, class: "full" });
  return svg("svg", { class: "shape", viewBox: "0 0 14 14", "aria-hidden": "true" }, mark);
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
