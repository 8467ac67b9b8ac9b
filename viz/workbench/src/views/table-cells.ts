import { h } from "../../../kit/dom";
import { labels } from "../labels";
import { pageOf, t, tellingOf } from "../page";
import { shown, type Answer, type Cell, type Column, type Row } from "../results/columns";

/** What cells are drawn from, and whether IRIs, languages and types are shown as well. */
export interface Look {
  answer: Answer;
  isDetailed: boolean;
}

/** From so many characters on a text may take more lines than a row shows. */
const LONG = 24;

/** What a person reads in a cell: a thing's label, its short IRI where it has none, the text of a literal. */
export function read(cell: Cell | undefined, { answer }: Look): string {
  return (cell?.type === "uri" && labels.get(cell.value)) || shown(cell, answer.prefixes);
}

/** Draw a cell; the name of its column stands with it for where rows are cards. */
export function cellOf(row: Row, { name, kind, head }: Column, look: Look): HTMLTableCellElement {
  const cell = row[name];
  const content = !cell ? "" : cell.type === "uri" ? thing(cell, row, look) : literal(cell, look, kind === "date");
  return h("td", { role: "cell", "data-head": head, class: `${kind === "number" ? "wb-number" : ""}${cell?.value ? "" : " wb-blank"}` }, content);
}

/** A link named by the thing's label; "open" where the row says the name already. */
function thing(cell: Cell, row: Row, look: Look): HTMLElement {
  const text = read(cell, look);
  const isTold = Object.values(row).some((other) => other && other.type !== "uri" && other.value === text);
  const href = whereTo(cell.value);
  const looks = { class: "wb-iri", title: cell.value };
  const name = isTold && href && !look.isDetailed ? t("tableOpen") : text;
  const link = href ? h("a", { ...looks, href, target: "_blank", rel: "noopener" }, name) : h("span", looks, name);
  return h("div", {}, h("div", text.length > LONG ? { class: "wb-long" } : {}, link), look.isDetailed && labels.has(cell.value) && h("code", {}, shown(cell, look.answer.prefixes)));
}

/** The page here about a thing of ours or one that is known here, else the IRI itself where browsers can follow it. */
function whereTo(iri: string): string | undefined {
  if (pageOf(iri) || labels.has(iri)) return tellingOf(iri);
  return /^https?:/i.test(iri) ? iri : undefined;
}

function literal(cell: Cell, { answer, isDetailed }: Look, isDate: boolean): HTMLElement {
  const type = cell["xml:lang"] ? `@${cell["xml:lang"]}` : cell.datatype ? `^^${shown({ type: "uri", value: cell.datatype }, answer.prefixes)}` : "";
  const text = isDate ? h("div", {}, ...parts(cell.value)) : h("div", cell.value.length > LONG ? { class: "wb-long" } : {}, cell.value);
  return isDetailed && type ? h("div", {}, text, h("code", {}, type)) : text;
}

/** A date may be broken between its two ends only. */
function parts(value: string): HTMLElement[] {
  const ends = value.split("/");
  return ends.map((end, index) => h("span", { class: "wb-end" }, index < ends.length - 1 ? `${end}/` : end));
}

/** Give the cells of drawn rows whose text is cut a button that opens them. */
export function openable(rows: readonly HTMLElement[]): void {
  const cut = rows.flatMap((row) => [...row.querySelectorAll<HTMLElement>(".wb-long:not(.wb-whole)")]).filter((text) => text.scrollHeight > text.clientHeight + 2 && !text.nextElementSibling?.matches(".wb-more"));
  for (const text of cut) {
    const more = h("button", { type: "button", class: "wb-link wb-more", "aria-expanded": "false", onclick: () => {
      const isWhole = text.classList.toggle("wb-whole");
      more.setAttribute("aria-expanded", String(isWhole));
      more.textContent = t(isWhole ? "tableLess" : "tableMore");
      more.dispatchEvent(new CustomEvent("kit-resized", { bubbles: true }));
    } }, t("tableMore"));
    text.after(more);
  }
}

/** Copy rows as lines of tab-separated cells, with heads, as spreadsheets take them; tell whether the browser let us. */
export async function copied({ columns, rows }: Answer, order: readonly number[], look: Look): Promise<boolean> {
  const plain = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  const lines = order.map((index) => columns.map(({ name }) => plain(read(rows[index]?.[name], look))).join("\t"));
  try {
    await navigator.clipboard.writeText([columns.map(({ head }) => plain(head)).join("\t"), ...lines].join("\n"));
    return true;
  } catch (error) {
    // Without https or without leave there is no clipboard.
    if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    return false;
  }
}
