import type { Ego, EgoEdge, EgoNode } from "../app/network/types";
import { spoken } from "../kit/date-words";
import { h } from "../kit/dom";
import type { Wording } from "../kit/words";

/** The ties of a picture as rows of the table that tells the same, the strongest first; a press on one shows what it rests on. */
export function rowsOf(ego: Ego, words: Wording, choose: (tie: string) => void, network: (ref: string) => string): HTMLElement[] {
  const nodes = new Map(ego.nodes.map((node) => [node.id, node]));
  const countries = new Map(ego.countries.map(({ code, name }) => [code, name]));
  const ties = ego.edges.filter(({ kind, out }) => kind === "tie" && !out).sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
  return ties.flatMap((tie) => {
    const [one, other] = sides(tie, nodes, ego.seed);
    return one && other ? [row(tie, one, other, countries.get(other.country) ?? "", words, choose, network)] : [];
  });
}

/** The seed at the left, else whoever is ours. */
function sides({ a, b }: EgoEdge, nodes: ReadonlyMap<string, EgoNode>, seed: string): [EgoNode | undefined, EgoNode | undefined] {
  const [one, other] = [nodes.get(a), nodes.get(b)];
  return b === seed || (a !== seed && other?.ours && !one?.ours) ? [other, one] : [one, other];
}

function row({ id, events, agreements, last }: EgoEdge, one: EgoNode, other: EgoNode, country: string, words: Wording, choose: (tie: string) => void, network: (ref: string) => string): HTMLElement {
  const swatch = h("span", { class: "cc" }, country);
  swatch.style.setProperty("--k", `var(--c-${other.country.toUpperCase()}, var(--c-x))`);
  const named = ({ ref, short, town }: EgoNode) => [h("a", { class: "name", href: network(ref) }, short), ...(town ? [h("span", { class: "sub" }, town)] : [])];
  const count = h("button", { type: "button", class: "btn quiet small", "aria-label": `${one.short} — ${other.short}: ${words.counted(events, "events")}`, onclick: () => choose(id) }, words.number(events));
  const number = (value: string, key: string | number) => h("td", { class: "num hide-s", "data-sort": key }, value);
  return h("tr", {}, h("td", {}, ...named(one)), h("td", {}, ...named(other)), h("td", { class: "hide-s" }, swatch), h("td", { class: "num", "data-sort": events }, count), number(words.number(agreements), agreements), number(spoken(last, words) || last, last));
}
