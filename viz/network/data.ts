import type { Texts, Words } from "../kit/words";

/** What the page holds, as network/page.py writes it. Things are known by their IRIs. */
export interface Data {
  lang: string;
  strings: { ru: Texts; en: Texts };
  title: Words;
  parameters: readonly { label: Words; value: string }[];
  /** Names of the concepts that are shown: kinds, topics, countries, columns. */
  words: Readonly<Record<string, Words>>;
  /** Countries of the legend, home first. */
  countries: readonly { id: string; colour: string }[];
  /** How many there were before the largest were picked. */
  total: { nodes: number; ties: number };
  drawing: { nodes: readonly DrawnNode[]; edges: readonly DrawnEdge[] };
  parties: Readonly<Record<string, Party>>;
  ties: Readonly<Record<string, Tie>>;
  entries: Readonly<Record<string, Entry>>;
}

/** A node as pyvis makes it; x and y are its place on a wide screen. */
export interface DrawnNode {
  id: string;
  label: string;
  shape: string;
  color: string;
  size: number;
  x: number;
  y: number;
}

export interface DrawnEdge {
  id: string;
  from: string;
  to: string;
  width: number;
  color: string;
  dashes: readonly [number, number] | false;
}

export interface Party {
  names: Words;
  /** Other spellings. */
  others: readonly string[];
  short: string;
  type: string;
  kind: string;
  place: string;
  country: string;
  colour: string;
  /** Its place on a telephone. */
  narrow: readonly [number, number];
}

export interface Tie {
  a: string;
  b: string;
  kind: string;
  /** The first and last day that reports tell of; "" where there is none. */
  start: string;
  end: string;
  events: number;
  sides: number;
  topics: readonly string[];
  entries: readonly string[];
  agreements: readonly Agreement[];
}

export interface Agreement {
  label: string;
  kind: string;
  status: string;
  edtf: string;
}

/** A row of a report; rows of one activity tell of the same event. */
export interface Entry {
  number: number;
  title: string;
  edtf: string;
  start: string;
  end: string;
  report: string;
  reporter: string;
  activity: string;
  kind: string;
  topics: readonly string[];
  roles: Readonly<Record<string, readonly string[]>>;
  cells: readonly Cell[];
}

/** A cell's text; marks are from where to where, in code points, it tells of whom. */
export interface Cell {
  column: string;
  text: string;
  marks: readonly (readonly [start: number, end: number, body: string])[];
}

/** Read the data that stand in the page: as they are, or, where they are many, compressed. */
export async function read(held: HTMLElement): Promise<Data> {
  const text = held.textContent ?? "";
  if (held.getAttribute("type") === "application/json") return JSON.parse(text) as Data;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json() as Promise<Data>;
}
