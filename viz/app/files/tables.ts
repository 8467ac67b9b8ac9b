import type { Language, Texts } from "../../kit/words";
import type { Folder } from "./folder";

/** Columns of equal length, as `pobratim/publishing/explorer/columns.py` writes them; codes stand as places in their list. */
export interface Table<Columns> {
  total: number;
  codes: Readonly<Record<string, readonly string[]>>;
  columns: Columns;
}

export interface PartyColumns {
  ref: string[];
  name: string[];
  name_en: (string | null)[];
  short: string[];
  town: (number | null)[];
  ties: number[];
  events: number[];
  kind: number[];
  type: (number | null)[];
  region: (number | null)[];
  country: (number | null)[];
  lat: (number | null)[];
  lon: (number | null)[];
}

export interface TieColumns {
  a: number[];
  b: number[];
  date: (string | null)[];
  events: number[];
  agreements: number[];
  level: number[];
  kind: number[];
  years: number[][];
}

export interface GroundColumns {
  events: number[][];
  agreements: number[][];
}

export interface EventColumns {
  start: (string | null)[];
  end: (string | null)[];
  date: (string | null)[];
  kind: number[];
  mode: (number | null)[];
  topics: number[];
  levels: number[];
  places: number[][];
  parties: number[][];
  countries: string[][];
  reporters: number[][];
  reports: number[][];
  agreements: number[][];
  accounts: number[];
}

export interface AgreementColumns {
  key: string[];
  subject: (string | null)[];
  start: (string | null)[];
  end: (string | null)[];
  date: (string | null)[];
  until: (string | null)[];
  kind: number[];
  status: number[];
  levels: number[];
  term: (number | null)[];
  parties: number[][];
  prolonged: number[];
  number: (string | null)[];
  reports: number[][];
}

export interface Titles {
  columns: { key: string[]; title: string[] };
}

/** What all other files share (`about.py`): labels are Russian and English by scheme and code. */
export interface About {
  day: string;
  home: string;
  ours: number[];
  schools: string[];
  part: number;
  sizes: { tie: number; event: number; agreement: number };
  labels: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>>;
  columns: readonly (readonly [string, string, string])[];
  reports: readonly (readonly [string, string, string])[];
  /** Pages that lie elsewhere than the keys of their things say, and kinds of things of which none has a page. */
  odd: Readonly<Record<string, string>>;
  unseen: readonly string[];
  /** Words of pairs and evidence, and of lists. */
  words: Readonly<Record<Language, Texts>>;
  lists: Readonly<Record<Language, Texts>>;
}

/** The key and the title of some events, by their numbers: only the files that hold any of them are read. */
export async function titlesOf(folder: Folder, part: number, events: Iterable<number>): Promise<Map<number, { key: string; title: string }>> {
  const wanted = [...events];
  const files = [...new Set(wanted.map((event) => Math.floor(event / part)))];
  const read = new Map(await Promise.all(files.map(async (file) => [file, await folder.read<Titles>(`titles-${file}`)] as const)));
  return new Map(wanted.map((event) => {
    const { key = [], title = [] } = read.get(Math.floor(event / part))?.columns ?? {};
    return [event, { key: key[event % part] ?? "", title: title[event % part] ?? "" }];
  }));
}

/** The codes of a column of several, which is a sum of powers of two that may be wider than 32 bits. */
export function codesIn(sum: number, codes: readonly string[]): string[] {
  return codes.filter((_, place) => Math.floor(sum / 2 ** place) % 2 === 1);
}
