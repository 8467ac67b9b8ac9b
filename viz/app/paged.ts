import { h } from "../kit/dom";
import type { Wording } from "../kit/words";
import { languageOf } from "./islands";
import { mount as sortable, sorted, unsorted } from "./sort";

/** Rows of a page (site/explorer/list_page.py). */
const ROWS = 50;

/** The rows of a table page by page: only those of one page are in the document, a sort is of all, paper has all. */
export class PagedRows {
  private rows: readonly Element[] = [];
  private at = 0;
  private isPrinting = false;
  private readonly pages = h("nav", { class: "pages" });

  constructor(private readonly table: HTMLTableElement, private readonly words: Wording) {
    this.pages.setAttribute("aria-label", words.t("pages"));
    table.after(this.pages);
    sortable(table, (column, direction) => this.put(sorted(this.rows, column, direction, languageOf(table))));
    addEventListener("beforeprint", () => this.print(true));
    addEventListener("afterprint", () => this.print(false));
  }

  /** Have these rows in the table, in the order in which they come. */
  show(rows: readonly Element[]): void {
    unsorted(this.table);
    this.put(rows);
  }

  private put(rows: readonly Element[]): void {
    [this.rows, this.at] = [rows, 0];
    this.draw();
  }

  private print(isPrinting: boolean): void {
    this.isPrinting = isPrinting;
    this.draw();
  }

  private draw(): void {
    const { t, number } = this.words;
    const count = Math.max(1, Math.ceil(this.rows.length / ROWS));
    this.table.tBodies[0]?.replaceChildren(...(this.isPrinting ? this.rows : this.rows.slice(this.at * ROWS, (this.at + 1) * ROWS)));
    const turn = (key: string, to: number) => h("button", { type: "button", class: "btn small", disabled: to < 0 || to >= count, onclick: () => this.turn(to) }, t(key));
    this.pages.hidden = count < 2;
    this.pages.replaceChildren(turn("before", this.at - 1), " ", h("span", { class: "small dim", role: "status" }, t("page-of", { number: number(this.at + 1), pages: number(count) })), " ", turn("after", this.at + 1));
  }

  private turn(to: number): void {
    this.at = to;
    this.draw();
    this.table.scrollIntoView({ block: "start" });
  }
}
