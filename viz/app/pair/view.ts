import { h } from "../../kit/dom";
import type { Wording } from "../../kit/words";
import { dateSaid, dateText } from "../files/dates";
import { reportsOf, tongue } from "../files/evidence";
import type { Parties } from "../files/parties";
import { codesIn } from "../files/tables";
import { counted, meetings, type Piece } from "../files/wording";
import type { Couple, Pair, Tables } from "./model";

/** So many of each are shown; all are counted (explore/pair.py). */
const [EVENTS, AGREEMENTS, COUPLES] = [24, 12, 40];
/** So many couples stand open, and so many events above agreements (site/explorer/pair.py). */
const [FIRST_COUPLES, FIRST_EVENTS] = [5, 5];
/** So many years stand beside each other, and at most; of more the last (site/explorer/pair.py). */
const [YEARS, MOST_YEARS] = [8, 12];
const TOPICS = 2;
const TONES: Readonly<Record<string, string>> = { signed: "good", "in-force": "good", ended: "warn" };

type Titles = ReadonlyMap<number, { key: string; title: string }>;

/** The parts of a pair's page, as `pair.html` has them. */
export class View {
  private readonly words: Wording;
  private readonly names: [string, string];

  constructor(private readonly parties: Parties, private readonly tables: Tables, private readonly pair: Pair) {
    this.words = parties.words;
    const [left, right] = [pair.left, pair.right].map((side) => parties.where(side, [pair.left, pair.right]));
    this.names = [left ?? "", right ?? ""];
  }

  get title(): string {
    return this.names.join(" — ");
  }

  /** The events that are shown. */
  get events(): number[] {
    return this.pair.events.slice(0, EVENTS);
  }

  parts(titles: Titles): HTMLElement[] {
    const { pair, words, names } = this;
    const { t } = words;
    if (!pair.events.length && !pair.agreements.length) return [this.head(h("p", { class: "sum wide" }, `${t("noTies", { left: names[0], right: names[1] })} ${t("noTiesHow")}`))];
    const sum = h("p", { class: "sum wide" }, ...this.summary().map(([text, isFigure]) => (isFigure ? h("b", {}, text) : text)));
    const upper = h("div", { class: "cols upper" }, this.years(), this.couples());
    const left = h("div", { class: "w7 tight" }, upper, ...this.eventList(titles), ...this.agreementList());
    const note = this.oneSided();
    const drawer = h("aside", { class: "drawer", id: "evidence", "aria-live": "polite", "aria-label": t("basedOn"), tabindex: -1, "data-back": t("previous"), "data-on": t("next"), "data-words": JSON.stringify({ at: t("at"), failed: t("failed") }) });
    const right = h("div", { class: "w5" }, drawer, ...(note ? [h("p", { class: "note info one-sided" }, note)] : []));
    return [this.head(sum), h("div", { class: "cols pair" }, left, right)];
  }

  private head(sum: HTMLElement): HTMLElement {
    const { parties, pair, names, words } = this;
    const tie = h("span", { class: "tie", "aria-hidden": "true" });
    tie.style.setProperty("--k", `var(--c-${parties.code("country", pair.right)}, var(--c-x))`);
    const link = (party: number, name: string) => h("a", { href: parties.page(party) }, name);
    const crumb = h("p", { class: "crumb" }, words.t("ourPartners"), " › ", link(pair.left, names[0]), " › ", link(pair.right, names[1]));
    const heading = h("h1", { class: "pairname", "aria-label": this.title }, `${names[0]} `, h("span", { class: "to" }, tie, ` ${names[1]}`));
    const acts = h("div", { class: "acts" }, h("a", { class: "btn", href: parties.network(pair.left) }, words.t("network")));
    return h("div", { class: "head" }, h("div", {}, crumb, heading), acts, sum);
  }

