import type { Folder } from "../files/folder";
import type { Parties } from "../files/parties";
import { tiesBetween, type Between } from "../files/between";
import type { AgreementColumns, EventColumns, GroundColumns, Table, TieColumns } from "../files/tables";

/** Two institutions that meet, one of the left party, one of the right. */
export interface Couple {
  left: number;
  right: number;
  events: number;
  agreements: number;
  areSchools: boolean;
}

/** What is told of two parties together, ours on the left (explore/pair.py); the newest events first, those without a day last. */
export interface Pair {
  left: number;
  right: number;
  events: readonly number[];
  agreements: readonly number[];
  couples: readonly Couple[];
  years: ReadonlyMap<number, number>;
  undated: number;
  last: string;
  /** Whether the reports that tell of the events are of the one side, and of the other. */
  told: readonly [boolean, boolean];
  /** Whether anything of each side is loaded at all. */
  heard: readonly [boolean, boolean];
}

export interface Tables {
  ties: Table<TieColumns>;
  grounds: Table<GroundColumns>;
  events: Table<EventColumns>;
  agreements: Table<AgreementColumns>;
}

export async function tablesOf(folder: Folder): Promise<Tables> {
  const [ties, grounds, events, agreements] = await Promise.all([
    folder.read<Table<TieColumns>>("ties"),
    folder.read<Table<GroundColumns>>("grounds"),
    folder.read<Table<EventColumns>>("events"),
    folder.read<Table<AgreementColumns>>("agreements"),
  ]);
  return { ties, grounds, events, agreements };
}

export function pairOf(parties: Parties, tables: Tables, one: number, other: number): Pair {
  const [left, right] = parties.isOurs(other) && !parties.isOurs(one) ? [other, one] : [one, other];
  const between = tiesBetween(parties, tables.ties, left, right);
  const { columns } = tables.events;
  const met = distinct(between.flatMap(({ tie }) => tables.grounds.columns.events[tie] ?? []));
  const signed = distinct(between.flatMap(({ tie }) => tables.grounds.columns.agreements[tie] ?? []));
  const dated = met.filter((event) => columns.start[event]);
  const years = new Map<number, number>();
  for (const event of dated) {
    const year = Number(columns.start[event]?.slice(0, 4));
    years.set(year, (years.get(year) ?? 0) + 1);
  }
  const reporters = distinct(met.flatMap((event) => columns.reporters[event] ?? []));
  const sides = [left, right] as const;
  return {
    left,
    right,
    events: [...dated.toReversed(), ...met.filter((event) => !columns.start[event])],
    agreements: signed.reverse(),
    couples: couplesOf(parties, tables, between),
    years,
    undated: met.length - dated.length,
    last: lastOf(tables.events, met),
    told: both(sides, (side) => reporters.some((reporter) => parties.isWithin(reporter, side) || parties.town(side) === reporter)),
    heard: both(sides, (side) => isHeard(parties, columns, side)),
  };
}

/** Who meets whom at the level of institutions, schools first, then the strongest. */
function couplesOf(parties: Parties, { ties, grounds }: Tables, between: readonly Between[]): Couple[] {
  const schools = new Set(parties.about.schools);
  const couples = between.filter(({ tie }) => ties.codes.level?.[ties.columns.level[tie] ?? -1] === "institution").map(({ tie, left, right }) => ({
    left,
    right,
    events: grounds.columns.events[tie]?.length ?? 0,
    agreements: grounds.columns.agreements[tie]?.length ?? 0,
    areSchools: [left, right].every((side) => schools.has(parties.code("type", side))),
  }));
  return couples.sort((a, b) => Number(b.areSchools) - Number(a.areSchools) || b.events - a.events);
}

/** Whether anything is loaded that a party, or anybody of it, reported; of an institution its town. */
function isHeard(parties: Parties, { reporters }: EventColumns, party: number): boolean {
  const kind = parties.kind(party);
  const isMeant = kind === "region" || kind === "country" ? (reporter: number) => parties.isWithin(reporter, party) : (reporter: number) => reporter === (kind === "institution" ? parties.town(party) : party);
  return reporters.some((told) => told.some(isMeant));
}

/** The last date of some events as it is told, "" where none is (`last_date` in explore/events.py). */
function lastOf({ columns }: Table<EventColumns>, events: readonly number[]): string {
  const end = (event: number) => columns.end[event] ?? "";
  const last = events.reduce((one, other) => (end(other) >= end(one) ? other : one), events[0] ?? -1);
  return (columns.date[last] ?? "").split("/").at(-1) ?? "";
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

function both(sides: readonly [number, number], read: (side: number) => boolean): [boolean, boolean] {
  return [read(sides[0]), read(sides[1])];
}
