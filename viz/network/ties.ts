import type { Data, Entry, Tie } from "./data";

/** By what ties can be filtered. */
export const FILTERS = ["country", "topic", "year", "kind"] as const;
export type Filter = (typeof FILTERS)[number];
export type Filters = Partial<Record<Filter, string>>;

/** What the ties of a network are asked: which are shown, whose they are, what their events are. */
export class Ties {
  private readonly values: ReadonlyMap<string, Readonly<Record<Filter, ReadonlySet<string>>>>;
  private readonly ofParty: ReadonlyMap<string, readonly string[]>;
  private readonly home: string;

  constructor(private readonly data: Data) {
    this.values = new Map(Object.entries(data.ties).map(([id, tie]) => [id, this.valuesOf(tie)]));
    this.home = data.countries[0]?.id ?? "";
    const own = new Map<string, string[]>();
    for (const [id, { a, b }] of Object.entries(data.ties)) for (const party of [a, b]) own.set(party, [...(own.get(party) ?? []), id]);
    this.ofParty = own;
  }

  /** The ties that every filter lets through. */
  shown(filters: Filters): string[] {
    return Object.keys(this.data.ties).filter((id) => this.isShown(id, filters));
  }

  isShown(id: string, filters: Filters): boolean {
    return FILTERS.every((name) => !filters[name] || this.values.get(id)?.[name].has(filters[name]));
  }

  /** The ties of a party that are shown. */
  of(party: string, filters: Filters): string[] {
    return (this.ofParty.get(party) ?? []).filter((id) => this.isShown(id, filters));
  }

  /** All values that a filter can have. */
  options(name: Filter): string[] {
    const all = new Set([...this.values.values()].flatMap((values) => [...values[name]]));
    all.delete("");
    return [...all];
  }

  /** Both parties of a tie, one at home first. */
  ends({ a, b }: Tie): [string, string] {
    const at = (id: string) => this.data.parties[id]?.country === this.home;
    return at(b) && !at(a) ? [b, a] : [a, b];
  }

  /** The rows of a tie by event, the newest first. */
  events(tie: Tie): [Entry, ...Entry[]][] {
    const groups = new Map<string, [Entry, ...Entry[]]>();
    for (const entry of this.entries(tie)) {
      const group = groups.get(entry.activity);
      if (group) group.push(entry);
      else groups.set(entry.activity, [entry]);
    }
    return [...groups.values()].sort(([a], [b]) => b.start.localeCompare(a.start) || a.number - b.number);
  }

  private entries(tie: Tie): Entry[] {
    return tie.entries.flatMap((id) => this.data.entries[id] ?? []);
  }

  private valuesOf(tie: Tie): Record<Filter, ReadonlySet<string>> {
    const countries = [tie.a, tie.b].map((id) => this.data.parties[id]?.country ?? "");
    return { country: new Set(countries), topic: new Set(tie.topics), year: new Set(this.years(tie)), kind: new Set([tie.kind]) };
  }

  /** The years in which something happened: those of the rows that have dates, else all between first and last. */
  private years(tie: Tie): string[] {
    const dated = this.entries(tie).filter(({ start, end }) => start || end);
    return (dated.length ? dated : [tie]).flatMap(({ start, end }) => {
      const [from, to] = [start || end, end || start].map((day) => Number(day.slice(0, 4)));
      return from && to ? Array.from({ length: Math.max(0, to - from + 1) }, (_none, index) => String(from + index)) : [];
    });
  }
}

export function otherEnd({ a, b }: Tie, party: string): string {
  return a === party ? b : a;
}

/** "2023", "2023–2024"; "" where nothing has a date. */
export function yearsOf({ start, end }: Tie): string {
  const [from, to] = [start.slice(0, 4), end.slice(0, 4)];
  return from === to ? from : `${from}–${to}`;
}

/** A text in pieces: what tells of somebody wanted is marked. */
export function pieces(text: string, marks: readonly (readonly [number, number, string])[], wanted: ReadonlySet<string>): { text: string; isMarked: boolean }[] {
  const letters = Array.from(text);
  const found: { text: string; isMarked: boolean }[] = [];
  const put = (start: number, end: number, isMarked: boolean) => start < end && found.push({ text: letters.slice(start, end).join(""), isMarked });
  let at = 0;
  for (const [start, end, body] of marks) {
    if (!wanted.has(body) || start < at) continue;
    put(at, start, false);
    put(start, end, true);
    at = end;
  }
  put(at, letters.length, false);
  return found;
}
