import type { Box, Frame, Point } from "../../kit/picture/camera";
import type { Layout } from "../../kit/picture/forces";
import { Grid } from "../../kit/picture/grid";
import { homeOf } from "./force";
import type { Ego } from "./types";

/** With more countries than this only those of at least so many are named. */
const MANY_COUNTRIES = 12;
const LEAST = 4;
const SIGN = 9;
/** A heading is so far outside of its country's towns, and steps on where it would lie over somebody. */
const AWAY = 22;
const STEP = 7;
const STEPS = 12;

/** Where a country is named in a whole network: at the rim, outside its towns, over nobody. */
export interface Heading extends Point {
  code: string;
  name: string;
}

/** The headings of the countries around the home country. */
export function headings(ego: Ego, places: Layout, frame: Frame): Heading[] {
  const home = homeOf(ego);
  const groups = new Map<string, Point[]>();
  for (const { id, country, out } of ego.nodes) {
    const at = places.get(id);
    if (at && !out && country !== home) groups.set(country, [...(groups.get(country) ?? []), at]);
  }
  const least = groups.size > MANY_COUNTRIES ? LEAST : 1;
  const taken = new Grid<Box>([...places.values()].map((at) => around(at, SIGN)));
  return ego.countries.flatMap(({ code, name }) => {
    const mine = groups.get(code) ?? [];
    if (mine.length < least) return [];
    const at = outside(mine, taken, frame);
    taken.add(around(at, SIGN));
    return [{ code, name, ...at }];
  });
}

function outside(mine: readonly Point[], taken: Grid<Box>, { width, height }: Frame): Point {
  const centre = { x: width / 2, y: height / 2 };
  const middle = { x: mean(mine.map(({ x }) => x)), y: mean(mine.map(({ y }) => y)) };
  const far = Math.hypot(middle.x - centre.x, middle.y - centre.y) || 1;
  const way = { x: (middle.x - centre.x) / far, y: (middle.y - centre.y) / far };
  const furthest = Math.max(...mine.map(({ x, y }) => (x - centre.x) * way.x + (y - centre.y) * way.y));
  const keep = (value: number, size: number) => Math.min(size - 2 * SIGN, Math.max(2 * SIGN, value));
  const tried = Array.from({ length: STEPS }, (_none, step) => {
    const away = furthest + AWAY + step * STEP;
    return { x: keep(centre.x + way.x * away, width), y: keep(centre.y + way.y * away, height) };
  });
  // At the border there is no way out: then aside, to either hand.
  const last = tried.at(-1) ?? centre;
  const aside = Array.from({ length: 2 * STEPS }, (_none, step) => {
    const by = (step % 2 ? -1 : 1) * Math.ceil((step + 1) / 2) * 2 * SIGN;
    return { x: keep(last.x - way.y * by, width), y: keep(last.y + way.x * by, height) };
  });
  return [...tried, ...aside].find((at) => !taken.has(around(at, SIGN))) ?? last;
}

function around({ x, y }: Point, reach: number): Box {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function mean(all: readonly number[]): number {
  return all.reduce((sum, each) => sum + each, 0) / all.length;
}
