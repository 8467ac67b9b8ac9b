import { h } from "../../kit/dom";
import type { Wording } from "../../kit/words";
import { arcsOf, type Arc, type Chosen, type Given } from "./given";

/** So many partners of a place are listed. */
const LISTED = 20;

/** What was chosen on the map, in words, with the ways on; nothing chosen tells how to choose. */
export function panelOf(given: Given, chosen: Chosen | undefined, words: Wording): HTMLElement[] {
  if (!chosen) return [h("p", { class: "from" }, words.t("hint"))];
  return chosen.kind === "spot" ? ofSpot(given, chosen.at, words) : ofArc(given, chosen.at, words);
}

function ofSpot(given: Given, at: number, words: Wording): HTMLElement[] {
  const spot = given.spots[at];
  if (!spot) return [];
  const arcs = arcsOf(given, at);
  const rows = arcs.slice(0, LISTED).flatMap((index) => {
    const arc = given.arcs[index];
    const other = arc && given.spots[arc.a === at ? arc.b : arc.a];
    return arc && other ? [h("li", {}, h("a", { href: arc.link }, other.name), h("span", { class: "dim" }, counts(arc, words)))] : [];
  });
  const rest = arcs.length - rows.length;
  return [
    h("h2", {}, h("a", { href: spot.link }, spot.name)),
    h("p", { class: "from" }, `${spot.country} · ${words.counted(arcs.length, "partners")}`),
    h("ul", { class: "plain" }, ...rows),
    ...(rest > 0 ? [h("p", { class: "from" }, words.t("more", { number: words.number(rest) }))] : []),
  ];
}

function ofArc(given: Given, at: number, words: Wording): HTMLElement[] {
  const arc = given.arcs[at];
  const [one, other] = [arc && given.spots[arc.a], arc && given.spots[arc.b]];
  if (!arc || !one || !other) return [];
  const place = (spot: typeof one) => h("li", {}, h("a", { href: spot.link }, spot.name), h("span", { class: "dim" }, spot.country));
  return [
    h("h2", {}, h("a", { href: arc.link }, `${one.name} — ${other.name}`)),
    h("p", { class: "from" }, counts(arc, words)),
    h("ul", { class: "plain" }, place(one), place(other)),
  ];
}

function counts({ ties, events, agreements }: Arc, words: Wording): string {
  const told = [ties > 1 && words.counted(ties, "ties"), words.counted(events, "events"), agreements > 0 && words.counted(agreements, "agreements")];
  return told.filter(Boolean).join(", ");
}
