import type { Parties } from "./parties";
import type { Table, TieColumns } from "./tables";

/** A tie with which of its sides is of which party. */
export interface Between {
  tie: number;
  left: number;
  right: number;
}

/** The ties, of some or of all, of which one side is of the left party and the other of the right, the strongest first (explore/between.py). */
export function tiesBetween(parties: Parties, { columns }: Table<TieColumns>, left: number, right: number, among: Iterable<number> = columns.a.keys()): Between[] {
  const found: Between[] = [];
  for (const tie of among) {
    const [a, b] = [columns.a[tie] ?? -1, columns.b[tie] ?? -1];
    if (areOf(parties, a, left, b, right)) found.push({ tie, left: a, right: b });
    else if (areOf(parties, b, left, a, right)) found.push({ tie, left: b, right: a });
  }
  return found;
}

/** Whether one is of the left, the other of the right; where one of these is in the other, not both of it. */
function areOf(parties: Parties, one: number, left: number, other: number, right: number): boolean {
  if (!(parties.isWithin(one, left) && parties.isWithin(other, right))) return false;
  if (parties.isWithin(left, right)) return !parties.isWithin(other, left);
  return !(parties.isWithin(right, left) && parties.isWithin(one, right));
}
