import type { Frame, Point } from "../../kit/picture/camera";
import { relaxation, type Drawn, type Layout } from "../../kit/picture/forces";
import { mostOf, share } from "./strength";
import type { Ego, EgoNode } from "./types";

/** How much of the frame is left free at its sides, for names. */
const EDGE = { x: 110, y: 46 };
/** How strongly somebody is drawn to their country; who is at home may go where their partners are. */
const PULL = { home: 0.03, abroad: 0.12 };
/** The forces are spent after so many ticks: fewer for large networks, which start well and take long. */
const TICKS = { most: 240, least: 60, weight: 120_000 };
/** Among so many the signs are smaller, by so much. */
const [MANY, SMALLER] = [600, 0.42];
/** The browser gets its turn after so many milliseconds. */
const SLICE = 24;
/** A picture that leaves its frame empty is drawn apart by so much at most, in either direction. */
const MOST_STRETCH = 2.4;
/** The golden angle: each next one of a crowd stands so much further round. */
const SPIRAL = Math.PI * (3 - Math.sqrt(5));

/** Where everybody of a whole network begins: the home country in the middle, near those it is tied to, the others around in the order of their countries from west to east. */
export interface Start {
  drawn: readonly Drawn[];
  /** About the distance of neighbours. */
  apart: number;
}

/** How large the signs of a whole network are: their areas grow with the events, beside the strongest; among many all are smaller. */
export function radii({ nodes }: Ego): (node: EgoNode) => number {
  const of = (isInstitution: boolean) => mostOf(nodes.filter(({ level }) => (level === "institution") === isInstitution));
  const [institutions, others] = [of(true), of(false)];
  const smaller = nodes.length < MANY ? 1 : SMALLER;
  return ({ events, level }) => smaller * (level === "institution" ? 3.4 + 3.2 * Math.sqrt(share(events, institutions, 4)) : 3 + 13.2 * Math.sqrt(share(events, others, 60)));
}

/** The country that most of ours are of: it is in the middle, with all who are of it. */
export function homeOf({ nodes }: Ego): string {
  const many = new Map<string, number>();
  for (const { ours, country } of nodes) if (ours) many.set(country, (many.get(country) ?? 0) + 1);
  return [...many].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "";
}

/** The start of a network; those in `kept` stay where they were. */
export function start(ego: Ego, frame: Frame, kept: Layout = new Map()): Start {
  const apart = Math.sqrt(((frame.width - 2 * EDGE.x) * (frame.height - 2 * EDGE.y)) / Math.max(40, ego.nodes.length));
  const home = homeOf(ego);
  const isHome = ({ country }: EgoNode) => country === home;
  const angles = around(ego, isHome);
  const radius = radii(ego);
  const at = (angle: number, far: number): Point => ({ x: frame.width / 2 + (frame.width / 2 - EDGE.x) * far * Math.cos(angle), y: frame.height / 2 + (frame.height / 2 - EDGE.y) * far * Math.sin(angle) });
  const between = middles(ego, angles);
  const counts = new Map<string, number>();
  const drawn = ego.nodes.map((node): Drawn => {
    const middle = between.get(node.id);
    const group = isHome(node) ? `home ${Math.round((middle?.angle ?? 0) * 4)}` : node.country;
    const place = counts.get(group) ?? 0;
    counts.set(group, place + 1);
    const to = isHome(node) ? at(middle?.angle ?? 0, middle?.far ?? 0) : at(angles.get(node.country) ?? 0, 0.86);
    const far = apart * 0.75 * Math.sqrt(place + 0.5);
    const stood = kept.get(node.id) ?? neighbour(node, ego, kept);
    const free = { x: to.x + far * Math.cos(place * SPIRAL), y: to.y + far * Math.sin(place * SPIRAL) };
    return { id: node.id, r: radius(node), ...(stood ?? free), to, pull: isHome(node) ? PULL.home : PULL.abroad, isFixed: kept.has(node.id) };
  });
  return { drawn, apart };
}

