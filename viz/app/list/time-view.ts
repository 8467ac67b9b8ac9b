import { h } from "../../kit/dom";
import { tongue } from "../files/evidence";
import { mount as beginWithEnd } from "../newest";
import { cellsOf, GROUPS, overlaps, periodOf, quarterOf, quartersOf, stateOf, type Coverage, type Group, type Period, type Span, type State, type Time } from "./changes";
import type { Counted } from "./things";
import type { Ties } from "./ties";
import { following, type Given, type Shown, type View, type Way } from "./view";

/** So many ties of a group are shown before all of it is asked for (site/explorer/time.py). */
const FIRST = 5;
/** So many where that is all of it. */
const WHOLE = 8;
/** From so many on cells look alike. */
const FULL = 3;
const ROMAN = ["I", "II", "III", "IV"];
const NAMES = Object.keys(GROUPS) as Group[];

/** A tie, with when its events and agreements were. */
interface Told {
  tie: number;
  state: State;
  times: readonly Time[];
  spans: readonly Span[];
}

/** The two periods, as they are told, and the quarters of both. */
interface Periods {
  a: Period;
  b: Period;
  said: { a: string; b: string };
  quarters: readonly string[];
}

/** What became of ties from one period to another, as `time.html` has it. */
export class TimeView implements View {
  readonly isDated = false;
  readonly fields = ["country", "region", "topic", "kind", "mode"] as const;
  readonly replaced: readonly Element[];
  private readonly known: Readonly<Record<"a" | "b", readonly (readonly [string, boolean])[]>>;
  private readonly choice = h("form", { class: "periods" });
  private readonly summary: Element | null;
  private readonly all: HTMLAnchorElement | null | undefined;

  private constructor(readonly things: Ties, private readonly coverage: Coverage, private readonly given: Given) {
    const { bar } = given;
    this.replaced = following(bar, ":scope > .by-quarter, :scope > .legend, :scope > p.small, :scope > nav.pages");
    this.known = JSON.parse(bar.dataset.periods ?? "{}") as TimeView["known"];
    this.summary = document.querySelector(".head .sum");
    this.all = bar.parentElement?.querySelector<HTMLAnchorElement>(":scope > p.small > a");
    bar.before(this.choice);
  }

  static async of(ties: Ties, given: Given): Promise<TimeView> {
    return new TimeView(ties, await given.folder.read<Coverage>("coverage"), given);
  }

  async shown({ rows }: Counted, [from, to]: readonly [number, number], way: Way): Promise<Shown> {
    const { words: { t, number } } = this.given;
    const periods = this.periods(way);
    if (!periods) return { parts: [h("div", { class: "state alone" }, h("h2", {}, t("problem")))], paged: 0 };
    const groups = this.groups(rows, periods);
    const found = [...groups.values()].reduce((sum, { length }) => sum + length, 0);
    this.summarise(groups, periods);
    if (!found) return { parts: [h("div", { class: "state alone" }, h("h2", {}, t("time-none")), h("p", {}, t("time-none-about")))], paged: 0 };
    const asked = new URLSearchParams(location.search).get("group") ?? this.given.bar.dataset.group ?? "";
    const one = NAMES.find((name) => name === asked);
    const bodies = NAMES.filter((name) => (one ? name === one : true) && groups.get(name)?.length).map((name) => this.body(name, groups.get(name) ?? [], periods, one ? [from, to] : [0, atOnce(groups.get(name) ?? [])], way, Boolean(one)));
    const table = h("div", { class: "scroll by-quarter", tabindex: 0, role: "region", "aria-label": t("time-table") }, h("table", { class: "heat" }, this.heads(periods), ...bodies));
    requestAnimationFrame(() => beginWithEnd(table));
    // A page of one group alone has a way to all of them, which is another page.
    const ways = this.all ? { href: this.all.pathname + location.search } : { href: way.asked({ group: "" }), "data-turn": "" };
    const all = one && h("p", { class: "small" }, h("a", ways, t("all-groups")));
    const unseen = rows.length > found && h("p", { class: "small dim" }, t("time-unseen", { number: number(rows.length - found) }));
    return { parts: [all, table, this.legend(), unseen].filter((each) => each instanceof Element), paged: one ? (groups.get(one)?.length ?? 0) : 0 };
  }

  /** The periods of the address, else those of the page; undefined where they share a day. The form shows them. */
  private periods(way: Way): Periods | undefined {
    const { words: { t } } = this.given;
    const asked = new URLSearchParams(location.search);
    const told = (name: "a" | "b") => (periodOf(asked.get(name) ?? "") && asked.get(name)) || (this.known[name].find(([, isHere]) => isHere)?.[0] ?? "");
    const field = (name: "a" | "b") => h("label", { class: "f" }, `${t(`time-${name}`)} `, h("select", { class: "in", name, onchange: ({ target }: Event) => way.go(way.asked({ [name]: (target as HTMLSelectElement).value })) }, ...[...new Set([...this.known[name].map(([value]) => value), told(name)])].map((value) => h("option", { value, selected: value === told(name) }, said(value)))));
    this.choice.replaceChildren(field("a"), " ", field("b"));
    const [one, other] = [periodOf(told("a")), periodOf(told("b"))];
    if (!one || !other || overlaps(one, other.first, other.last)) return undefined;
    const [a, b] = one.first < other.first ? [one, other] : [other, one];
    return { a, b, said: { a: said(told("a")), b: said(told("b")) }, quarters: quartersOf(a, b) };
  }

