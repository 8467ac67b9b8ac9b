import { h } from "../dom";
import { Heights } from "./heights";

/** So many rows beyond both edges of the screen are in the page as well. */
const OVERSCAN = 8;
/** So few rows are all in the page: the browser finds, prints and copies them by itself. */
const WHOLE = 60;
/** So many rows are in the page while it is printed. */
const PRINTED = 1000;
const GUESS = 41;
/** How long rows must stand still before `shown` is called, in milliseconds. */
const STILL = 80;

interface Window {
  label: string;
  /** Classes of the box that scrolls, and of the table in it. */
  looks: { scroller: string; table: string };
  heads: readonly HTMLElement[];
  /** Make the row at a place. */
  row: (place: number) => HTMLTableRowElement;
  /** Told which places are on the screen, when scrolling rests. Until it is done the box is `aria-busy`. */
  shown: (places: number[]) => Promise<void> | void;
  /** Given rows that were just drawn. */
  drawn: (rows: readonly HTMLElement[]) => void;
  /** Told when there is another width. */
  resized: (scroller: HTMLElement) => void;
}

export interface Windowed {
  element: HTMLElement;
  /** Show so many rows from the first on. */
  show: (count: number) => void;
  /** Make the rows on the screen anew. */
  redraw: () => void;
  resize: (widths: readonly number[]) => void;
  stop: () => void;
}

/** A table in a box that scrolls, with the rows in the page that are on the screen. */
export function windowed(given: Window): Windowed {
  const body = h("tbody", { role: "rowgroup" });
  const sizes = h("colgroup");
  const grid = h("table", { class: given.looks.table, role: "table", "aria-label": given.label, "aria-colcount": given.heads.length }, sizes, h("thead", { role: "rowgroup" }, h("tr", { role: "row", "aria-rowindex": 1 }, ...given.heads)), body);
  const scroller = h("div", { class: given.looks.scroller, role: "region", "aria-label": given.label, tabindex: 0 }, grid);
  const rows = new Rows(scroller, body, given);
  let width = 0;
  const observer = new ResizeObserver(() => {
    const isWider = scroller.clientWidth !== width;
    width = scroller.clientWidth;
    rows.isLaidOut = width > 0;
    if (isWider) given.resized(scroller);
    rows.draw(isWider);
  });
  observer.observe(scroller);
  scroller.addEventListener("scroll", () => rows.draw(), { passive: true });
  const off = new AbortController();
  addEventListener("beforeprint", () => rows.print(true), { signal: off.signal });
  addEventListener("afterprint", () => rows.print(false), { signal: off.signal });
  body.addEventListener("kit-resized", () => rows.draw(true));
  return {
    element: scroller,
    show: (count) => {
      grid.setAttribute("aria-rowcount", String(count + 1));
      scroller.scrollTop = 0;
      rows.reset(count);
    },
    redraw: () => rows.redraw(),
    resize: (widths) => {
      sizes.replaceChildren(...widths.map((size) => h("col", { width: Math.floor(size) })));
      grid.style.width = widths.length ? `${Math.floor(widths.reduce((sum, size) => sum + Math.floor(size), 0))}px` : "";
      rows.reset(rows.count);
    },
    stop: () => {
      observer.disconnect();
      off.abort();
      rows.stop();
    },
  };
}

function gap(): HTMLElement {
  return h("tbody", { class: "kit-gap", "aria-hidden": "true" }, h("tr", {}, h("td")));
}

