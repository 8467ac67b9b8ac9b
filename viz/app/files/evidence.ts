import { h, whole } from "../../kit/dom";
import type { Language, Wording } from "../../kit/words";
import { dateText } from "./dates";
import type { Folder } from "./folder";
import { documentOf, Parties } from "./parties";
import { titlesOf, type AgreementColumns, type EventColumns, type GroundColumns, type Table, type TieColumns } from "./tables";

/** A phrase: row, column, first and last character, what it proves, the party it names (-1: none), rule, confidence where it is no certainty. */
type Phrase = [string, string, number, number, number, number, string, number?];

interface Thing {
  title: string;
  title_en?: string;
  date: string;
  parties: number[];
  phrases: Phrase[];
}

interface Pack {
  rows: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  things: Readonly<Record<string, Thing>>;
}

const [PARTICIPANT, STATES, PLACE] = [0, 1, 2];
/** Characters of a cell before and after a phrase; a cell that is not much longer is shown whole (site/explorer/evidence.py). */
const AROUND = 190;
const WHOLE = 460;
const KINDS = { event: "activity", agreement: "agreement" } as const;

/** What is asked for: `event=KEY&for=REF,REF&in=REPORT`, `agreement=KEY&in=…`, or `tie=KEY&at=2`. */
export async function evidenceOf(folder: Folder, asked: string, lang: Language): Promise<HTMLElement[]> {
  const parties = await Parties.of(folder, lang);
  const { words } = parties;
  const pairs = new URLSearchParams(asked);
  const tie = pairs.get("tie");
  return tie ? ofTie(folder, parties, tie, Number(pairs.get("at") ?? 1), words) : shown(folder, parties, pairs, words);
}

/** One of the grounds of a tie, with the ways to the others. */
async function ofTie(folder: Folder, parties: Parties, key: string, at: number, words: Wording): Promise<HTMLElement[]> {
  const [ties, grounds, events] = await Promise.all([
    folder.read<Table<TieColumns>>("ties"),
    folder.read<Table<GroundColumns>>("grounds"),
    folder.read<Table<EventColumns>>("events"),
  ]);
  const { a, b } = ties.columns;
  // A line from a party to one of another's is called by both: it rests on all ties between them.
  const ends = key.includes("~") ? key.split("~", 2).map((ref) => parties.of(ref)) : [];
  const isMeant = (one: number, other: number) => (ends.length ? areOf(parties, one, other, ends) || areOf(parties, other, one, ends) : tieKey(parties, one, other) === key);
  const rows = [...a.keys()].filter((row) => isMeant(a[row] ?? -1, b[row] ?? -1));
  const distinct = (lists: readonly (readonly number[])[]) => [...new Set(rows.flatMap((row) => lists[row] ?? []))];
  const [met, signed] = [distinct(grounds.columns.events), distinct(grounds.columns.agreements)];
  const total = met.length + signed.length;
  if (!total) throw new Error(`no tie ${key}`);
  const place = ((at - 1 + total) % total) + 1;
  const event = met[place - 1];
  const sides = (ends.length ? ends : [a[rows[0] ?? -1], b[rows[0] ?? -1]]).map((each) => parties.ref(each ?? -1)).join(",");
  let asked: Record<string, string>;
  if (event !== undefined) {
    const title = (await titlesOf(folder, parties.about.part, [event])).get(event);
    asked = { event: title?.key ?? "", for: sides, in: reportsOf(parties, events.columns.reports[event]) };
  } else {
    const agreements = await folder.read<Table<AgreementColumns>>("agreements");
    const number = signed[place - 1 - met.length] ?? -1;
    asked = { agreement: agreements.columns.key[number] ?? "", in: reportsOf(parties, agreements.columns.reports[number]) };
  }
  const found = await shown(folder, parties, new URLSearchParams(asked), words);
  return total > 1 ? [...found, walk(key, place, total, words)] : found;
}

function areOf(parties: Parties, one: number, other: number, [left = -1, right = -1]: readonly number[]): boolean {
  return parties.isWithin(one, left) && parties.isWithin(other, right);
}