  private groups(rows: readonly number[], { a, b }: Periods): Map<Group, Told[]> {
    const groups = new Map(NAMES.map((name) => [name, [] as Told[]]));
    const of = new Map(NAMES.flatMap((name) => GROUPS[name].map((state) => [state as State, name])));
    for (const tie of rows) {
      const [times, spans] = [this.things.times(tie), this.spans(tie)];
      const state = stateOf(times, spans, a, b);
      if (state) groups.get(of.get(state) ?? "untold")?.push({ tie, state, times, spans });
    }
    return groups;
  }

  private spans(tie: number): Span[] {
    const { spans, sets, ties } = this.coverage;
    return (sets[ties[tie] ?? -1] ?? []).map((at) => spans[at]).filter((each) => each !== undefined);
  }

  private summarise(groups: ReadonlyMap<Group, readonly Told[]>, { said }: Periods): void {
    const { t, counted, number } = this.given.words;
    const earliest = groups.get("new")?.filter(({ state }) => state === "first-known").length ?? 0;
    const count = (name: Group) => (groups.get(name)?.length ?? 0) - (name === "new" ? earliest : 0);
    const first = earliest ? t("time-first", { number: number(earliest) }) : "";
    const counts = Object.fromEntries(NAMES.map((name) => [name, counted(count(name), `n-${name}`)]));
    const unsaid = count("untold") ? t("time-unsaid", counts) : "";
    const text = t("time-sum", { ...said, first, unsaid, ...counts });
    this.summary?.replaceChildren(...text.split(/<\/?b>/).map((part, at) => (at % 2 ? h("b", {}, part) : part)));
  }

  private heads({ quarters }: Periods): HTMLElement {
    const { t } = this.given.words;
    const years = [...new Set(quarters.map((each) => each.slice(0, 4)))];
    const year = (each: string) => h("th", { colspan: 4, scope: "colgroup", class: "year" }, each);
    return h("thead", {},
      h("tr", {}, h("td", { class: "res" }), ...years.map(year), h("td", { class: "res" })),
      h("tr", {}, h("th", { scope: "col" }, h("span", { class: "unseen" }, t("time-tie"))), ...quarters.map((each) => h("th", { scope: "col" }, roman(each))), h("th", { scope: "col", class: "last" }, t("time-last"))));
  }

  private body(name: Group, all: readonly Told[], periods: Periods, [from, to]: readonly [number, number], way: Way, isAlone: boolean): HTMLElement {
    const { t, number } = this.given.words;
    const extra = all.filter(({ state }) => state === (name === "new" ? "new" : name === "untold" && "vague")).length;
    const note = t(`group-${name}-note`, periods.said) + (extra ? t(`group-${name}-extra`, { count: extra }) : "");
    const left = all.length - atOnce(all);
    const more = !isAlone && left > 0 && h("tr", {}, h("th", { scope: "row", class: "more-of" }, h("a", { href: way.asked({ group: name }), "data-turn": "" }, t("show-all", { number: number(left) }), h("span", { class: "unseen" }, `: ${t(`group-${name}`)}`))), h("td", { class: "res", colspan: periods.quarters.length + 1 }));
    return h("tbody", {}, h("tr", { class: "grp" }, h("th", { scope: "rowgroup", colspan: periods.quarters.length + 2 }, h("span", {}, t(`group-${name}`), h("small", {}, `${number(all.length)} · ${note}`)))), ...all.slice(from, to).map((each) => this.row(each, periods)), more);
  }

  private row({ tie, state, times, spans }: Told, { quarters }: Periods): HTMLElement {
    const { given: { words }, things: { parties } } = this;
    const [ours, partner] = this.things.sides(tie);
    const name = `${parties.where(ours)} — ${parties.where(partner)}`;
    const { cells, unplaced } = cellsOf(times, spans, quarters);
    const remarks = [...(state === "vague" ? [words.t("vague")] : []), ...(unplaced ? [words.t("no-month", { number: unplaced })] : [])];
    const day = this.things.last(tie);
    const last = day.length > 4 ? this.inWords(quarterOf(day)) : day;
    return h("tr", {}, h("th", { scope: "row" }, h("a", { href: parties.pair(ours, partner), ...tongue(name, words) }, name)), ...cells.map((count, at) => this.cell(count, this.inWords(quarters[at] ?? ""))), h("td", { class: "res small" }, last, ...(remarks.length ? [" ", h("span", { class: "dim" }, remarks.join(", "))] : [])));
  }

  private cell(count: number | null, quarter: string): HTMLElement {
    const { t } = this.given.words;
    if (count === null) return h("td", { class: "h", title: t("cell-none", { quarter }), "aria-label": t("legend-none") });
    if (!count) return h("td", { title: t("cell-empty", { quarter }), "aria-label": "0" });
    return h("td", { class: `n${Math.min(count, FULL)}`, title: t("cell", { quarter, number: count }) }, String(count));
  }

  private inWords(quarter: string): string {
    const { words } = this.given;
    return words.t("quarter", { quarter: words.lang === "en" ? (quarter.at(-1) ?? "") : roman(quarter), year: quarter.slice(0, 4) });
  }

  private legend(): HTMLElement {
    const { t } = this.given.words;
    const sign = (look: string) => h("i", { class: `sw ${look}` });
    return h("p", { class: "legend" }, h("span", {}, sign("none"), ` ${t("legend-none")}`), h("span", {}, sign("empty"), ` ${t("legend-empty")}`), h("span", {}, sign("n1"), sign("n2"), sign("n3"), ` ${t("legend-number")}`));
  }
}

/** How many of a group are shown before all of it is asked for. */
function atOnce({ length }: readonly Told[]): number {
  return length <= WHOLE ? length : FIRST;
}

function roman(quarter: string): string {
  return ROMAN[Number(quarter.at(-1)) - 1] ?? "";
}

function said(period: string): string {
  return period.replace("..", "–");
}
