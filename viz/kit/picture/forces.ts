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

/** Somebody who is drawn towards a place, from which they start; `pull` is how strongly, from 0 to 1. */
export interface Drawn extends Point {
  id: string;
  r: number;
  pull: number;
}

export interface Relaxation {
  /** Go on by so many ticks. */
  tick(count: number): void;
  places(): Layout;
}

/** Lay out who is drawn to places of their own and to each other by links. Far pairs are taken together coarsely, since two thousand would take seconds else; the same every time. */
export function relaxation(drawn: readonly Drawn[], links: readonly { a: string; b: string }[], ticks: number): Relaxation {
  const bodies = drawn.map((each) => ({ ...each, toX: each.x, toY: each.y }));
  type Pulled = (typeof bodies)[number] & SimulationNodeDatum;
  const simulation = forceSimulation<Pulled>(bodies)
    .force("link", forceLink<Pulled, { source: string; target: string }>(links.map(({ a, b }) => ({ source: a, target: b }))).id(({ id }) => id).distance(60).strength(0.05))
    .force("charge", forceManyBody<Pulled>().strength(-26).theta(1.4).distanceMax(220))
    .force("collide", forceCollide<Pulled>(({ r }) => r + 4))
    .force("x", forceX<Pulled>(({ toX }) => toX).strength(({ pull }) => pull))
    .force("y", forceY<Pulled>(({ toY }) => toY).strength(({ pull }) => pull))
    .alphaDecay(1 - 0.001 ** (1 / ticks))
    .stop();
  return {
    tick: (count) => void simulation.tick(count),
    places: () => new Map(bodies.map(({ id, x, y }) => [id, { x, y }])),
  };
}