/** What addresses call a tie: its sides by type and key, areas by their codes (`tie_iri` in rdf/iris.py). */
export function tieKey(parties: Parties, a: number, b: number): string {
  return [a, b].map((side) => sideOf(parties.ref(side))).join("--");
}

function sideOf(ref: string): string {
  const isArea = /^(?:country|region):/.test(ref);
  return isArea ? ref.slice(ref.indexOf(":") + 1) : documentOf(ref).slice("doc/".length).replace("/", "-");
}

export function reportsOf(parties: Parties, reports: readonly number[] = []): string {
  return reports.map((report) => parties.about.reports[report]?.[0] ?? "").join(",");
}

function walk(tie: string, at: number, total: number, words: Wording): HTMLElement {
  const link = (step: number, name: string, sign: string) => {
    const query = new URLSearchParams({ tie, at: String(at + step) });
    return h("a", { class: "btn small", "data-walk": step, href: `?${query}`, "aria-label": words.t(name) }, sign);
  };
  return h("div", { class: "walk" }, h("span", {}, words.t("at", { at, total })), link(-1, "previous", "↑"), link(1, "next", "↓"));
}

interface Found {
  thing: Thing;
  phrase: Phrase | undefined;
  report: number;
  pack: Pack;
}

async function shown(folder: Folder, parties: Parties, asked: URLSearchParams, words: Wording): Promise<HTMLElement[]> {
  const kind = asked.get("event") ? "event" : "agreement";
  const key = asked.get(kind) ?? "";
  const keys = (asked.get("in") ?? "").split(",").filter(Boolean);
  const sides = (asked.get("for") ?? "").split(",").map((ref) => parties.of(ref)).filter((side) => side >= 0).slice(0, 2);
  const packs = await Promise.all(keys.map(async (name) => [parties.about.reports.findIndex(([each]) => each === name), await folder.read<Pack>(`evidence/${name}`)] as const));
  const found = packs.flatMap(([report, pack]): Found[] => {
    const thing = pack.things[`${KINDS[kind]}/${key}`];
    return thing ? (thing.phrases.length ? thing.phrases : [undefined]).map((phrase) => ({ thing, phrase, report, pack })) : [];
  });
  const sought = kind === "event" && found[0] ? soughtIn(parties, found[0].thing, sides) : [];
  const best = found.map((each) => ({ ...each, rank: rankOf(each.phrase, sought) })).sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.report - b.report || compared(a.phrase, b.phrase))[0];
  if (!best) throw new Error(`no evidence of ${key}`);
  const heading = (words.lang === "en" && best.thing.title_en) || best.thing.title;
  return exhibit(parties, { ...best, heading, page: parties.pageOf(KINDS[kind], key), sides: kind === "event" ? sides : [] }, words);
}

/** Whose phrase is looked for first: the partner's people, the partner, then ours; without sides who is not ours. */
function soughtIn(parties: Parties, { parties: met }: Thing, sides: readonly number[]): number[] {
  if (!sides.length) return met.filter((party) => !parties.isOurs(party));
  return [...sides].reverse().flatMap((side) => [...met.filter((party) => parties.isWithin(party, side)), side]);
}

function rankOf(phrase: Phrase | undefined, sought: readonly number[]): [number, number] {
  if (!phrase) return [5, 0];
  const [, , start, end, what, party] = phrase;
  const place = sought.indexOf(party);
  if (what === PARTICIPANT && place >= 0) return [0, place];
  if (what === STATES) return [1, 0];
  if (what === PLACE && place >= 0) return [2, 0];
  return [what === PARTICIPANT ? 3 : 4, start - end];
}

function compared(a: Phrase | undefined, b: Phrase | undefined): number {
  if (!a || !b) return 0;
  return Number(a[0]) - Number(b[0]) || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]);
}

interface Exhibit extends Found {
  heading: string;
  page: string;
  sides: readonly number[];
}

