import { tiesBetween } from "../files/between";
import type { Folder } from "../files/folder";
import type { Parties } from "../files/parties";
import type { GroundColumns, Table, TieColumns } from "../files/tables";
import type { Chosen, Things } from "./things";

/** So many towns that somebody has ties with are counted, those of most ties (explore/party_facets.py). */
const MOST = 40;

/** Fields that name parties, as addresses call them. */
export type Side = "place" | "with";
export const SIDES: readonly Side[] = ["place", "with"];

/** The rows of a list that have anything to do with the parties that an address names: what concerns one, or is between two. */
export class Named {
  private constructor(
    private readonly parties: Parties,
    private readonly things: Things,
    private readonly chosen: Chosen,
    private readonly ties: Table<TieColumns> | undefined,
    private readonly grounds: Table<GroundColumns> | undefined,
  ) {}

  /** Ties are read only where a party is named: whom it has anything with is told by these. */
  static async of(folder: Folder, parties: Parties, things: Things, chosen: Chosen): Promise<Named> {
    if (!chosen.place.length) return new Named(parties, things, chosen, undefined, undefined);
    const [ties, grounds] = await Promise.all([folder.read<Table<TieColumns>>("ties"), folder.read<Table<GroundColumns>>("grounds")]);
    return new Named(parties, things, chosen, ties, grounds);
  }

  /** The rows, undefined where nobody is named. */
  get rows(): ReadonlySet<number> | undefined {
    const { place, with: partners } = this.chosen;
    return place.length || partners.length ? this.of(place, partners) : undefined;
  }

  /** How many of some rows, which have all else that is chosen, each party would have: those named, and whom these have ties with. */
  counts(side: Side, rest: ReadonlySet<number>): Map<string, number> {
    const { place, with: partners } = this.chosen;
    const counted = (of: ReadonlySet<number>) => [...of].filter((row) => rest.has(row)).length;
    if (side === "place") return new Map(place.map((ref) => [ref, counted(this.of([ref], partners))]));
    return new Map([...new Set([...partners, ...this.met()])].map((ref) => [ref, counted(this.of(place, [ref]))]));
  }

  private of(place: readonly string[], partners: readonly string[]): ReadonlySet<number> {
    if (place.length && partners.length) return new Set(place.flatMap((one) => partners.flatMap((other) => this.between(one, other))));
    const wanted = [...place, ...partners].map((ref) => this.parties.of(ref));
    return new Set(Array.from({ length: this.things.size }, (_, row) => row).filter((row) => wanted.some((party) => this.things.concerns(row, party))));
  }

  private between(one: string, other: string): number[] {
    if (!this.ties) return [];
    const between = tiesBetween(this.parties, this.ties, this.parties.of(one), this.parties.of(other)).map(({ tie }) => tie);
    return this.things.restingOn(between, this.grounds?.columns);
  }

  /** The towns on the other side of the ties of whom the address names, the most first. */
  private met(): string[] {
    const { parties, ties } = this;
    const found = new Map<number, number>();
    for (const ref of ties ? this.chosen.place : []) {
      const whole = parties.of(ref);
      for (const [tie, a] of ties?.columns.a.entries() ?? []) {
        const b = ties?.columns.b[tie] ?? -1;
        const [one, other] = [parties.isWithin(a, whole), parties.isWithin(b, whole)];
        if (one === other) continue;
        const town = this.townOf(one ? b : a);
        if (town >= 0) found.set(town, (found.get(town) ?? 0) + 1);
      }
    }
    return [...found].sort(([a, many], [b, less]) => less - many || a - b).slice(0, MOST).map(([town]) => parties.ref(town));
  }

  private townOf(party: number): number {
    return this.parties.kind(party) === "place" ? party : this.parties.town(party);
  }
}
