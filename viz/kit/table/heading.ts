import { h } from "../dom";

/** By which column rows stand, and which way. */
export interface Sorting {
  column: string;
  down: boolean;
}

/** The head of a column that puts the rows in order: `sort` is called by a click. */
export function heading({ name, text, title, kind }: { name: string; text: string; title?: string; kind?: string }, sort: () => void): HTMLTableCellElement {
  const button = h("button", { type: "button", onclick: sort, title, "data-sort": name }, h("span", {}, text));
  return h("th", { scope: "col", role: "columnheader", "aria-sort": "none", "data-column": name, class: kind }, button);
}

/** Say in the heads by which of them the rows stand. */
export function markSorting(heads: readonly HTMLElement[], sorting: Sorting | undefined): void {
  for (const head of heads) head.setAttribute("aria-sort", head.dataset.column !== sorting?.column ? "none" : sorting?.down ? "descending" : "ascending");
}