/** A country's angle: its share of the circle is that of its towns, but nobody's is nothing. */
function around({ nodes, countries }: Ego, isHome: (node: EgoNode) => boolean): Map<string, number> {
  const many = new Map<string, number>();
  for (const node of nodes) if (!isHome(node)) many.set(node.country, (many.get(node.country) ?? 0) + 1);
  const foreign = [...countries.map(({ code }) => code), ...[...many.keys()].filter((code) => !countries.some((each) => each.code === code))].filter((code) => many.has(code));
  const share = (code: string) => Math.sqrt(many.get(code) ?? 0) + 0.6;
  const total = foreign.reduce((sum, code) => sum + share(code), 0);
  let angle = -Math.PI;
  return new Map(foreign.map((code) => {
    const width = (2 * Math.PI * share(code)) / total;
    angle += width;
    return [code, angle - width / 2] as const;
  }));
}

/** Where those at home are drawn to: towards their partners, the more so the more alike these lie. */
function middles({ nodes, edges }: Ego, angles: ReadonlyMap<string, number>): Map<string, { angle: number; far: number }> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const sums = new Map<string, Point & { count: number }>();
  for (const { a, b } of edges) {
    for (const [id, other] of [[a, b], [b, a]] as const) {
      const angle = angles.get(known.get(other)?.country ?? "");
      if (angle === undefined || angles.has(known.get(id)?.country ?? "")) continue;
      const sum = sums.get(id) ?? { x: 0, y: 0, count: 0 };
      sums.set(id, { x: sum.x + Math.cos(angle), y: sum.y + Math.sin(angle), count: sum.count + 1 });
    }
  }
  return new Map([...sums].map(([id, { x, y, count }]) => [id, { angle: Math.atan2(y, x), far: 0.45 * (Math.hypot(x, y) / count) }]));
}

function neighbour({ id }: EgoNode, { edges }: Ego, kept: Layout): Point | undefined {
  for (const { a, b } of edges) {
    const at = a === id ? kept.get(b) : b === id ? kept.get(a) : undefined;
    if (at) return { x: at.x + 6, y: at.y + 6 };
  }
  return undefined;
}

/** The places of a start as they are. */
export function begun({ drawn }: Start): Layout {
  return new Map(drawn.map(({ id, x, y }) => [id, { x, y }]));
}

/** Let a start come to rest, with turns for the browser in between. `signal` tells it to stop, and then nothing is given. */
export async function settled({ drawn, apart }: Start, links: readonly { a: string; b: string }[], frame: Frame, signal?: AbortSignal): Promise<Layout | undefined> {
  const ticks = Math.round(Math.min(TICKS.most, Math.max(TICKS.least, TICKS.weight / drawn.length)));
  const forces = relaxation(drawn, links, apart, ticks);
  for (let done = 0; done < ticks; ) {
    const until = performance.now() + SLICE;
    for (; done < ticks && performance.now() < until; done++) forces.tick(1);
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) return undefined;
  }
  const places = forces.places();
  return within(drawn.some(({ isFixed }) => isFixed) ? places : filling(places, frame), frame);
}

/** Few stand close together: then the picture is drawn apart until it fills its frame. */
function filling(places: Layout, { width, height }: Frame): Layout {
  const [xs, ys] = [[...places.values()].map(({ x }) => x), [...places.values()].map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const factor = (room: number, size: number) => Math.max(1, Math.min(MOST_STRETCH, room / Math.max(size, 1)));
  const [across, down] = [factor(width - 2 * EDGE.x, right - left), factor(height - 2 * EDGE.y, bottom - top)];
  const [middle, centre] = [{ x: (left + right) / 2, y: (top + bottom) / 2 }, { x: width / 2, y: height / 2 }];
  if (across === 1 && down === 1) return places;
  return new Map([...places].map(([id, { x, y }]) => [id, { x: centre.x + (x - middle.x) * across, y: centre.y + (y - middle.y) * down }]));
}

function within(places: Layout, { width, height }: Frame): Layout {
  const keep = (value: number, edge: number, size: number) => Math.min(size - edge, Math.max(edge, value));
  return new Map([...places].map(([id, { x, y }]) => [id, { x: keep(x, 16, width), y: keep(y, 16, height) }]));
}
