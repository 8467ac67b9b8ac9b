import type { Wording } from "../../kit/words";
import type { Folder } from "../files/folder";
import type { Parties } from "../files/parties";
import { codesIn, type AgreementColumns, type EventColumns, type GroundColumns, type Table } from "../files/tables";

/** The fields that a list is chosen by, as addresses call them, and the scheme of each one's codes. */
export type Field = "country" | "region" | "kind" | "topic" | "mode" | "level" | "status";

/** What of a field a row has nothing of. */
export const NONE = "none";
const IN_REGIONS: readonly string[] = ["place", "institution", "region"];

/** The rows of a list, by number, and what each has of a field (explore/filling/facets.py). */
export interface Things {
  name: "events" | "agreements" | "partners";
  parties: Parties;
  total: number;
  fields: readonly Field[];
  /** Rows have numbers below this. */
  size: number;
  scheme(field: Field): string;
  /** Whether a row has anything to do with a party: who took part, reported it, or is where it was. */
  concerns(row: number, party: number): boolean;
  /** The rows that ties, by their numbers, rest on. */
  restingOn(ties: readonly number[], grounds: GroundColumns | undefined): number[];
  /** What a choice leaves of some rows, or of all, and the counts of its fields. */
  counted(chosen: Chosen, within?: ReadonlySet<number>): Counted;
}

/** The first and the last day of a row. */
export type Days = readonly [string | null | undefined, string | null | undefined];

/** Things whose rows have all that is asked for themselves. */
interface Rows extends Things {
  values(row: number, field: Field): string[];
  days(row: number): Days;
}

export class Events implements Rows {
  readonly name = "events";
  readonly fields = ["country", "region", "kind", "topic", "mode", "level", "status"] as const;

  private constructor(readonly parties: Parties, readonly table: Table<EventColumns>, private readonly agreements: Table<AgreementColumns>) {}

  static async of(folder: Folder, parties: Parties): Promise<Events> {
    const [events, agreements] = await Promise.all([folder.read<Table<EventColumns>>("events"), folder.read<Table<AgreementColumns>>("agreements")]);
    return new Events(parties, events, agreements);
  }

  get total(): number {
    return this.table.total;
  }

  get size(): number {
    return this.total;
  }

  scheme(field: Field): string {
    return field === "kind" ? "event-kind" : field;
  }

  days(row: number): Days {
    return [this.table.columns.start[row], this.table.columns.end[row]];
  }

  concerns(row: number, party: number): boolean {
    const { countries } = this.table.columns;
    return concerned(this.parties, this.met(row), party) || (countries[row] ?? []).some((code) => this.parties.ref(party) === `country:${code.toLowerCase()}`);
  }

  restingOn(ties: readonly number[], grounds: GroundColumns | undefined): number[] {
    return ties.flatMap((tie) => grounds?.events[tie] ?? []);
  }

  counted(chosen: Chosen, within?: ReadonlySet<number>): Counted {
    return counted(this, chosen, within);
  }

  private met(row: number): number[] {
    const { columns } = this.table;
    return [columns.parties, columns.places, columns.reporters].flatMap((column) => column[row] ?? []);
  }

  values(row: number, field: Field): string[] {
    const { columns, codes } = this.table;
    const { agreements } = this;
    switch (field) {
      case "country":
      case "region": {
        return [...areasOf(this.parties, this.met(row), field), ...(field === "country" ? (columns.countries[row] ?? []) : [])];
      }
      case "topic":
        return codesIn(columns.topics[row] ?? 0, codes.topics ?? []);
      case "level":
        return codesIn(columns.levels[row] ?? 0, codes.levels ?? []);
      case "status":
        return (columns.agreements[row] ?? []).map((each) => agreements.codes.status?.[agreements.columns.status[each] ?? -1] ?? "");
      default:
        return codeOf(codes[field], columns[field][row]);
    }
  }
}

export class Agreements implements Rows {
  readonly name = "agreements";
  readonly fields = ["country", "region", "status", "kind", "level"] as const;

  private constructor(readonly parties: Parties, readonly table: Table<AgreementColumns>) {}

  static async of(folder: Folder, parties: Parties): Promise<Agreements> {
    return new Agreements(parties, await folder.read<Table<AgreementColumns>>("agreements"));
  }

  get total(): number {
    return this.table.total;
  }

  get size(): number {
    return this.total;
  }

  scheme(field: Field): string {
    return field === "kind" ? "agreement-kind" : field;
  }

  days(row: number): Days {
    return [this.table.columns.start[row], this.table.columns.end[row]];
  }

  concerns(row: number, party: number): boolean {
    return concerned(this.parties, this.table.columns.parties[row] ?? [], party);
  }