  private summary(): Piece[] {
    const { pair, words } = this;
    const found = meetings(words, pair.events.length, pair.years, pair.undated);
    const schools = pair.couples.filter(({ areSchools }) => areSchools).length;
    const institutions = pair.couples.filter(({ left, right }) => [left, right].every((side) => this.parties.kind(side) === "institution")).length;
    const more: Piece[] = [];
    if (pair.agreements.length) more.push([counted(words, "agreements", pair.agreements.length), true]);
    if (schools) more.push([counted(words, "schoolPairs", schools), true]);
    else if (institutions) more.push([counted(words, "pairs", institutions), true]);
    for (const [place, piece] of more.entries()) found.push([place ? ", " : "; ", false], piece);
    found.push([".", false]);
    if (pair.last) found.push([words.t(pair.last.length === 10 ? "lastMetDay" : "lastMet", { date: dateSaid(pair.last, words) }), false]);
    return found;
  }

  private years(): HTMLElement {
    const { pair, words } = this;
    const { t } = words;
    const heading = h("div", { class: "hd" }, h("h2", {}, t("byYear")));
    const small = (text: string) => h("p", { class: "small dim under" }, text);
    if (!pair.years.size) return h("section", { class: "w3 flat" }, heading, small(t("onlyUndated")));
    const told = [...pair.years.keys()];
    const last = Math.max(...told, Number(this.parties.about.day.slice(0, 4)));
    const top = Math.max(...pair.years.values());
    const first = Math.min(last - YEARS + 1, Math.max(Math.min(...told), last - MOST_YEARS + 1));
    const every = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const bars = every.map((year) => {
      const count = pair.years.get(year) ?? 0;
      const bar = h("div", { "data-n": count }, count ? h("span", {}, String(count)) : "");
      bar.style.height = `${Math.round((80 * count) / top)}%`;
      return bar;
    });
    const said = every.filter((year) => pair.years.has(year)).map((year) => t("yearCount", { year, count: pair.years.get(year) ?? 0 }));
    const picture = h("div", { role: "img", "aria-label": `${t("yearsOf")}: ${said.join(", ")}` }, h("div", { class: "years" }, ...bars), h("div", { class: "yl" }, ...every.map((year) => h("span", {}, String(year % 100).padStart(2, "0")))));
    const earlier = [...pair.years].reduce((sum, [year, count]) => (year < first ? sum + count : sum), 0);
    const before = earlier ? small(t("alsoEarlier", { year: first, count: words.number(earlier) })) : "";
    return h("section", { class: "w3 flat" }, heading, picture, before, pair.undated ? small(t("alsoUndated", { count: pair.undated })) : "");
  }

  private couples(): HTMLElement {
    const { pair, words } = this;
    const { t } = words;
    const shown = pair.couples.slice(0, COUPLES);
    const listed = (some: readonly Couple[]) => h("ul", { class: "pairs" }, ...some.map((each) => this.couple(each)));
    const list = shown.length ? listed(shown.slice(0, FIRST_COUPLES)) : h("p", { class: "small dim under" }, t("noCouples"));
    const others = shown.length > FIRST_COUPLES ? h("details", { class: "others-of" }, h("summary", {}, t("more", { count: words.number(pair.couples.length - FIRST_COUPLES) })), listed(shown.slice(FIRST_COUPLES)), this.rest(pair.couples.length - shown.length, this.couplesPage)) : "";
    const heading = h("div", { class: "hd" }, h("h2", {}, `${t("whoWithWhom")} `, h("small", {}, t("couplesNote"))));
    return h("section", { class: "w9 flat" }, heading, list, others);
  }

  private couple({ left, right, events, agreements }: Couple): HTMLElement {
    const { parties, words } = this;
    const side = (party: number) => h("a", { href: parties.page(party), title: parties.said(party), ...tongue(this.where(party), words) }, this.where(party));
    const said = events ? counted(words, "meetings", events) : counted(words, "agreements", agreements);
    const label = `${this.where(left)} — ${this.where(right)}: ${said}, ${words.t(agreements ? "hasAgreement" : "noAgreement")}`;
    const middle = h("a", { class: "mid", href: parties.pair(left, right), "aria-label": label }, h("span", { class: agreements ? "ln agr" : "ln" }), said);
    return h("li", {}, side(left), middle, side(right));
  }

