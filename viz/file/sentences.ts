import { EVIDENCE, type EvidenceWanted } from "../app/network/panel";
import { spoken } from "../kit/date-words";
import { h } from "../kit/dom";
import type { Wording } from "../kit/words";
import type { Surroundings } from "./around";
import type { Cell, Ground, Held, Row } from "./held";

/** As on the server (site/explorer/evidence.py): so many characters of a cell stand around a phrase, unless the cell is not much longer. */
const AROUND = 190;
const WHOLE = 460;

/** Fill what the panel shows of a tie with the sentences that the file holds. */
export function listen(element: HTMLElement, held: Held, surroundings: Surroundings, words: Wording): void {
  element.addEventListener(EVIDENCE, (event) => {
    const { tie, host } = (event as CustomEvent<EvidenceWanted>).detail;
    event.preventDefault();
    const ties = surroundings.restingOn(tie);
    const ends = held.ego.edges.filter(({ id }) => ties.includes(id)).flatMap(({ a, b }) => [a, b]);
    const ours = new Set(held.ego.nodes.flatMap(({ id, ours }) => (ours ? [id] : [])));
    const sides = [...new Set([...ends.filter((id) => !ours.has(id)), ...ends.filter((id) => ours.has(id))])];
    // An institution stands for its town as well as the town's own name does.
    const sought = (id: string) => sides.findIndex((side) => side === id || surroundings.townOf(id) === side);
    const walk = new Walk(host, surroundings.groundsOf(ties).flatMap((number) => held.grounds[number] ?? []), held.rows, sought, words);
    walk.show(0);
  });
}

/** Which of those whose names are looked for somebody is, or stands for; -1 for nobody. */
type Sought = (id: string) => number;

/** The evidence of one tie, gone through one after the other. */
class Walk {
  private at = 0;

  constructor(private readonly host: HTMLElement, private readonly grounds: readonly Ground[], private readonly rows: readonly Row[], private readonly sought: Sought, private readonly words: Wording) {
    host.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || grounds.length < 2) return;
      event.preventDefault();
      this.show(this.at + step, step);
    });
  }

  /** Show the evidence at a place, which goes round; `walked` keeps the focus on the button that was pressed. */
  show(place: number, walked = 0): void {
    const { grounds, words } = this;
    this.at = (place + grounds.length) % grounds.length || 0;
    const ground = grounds[this.at];
    if (!ground) return this.host.replaceChildren(h("p", { class: "from" }, words.t("noSentence")));
    const button = (step: number, label: string, sign: string) => h("button", { type: "button", class: "btn small", "data-walk": step, "aria-label": words.t(label), onclick: () => this.show(this.at + step, step) }, sign);
    const walk = grounds.length > 1 ? [h("div", { class: "walk" }, h("span", {}, words.t("at", { at: this.at + 1, total: grounds.length })), button(-1, "previous", "↑"), button(1, "next", "↓"))] : [];
    this.host.replaceChildren(...exhibit(ground, this.rows, this.sought, words), ...walk);
    if (walked) this.host.querySelector<HTMLElement>(`[data-walk="${walked}"]`)?.focus();
  }
}

/** A ground as the drawer of the pages has it: the sentence, where it stands, and the row as printed. */
function exhibit(ground: Ground, rows: readonly Row[], sought: Sought, words: Wording): HTMLElement[] {
  const told = ground.rows.flatMap((number) => rows[number] ?? []);
  const found = bestOf(told, sought);
  const row = found?.row ?? told[0];
  return [
    h("p", { class: "crumb" }, words.t("basedOn")),
    h("h2", {}, ground.title),
    h("p", { class: "from" }, spoken(ground.when, words) || ground.when || words.t("undated")),
    found ? quoteOf(found.cell, found.start, found.end) : h("p", { class: "from" }, words.t("noSentence")),
    ...(row ? [whereOf(row, found?.cell, words), printed(row, found, words)] : []),
  ];
}

interface Found {
  row: Row;
  cell: Cell;
  start: number;
  end: number;
}

/** The phrase that shows best what the ground is for: the name of whoever is sought first, as fully as it is told. */
function bestOf(rows: readonly Row[], sought: Sought): Found | undefined {
  let [least, best]: [number, Found | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const row of rows) {
    for (const cell of row.cells) {
      for (const [start, end, id] of cell[2]) {
        const place = sought(id);
        const rank = place < 0 ? Number.MAX_VALUE : place;
        const isBetter = rank < least || (rank === least && best && end - start > best.end - best.start);
        if (isBetter) [least, best] = [rank, { row, cell, start, end }];
      }
    }
  }
  return best;
}

/** The cell's text with the phrase marked; a long one is cut at words. */
function quoteOf([, text]: Cell, start: number, end: number): HTMLElement {
  const letters = [...text];
  let [before, after] = [letters.slice(0, start).join(""), letters.slice(end).join("")];
  if (letters.length > WHOLE) {
    if (before.length > AROUND) before = `… ${before.slice(-AROUND).replace(/^\S*\s/, "")}`;
    if (after.length > AROUND) after = `${after.slice(0, AROUND).replace(/\s\S*$/, "")} …`;
  }
  return h("blockquote", { class: "quote" }, `«${before.trimStart()}`, h("mark", {}, letters.slice(start, end).join("")), `${after.trimEnd()}»`);
}

function whereOf({ number, report }: Row, cell: Cell | undefined, words: Wording): HTMLElement {
  const column = cell ? `, ${words.t("column", { column: cell[0] })}` : "";
  return h("p", { class: "from" }, `${words.t("row", { number })}${column} · ${words.t("inReport", { report })}`);
}

function printed(row: Row, found: Found | undefined, words: Wording): HTMLElement {
  const cells = row.cells.flatMap((cell) => {
    const [column, text] = cell;
    const letters = [...text];
    const isMarked = cell === found?.cell;
    const pieces = isMarked && found ? [letters.slice(0, found.start).join(""), h("mark", {}, letters.slice(found.start, found.end).join("")), letters.slice(found.end).join("")] : [text];
    return [h("dt", {}, column), h("dd", {}, ...pieces)];
  });
  return h("details", {}, h("summary", {}, words.t("rowAsPrinted")), h("dl", { class: "cells paper" }, ...cells));
}
