import { extent } from "d3-array";
import { spoken } from "../../../kit/date-words";
import { bucket, buckets, span, unitFor, type Period, type Unit } from "../../../kit/dates";
import { h } from "../../../kit/dom";
import { button, choice } from "../controls";
import { counted, lang, number, t, words } from "../page";
import { ofKind, periodIn, shown, type Answer, type Row } from "../results/columns";
import { tally, unfit, type Scene } from "./scene";

/** A column of the timeline is at least so wide, in pixels; so all of them are on the screen. */
const COLUMN = 17;
const NAME = 46;
const MOST_ITEMS = 500;

interface Item {
  when: Period;
  row: Row;
}

/** Rows in order of time: a column for each period, and the rows below; a click on a column shows its rows. */
export function draw(scene: Scene): void {
  const dates = ofKind(scene.answer, "date");
  const [date] = dates;
  if (!date) return unfit(scene, "timelineWants");
  const figure = h("div", { class: "wb-figure" });
  const paint = (name: string) => figure.replaceChildren(...timeline(scene, name));
  const options = dates.map(({ name, head }) => ({ value: name, text: head }));
  scene.host.replaceChildren(h("div", { class: "wb-controls" }, choice(t("dateColumn"), options, date.name, paint)), figure);
  paint(date.name);
}

function timeline({ answer, host }: Scene, column: string): HTMLElement[] {
  const width = host.clientWidth || 900;
  const items = answer.rows
    .flatMap((row) => {
      const when = periodIn(row[column]);
      return when ? [{ when, row }] : [];
    })
    .sort((a, b) => a.when.start.getTime() - b.when.start.getTime());
  const [first, last] = extent(items, ({ when }) => when.start);
  if (!first || !last) return [];
  const unit = unitFor(first, last, Math.min(60, Math.floor(width / COLUMN)));
  const rows = h("div", { class: "wb-days" });
  const show = (key: string) => rows.replaceChildren(...listed(answer, column, items.filter((item) => !key || keyOf(item, unit) === key), unit));
  show("");
  return [tally(items.length, answer.rows.length), columnsOf(items, buckets(first, last, unit), unit, width, show), rows];
}

function keyOf({ when }: Item, unit: Unit): string {
  return bucket(when.start, unit);
}

function columnsOf(items: readonly Item[], keys: readonly string[], unit: Unit, width: number, show: (key: string) => void): HTMLElement {
  const counts = new Map(keys.map((key) => [key, 0]));
  for (const item of items) counts.set(keyOf(item, unit), (counts.get(keyOf(item, unit)) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const every = Math.ceil(NAME / Math.min(96, width / keys.length));
  const buttons = [...counts].map(([key, count], index) => {
    const strip = h("span", { class: "wb-column-bar" });
    strip.style.height = `${(100 * count) / most}%`;
    return h(
      "button",
      { type: "button", class: "wb-column", "aria-pressed": "false", disabled: count === 0, "data-key": key, title: `${title(key)}: ${number(count)}`, "aria-label": `${title(key)}: ${counted(count, "dated")}` },
      h("span", { class: "wb-column-count" }, count ? number(count) : ""),
      h("span", { class: "wb-column-space" }, strip),
      h("span", { class: "wb-column-name" }, index % every ? "" : brief(key, keys)),
    );
  });
  const all = button(t("allTime"), () => choose(""), { "aria-pressed": "true" });
  const choose = (key: string) => {
    for (const item of buttons) item.setAttribute("aria-pressed", String(item.dataset.key === key));
    all.setAttribute("aria-pressed", String(key === ""));
    show(key);
  };
  for (const item of buttons) item.addEventListener("click", () => choose(item.dataset.key ?? ""));
  return h("div", { class: "wb-periods", role: "group", "aria-label": t("period") }, h("p", { class: "wb-tally" }, t("timelineNote")), h("div", { class: "wb-columns" }, ...buttons), all);
}

function listed(answer: Answer, column: string, items: readonly Item[], unit: Unit): HTMLElement[] {
  const groups = new Map<string, Item[]>();
  for (const item of items.slice(0, MOST_ITEMS)) groups.set(keyOf(item, unit), [...(groups.get(keyOf(item, unit)) ?? []), item]);
  const sections = [...groups].map(([key, members]) =>
    h(
      "section",
      {},
      h("h2", {}, title(key), " ", h("small", {}, counted(members.length, "dated"))),
      h("ol", { class: "wb-events" }, ...members.map((item) => h("li", {}, h("time", {}, day(item.when)), entry(answer, item.row, column)))),
    ),
  );
  return items.length > MOST_ITEMS ? [tally(MOST_ITEMS, items.length), ...sections] : sections;
}

function entry(answer: Answer, row: Row, column: string): HTMLElement {
  const texts = ofKind(answer, "text", "number", "date").filter(({ name }) => name !== column && row[name]?.value);
  const [first, ...rest] = texts.length ? texts : ofKind(answer, "iri").filter(({ name }) => row[name]);
  const line = rest.map(({ name }) => shown(row[name], answer.prefixes)).join(" · ");
  return h("div", {}, h("p", { class: "wb-what" }, shown(first && row[first.name], answer.prefixes) || t("noValue")), line && h("p", { class: "wb-soft" }, line));
}

const DAY = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat(lang, { month: "long", year: "numeric", timeZone: "UTC" });
const BRIEF = new Intl.DateTimeFormat(lang, { month: "short", timeZone: "UTC" });

function day({ start, end, text }: Period): string {
  if (start.getTime() === end.getTime()) return DAY.format(start);
  // Never more precise than the data: quarters and years stand as they are written.
  const units = new Set(text.split("/").map((part) => span(part)?.unit));
  const [unit] = units;
  if (unit === "day") return DAY.formatRange(start, end);
  return unit === "month" && units.size === 1 ? MONTH.formatRange(start, end) : text;
}

function title(key: string): string {
  const found = span(key);
  return found?.unit === "month" ? MONTH.format(found.start) : spoken(key, words);
}

function brief(key: string, keys: readonly string[]): string {
  const [year = "", part] = key.split("-");
  if (!part) return year;
  if (part.startsWith("Q")) return `${year}/${part.slice(1)}`;
  const month = BRIEF.format(new Date(`${key}-01T00:00:00Z`)).replace(".", "");
  return key === keys[0] || part === "01" ? `${month} ${year}` : month;
}