  private eventList(titles: Titles): HTMLElement[] {
    const { pair, words } = this;
    const { t } = words;
    if (!this.events.length) return [];
    const rows = this.events.map((event, place) => this.event(event, place + 1, titles.get(event)));
    const heading = h("div", { class: "hd" }, h("h2", {}, `${t("events")} `, h("small", {}, t("eachOnce", { count: words.number(pair.events.length) }))));
    const list = (some: readonly HTMLElement[]) => h("ul", { class: "evs" }, ...some);
    const first = pair.agreements.length ? FIRST_EVENTS : rows.length;
    const rest = this.rest(pair.events.length - rows.length, "events");
    const others = rows.length > first ? h("details", { class: "others-of events" }, h("summary", {}, t("more", { count: words.number(pair.events.length - first) })), list(rows.slice(first)), rest) : rest;
    return [h("section", { class: "near" }, heading, list(rows.slice(0, first)), others)];
  }

  private event(event: number, at: number, named: { key: string; title: string } | undefined): HTMLElement {
    const { parties, words, pair } = this;
    const { columns, codes } = this.tables.events;
    const { key = "", title = "" } = named ?? {};
    const date = columns.date[event];
    const mode = codes.mode?.[columns.mode[event] ?? -1] ?? "";
    const label = (scheme: string, code: string | undefined) => (code ? parties.label(scheme, code) : "");
    const what = [label("event-kind", codes.kind?.[columns.kind[event] ?? -1]), mode === "in-person" ? "" : label("mode", mode)].filter(Boolean).join(", ");
    const topics = codesIn(columns.topics[event] ?? 0, codes.topics ?? []).slice(0, TOPICS).map((topic) => label("topic", topic)).join(", ");
    const accounts = columns.accounts[event] ?? 0;
    const isSigning = columns.agreements[event]?.some((each) => pair.agreements.includes(each));
    const sub = h("span", { class: "sub" }, [what, topics].filter(Boolean).join(" · "), ...(isSigning ? [" · ", h("b", {}, words.t("agreementSigned"))] : []));
    const page = parties.pageOf("activity", key);
    if (accounts > 1) sub.append(" · ", page ? h("a", { href: `${page}#accounts` }, counted(words, "accounts", accounts)) : counted(words, "accounts", accounts));
    const time = h("time", { datetime: columns.start[event] ?? undefined }, date ? dateText(date, words, true) : words.t("noYear"));
    return h("li", { "data-at": at }, time, h("div", {}, this.opens(at, { event: key, for: this.refs, in: reportsOf(parties, columns.reports[event]) }, title, "one"), sub));
  }

  private agreementList(): HTMLElement[] {
    const { pair, words } = this;
    const { t } = words;
    const shown = pair.agreements.slice(0, AGREEMENTS);
    if (!shown.length) return [];
    const head = h("thead", { class: "unseen" }, h("tr", {}, ...["document", "signed", "statusHead"].map((name) => h("th", { scope: "col" }, t(name)))));
    const rows = shown.map((each, place) => this.agreement(each, this.events.length + place + 1));
    const heading = h("div", { class: "hd" }, h("h2", {}, `${t("agreements")} `, h("small", {}, words.number(pair.agreements.length))));
    return [h("section", { class: "near" }, heading, h("table", { class: "t stack agreements" }, h("caption", { class: "unseen" }, t("agreements")), head, h("tbody", {}, ...rows)), this.rest(pair.agreements.length - rows.length, "agreements"))];
  }

  private agreement(number: number, at: number): HTMLElement {
    const { parties, words } = this;
    const { columns, codes } = this.tables.agreements;
    const date = columns.date[number];
    const status = codes.status?.[columns.status[number] ?? -1] ?? "";
    const sides = [...(columns.parties[number] ?? [])].sort((a, b) => this.rank(a) - this.rank(b) || (parties.column("name", a) ?? "").localeCompare(parties.column("name", b) ?? "", "ru")).map((party) => this.where(party)).join(" — ");
    const asked = { agreement: columns.key[number] ?? "", in: reportsOf(parties, columns.reports[number]) };
    const name = h("td", {}, this.opens(at, asked, this.document(number), "name"), sides ? h("span", { class: "sub one", title: sides, ...tongue(sides, words) }, sides) : "");
    const [tone, state, term] = this.standing(number, status);
    return h("tr", { "data-at": at }, name, h("td", { class: "nw" }, date ? dateText(date, words) : words.t("noDate")), h("td", {}, h("span", { class: `tag ${tone}` }, state), h("span", { class: "sub" }, term)));
  }

