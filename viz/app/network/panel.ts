import { h, whole } from "../../kit/dom";
import type { Wording } from "../../kit/words";
import type { Opened } from "./address";
import type { Ego, EgoEdge, EgoNode, Expand, Grouping } from "./types";

/** Whoever can show the sentences of a tie takes this event (`preventDefault`) and fills its `host`. */
export interface EvidenceWanted {
  tie: string;
  host: HTMLElement;
}

export const EVIDENCE = "pobratim:evidence";

/** The ways on from a picture; a file of its own has no dossiers and no pairs. */
export interface Links {
  /** All about a party, by its ref. */
  doc?(ref: string): string;
  /** Two parties, by their refs. */
  pair?(a: string, b: string): string;
  /** The picture around a party, by its ref. */
  network(ref: string): string;
}

export interface PanelActs {
  choose(id: string): void;
  open(opened: Opened): void;
  fold(ref: string): void;
  counts(ref: string): Promise<Expand>;
}

const STRONGEST = 10;
/** So many are drawn at once (explore/opening.py). */
const DRAWN = 12;
const GROUPINGS: readonly Grouping[] = ["country", "kind", "year"];

/** What stands beside the picture: who is chosen, what ties them, and whom they have besides. */
export class Panel {
  private shown = "";

  constructor(
    private readonly host: HTMLElement,
    private readonly words: Wording,
    private readonly links: Links,
    private readonly acts: PanelActs,
  ) {}

  /** Tell of a node, a tie, or, for "", of the strongest. `opened` are the refs that can be folded. */
  show(ego: Ego, id: string, opened: ReadonlySet<string>): void {
    this.shown = id;
    const node = ego.nodes.find((each) => each.id === id);
    const edge = ego.edges.find((each) => each.id === id);
    if (edge) this.host.replaceChildren(...this.tie(ego, edge));
    else if (node) this.host.replaceChildren(...this.party(ego, node, opened));
    else this.host.replaceChildren(...this.strongest(ego));
    this.host.scrollTop = 0;
  }

  private tie(ego: Ego, edge: EgoEdge): HTMLElement[] {
    const [a, b] = ends(ego, edge);
    if (!a || !b) return [];
    const { t } = this.words;
    const far = a.ours ? b : a;
    const head = [this.crumb(t(edge.kind === "member" ? "membership" : edge.kind), far.country, ego), this.title(`${a.short} — ${b.short}`), this.facts(edge, a, b)];
    return edge.kind === "tie" ? [...head, this.evidence(edge.id)] : head;
  }

  private party(ego: Ego, node: EgoNode, opened: ReadonlySet<string>): HTMLElement[] {
    const { t } = this.words;
    const tie = ego.edges.find(({ kind, a, b }) => kind === "tie" && (a === node.id || b === node.id) && (a === ego.seed || b === ego.seed));
    const [a, b] = tie ? ends(ego, tie) : [];
    const parts: (HTMLElement | undefined)[] = [this.crumb(t(node.level), node.country, ego), this.title(node.name), this.about(node)];
    if (tie && a && b && node.id !== ego.seed) parts.push(this.facts(tie, a, b), this.evidence(tie.id));
    else if (isLeaf(ego, node)) parts.push(this.evidence(`${ego.seed}~${node.ref}`));
    else if (!ego.seed) parts.push(this.ties(ego, node));
    if (node.hidden > 0 || node.level === "more") parts.push(this.more(node));
    if (opened.has(node.ref)) parts.push(h("p", {}, h("button", { type: "button", class: "btn small", onclick: () => this.acts.fold(node.ref) }, t("fold"))));
    return parts.filter((part) => part !== undefined);
  }

  private crumb(text: string, country: string, ego: Ego): HTMLElement {
    const name = ego.countries.find(({ code }) => code === country)?.name;
    const swatch = h("span", { class: "cc" }, name);
    swatch.style.setProperty("--k", `var(--c-${country.toUpperCase()}, var(--c-x))`);
    return h("p", { class: "crumb" }, text, ...(name ? [" · ", swatch] : []));
  }

  private title(text: string): HTMLElement {
    return h("h2", { tabindex: -1 }, text);
  }

  private facts({ events, agreements, first, last }: EgoEdge, a: EgoNode, b: EgoNode): HTMLElement {
    const { words } = this;
    const counts = [words.counted(events, "events"), ...(agreements ? [words.counted(agreements, "agreements")] : []), ...(last ? [words.t("lastKnown", { date: spanOf(first, last) })] : [])];
    const link = isParty(a) && isParty(b) ? this.links.pair?.(a.ref, b.ref) : undefined;
    const pair = link ? [" · ", h("a", { href: link }, words.t("wholePair"))] : [];
    return h("p", { class: "from" }, ...whole(counts.join(", ")), ...pair);
  }

  private about(node: EgoNode): HTMLElement | undefined {
    if (!isParty(node)) return undefined;
    const { t } = this.words;
    const dossier = this.links.doc?.(node.ref);
    return h(
      "p", { class: "from" }, ...(node.town ? [`${node.town} · `] : []),
      ...(dossier ? [h("a", { href: dossier }, t("dossier")), " · "] : []),
      h("a", { href: this.links.network(node.ref) }, t("centre")),
    );
  }

