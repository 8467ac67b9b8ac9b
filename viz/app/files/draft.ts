import type { Parties } from "./parties";
import type { Table, TieColumns } from "./tables";
import { tieKey } from "./evidence";

type Kind = "tie" | "member" | "participation";

/** An edge by numbers of parties; `ties` are what it rests on, each with its events. */
export interface Line {
  id: string;
  a: number;
  b: number;
  kind: Kind;
  agreements: number;
  dates: string[];
  ties: Map<number, number>;
}

/** One that stands for so many others next to `owner`; `word` is their counted noun. */
export interface Rest {
  owner: number;
  word: string;
  hidden: number;
}

/** A picture that grows: nodes, edges, and what stands for the rest (explore/drafting.py, without a selection). */
export class Draft {
  readonly nodes = new Set<number>();
  readonly lines = new Map<string, Line>();
  readonly participants = new Map<number, number>();
  readonly rest: Rest[] = [];
  private readonly members = new Map<number, Set<number>>();

  /** `seed` is -1 where nobody is in the middle. */
  constructor(readonly parties: Parties, readonly ties: Table<TieColumns>, readonly seed: number) {
    if (seed >= 0) this.nodes.add(seed);
  }

  get partners(): number {
    return [...this.lines.values()].filter(({ kind, a, b }) => kind === "tie" && (a === this.seed || b === this.seed)).length;
  }

  /** Whether a party is the seed or belongs to it. */
  isInside(party: number): boolean {
    return this.seed >= 0 && this.parties.isWithin(party, this.seed);
  }

  /** Whether a party is neither in the picture nor one of the seed's own. */
  isBeside(party: number): boolean {
    return !this.nodes.has(party) && !this.isInside(party);
  }

  addTie(tie: number): void {
    const [a, b] = this.ends(tie);
    this.nodes.add(a).add(b);
    this.rests(this.line(tieKey(this.parties, a, b), a, b, "tie"), tie);
  }

  /** A tie of the seed; of what belongs to it, a line from the seed to the partner and, of some, the tie itself. */
  addPartner(mine: number, theirs: number, tie: number, most: number): void {
    if (mine === this.seed) return this.addTie(tie);
    this.nodes.add(theirs);
    const { parties, seed } = this;
    this.rests(this.line(`${parties.ref(seed)}~${parties.ref(theirs)}`, seed, theirs, "tie"), tie);
    const members = this.membersOf(theirs);
    if (!this.nodes.has(mine) && members.size >= most) return;
    members.add(mine);
    this.addTie(tie);
  }

  /** What belongs to a town; `tie` is one of it that concerns the seed. */
  addMember(whole: number, part: number, tie?: number): void {
    this.nodes.add(whole).add(part);
    this.membersOf(whole).add(part);
    const line = this.line(`${this.parties.ref(whole)}~${this.parties.ref(part)}`, whole, part, "member");
    if (tie !== undefined) this.rests(line, tie);
  }

  addParticipant(country: number, events: number): void {
    this.nodes.add(country);
    this.participants.set(country, events);
  }

  leaves(town: number): number {
    return this.members.get(town)?.size ?? 0;
  }

  ends(tie: number): [number, number] {
    return [this.ties.columns.a[tie] ?? -1, this.ties.columns.b[tie] ?? -1];
  }

  /** What counts a node: the events of its lines, of the seed all its own. */
  eventsOf(party: number): number {
    if (party === this.seed) return this.parties.column("events", party) ?? 0;
    const known = this.participants.get(party);
    if (known !== undefined) return known;
    const lines = [...this.lines.values()].filter(({ a, b }) => a === party || b === party);
    const most = Math.max(0, ...lines.filter(({ kind }) => kind === "tie").map(eventsOn));
    if (most) return most;
    const ties = new Map(lines.filter(({ kind, b }) => kind !== "member" || b === party).flatMap(({ ties }) => [...ties]));
    return sum(ties.values());
  }

  private membersOf(whole: number): Set<number> {
    const held = this.members.get(whole) ?? new Set<number>();
    this.members.set(whole, held);
    return held;
  }

  private rests(line: Line, tie: number): void {
    if (line.ties.has(tie)) return;
    const { events, agreements, date } = this.ties.columns;
    line.ties.set(tie, events[tie] ?? 0);
    line.agreements += agreements[tie] ?? 0;
    line.dates.push(...(date[tie] ?? "").split("/").filter(Boolean));
  }

  private line(id: string, a: number, b: number, kind: Kind): Line {
    const held = this.lines.get(id) ?? { id, a, b, kind, agreements: 0, dates: [], ties: new Map<number, number>() };
    this.lines.set(id, held);
    return held;
  }
}

export function eventsOn({ ties }: Line): number {
  return sum(ties.values());
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((whole, each) => whole + each, 0);
}