  /** A party, with its town where neither side of the pair tells it. */
  private where(party: number): string {
    const { left, right } = this.pair;
    return this.parties.where(party, [left, right, this.parties.town(left), this.parties.town(right)]);
  }

  /** Ours first, then those of our country. */
  private rank(party: number): number {
    return this.parties.isOurs(party) ? 0 : this.parties.code("country", party) === this.parties.about.home ? 1 : 2;
  }

  /** Its kind, in Russian with what it is about (`named_agreement` in site/explorer/evidence.py). */
  private document(number: number): string {
    const { columns, codes } = this.tables.agreements;
    const kind = this.parties.label("agreement-kind", codes.kind?.[columns.kind[number] ?? -1] ?? "");
    const subject = columns.subject[number] ?? "";
    const about = subject.split(" ")[0] ?? "";
    const isSaid = this.words.lang === "ru" && /^\p{Ll}{1,2}$/u.test(about) && !kind.split(" ").includes(about);
    const name = isSaid ? `${kind} ${subject}` : kind;
    return name.slice(0, 1).toUpperCase() + name.slice(1);
  }

  /** The tone and the words of what an agreement is today, and how long it holds (`standing`, `term` in site/explorer/listed.py). */
  private standing(number: number, status: string): [string, string, string] {
    const { words, parties } = this;
    const { columns, codes } = this.tables.agreements;
    const { day } = parties.about;
    const [end, until] = [columns.end[number] ?? "", columns.until[number] ?? ""];
    const told = [...(until ? [words.t("until", { date: dateText(until, words) })] : []), ...(columns.prolonged[number] ? [words.t("prolonged")] : [])];
    const term = codes.term?.[columns.term[number] ?? -1] ?? "";
    if (!told.length && term && term !== "not-stated") told.push(parties.label("term", term));
    const held = told.join(", ") || words.t("noTerm");
    if (status === "planned" && end && day && end < day) return ["bad", words.t("overdue"), held];
    if (until && day && until < day) return ["warn", words.t("termEnded"), held];
    return [TONES[status] ?? "", parties.label("status", status), held];
  }

  private opens(at: number, asked: Record<string, string>, text: string, look: string): HTMLElement {
    const here = new URLSearchParams({ a: this.parties.ref(this.pair.left), b: this.parties.ref(this.pair.right), evidence: String(at) });
    return h("a", { class: look, href: `?${here}#evidence`, "data-evidence": String(new URLSearchParams(asked)), "data-at": at, title: text, ...tongue(text, this.words) }, text);
  }

  private get refs(): string {
    return [this.pair.left, this.pair.right].map((side) => this.parties.ref(side)).join(",");
  }

  /** The page of couples of institutions: that of the first level there are ties of has no name of its own. */
  private get couplesPage(): string {
    return this.tables.ties.codes.level?.includes("municipality") ? "partners/level-institution" : "partners";
  }

  private rest(count: number, list: string): HTMLElement | "" {
    const { parties, pair, words } = this;
    return count > 0 ? h("p", { class: "small under" }, h("a", { href: parties.between(list, pair.left, pair.right) }, words.t("more", { count: words.number(count) }))) : "";
  }

  /** What one side alone tells, "" where both do or nobody does. */
  private oneSided(): string {
    const { pair, words } = this;
    if (pair.told[0] === pair.told[1] || !pair.events.length) return "";
    const silent = pair.told[0] ? 1 : 0;
    const all = words.t(pair.events.length === 1 ? "ofOne" : "ofAll");
    return words.t(pair.heard[silent] ? "oneSidedHeard" : "oneSided", { all, name: this.names[silent] });
  }
}

