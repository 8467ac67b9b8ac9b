import { period, type Period } from "../../../kit/dates";
import { point } from "./points";

/** A term of an answer, as SPARQL's JSON results write it. */
export interface Cell {
  value: string;
  type: "uri" | "literal" | "typed-literal" | "bnode";
  datatype?: string;
  "xml:lang"?: string;
}

export type Row = Record<string, Cell | undefined>;
export type Kind = "number" | "date" | "point" | "iri" | "text" | "empty";

/** A column of an answer: its variable, the kind that its filled cells have, and what people call it. */
export interface Column {
  name: string;
  kind: Kind;
  head: string;
}

/** An answer to SELECT or CONSTRUCT as rows of named cells. */
export interface Answer {
  columns: readonly Column[];
  rows: readonly Row[];
  prefixes: Readonly<Record<string, string>>;
}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(
  ["integer", "decimal", "double", "float", "long", "int", "short", "nonNegativeInteger", "positiveInteger"].map((name) => XSD + name),
);

/** So much of a column of dates may be words, such as "undated". */
const WORDS_AMONG_DATES = 0.2;

/** Say what each column holds; one cell of another kind makes it text, but for some words among dates. */
export function columns(names: readonly string[], rows: readonly Row[], head = (name: string) => name): Column[] {
  return names.map((name) => ({ name, kind: kindIn(name, rows), head: head(name) }));
}

function kindIn(name: string, rows: readonly Row[]): Kind {
  const counts = new Map<Kind, number>();
  let years = /year|год/i.test(name);
  for (const row of rows) {
    const cell = row[name];
    if (!filled(cell)) continue;
    const kind = kindOf(cell);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    years &&= /^[12]\d{3}$/.test(cell.value);
  }
  const [only] = counts.keys();
  if (only === undefined) return "empty";
  if (counts.size === 1) return only === "number" && years ? "date" : only;
  const [dates, texts] = [counts.get("date") ?? 0, counts.get("text") ?? 0];
  return counts.size === 2 && dates && texts <= (dates + texts) * WORDS_AMONG_DATES ? "date" : "text";
}

/** The columns of these kinds, in the answer's order. */
export function ofKind(answer: Answer, ...kinds: Kind[]): Column[] {
  return answer.columns.filter((column) => kinds.includes(column.kind));
}

/** The number in a cell, else undefined. */
export function numberIn(cell: Cell | undefined): number | undefined {
  if (!cell || !NUMBERS.has(cell.datatype ?? "")) return undefined;
  const value = Number(cell.value);
  return Number.isFinite(value) ? value : undefined;
}

/** The time in a cell, else undefined. */
export function periodIn(cell: Cell | undefined): Period | undefined {
  return cell && cell.type !== "uri" ? period(cell.value) : undefined;
}

/** What a person reads in a cell: an IRI is shortened by the prefixes of the query. */
export function shown(cell: Cell | undefined, prefixes: Readonly<Record<string, string>>): string {
  if (!cell) return "";
  if (cell.type !== "uri") return cell.value;
  const [prefix, start] = Object.entries(prefixes)
    .filter(([, iri]) => iri && cell.value.startsWith(iri))
    .sort(([, a], [, b]) => b.length - a.length)[0] ?? ["", ""];
  return start ? `${prefix}:${cell.value.slice(start.length)}` : cell.value;
}

function filled(cell: Cell | undefined): cell is Cell {
  return cell !== undefined && cell.value !== "";
}

function kindOf(cell: Cell): Kind {
  if (cell.type === "uri" || cell.type === "bnode") return "iri";
  if (numberIn(cell) !== undefined) return "number";
  const first = cell.value.charCodeAt(0);
  // Dates begin with a digit or a minus, points with a letter or an IRI; the patterns cost much over long answers.
  if ((first >= 48 && first <= 57) || first === 45) return periodIn(cell) ? "date" : "text";
  return /^\s*(?:<|POINT)/i.test(cell.value) && point(cell.value) ? "point" : "text";
}
