import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from "d3-force";
import type { Frame, Point } from "./camera";

/** A place for each of a graph's spots, inside the frame. */
export type Layout = ReadonlyMap<string, Point>;

interface Body extends SimulationNodeDatum {
  id: string;
  x: number;
  y: number;
  r: number;
}

/** Lay a graph out by forces. They start from d3's fixed spiral and its own fixed random numbers, so the picture is the same every time. */
export function settle(spots: readonly { id: string; r: number }[], links: readonly { a: string; b: string }[], frame: Frame): Layout {
  const bodies = spots.map(({ id, r }) => ({ id, r })) as Body[];
  forceSimulation(bodies)
    .force("link", forceLink<Body, { source: string; target: string }>(links.map(({ a, b }) => ({ source: a, target: b }))).id(({ id }) => id).distance(70))
    .force("charge", forceManyBody().strength(-160).distanceMax(500))
    .force("collide", forceCollide<Body>(({ r }) => r + 5))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.09))
    .force("center", forceCenter(0, 0))
    .stop()
    .tick(300);
  return fit(bodies, frame);
}

/** Fill the frame, with room for labels at the right and for buttons at the top. */
function fit(bodies: readonly Body[], { width, height }: Frame): Layout {
  const [xs, ys] = [bodies.map(({ x }) => x), bodies.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const factor = Math.min((width - Math.min(260, width / 2)) / (right - left || 1), (height - 120) / (bottom - top || 1), 2.5);
  const place = ({ x, y }: Body) => ({
    x: (width - Math.min(130, width / 4)) / 2 + (x - (left + right) / 2) * factor,
    y: height / 2 + 20 + (y - (top + bottom) / 2) * factor,
  });
  return new Map(bodies.map((body) => [body.id, place(body)]));
}

/** Somebody who is drawn towards a place; `pull` is how strongly, from 0 to 1. Whoever is fixed stays where they start. */
export interface Drawn extends Point {
  id: string;
  r: number;
  to: Point;
  pull: number;
  isFixed: boolean;
}

export interface Relaxation {
  /** Go on by so many ticks. */
  tick(count: number): void;
  places(): Layout;
}

/** How strongly a link pulls: weaker than the places, or who has many would leave their country. */
const LINK = 0.06;
/** Far crowds are taken as one the more readily, the larger this is: two thousand would take seconds else. */
const COARSE = 1.4;

/** Lay out who is drawn to places of their own and to each other by links, with about `apart` between neighbours; the same every time. The forces are spent after `ticks`. */
export function relaxation(drawn: readonly Drawn[], links: readonly { a: string; b: string }[], apart: number, ticks: number): Relaxation {
  const bodies: Pulled[] = drawn.map((each) => ({ ...each, ...(each.isFixed ? { fx: each.x, fy: each.y } : {}) }));
  const simulation = forceSimulation(bodies)
    .force("link", forceLink<Pulled, { source: string; target: string }>(links.map(({ a, b }) => ({ source: a, target: b }))).id(({ id }) => id).distance(apart).strength(LINK))
    .force("charge", forceManyBody<Pulled>().strength(-apart / 2).theta(COARSE).distanceMax(apart * 5))
    .force("collide", forceCollide<Pulled>(({ r }) => r + Math.min(4, apart / 6)))
    .force("x", forceX<Pulled>(({ to }) => to.x).strength(({ pull }) => pull))
    .force("y", forceY<Pulled>(({ to }) => to.y).strength(({ pull }) => pull))
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .stop();
  return {
    tick: (count) => void simulation.tick(count),
    places: () => new Map(bodies.map(({ id, x, y }) => [id, { x, y }])),
  };
}

type Pulled = Drawn & SimulationNodeDatum & Point;