  /** Whom somebody of a whole network is tied to: a press on one tells what that rests on. */
  private ties(ego: Ego, node: EgoNode): HTMLElement | undefined {
    const mine = ego.edges.filter(({ kind, out, a, b }) => kind === "tie" && !out && (a === node.id || b === node.id)).sort((a, b) => b.events - a.events);
    const rows = mine.slice(0, STRONGEST).flatMap((edge) => {
      const other = ego.nodes.find(({ id }) => id === (edge.a === node.id ? edge.b : edge.a));
      return other ? [h("li", {}, h("button", { type: "button", class: "btn quiet small", onclick: () => this.acts.choose(edge.id) }, other.short), ...(other.town ? [h("span", { class: "dim" }, other.town)] : []), h("b", {}, this.words.number(edge.events)))] : [];
    });
    const { t, number } = this.words;
    return rows.length ? h("section", { class: "beside" }, h("div", { class: "hd" }, h("h2", {}, t("tieList"), " ", h("small", {}, number(mine.length)))), h("ul", { class: "most" }, ...rows)) : undefined;
  }

  /** The sentences come from whoever serves them; where nobody does, the pair's page has them. */
  private evidence(tie: string): HTMLElement {
    const host = h("div", { class: "told" });
    queueMicrotask(() => host.dispatchEvent(new CustomEvent<EvidenceWanted>(EVIDENCE, { bubbles: true, cancelable: true, detail: { tie, host } })));
    return host;
  }

  /** Counts come before anybody is drawn. */
  private more(node: EgoNode): HTMLElement {
    const { words } = this;
    const list = h("div", { "aria-live": "polite" }, h("p", { class: "from" }, words.t("counting")));
    const count = h("small", {}, words.number(node.hidden));
    const heading = h("h2", {}, words.t("moreOf"), " ", count);
    this.acts.counts(node.ref).then(
      (expand) => {
        if (this.shown !== node.id) return;
        count.textContent = words.number(expand.total); // one that stands for a group is asked for all beside its party
        list.replaceChildren(...this.groups(expand));
      },
      () => list.replaceChildren(h("p", { class: "from" }, words.t("noAnswer"))),
    );
    return h("section", { class: "beside" }, h("div", { class: "hd" }, heading), list);
  }

  private groups({ ref, groups, total }: Expand): HTMLElement[] {
    const { words } = this;
    if (!total) return [h("p", { class: "from" }, words.t("noneBeside"))];
    const lists = GROUPINGS.flatMap((by) => {
      const mine = groups.filter((group) => group.by === by);
      const rows = mine.map(({ key, label, count }) => this.row(label, count, { ref, by, key }));
      return rows.length > 1 || by === "kind" ? [h("h3", {}, words.t(`by-${by}`)), h("ul", {}, ...rows)] : [];
    });
    return [h("ul", {}, this.row(total > DRAWN ? words.t("strongestFirst", { number: DRAWN }) : words.t("allAtOnce"), total, { ref })), ...lists];
  }

  private row(label: string, count: number, opened: Opened): HTMLElement {
    const { t, number } = this.words;
    const show = h("button", { type: "button", class: "btn quiet small", disabled: count === 0, "aria-label": `${t("show")}: ${label}`, onclick: () => this.acts.open(opened) }, t("show"));
    return h("li", {}, h("span", {}, label, " ", h("b", {}, number(count))), show);
  }

  private strongest(ego: Ego): HTMLElement[] {
    const { t, number } = this.words;
    const tied = new Set(ego.edges.flatMap(({ kind, out, a, b }) => (kind === "tie" && !out ? [a, b] : [])));
    const parties = ego.nodes.filter((node) => tied.has(node.id) && node.id !== ego.seed && !node.out).sort((a, b) => b.events - a.events).slice(0, STRONGEST);
    const rows = parties.map(({ id, short, town, events }) => h("li", {}, h("span", {}, h("button", { type: "button", class: "btn quiet small", onclick: () => this.acts.choose(id) }, short), ...(town ? [" ", h("span", { class: "dim" }, town)] : [])), h("b", {}, number(events))));
    return [h("div", { class: "hd" }, h("h2", {}, t("most"), " ", h("small", {}, t("mostOf")))), h("ul", { class: "most" }, ...rows), h("p", { class: "from" }, t("hint"))];
  }
}

function ends({ nodes }: Ego, { a, b }: EgoEdge): [EgoNode | undefined, EgoNode | undefined] {
  return [nodes.find(({ id }) => id === a), nodes.find(({ id }) => id === b)];
}

/** Whether somebody is there as an institution of a partner of the seed: then its ties with the seed are those of its town. */
function isLeaf({ seed, edges }: Ego, { id, level }: EgoNode): boolean {
  return seed !== "" && level === "institution" && edges.some(({ kind, b, events }) => kind === "member" && b === id && events > 0);
}

function isParty({ level }: EgoNode): boolean {
  return level !== "more";
}

function spanOf(first: string, last: string): string {
  const [from, to] = [first.slice(0, 4), last.slice(0, 4)];
  return from && from !== to ? `${from}–${to}` : to;
}

/** What addresses of dossiers call the kinds of refs. */
const DOCS: Readonly<Record<string, string>> = { institution: "organisation" };

/** A party's part of an address, of its ref. */
export function docOf(ref: string): string {
  const [kind = "", key] = ref.split(":", 2);
  return key === undefined ? `place/${encodeURIComponent(ref)}` : `${DOCS[kind] ?? kind}/${encodeURIComponent(key)}`;
}
