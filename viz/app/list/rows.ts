import { h, svg, whole } from "../../kit/dom";
import type { Wording } from "../../kit/words";
import { dateText } from "../files/dates";
import { tongue } from "../files/evidence";
import type { Folder } from "../files/folder";
import { titlesOf } from "../files/tables";
import type { Agreements, Events } from "./things";
import type { Ties } from "./ties";

/** So many who tell of an event are named (site/explorer/events.py). */
const REPORTERS = 3;
/** So many topics a row of ties names, so many years its bars show, and so high they are (site/explorer/partners.py). */
const [TOPICS, YEARS, HEIGHT] = [3, 12, 22];
/** A bar with the gap after it. */
const STEP = 11;
const GOOD: readonly string[] = ["signed", "in-force"];

/** Events as `events.html` has them. */
export async function eventRows(folder: Folder, events: Events, rows: readonly number[], words: Wording): Promise<HTMLElement> {
  const { parties, table: { columns } } = events;
  const titles = await titlesOf(folder, parties.about.part, rows);
  const { t } = words;
  const row = (event: number): HTMLElement => {
    const { key = "", title = "" } = titles.get(event) ?? {};
    const date = columns.date[event];
    const notes = [...events.values(event, "kind").map((code) => parties.label("event-kind", code)), ...events.values(event, "mode").map((code) => parties.label("mode", code)), ...events.values(event, "topic").map((code) => parties.label("topic", code))];
    const places = columns.places[event] ?? [];
    const there = new Set(places.map((place) => parties.code("country", place)));
    const countries = (columns.countries[event] ?? []).filter((code) => !there.has(code));
    const where = [...places.map((place) => swatch(parties.code("country", place), parties.briefly(place))), ...countries.map((code) => swatch(code, parties.label("country", code)))];
    const tellers = [...new Set(columns.reporters[event] ?? [])].map((party) => parties.briefly(party));
    const more = tellers.length > REPORTERS ? ` ${t("told-more", { number: tellers.length - REPORTERS })}` : "";
    return h("tr", {},
      h("td", { class: "date" }, ...(date ? whole(dateText(date, parties.words)) : [h("span", { class: "dim" }, t("no-date"))])),
      h("td", {}, named(parties.pageOf("activity", key), title, words), h("span", { class: "sub" }, notes.join(" · "))),
      h("td", {}, ...(where.length ? where : [h("span", { class: "dim" }, t("where-untold"))])),
      h("td", { class: "small" }, tellers.slice(0, REPORTERS).join(", ") + more, h("span", { class: "sub" }, words.counted(columns.accounts[event] ?? 0, "n-accounts"))));
  };
  const years = new Map<string, number[]>();
  for (const event of rows) {
    const year = columns.start[event]?.slice(0, 4) ?? "";
    years.set(year, [...(years.get(year) ?? []), event]);
  }
  const groups = [...years].map(([year, held]) => h("tbody", {}, h("tr", { class: "of-year" }, h("th", { colspan: 4, scope: "rowgroup" }, year || t("no-date"))), ...held.map(row)));
  return h("table", { class: "t stack happened" }, heads(["head-date", "head-event", "head-where", "head-told"], words), ...groups);
}

/** Agreements as `agreements.html` has them. */
export function agreementRows(agreements: Agreements, rows: readonly number[], words: Wording): HTMLElement {
  const { parties, table: { columns, codes } } = agreements;
  const { t } = words;
  const { day, home } = parties.about;
  const row = (each: number): HTMLElement => {
    const sides = columns.parties[each] ?? [];
    const lands = [...new Set(sides.map((party) => parties.code("country", party)).filter(Boolean))];
    const abroad = lands.filter((code) => code !== home);
    const [date, until, subject, number] = [columns.date[each], columns.until[each], columns.subject[each], columns.number[each]];
    const [status, end] = [codes.status?.[columns.status[each] ?? -1] ?? "", columns.end[each]];
    const kind = parties.label("agreement-kind", codes.kind?.[columns.kind[each] ?? -1] ?? "");
    const term = codes.term?.[columns.term[each] ?? -1] ?? "";
    const isTold = Boolean(term) && term !== "not-stated" && term !== "fixed";
    const isOverdue = status === "planned" && Boolean(end && day && end < day);
    const hasEnded = Boolean(until && day && until < day);
    const said = date ? dateText(date, parties.words) : "";
    const when = /^\d{4}$/.test(date ?? "") ? t("year-of", { date: said }) : said;
    const signed = status === "planned" ? (said ? t("plan", { date: when }) : t("plan-undated")) : when || h("span", { class: "dim" }, t("date-untold"));
    const holds = until ? t(hasEnded ? "expired" : "until", { date: dateText(until, parties.words) }) : isTold ? "" : h("span", { class: "dim" }, t("term-untold"));
    const tag = isOverdue && end ? h("span", { class: "tag bad" }, t("overdue", { number: months(end, day) })) : hasEnded ? h("span", { class: "tag warn" }, t("ended")) : h("span", { class: GOOD.includes(status) ? "tag good" : "tag" }, parties.label("status", status));
    const names = sides.map((party) => parties.where(party)).join(" — ") || t("parties-untold");
    return h("tr", {},
      h("td", {}, named(parties.pageOf("agreement", columns.key[each] ?? ""), kind, words, "name said"), number ? h("span", { class: "dim" }, ` ${t("number-of", { number })}`) : "", h("span", { class: "sub", ...tongue(names, words) }, names), subject ? h("span", { class: "sub one", title: subject, ...tongue(subject, words) }, subject) : ""),
      h("td", { class: "hide-s" }, ...(abroad.length ? abroad : lands).map((code) => swatch(code, parties.label("country", code)))),
      h("td", { "data-l": `${t("head-signed")}:` }, signed),
      h("td", { "data-l": `${t("head-term")}:` }, holds, isTold ? h("span", { class: until ? "sub" : "" }, parties.label("term", term)) : columns.prolonged[each] ? h("span", { class: "sub" }, t("prolonged")) : ""),
      h("td", {}, tag));
  };
  return h("table", { class: "t stack register" }, heads(["head-document", "head-country", "head-signed", "head-term", "head-status"], words), h("tbody", {}, ...rows.map(row)));
}

