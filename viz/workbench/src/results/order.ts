import type { Sorting } from "../../../kit/table/heading";
import { comparer, fold, wordsOf } from "../../../kit/text";
import { numberIn, periodIn, type Cell, type Column, type Row } from "./columns";

/** What a person reads in a cell. */
export type Read = (cell: Cell | undefined) => string;

/** The numbers of the rows in which every word typed occurs, in the order asked for; rows without a value come last. */
export function arranged(rows: readonly Row[], columns: readonly Column[], read: Read, typed: string, sorting: Sorting | undefined, lang: string): number[] {
  const words = wordsOf(typed);
  const kept = [...rows.keys()].filter((index) => !words.length || contains(rows[index] ?? {}, columns, read, words));
  const column = columns.find(({ name }) => name === sorting?.column);
  return sorting && column ? sorted(kept, rows, column, read, sorting.down, lang) : kept;
}

function contains(row: Row, columns: readonly Column[], read: Read, words: readonly string[]): boolean {
  const text = columns.map(({ name }) => textOf(row[name], read)).join("\n");
  return words.every((word) => text.includes(word));
}

function textOf(cell: Cell | undefined, read: Read): string {
  return cell ? fold(cell.type === "uri" ? `${read(cell)} ${cell.value}` : cell.value) : "";
}

function sorted(kept: number[], rows: readonly Row[], { name, kind }: Column, read: Read, down: boolean, lang: string): number[] {
  const sign = down ? -1 : 1;
  const cells = kept.map((index) => ({ index, cell: rows[index]?.[name] }));
  const filled = cells.filter(({ cell }) => cell?.value);
  const blank = cells.filter(({ cell }) => !cell?.value);
  const value = (cell: Cell | undefined) => (kind === "number" ? numberIn(cell) : kind === "date" ? periodIn(cell)?.start.getTime() : undefined);
  const compare = comparer(lang);
  const keyed = filled.map(({ index, cell }) => ({ index, number: value(cell) ?? Number.POSITIVE_INFINITY, text: read(cell) }));
  keyed.sort((a, b) => (a.number === b.number ? 0 : a.number < b.number ? -sign : sign) || sign * compare(a.text, b.text) || a.index - b.index);
  return [...keyed, ...blank].map(({ index }) => index);
}
