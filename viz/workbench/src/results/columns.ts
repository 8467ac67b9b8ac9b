import { period, type Period } from "./dates";
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

/** A column of an answer, with the kind that all its filled cells have. */
export interface Column {
  name: string;
  kind: Kind;
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

/** Say what each column holds; one cell of another kind makes it text. */
export function columns(names: readonly string[], rows: readonly Row[]): Column[] {
  return names.map((name) => {
    const kinds = new Set(rows.map((row) => row[name]).filter(filled).map(kindOf));
    const [only] = kinds;
    return { name, kind: kinds.size === 1 && only ? only : kinds.size === 0 ? "empty" : "text" };
  });
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
  if (point(cell.value)) return "point";
  return periodIn(cell) ? "date" : "text";
}