/** The rows in the page. Those above the screen whose height was guessed wrong do not make it jump. */
class Rows {
  count = 0;
  /** Whether the box has a width: before, rows are drawn that will not stay so. */
  isLaidOut = false;
  private heights = new Heights(0, GUESS);
  private isGuessed = false;
  private most = WHOLE;
  private readonly drawn = new Map<number, HTMLTableRowElement>();
  private readonly above = gap();
  private readonly below = gap();
  private resting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly body: HTMLElement,
    private readonly given: Window,
  ) {}

  reset(count: number): void {
    this.count = count;
    this.scroller.classList.toggle("kit-long", count > WHOLE);
    this.heights = new Heights(count, GUESS);
    this.isGuessed = false;
    this.redraw();
  }

  /** Make all rows anew, in one step: a table without rows in between would let the page jump. */
  redraw(): void {
    const [, start, end] = this.range();
    this.drawn.clear();
    for (const place of range(start, end)) this.drawn.set(place, this.given.row(place));
    this.body.replaceChildren(...this.drawn.values());
    this.draw(true);
  }

  draw(isForced = false): void {
    const [first, start, end] = this.range();
    const missing = range(start, end).filter((place) => !this.drawn.has(place));
    const gone = [...this.drawn.keys()].filter((place) => place < start || place >= end);
    if (!isForced && !missing.length && !gone.length) return;
    for (const place of gone) {
      this.drawn.get(place)?.remove();
      this.drawn.delete(place);
    }
    this.insert(missing);
    this.given.drawn(isForced ? [...this.drawn.values()] : missing.flatMap((place) => this.drawn.get(place) ?? []));
    const isEnd = start > 0 && this.scroller.scrollTop + this.scroller.clientHeight >= this.scroller.scrollHeight - 2;
    const before = this.heights.top(first);
    this.measure();
    this.pad(this.above, this.heights.top(start), () => this.body.before(this.above));
    this.pad(this.below, this.heights.top(this.count) - this.heights.top(end), () => this.body.after(this.below));
    const moved = this.heights.top(first) - before;
    if (isEnd) this.scroller.scrollTop = this.scroller.scrollHeight;
    else if (moved && first > 0) this.scroller.scrollTop += moved;
    this.tell(start, end);
    // Rows that turned out lower than guessed leave room for more.
    if (this.range()[2] > end) this.draw();
  }

  /** Have the rows in the page for a printer, or for a screen again. */
  print(isPrinting: boolean): void {
    this.most = isPrinting ? PRINTED : WHOLE;
    this.draw(true);
  }

  stop(): void {
    clearTimeout(this.resting);
  }

  /** Take the heights of the rows in the page; the first of them are the guess for all others. */
  private measure(): void {
    const found = [...this.drawn].map(([place, row]) => [place, row.offsetHeight || GUESS] as const);
    if (!this.isGuessed && found.length) {
      this.heights = new Heights(this.count, found.reduce((sum, [, height]) => sum + height, 0) / found.length);
      this.isGuessed = true;
    }
    for (const [place, height] of found) this.heights.set(place, height);
  }

  /** The first row on the screen, and from where to where rows belong into the page. */
  private range(): [first: number, start: number, end: number] {
    const { scrollTop, clientHeight } = this.scroller;
    const first = this.heights.at(scrollTop);
    if (this.count <= this.most) return [first, 0, this.count];
    const last = this.heights.at(scrollTop + Math.max(clientHeight, GUESS));
    return [first, Math.max(0, first - OVERSCAN), Math.min(this.count, last + 1 + OVERSCAN)];
  }

  private insert(places: readonly number[]): void {
    for (const place of places) this.drawn.set(place, this.given.row(place));
    const known = [...this.drawn.keys()].sort((a, b) => a - b);
    let at = this.body.firstElementChild;
    for (const place of known) {
      const row = this.drawn.get(place);
      if (!row) continue;
      if (row === at) at = at.nextElementSibling;
      else this.body.insertBefore(row, at);
    }
  }

  /** Leave room for the rows that are not in the page; where all of them are there is nothing but rows. */
  private pad(gap: HTMLElement, height: number, put: () => void): void {
    const row = gap.firstElementChild as HTMLElement | null;
    if (row) row.style.height = `${height}px`;
    if (height <= 0) gap.remove();
    else if (!gap.isConnected) put();
  }

  private tell(start: number, end: number): void {
    clearTimeout(this.resting);
    this.scroller.setAttribute("aria-busy", "true");
    const mine = setTimeout(async () => {
      await this.given.shown(range(start, end));
      if (this.resting === mine && this.isLaidOut) this.scroller.setAttribute("aria-busy", "false");
    }, STILL);
    this.resting = mine;
  }
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_none, index) => start + index);
}
