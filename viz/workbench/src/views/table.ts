import { h } from "../../../kit/dom";
import { widthOf } from "../../../kit/picture/measure";
import { heading, markSorting, type Sorting } from "../../../kit/table/heading";
import { widths } from "../../../kit/table/widths";
import { windowed, type Windowed } from "../../../kit/table/window";
import { button, choice } from "../controls";
import { labels, labelsOf } from "../labels";
import { counted, countedOf, lang, number, t } from "../page";
import type { Answer } from "../results/columns";
import { arranged } from "../results/order";
import { cellOf, copied, openable, read, type Look } from "./table-cells";

/** Below so many pixels a row is a card: one line a column. */
const CARDS = 640;
/** From how many rows the widths of columns are taken. */
const SAMPLE = 200;
const PADDING = 20;
/** How many labels are asked for at most when rows are put in order by, or searched for, a column of IRIs. */
const MOST_LABELS = 2000;

export interface Table {
  element: HTMLElement;
  controls: HTMLElement;
  stop: () => void;
}

/** The rows of an answer: only those on the screen are in the page; searching and putting in order go over all of them. */
export function table(answer: Answer): Table {
  const look: Look = { answer, isDetailed: false };
  let sorting: Sorting | undefined;
  let order = [...answer.rows.keys()];
  const heads = answer.columns.map(({ name, head, kind }) => heading({ name, text: head, title: `${head === name ? "" : `?${name} · `}${t("tableSort")}`, kind: kind === "number" ? "wb-number" : "" }, () => sort(name)));
  const tally = h("p", { class: "wb-tally", role: "status" });
  const view = windowed({
    label: t("table"),
    looks: { scroller: "wb-scroll", table: "wb-table" },
    heads,
    row: (place) => rowOf(look, order[place] ?? 0, place),
    shown: (places) => fetchLabels(look, places.map((place) => order[place] ?? 0), view),
    drawn: openable,
    resized: (scroller) => fit(look, scroller, view),
  });
  const search = h("input", { type: "search", class: "wb-filter", placeholder: t("tableSearch"), "aria-label": t("tableSearch"), autocomplete: "off" });
  const arrange = () => {
    order = arranged(answer.rows, answer.columns, (cell) => read(cell, look), search.value, sorting, lang);
    tally.textContent = told(order.length, answer.rows.length);
    view.show(order.length);
  };
  const withLabels = () => void everyLabel(answer).then((isNew) => isNew && arrange());
  const sort = (name: string, down?: boolean) => {
    const next = down ?? (sorting?.column === name ? (sorting.down ? undefined : true) : false);
    sorting = name && next !== undefined ? { column: name, down: next } : undefined;
    markSorting(heads, sorting);
    if (answer.columns.some((column) => column.name === name && column.kind === "iri")) withLabels();
    arrange();
  };
  search.addEventListener("input", arrange);
  search.addEventListener("focus", withLabels, { once: true });
  const details = h("input", { type: "checkbox", onchange: () => {
    look.isDetailed = details.checked;
    view.redraw();
  } });
  const arrangement = choice(t("tableOrder"), [{ value: "", text: t("tableAsAnswered") }, ...answer.columns.map(({ name, head }) => ({ value: name, text: head }))], "", (name) => sort(name, false));
  arrangement.classList.add("wb-order");
  const controls = h(
    "div",
    { class: "wb-table-controls" },
    search,
    h("label", { class: "wb-details", title: t("tableDetailsHint") }, details, h("span", {}, t("tableDetails"))),
    button(t("tableCopy"), () => void copied(answer, order, look).then((done) => (tally.textContent = t(done ? "tableCopied" : "tableNotCopied", { count: counted(order.length, "rows") })))),
  );
  arrange();
  return { element: h("div", { class: "wb-view wb-rows", "data-view": "table" }, arrangement, tally, view.element), controls, stop: view.stop };
}

function rowOf(look: Look, index: number, place: number): HTMLTableRowElement {
  const row = look.answer.rows[index] ?? {};
  return h("tr", { role: "row", "data-row": index, "aria-rowindex": place + 2 }, ...look.answer.columns.map((column) => cellOf(row, column, look)));
}

/** "28 rows", "3 of 28 rows"; and where not all of them are in the page, that the browser's own search sees but a part. */
function told(shown: number, all: number): string {
  if (!shown) return t(all ? "tableNoMatch" : "nothingFound");
  const count = shown < all ? t("tableFound", { shown: number(shown), all: countedOf(all, "rows") }) : "";
  return [count, shown > SAMPLE && t("tablePartly")].filter(Boolean).join(" ");
}

async function fetchLabels(look: Look, indexes: readonly number[], view: Windowed): Promise<void> {
  const cells = indexes.flatMap((index) => look.answer.columns.map(({ name }) => look.answer.rows[index]?.[name]));
  const iris = cells.flatMap((cell) => (cell?.type === "uri" && !labels.has(cell.value) ? [cell.value] : []));
  const before = labels.size;
  if (iris.length && (await labelsOf(iris)) && labels.size > before) view.redraw();
}

/** Learn the labels of all things of an answer, as far as they are not too many; tell whether there were new ones. */
async function everyLabel({ rows, columns }: Answer): Promise<boolean> {
  const names = columns.filter(({ kind }) => kind === "iri").map(({ name }) => name);
  const iris = new Set(rows.flatMap((row) => names.flatMap((name) => (row[name]?.type === "uri" ? [row[name].value] : []))));
  const before = labels.size;
  if (iris.size && iris.size <= MOST_LABELS) await labelsOf(iris);
  return labels.size > before;
}

function fit(look: Look, scroller: HTMLElement, view: Windowed): void {
  const { columns, rows } = look.answer;
  const room = scroller.clientWidth;
  scroller.classList.toggle("wb-cards", room < CARDS);
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_row, index) => index % step === 0);
  const texts = columns.map(({ name }) => sample.map((row) => read(row[name], look)));
  view.resize(room < CARDS ? [] : widths(texts, columns.map(({ head }) => head), room, (text) => widthOf(text.slice(0, 80), 15), PADDING));
}