  restingOn(ties: readonly number[], grounds: GroundColumns | undefined): number[] {
    return ties.flatMap((tie) => grounds?.agreements[tie] ?? []);
  }

  counted(chosen: Chosen, within?: ReadonlySet<number>): Counted {
    return counted(this, chosen, within);
  }

  values(row: number, field: Field): string[] {
    const { columns, codes } = this.table;
    if (field === "country" || field === "region") return areasOf(this.parties, columns.parties[row] ?? [], field);
    if (field === "level") return codesIn(columns.levels[row] ?? 0, codes.levels ?? []);
    return field === "kind" || field === "status" ? codeOf(codes[field], columns[field][row]) : [];
  }
}

export function areasOf(parties: Parties, met: readonly number[], field: "country" | "region"): string[] {
  const meant = field === "country" ? met : met.filter((party) => IN_REGIONS.includes(parties.kind(party)));
  return meant.map((party) => parties.code(field, party)).filter(Boolean);
}

export function codeOf(codes: readonly string[] | undefined, place: number | null | undefined): string[] {
  const code = codes?.[place ?? -1];
  return code ? [code] : [];
}

/** Whether any of some parties is another one or in it, or has its town there (WIDER in explore/filling/ties.py). */
export function concerned(parties: Parties, met: readonly number[], whole: number): boolean {
  return met.some((party) => parties.isWithin(party, whole) || (parties.town(party) >= 0 && parties.isWithin(parties.town(party), whole)));
}

/** What is chosen: values of fields, parties on one side and on the other by their references, and a first and a last year. */
export interface Chosen {
  values: ReadonlyMap<Field, ReadonlySet<string>>;
  place: readonly string[];
  with: readonly string[];
  from: string;
  to: string;
}

/** What an address chooses of some fields, of parties, and of time where that is chosen. */
export function readChosen(search: string, { parties }: Things, { fields, isDated }: { fields: readonly Field[]; isDated: boolean }): Chosen {
  const asked = new URLSearchParams(search);
  const year = (name: string) => (isDated && /^\d{4}$/.test(asked.get(name) ?? "") ? (asked.get(name) ?? "") : "");
  const values = fields.map((field) => [field, new Set(asked.getAll(field))] as const).filter(([, held]) => held.size);
  const refs = (name: string) => [...new Set(asked.getAll(name).map((ref) => ref.trim().toLowerCase()))].filter((ref) => parties.of(ref) >= 0).sort();
  return { values: new Map(values), place: refs("place"), with: refs("with"), from: year("from"), to: year("to") };
}

export interface Counted {
  /** The rows that are chosen, the newest first. */
  rows: number[];
  /** The rows that have all that is chosen but the parties. */
  rest: ReadonlySet<number>;
  /** By field how many there would be of each value under the other fields. */
  counts: ReadonlyMap<Field, ReadonlyMap<string, number>>;
  years: ReadonlyMap<string, number>;
}

/** Whether something shares a day with what is chosen. */
export function isInTime([start, end]: Days, { from, to }: Chosen): boolean {
  return (!from && !to) || Boolean(start && end && (!from || end >= `${from}-01-01`) && (!to || start <= `${to}-12-31`));
}

function counted(things: Rows, chosen: Chosen, within: ReadonlySet<number> | undefined): Counted {
  const { values } = chosen;
  const rest = new Set<number>();
  const counts = new Map(things.fields.map((field) => [field, new Map<string, number>()]));
  const years = new Map<string, number>();
  const rows: number[] = [];
  for (let row = things.total - 1; row >= 0; row--) {
    const held = things.fields.map((field) => [field, new Set(things.values(row, field))] as const);
    for (const [, found] of held) if (!found.size) found.add(NONE);
    const missed = held.filter(([field, found]) => values.has(field) && ![...(values.get(field) ?? [])].some((code) => found.has(code))).map(([field]) => field);
    const days = things.days(row);
    const [start] = days;
    const isThen = isInTime(days, chosen);
    if (isThen && !missed.length) rest.add(row);
    if (within && !within.has(row)) continue;
    if (isThen && !missed.length) rows.push(row);
    if (!missed.length && start) years.set(start.slice(0, 4), (years.get(start.slice(0, 4)) ?? 0) + 1);
    for (const [field, found] of held) {
      const counting = counts.get(field);
      const isCounted = isThen && missed.every((each) => each === field);
      for (const code of found) counting?.set(code, (counting.get(code) ?? 0) + Number(isCounted));
    }
  }
  return { rows, rest, counts, years };
}

export function labelOf(parties: Parties, things: Things, field: Field, code: string, words: Wording): string {
  return code === NONE ? words.t("untold", { field: words.t(`field-${field}`).toLowerCase() }) : parties.label(things.scheme(field), code);
}
