import type { Folder } from "../files/folder";
import type { Parties } from "../files/parties";
import { codesIn, type AgreementColumns, type EventColumns, type GroundColumns, type Table, type TieColumns } from "../files/tables";
import type { Time } from "./changes";
import { areasOf, codeOf, concerned, isInTime, NONE, type Chosen, type Counted, type Field, type Things } from "./things";

type Asked = Field | "period";
const OF_EVENTS: readonly Asked[] = ["topic", "mode"];
const OWN = ["country", "region", "kind"] as const;

/** What a tie rests on: an event or an agreement, its codes by field, and the chosen fields that it has not. */
interface Ground {
  row: number;
  codes: ReadonlyMap<Field, readonly string[]>;
  missed: readonly Asked[];
  year: string;
}

/** The grounds of a tie under a choice. */
interface Grounds {
  events: readonly Ground[];
  agreements: readonly Ground[];
}

/**
 * The ties of one level. As on the server (explore/grounds.py) topic, mode and time are asked of one and the same event,
 * status and time of one and the same agreement.
 */
export class Ties implements Things {
  readonly name = "partners";
  readonly fields = ["country", "region", "topic", "kind", "mode", "status"] as const;
  readonly total: number;
  private chosen: Chosen = { values: new Map(), place: [], with: [], from: "", to: "" };
  private asked: ReadonlySet<Asked> = new Set();
  private readonly topics = new Map<number, readonly string[]>();

  private constructor(
    readonly parties: Parties,
    readonly table: Table<TieColumns>,
    private readonly grounds: Table<GroundColumns>,
    readonly events: Table<EventColumns>,
    private readonly agreements: Table<AgreementColumns>,
    private readonly level: string,
  ) {
    this.total = this.all().length;
  }

  static async of(folder: Folder, parties: Parties, level: string): Promise<Ties> {
    const [ties, grounds, events, agreements] = await Promise.all([folder.read<Table<TieColumns>>("ties"), folder.read<Table<GroundColumns>>("grounds"), folder.read<Table<EventColumns>>("events"), folder.read<Table<AgreementColumns>>("agreements")]);
    return new Ties(parties, ties, grounds, events, agreements, level);
  }

  get size(): number {
    return this.table.total;
  }

  scheme(field: Field): string {
    return field === "kind" ? "tie-kind" : field;
  }

  concerns(tie: number, party: number): boolean {
    const { a, b } = this.table.columns;
    return concerned(this.parties, [a[tie] ?? -1, b[tie] ?? -1], party);
  }

  restingOn(ties: readonly number[]): number[] {
    return [...ties];
  }

  /** The sides of a tie, ours on the left. */
  sides(tie: number): readonly [number, number] {
    const { parties, table: { columns } } = this;
    const [a, b] = [columns.a[tie] ?? -1, columns.b[tie] ?? -1];
    const worth = (party: number) => 2 * Number(parties.isOurs(party)) + Number(parties.code("country", party) === parties.about.home);
    return worth(b) > worth(a) ? [b, a] : [a, b];
  }

  /** The events and agreements of a tie that the last choice leaves. */
  left(tie: number): { events: number[]; agreements: number[] } {
    const { events, agreements } = this.groundsOf(tie, this.chosen);
    const kept = (grounds: readonly Ground[]) => grounds.filter(({ missed }) => !missed.length).map(({ row }) => row);
    return { events: kept(events), agreements: kept(agreements) };
  }

  /** When that was which the last choice leaves of a tie. */
  times(tie: number): Time[] {
    const { events, agreements } = this.left(tie);
    const told = (rows: readonly number[], { columns }: Table<EventColumns> | Table<AgreementColumns>) => rows.map((row): Time => [columns.start[row], columns.end[row], columns.date[row]]);
    return [...told(events, this.events), ...told(agreements, this.agreements)];
  }

  /** The last date of what is left of a tie, as it is told, "" where none is. */
  last(tie: number): string {
    const latest = this.times(tie).filter(([, end]) => end).reduce<Time>((best, each) => ((each[1] ?? "") >= (best[1] ?? "") ? each : best), ["", "", ""]);
    return (latest[2] ?? "").split("/").at(-1) ?? "";
  }

  /** The codes of the topics of an event. */
  topicsOf(event: number): readonly string[] {
    const known = this.topics.get(event) ?? codesIn(this.events.columns.topics[event] ?? 0, this.events.codes.topics ?? []);
    this.topics.set(event, known);
    return known;
  }

  counted(chosen: Chosen, within?: ReadonlySet<number>): Counted {
    this.chosen = chosen;
    const rest = new Set<number>();
    const asked = new Set<Asked>([...chosen.values.keys(), ...(chosen.from || chosen.to ? (["period"] as const) : [])]);
    this.asked = asked;
    const counts = new Map(this.fields.map((field) => [field as Field, new Map<string, number>()]));
    const years = new Map<string, number>();
    const rows: number[] = [];
    for (const tie of this.all()) {
      const grounds = this.groundsOf(tie, chosen);
      const own = new Map(OWN.map((field) => [field as Field, this.own(tie, field)]));
      const missed = OWN.filter((field) => chosen.values.has(field) && !meet(chosen.values.get(field), own.get(field)));
      const isLeft = holds(grounds, asked);
      if (isLeft && !missed.length) rest.add(tie);
      if (within && !within.has(tie)) continue;
      if (isLeft && !missed.length) rows.push(tie);
      for (const [field, codes] of own) for (const code of codes) add(counts.get(field), code, isLeft && missed.every((each) => each === field));
      for (const [field, code] of codesOf(grounds)) add(counts.get(field), code, !missed.length && holds(having(grounds, field, code), new Set([...asked, field])));
      if (!missed.length) for (const year of yearsOf(grounds)) if (holds(inYear(grounds, year), new Set([...asked, "period"]))) add(years, year, true);
    }
    return { rows, rest, counts, years };
  }

