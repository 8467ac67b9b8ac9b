import { comparer } from "../kit/text";
import { h } from "../kit/dom";
import { languageOf } from "./islands";

type Direction = "ascending" | "descending";

/** What a cell is sorted by: `data-sort` where the text is for people (dates, numbers with spaces), else its text. */
function keyOf(row: Element, column: number): string {
  const cell = row.children[column];
  return cell?.getAttribute("data-sort") ?? cell?.textContent?.trim() ?? "";
}

/** Rows in the order of a column; those that tell nothing there stand last either way, equal ones as they stood. */
export function sorted(rows: readonly Element[], column: number, direction: Direction, lang: string): Element[] {
  const compare = comparer(lang);
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [keyOf(a, column), keyOf(b, column)];
    if (!left || !right) return Number(!left) - Number(!right);
    return sign * compare(left, right);
  });
}

/** Sorts the rows of a table by a column. */
type Sort = (column: number, direction: Direction) => void;

/** Heads of a table as buttons that sort its rows; a head with `data-plain` stays as it is. Numbers begin with the largest. */
export function mount(table: HTMLElement, put: Sort = (column, direction) => sortRows(table, column, direction)): void {
  const heads = [...table.querySelectorAll<HTMLElement>("thead tr:first-child > th")];
  for (const [column, head] of heads.entries()) {
    if (head.dataset.plain !== undefined || !head.textContent?.trim()) continue;
    head.dataset.said = head.textContent.trim(); // buttons are not printed in the heads that later sheets repeat
    const button = h("button", { type: "button", onclick: () => turn(heads, column, put) });
    button.append(...head.childNodes);
    head.append(button);
  }
}

/** Tell of a table that its rows have an order of their own. */
export function unsorted(table: HTMLElement): void {
  for (const head of table.querySelectorAll("[aria-sort]")) head.removeAttribute("aria-sort");
}

function turn(heads: readonly HTMLElement[], column: number, put: Sort): void {
  const head = heads[column];
  const first: Direction = head?.classList.contains("num") ? "descending" : "ascending";
  const other: Direction = first === "descending" ? "ascending" : "descending";
  const direction = head?.getAttribute("aria-sort") === first ? other : first;
  for (const each of heads) each.removeAttribute("aria-sort");
  head?.setAttribute("aria-sort", direction);
  put(column, direction);
}

function sortRows(table: HTMLElement, column: number, direction: Direction): void {
  for (const body of table.querySelectorAll("tbody")) body.append(...sorted([...body.children], column, direction, languageOf(table)));
}