/** Ties as `partners.html` has them; all bars are of the same years. */
export function tieRows(ties: Ties, rows: readonly number[], words: Wording): HTMLElement {
  const { parties, table: { columns }, events: { columns: events } } = ties;
  const { t, number } = words;
  const told = rows.map((tie) => {
    const left = ties.left(tie);
    const years = new Map<number, number>();
    for (const event of left.events) {
      const year = Number(events.start[event]?.slice(0, 4) ?? 0);
      if (year) years.set(year, (years.get(year) ?? 0) + 1);
    }
    return { tie, ...left, years };
  });
  const known = told.flatMap(({ years }) => [...years.keys()]);
  const last = Math.max(...known);
  const span = known.length ? Array.from({ length: Math.min(YEARS, last - Math.min(...known) + 1) }, (_, back) => last - back).reverse() : [];
  const most = Math.max(1, ...told.flatMap(({ years }) => [...years.values()]));
  const row = ({ tie, events: met, agreements, years }: (typeof told)[number]): HTMLElement => {
    const [ours, partner] = ties.sides(tie);
    const code = parties.code("country", partner);
    const town = parties.kind(partner) === "institution" && parties.town(partner) >= 0 ? parties.said(parties.town(partner)) : "";
    const [all, signed] = [columns.events[tie] ?? 0, columns.agreements[tie] ?? 0];
    const undated = met.length - [...years.values()].reduce((sum, count) => sum + count, 0);
    const topics = [...new Set(met.flatMap((event) => [...ties.topicsOf(event)]))].sort().map((each) => parties.label("topic", each));
    const day = ties.last(tie);
    const bars = [...years].sort(([a], [b]) => a - b).map(([year, count]) => `${year}: ${count}`).join(", ");
    const sub = (text: string) => h("span", { class: "sub", ...tongue(text, words) }, text);
    const land = () => (code ? swatch(code, parties.label("country", code)) : "");
    return h("tr", {},
      h("td", {}, named(parties.pair(ours, partner), parties.briefly(partner), words), town ? sub(town) : "", sub(parties.where(ours)), h("span", { class: "sub onlys" }, land())),
      h("td", { class: "hide-s" }, land()),
      h("td", { class: "num" }, number(met.length), all === met.length ? "" : h("span", { class: "sub" }, t("of-all", { number: number(all) }))),
      h("td", { class: "hide-s" }, bars ? barsOf(span, years, most, bars) : "", undated ? h("span", { class: "sub" }, t("some-undated", { number: undated })) : ""),
      h("td", { class: "date" }, day ? dateText(day, parties.words) : h("span", { class: "dim" }, t("no-date"))),
      h("td", { class: "hide-s small" }, topics.slice(0, TOPICS).join(", "), ...(topics.length > TOPICS ? [" ", h("span", { class: "dim", title: topics.slice(TOPICS).join(", ") }, t("more-topics", { number: topics.length - TOPICS }))] : [])),
      h("td", { class: signed ? "num hide-s" : "num hide-s dim" }, number(agreements.length), agreements.length === signed ? "" : h("span", { class: "sub" }, t("of-all", { number: number(signed) }))));
  };
  const looks = ["", "hide-s", "num", "hide-s", "", "hide-s", "num hide-s"];
  const head = ["head-partner", "head-country", "head-events", "head-years", "head-last", "head-topics", "head-agreements"].map((key, at) => h("th", { scope: "col", class: looks[at] || false }, t(key)));
  return h("table", { class: "t ties" }, h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...told.map(row)));
}

/** Bars of years as one picture (bars.html). */
function barsOf(span: readonly number[], years: ReadonlyMap<number, number>, most: number, told: string): SVGElement {
  const width = span.length * STEP - 2;
  const path = (isTold: boolean) => span.map((year, at) => {
    const count = years.get(year) ?? 0;
    const height = Math.max(2, Math.ceil((count * HEIGHT) / most));
    return Boolean(count) === isTold ? `M${at * STEP} ${HEIGHT}v-${height}h9v${height}z` : "";
  }).join("");
  return svg("svg", { class: "bars", role: "img", "aria-label": told, width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, preserveAspectRatio: "none" }, svg("title", {}, told), svg("path", { d: path(true) }), svg("path", { class: "none", d: path(false) }));
}

/** The whole months, at least one, since the time of a plan passed. */
function months(end: string, day: string): number {
  const [year = 0, month = 0, on = 0] = day.split("-").map(Number);
  const [then = 0, begun = 0, last = 0] = end.split("-").map(Number);
  return Math.max(1, (year - then) * 12 + month - begun - Number(on < last));
}

function heads(keys: readonly string[], words: Wording): HTMLElement {
  return h("thead", {}, h("tr", {}, ...keys.map((key) => h("th", { scope: "col", class: key === "head-country" && "hide-s" }, words.t(key)))));
}

function named(page: string, text: string, words: Wording, look = "name"): HTMLElement {
  return page ? h("a", { class: look, href: page, ...tongue(text, words) }, text) : h("span", { class: look, ...tongue(text, words) }, text);
}

/** A country with its colour. */
export function swatch(code: string, name: string): HTMLElement {
  const made = h("span", { class: "cc" }, name);
  made.style.setProperty("--k", `var(--c-${code}, var(--c-x))`);
  return made;
}