  private all(): number[] {
    const { columns, codes } = this.table;
    const there = columns.level.flatMap((level, tie) => (codes.level?.[level] === this.level ? [tie] : []));
    const isOurs = (tie: number) => this.parties.isOurs(columns.a[tie] ?? -1) || this.parties.isOurs(columns.b[tie] ?? -1);
    // They stand by their strength; ours go first (explore/ties.py).
    return [...there.filter(isOurs), ...there.filter((tie) => !isOurs(tie))];
  }

  /** The rows that the last choice found, by what is left of each where anything was asked of that: ours before all. */
  ranked(rows: readonly number[]): readonly number[] {
    if (![...this.asked].some((field) => field === "period" || field === "status" || OF_EVENTS.includes(field))) return rows;
    const isOurs = (tie: number) => Number(this.sides(tie).some((party) => this.parties.isOurs(party)));
    const worth = new Map(rows.map((tie) => [tie, this.left(tie).events.length]));
    return [...rows].sort((a, b) => isOurs(b) - isOurs(a) || (worth.get(b) ?? 0) - (worth.get(a) ?? 0) || a - b);
  }

  private own(tie: number, field: (typeof OWN)[number]): string[] {
    const { columns, codes } = this.table;
    const found = field === "kind" ? codeOf(codes.kind, columns.kind[tie]) : areasOf(this.parties, [columns.a[tie] ?? -1, columns.b[tie] ?? -1], field);
    return found.length ? [...new Set(found)] : [NONE];
  }

  private groundsOf(tie: number, chosen: Chosen): Grounds {
    const { grounds: { columns }, events, agreements } = this;
    const ground = (row: number, codes: ReadonlyMap<Field, readonly string[]>, days: Table<EventColumns> | Table<AgreementColumns>): Ground => {
      const { start, end } = days.columns;
      const missed: Asked[] = [...codes.keys()].filter((field) => chosen.values.has(field) && !meet(chosen.values.get(field), codes.get(field)));
      return { row, codes, missed: isInTime([start[row], end[row]], chosen) ? missed : [...missed, "period"], year: start[row]?.slice(0, 4) ?? "" };
    };
    const told = (codes: readonly string[]) => (codes.length ? codes : [NONE]);
    return {
      events: (columns.events[tie] ?? []).map((row) => ground(row, new Map<Field, readonly string[]>([["topic", told(this.topicsOf(row))], ["mode", told(codeOf(events.codes.mode, events.columns.mode[row]))]]), events)),
      agreements: (columns.agreements[tie] ?? []).map((row) => ground(row, new Map<Field, readonly string[]>([["status", told(codeOf(agreements.codes.status, agreements.columns.status[row]))]]), agreements)),
    };
  }
}

/** Whether a tie has what is asked of its grounds: an event, an agreement, or of some time either. */
function holds({ events, agreements }: Grounds, asked: ReadonlySet<Asked>): boolean {
  const [event, agreement] = [events, agreements].map((grounds) => grounds.some(({ missed }) => !missed.length));
  if (OF_EVENTS.some((field) => asked.has(field)) && !event) return false;
  if (asked.has("status") && !agreement) return false;
  return !asked.has("period") || Boolean(event || agreement);
}

/** The grounds as they would be with another choice in a field: those with a code have it, all others miss it. */
function having({ events, agreements }: Grounds, field: Field, code: string): Grounds {
  const turned = (grounds: readonly Ground[]) => grounds.map((each) => (each.codes.has(field) ? turnedTo(each, field, each.codes.get(field)?.includes(code) ?? false) : each));
  return { events: turned(events), agreements: turned(agreements) };
}

function inYear({ events, agreements }: Grounds, year: string): Grounds {
  const turned = (grounds: readonly Ground[]) => grounds.map((each) => turnedTo(each, "period", each.year === year));
  return { events: turned(events), agreements: turned(agreements) };
}

function turnedTo(ground: Ground, field: Asked, has: boolean): Ground {
  const others = ground.missed.filter((each) => each !== field);
  return { ...ground, missed: has ? others : [...others, field] };
}

function codesOf({ events, agreements }: Grounds): [Field, string][] {
  const found = new Map<string, [Field, string]>();
  for (const { codes } of [...events, ...agreements]) for (const [field, values] of codes) for (const code of values) found.set(`${field} ${code}`, [field, code]);
  return [...found.values()];
}

function yearsOf({ events, agreements }: Grounds): Set<string> {
  return new Set([...events, ...agreements].map(({ year }) => year).filter(Boolean));
}

function meet(wanted: ReadonlySet<string> | undefined, held: readonly string[] | undefined): boolean {
  return held?.some((code) => wanted?.has(code)) ?? false;
}

function add(counts: Map<string, number> | undefined, code: string, isCounted: boolean): void {
  counts?.set(code, (counts.get(code) ?? 0) + Number(isCounted));
}
