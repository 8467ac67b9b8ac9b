import { extent } from "d3-array";
import { bucket, buckets, startOf, type Unit } from "../../../kit/dates";
import { numberIn, periodIn, type Answer, type Cell, type Row } from "./columns";
import { areCounts, keyOf, type Shape } from "./shape";

/** A place along the chart; `time` is its first day in milliseconds, not a number where it has none. */
export interface Place {
  key: string;
  label: string;
  time: number;
}

/** Numbers by place; one that no row gives is undefined. `isRest` marks the sum of all series that are not drawn. */
export interface Series {
  label: string;
  values: (number | undefined)[];
  isRest: boolean;
}

export interface Plot {
  places: Place[];
  series: Series[];
  /** Which periods the places are, where all of them are periods of one length. */
  unit: Unit | undefined;
  /** How many rows there are, are drawn, and were added to another row's number. */
  rows: number;
  used: number;
  added: number;
  allSeries: number;
  allPlaces: number;
}

/** Empty periods between the first and the last are drawn as well, up to so many. */
const MOST_PERIODS = 80;

/** Put the rows of an answer into series; of places and series at most so many, those with the greatest numbers. */
export function plot(answer: Answer, { x, y, series }: Shape, read: (cell: Cell | undefined) => string, most: { places: number; series: number }): Plot {
  const isTime = answer.columns.some(({ name, kind }) => name === x && kind === "date");
  const unit = isTime ? unitOf(answer, x) : undefined;
  const found = answer.rows.filter((row) => numberIn(row[y]) !== undefined);
  const place = (row: Row) => placeOf(row[x], unit, isTime, read);
  const all = isTime ? inTime(found.map(place), unit) : unique(found.map(place));
  const places = isTime ? all : all.slice(0, most.places);
  const at = new Map(places.map(({ key }, index) => [key, index]));
  const sums = new Map<string, Series>();
  let [used, added] = [0, 0];
  for (const row of found) {
    const index = at.get(place(row).key);
    if (index === undefined) continue;
    const key = series ? keyOf(row[series]) : "";
    const line = sums.get(key) ?? { label: series ? read(row[series]) : "", values: places.map(() => undefined), isRest: false };
    sums.set(key, line);
    if (line.values[index] !== undefined) added += 1;
    line.values[index] = (line.values[index] ?? 0) + (numberIn(row[y]) ?? 0);
    used += 1;
  }
  const drawn = greatest([...sums.values()], most.series, areCounts(answer, y));
  return { places, series: drawn, unit, rows: answer.rows.length, used, added, allSeries: sums.size, allPlaces: all.length };
}

/** The series with the greatest sums, in their order; the others as one where they may be added. */
function greatest(all: Series[], most: number, areCounts: boolean): Series[] {
  const sum = ({ values }: Series) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const ordered = [...all].sort((a, b) => sum(b) - sum(a) || (a.label < b.label ? -1 : 1));
  if (ordered.length <= most || !areCounts) return ordered.slice(0, most);
  const others = ordered.slice(most);
  const values = (ordered[0]?.values ?? []).map((_none, index) => others.reduce<number | undefined>((total, { values }) => (values[index] === undefined ? total : (total ?? 0) + values[index]), undefined));
  return [...ordered.slice(0, most), { label: "", values, isRest: true }];
}

function placeOf(cell: Cell | undefined, unit: Unit | undefined, isTime: boolean, read: (cell: Cell | undefined) => string): Place {
  const start = isTime ? periodIn(cell)?.start : undefined;
  if (start) return { key: unit ? bucket(start, unit) : String(start.getTime()), label: read(cell), time: start.getTime() };
  return { key: isTime ? "" : keyOf(cell), label: isTime ? "" : read(cell), time: Number.NaN };
}

function unique(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [place.key, place])).values()];
}

/** Places in order of time, with the empty periods between them, and what has no date at the end. */
function inTime(given: readonly Place[], unit: Unit | undefined): Place[] {
  const known = unique(given);
  const dated = known.filter(({ time }) => !Number.isNaN(time)).sort((a, b) => a.time - b.time);
  const [first, last] = extent(dated, ({ time }) => time);
  const undated = known.filter(({ time }) => Number.isNaN(time));
  if (!unit || first === undefined || last === undefined) return [...dated, ...undated];
  const keys = buckets(new Date(first), new Date(last), unit);
  if (keys.length > MOST_PERIODS) return [...dated, ...undated];
  const labels = new Map(dated.map((place) => [place.key, place]));
  return [...keys.map((key) => labels.get(key) ?? { key, label: key, time: startOf(key) }), ...undated];
}

/** Whether all dates of a column are years, quarters or months. */
function unitOf({ rows }: Answer, name: string): Unit | undefined {
  const units = new Set(rows.flatMap((row) => {
    const when = periodIn(row[name]);
    const days = when && (when.end.getTime() - when.start.getTime()) / 86_400_000;
    return days === undefined ? [] : [days > 360 && days < 367 ? "year" : days > 88 && days < 93 ? "quarter" : days > 26 && days < 32 ? "month" : "other"];
  }));
  const [only] = units;
  return units.size === 1 && only !== "other" ? (only as Unit) : undefined;
}
