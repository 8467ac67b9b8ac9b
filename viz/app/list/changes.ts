/** Days of a report: the first, the last, and from which on it surely tells. */
export type Span = readonly [string, string, string];

/** For which days there are reports of those who tell of a tie (`coverage`): the set of each tie, of places of days. */
export interface Coverage {
  spans: readonly Span[];
  sets: readonly (readonly number[])[];
  ties: readonly number[];
}

/** A period by its first and last day. */
export interface Period {
  first: string;
  last: string;
}

/** When something was: its first and last day, and its date as it is told. */
export type Time = readonly [string | null | undefined, string | null | undefined, string | null | undefined];

/** What became of ties (compare/ties.py), by the groups in which they are told of (explore/changes.py). */
export const GROUPS = { new: ["new", "first-known"], continuing: ["continuing"], back: ["back", "between"], quiet: ["quiet"], untold: ["no-report", "vague"] } as const;
export type Group = keyof typeof GROUPS;
export type State = (typeof GROUPS)[Group][number];

/** Years as addresses have them: "2024", "2020..2022". */
export function periodOf(told: string): Period | undefined {
  const [, first, last = first] = /^(\d{4})(?:\.\.(\d{4}))?$/.exec(told) ?? [];
  return first && last && first <= last ? { first: `${first}-01-01`, last: `${last}-12-31` } : undefined;
}

/** What became of a tie from one period to a later one, by all that it rests on; undefined where it is in neither. */
export function stateOf(times: readonly Time[], spans: readonly Span[], a: Period, b: Period): State | undefined {
  const seen = { a: 0, b: 0, earlier: 0, between: 0, maybeA: 0, maybeB: 0, maybeBetween: 0 };
  for (const [start, end, told] of times) {
    if (!start || !end) continue;
    const exact = isExact(told);
    const within = ({ first, last }: Period) => exact || (start >= first && end <= last);
    if (overlaps(a, start, end)) seen[within(a) ? "a" : "maybeA"]++;
    if (overlaps(b, start, end)) seen[within(b) ? "b" : "maybeB"]++;
    if (start < a.first) seen.earlier += Number(exact || end < a.first);
    else if (start > a.last && start < b.first) seen[exact || end < b.first ? "between" : "maybeBetween"]++;
  }
  if (!seen.a && !seen.b && !seen.maybeA && !seen.maybeB) return undefined;
  if (!seen.b) return seen.maybeB || !seen.a ? "vague" : spans.some(([first, last]) => overlaps(b, first, last)) ? "quiet" : "no-report";
  if (seen.a) return "continuing";
  if (seen.maybeA) return "vague";
  if (seen.earlier || seen.between) return seen.earlier ? "back" : "between";
  if (seen.maybeBetween) return "vague";
  return spans.some(([, , sure]) => sure < b.first) ? "new" : "first-known";
}

/** How many things began in each quarter, null where nobody has a report for it; and how many are told without a month. */
export function cellsOf(times: readonly Time[], spans: readonly Span[], quarters: readonly string[]): { cells: (number | null)[]; unplaced: number } {
  const counts = new Map<string, number>();
  let unplaced = 0;
  for (const [start, end, told] of times) {
    if (!start || !end) continue;
    const quarter = quarterOf(start);
    if (isExact(told) || quarter === quarterOf(end)) counts.set(quarter, (counts.get(quarter) ?? 0) + 1);
    else unplaced++;
  }
  const isCovered = (quarter: string) => spans.some(([first, last]) => quarterOf(first) <= quarter && quarterOf(last) >= quarter);
  return { cells: quarters.map((each) => counts.get(each) ?? (isCovered(each) ? 0 : null)), unplaced };
}

/** The quarter of a day ("2023-05-09" lies in "2023-Q2"). */
export function quarterOf(day: string): string {
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
}

/** The quarters from a year to another. */
export function quartersOf({ first }: Period, { last }: Period): string[] {
  const years = Array.from({ length: Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1 }, (_, at) => Number(first.slice(0, 4)) + at);
  return years.flatMap((year) => [1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`));
}

export function overlaps({ first, last }: Period, start: string, end: string): boolean {
  return start <= last && end >= first;
}

/** Whether a date, or both ends of an interval, are told to the day. */
function isExact(told: string | null | undefined): boolean {
  return told?.length === "2024-05-01".length || told?.length === "2024-05-01/2024-05-02".length;
}
