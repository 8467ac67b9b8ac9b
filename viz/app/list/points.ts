import type { Arc, Given, Spot } from "../map/given";
import type { Ties } from "./ties";

/** What `explore/points.py` and `Scale` (site/explorer/map_picture.py) say of the same. */
const ARCS = 150;
const AT_ONCE = 3000;
const EDGE = -120;
const CROWD = 6;
const [MARGIN, LEAST] = [0.6, 0.04];
const HIGHEST = 85;
const [WIDEST, LARGEST, SMALLEST] = [6, 9, 2.4];
const FEW_LINES = 60;
const [FEW_ON_A_LINE, FEW_AT_A_PLACE] = [12, 40];

/** The ties of two places as one, by the numbers of these; `left` is ours where one is, `last` the latest date told. */
interface Line {
  left: number;
  right: number;
  ties: number;
  events: number;
  agreements: number;
  last: string;
}

/** Places that are not within the map, each with the number of its ties. */
type Off = readonly (readonly [number, number])[];

/** Ties as a map: so many of them are in the lines, of so many a side has no point. */
export interface TieMap {
  lines: readonly Line[];
  drawn: number;
  pointless: number;
  off: Off;
  far: Off;
}

/** The map of some ties, the strongest first. */
export function mapOf(ties: Ties, rows: readonly number[]): TieMap {
  const { parties, table: { columns } } = ties;
  const place = (party: number) => (parties.town(party) >= 0 ? parties.town(party) : party);
  const sides = (tie: number) => [columns.a[tie] ?? -1, columns.b[tie] ?? -1] as const;
  const isOn = (at: number) => typeof parties.column("lat", at) === "number";
  const isDrawn = (tie: number) => sides(tie).every((side) => isOn(place(side)) || isOn(side));
  const without = rows.filter((tie) => !isDrawn(tie));
  const lines = linesOf(ties, rows.filter(isDrawn).slice(0, AT_ONCE), place).slice(0, ARCS);
  const off = without.slice(0, AT_ONCE).flatMap((tie) => [...new Set(sides(tie).map(place))].filter((at) => !isOn(at)));
  return { lines, drawn: lines.reduce((sum, line) => sum + line.ties, 0), pointless: without.length, off: counted(off, ties), far: counted(farOf(lines, ties), ties) };
}

function linesOf(ties: Ties, rows: readonly number[], place: (party: number) => number): Line[] {
  const { parties, table: { columns } } = ties;
  const pairs = new Map<string, Line>();
  const worth = (at: number) => 2 * Number(parties.isOurs(at)) + Number(parties.code("country", at) === parties.about.home);
  const before = (a: number, b: number) => worth(b) - worth(a) || (parties.ref(a) < parties.ref(b) ? -1 : 1);
  for (const tie of rows) {
    const [left = -1, right = -1] = [place(columns.a[tie] ?? -1), place(columns.b[tie] ?? -1)].sort(before);
    if (left === right) continue;
    const { ties: many, events, agreements, last } = pairs.get(`${left} ${right}`) ?? { ties: 0, events: 0, agreements: 0, last: "" };
    const day = (columns.date[tie] ?? "").split("/").at(-1) ?? "";
    pairs.set(`${left} ${right}`, { left, right, ties: many + 1, events: events + (columns.events[tie] ?? 0), agreements: agreements + (columns.agreements[tie] ?? 0), last: day > last ? day : last });
  }
  const key = ({ left, right }: Line) => `${parties.ref(left)} ${parties.ref(right)}`;
  return [...pairs.values()].sort((one, other) => other.events - one.events || other.agreements - one.agreements || (key(one) < key(other) ? -1 : 1));
}

/** What the island that draws a map is given. */
export function givenOf(ties: Ties, { lines, far }: TieMap): Given {
  const { parties } = ties;
  const events = new Map<number, number>();
  for (const line of lines) for (const at of [line.left, line.right]) events.set(at, (events.get(at) ?? 0) + line.events);
  const places = [...events.keys()];
  const numbers = new Map(places.map((at, number) => [at, number]));
  const away = new Set(far.map(([at]) => at));
  const most = Math.max(FEW_AT_A_PLACE, ...events.values());
  const wide = Math.max(FEW_ON_A_LINE, ...lines.map((line) => line.events)) - 1;
  const style = getComputedStyle(document.documentElement);
  const spot = (at: number): Spot => {
    const colour = `--c-${parties.code("country", at)}`;
    return {
      name: parties.briefly(at),
      country: parties.country(at),
      colour: style.getPropertyValue(colour) ? colour : "--c-x",
      lon: parties.column("lon", at) as number,
      lat: parties.column("lat", at) as number,
      events: events.get(at) ?? 0,
      r: rounded(SMALLEST + (LARGEST - SMALLEST) * Math.sqrt((events.get(at) ?? 0) / most)),
      isHome: parties.code("country", at) === parties.about.home,
      isFar: away.has(at),
      link: parties.page(at),
    };
  };
  const arc = ({ left, right, ties: many, events: met, agreements }: Line): Arc => ({
    a: numbers.get(left) ?? -1,
    b: numbers.get(right) ?? -1,
    ties: many,
    events: met,
    agreements,
    width: rounded(1 + ((WIDEST - 1) * Math.max(0, met - 1)) / wide),
    link: parties.pair(left, right),
  });
  return { opacity: lines.length <= FEW_LINES ? 0.75 : 0.5, spots: places.map(spot), arcs: lines.map(arc) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The places that lie far from eight tenths of all, weighed by their lines. */
function farOf(lines: readonly Line[], { parties }: Ties): number[] {
  const ends = lines.flatMap(({ left, right }) => [left, right]);
  if (new Set(ends).size < CROWD) return [];
  const at = new Map(ends.map((end) => [end, flat(Number(parties.column("lon", end)), Number(parties.column("lat", end)))]));
  const spans = [0, 1].map((axis) => spanOf(ends.map((end) => at.get(end)?.[axis] ?? 0)));
  const around = Math.max(LEAST, ...spans.map(([low, high]) => (high - low) * MARGIN));
  const out = (end: number) => Math.max(...spans.map(([low, high], axis) => Math.max(low - (at.get(end)?.[axis] ?? 0), (at.get(end)?.[axis] ?? 0) - high)));
  return ends.filter((end) => out(end) > around);
}

/** Where Mercator's projection puts a place, in widths of the world. */
function flat(lon: number, lat: number): readonly number[] {
  const high = (Math.max(-HIGHEST, Math.min(HIGHEST, lat)) * Math.PI) / 180;
  return [(lon > EDGE ? lon : lon + 360) / 360, -Math.log(Math.tan(Math.PI / 4 + high / 2)) / (2 * Math.PI)];
}

/** The first and the last tenth of values. */
function spanOf(values: number[]): readonly [number, number] {
  const sorted = values.sort((a, b) => a - b);
  const tenth = (part: number) => {
    const place = ((sorted.length - 1) * part) / 10;
    const [low = 0, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
    return low + (high - low) * (place - Math.floor(place));
  };
  return [tenth(1), tenth(9)];
}

function counted(places: readonly number[], { parties }: Ties): Off {
  const counts = new Map<number, number>();
  for (const at of places) counts.set(at, (counts.get(at) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, less]) => less - many || (parties.ref(a) < parties.ref(b) ? -1 : 1));
}
