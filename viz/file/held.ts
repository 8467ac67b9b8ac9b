import type { Ego } from "../app/network/types";
import type { Texts } from "../kit/words";

/** What a file of its own holds, as papers/network_file.py writes it. */
export interface Held {
  ego: Ego;
  level: string;
  /** The state where the file's address names none: `?seed=by-vitebsk`, or "". */
  first: string;
  /** What sort of party somebody is, by id. */
  kinds: Readonly<Record<string, string>>;
  /** What ties rest on and are about, by the ids of edges. */
  ties: Readonly<Record<string, HeldTie>>;
  grounds: readonly Ground[];
  rows: readonly Row[];
  words: Texts;
}

/** Numbers of grounds; topics by their codes; years. */
export interface HeldTie {
  grounds: readonly number[];
  topics: readonly string[];
  years: readonly string[];
}

/** An event or agreement; `rows` are numbers of the rows that tell of it. */
export interface Ground {
  kind: "event" | "agreement";
  title: string;
  when: string;
  rows: readonly number[];
}

/** A row of a report: its number, what the report is called, its cells. */
export interface Row {
  number: string;
  report: string;
  cells: readonly Cell[];
}

/** A column, its text, and from where to where, in code points, who is named. */
export type Cell = readonly [column: string, text: string, marks: readonly (readonly [start: number, end: number, id: string])[]];

/** Read what stands in the file, compressed where it is much. */
export async function read(element: HTMLElement): Promise<Held> {
  const text = element.textContent ?? "";
  if (element.getAttribute("type") === "application/json") return JSON.parse(text) as Held;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json() as Promise<Held>;
}
