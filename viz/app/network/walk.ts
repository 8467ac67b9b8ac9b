import type { Point } from "../../kit/picture/camera";
import type { View } from "./views";

/** Which way an arrow key points. */
export const ARROWS: Readonly<Record<string, Point>> = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } };
/** Nobody further aside than this (the cosine of 60°) is meant by an arrow. */
const ASIDE = 0.5;

/** Who comes next from `from` in a direction: a neighbour before all others; `from` itself where nobody is there. */
export function next({ places, links }: View, from: string, way: Point): string {
  const at = places.get(from);
  if (!at) return places.keys().next().value ?? "";
  const near = new Set(links.flatMap(({ a, b }) => (a === from ? [b] : b === from ? [a] : [])));
  return best(places, at, way, (id) => near.has(id)) ?? best(places, at, way, (id) => id !== from) ?? from;
}

function best(places: ReadonlyMap<string, Point>, at: Point, way: Point, isMeant: (id: string) => boolean): string | undefined {
  let [least, found]: [number, string | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const [id, { x, y }] of places) {
    const far = Math.hypot(x - at.x, y - at.y);
    if (!isMeant(id) || !far) continue;
    const straight = ((x - at.x) * way.x + (y - at.y) * way.y) / far;
    if (straight < ASIDE) continue;
    const cost = far * (2 - straight);
    if (cost < least) [least, found] = [cost, id];
  }
  return found;
}