/** The same parts as `evidence.html` has. */
function exhibit(parties: Parties, { thing, phrase, report, pack, heading, page, sides }: Exhibit, words: Wording): HTMLElement[] {
  const { t } = words;
  const when = thing.date ? dateText(thing.date, words) : t(sides.length ? "noYear" : "noDate");
  const who = named(parties, thing, sides);
  const row = phrase?.[0] ?? "";
  const cells = parties.about.columns.flatMap(([column, ru, en]) => (pack.rows[row] ?? []).filter(([each]) => each === column).map(([, text]) => ({ column, head: words.lang === "en" ? en : ru, text })));
  const [key = "", ru = "", en = ""] = parties.about.reports[report] ?? [];
  const head = cells.find(({ column }) => column === phrase?.[1])?.head;
  const quote = phrase && quoted(cells.find(({ column }) => column === phrase[1])?.text, phrase);
  const entry = parties.pageOf("entry", `${key}/${row}`);
  return [
    h("p", { class: "crumb" }, t("basedOn")),
    h("h2", tongue(heading, words), linked(page, heading)),
    h("p", { class: "from" }, ...whole(when), ...(who ? [" · ", h("span", tongue(who, words), who)] : [])),
    quote ? h("blockquote", { class: "quote", ...tongue(quote[1], words) }, `«${quote[0]}`, h("mark", {}, quote[1]), `${quote[2]}»`) : h("p", { class: "from" }, t("noSentence")),
    ...(row ? [h("p", { class: "from" }, linked(entry, t("row", { number: row })), ...(head ? [", ", t("column", { column: head })] : []), " · ", linked(parties.pageOf("report", key), t("inReport", { report: words.lang === "en" ? en : ru })))] : []),
    ...(cells.length ? [h("details", { open: true }, h("summary", {}, t("rowAsPrinted")), printed(cells, phrase, words))] : []),
    ...(phrase ? [h("p", { class: "from rule", title: phrase[6] }, t("rule", { rule: readAs(phrase[6], words) }), phrase[7] === undefined ? "" : `, ${t("confidence", { value: Math.round(100 * phrase[7]) })}`)] : []),
  ];
}

/** What a phrase was read as by a rule; the code where there are no words (`read_as` in site/words.py). */
function readAs(rule: string, { t }: Wording): string {
  const key = `read-${rule.split(/[-:]/)[0]}`;
  const said = t(key);
  return said === key ? rule : said;
}

function linked(page: string, text: string): HTMLElement {
  return page ? h("a", { class: "plain", href: page }, ...whole(text)) : h("span", {}, ...whole(text));
}

function named(parties: Parties, { parties: met }: Thing, sides: readonly number[]): string {
  if (!sides.length) return "";
  const told = sides.map((side) => met.filter((party) => parties.isWithin(party, side)));
  return sides.length > 1 ? told.filter((side) => side.length).map((side) => side.map((party) => parties.said(party)).join(", ")).join(" — ") : "";
}

function printed(cells: readonly { column: string; head: string; text: string }[], phrase: Phrase | undefined, words: Wording): HTMLElement {
  const parts = cells.flatMap(({ column, head, text }) => {
    const [before, exact, after] = phrase?.[1] === column ? cut(text, phrase) : [text, "", ""];
    return [h("dt", {}, head), h("dd", tongue(text, words), before, exact ? h("mark", {}, exact) : "", after)];
  });
  return h("dl", { class: "cells paper" }, ...parts);
}

/** A text before, of and after a phrase, whose offsets count code points. */
function cut(text: string, [, , start, end]: Phrase): [string, string, string] {
  const points = [...text];
  return [points.slice(0, start).join(""), points.slice(start, end).join(""), points.slice(end).join("")];
}

function quoted(text: string | undefined, phrase: Phrase): [string, string, string] | undefined {
  if (text === undefined) return undefined;
  let [before, , after] = cut(text, phrase);
  const exact = cut(text, phrase)[1];
  if (text.length > WHOLE) {
    if (before.length > AROUND) before = `… ${before.slice(-AROUND).replace(/^\S*\s/, "")}`;
    if (after.length > AROUND) after = `${after.slice(0, AROUND).replace(/\s\S*$/, "")} …`;
  }
  return [before.trimStart(), exact, after.trimEnd()];
}

/** What tells screen readers of a text in Russian on an English page. */
export function tongue(text: string, { lang }: Wording): Record<string, string> {
  return lang === "en" && /[А-Яа-яЁё]/.test(text) ? { lang: "ru" } : {};
}
