/** A span of days, both ends included, as UTC dates; `text` is how the data writes it. */
export interface Period {
  start: Date;
  end: Date;
  text: string;
}

// A day, month, year, or quarter (EDTF level 1 codes 33–36, "2023-Q1", and "2023-1" as the project's own queries write it).
const SPAN = /^(-?\d{4})(?:-(?:(0[1-9]|1[0-2])(?:-(\d{2}))?|(?:3([3-6])|Q?([1-4]))))?(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?[?~%]?$/;

/** Read a date of XML Schema or EDTF (also an interval), else undefined. A plain number is a year only with four digits. */
export function period(text: string): Period | undefined {
  const ends = text.split("/");
  const first = span(ends[0] ?? "");
  const last = ends.length === 2 ? span(ends[1] ?? "") : first;
  if (ends.length > 2) return undefined;
  const start = first?.start ?? last?.start;
  const end = last?.end ?? first?.end;
  return start && end && (first || last) ? { start, end, text } : undefined;
}

/** The key of the month, quarter or year that a date lies in, which also sorts. */
export function bucket(date: Date, unit: Unit): string {
  const year = String(date.getUTCFullYear()).padStart(4, "0");
  const month = date.getUTCMonth();
  if (unit === "year") return year;
  return unit === "quarter" ? `${year}-Q${Math.floor(month / 3) + 1}` : `${year}-${String(month + 1).padStart(2, "0")}`;
}

export type Unit = "month" | "quarter" | "year";

/** All keys from the first date to the last, so that empty periods are seen too. */
export function buckets(first: Date, last: Date, unit: Unit): string[] {
  const step = { month: 1, quarter: 3, year: 12 }[unit];
  const keys: string[] = [];
  const at = new Date(Date.UTC(first.getUTCFullYear(), Math.floor(first.getUTCMonth() / step) * step, 1));
  for (; at <= last; at.setUTCMonth(at.getUTCMonth() + step)) keys.push(bucket(at, unit));
  return keys;
}

/** The finest unit that gives at most so many periods between two dates. */
export function unitFor(first: Date, last: Date, most: number): Unit {
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth() + 1;
  return months <= most ? "month" : months / 3 <= most ? "quarter" : "year";
}

/** The key's first day, in milliseconds. */
export function startOf(key: string): number {
  return span(key)?.start.getTime() ?? Number.NaN;
}

/** One date as written: its days, how exact it is, and how sure. */
export interface Span {
  start: Date;
  end: Date;
  unit: "day" | Unit;
  doubt: "" | "about" | "maybe";
}

/** What EDTF level 1 writes behind a date: perhaps, about, and both. */
const DOUBTS: Readonly<Record<string, Span["doubt"]>> = { "?": "maybe", "~": "about", "%": "about" };

/** Read a single date, else undefined. */
export function span(text: string): Span | undefined {
  const match = SPAN.exec(text);
  if (!match) return undefined;
  const [, year, month, day, code, quarter] = match;
  const doubt = DOUBTS[text.slice(-1)] ?? "";
  const y = Number(year);
  if (month && day) return daySpan(y, Number(month) - 1, Number(day), doubt);
  if (month) return { start: utc(y, Number(month) - 1, 1), end: utc(y, Number(month), 0), unit: "month", doubt };
  const q = quarter ? Number(quarter) : code ? Number(code) - 2 : 0;
  return q ? { start: utc(y, 3 * q - 3, 1), end: utc(y, 3 * q, 0), unit: "quarter", doubt } : { start: utc(y, 0, 1), end: utc(y, 12, 0), unit: "year", doubt };
}

function daySpan(year: number, month: number, day: number, doubt: Span["doubt"]): Span | undefined {
  const date = utc(year, month, day);
  return date.getUTCDate() === day && date.getUTCMonth() === month ? { start: date, end: date, unit: "day", doubt } : undefined;
}

function utc(year: number, month: number, day: number): Date {
  return new Date(Date.UTC(year, month, day));
}
