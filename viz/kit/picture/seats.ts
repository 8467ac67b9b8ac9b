import type { Box, Frame, Point } from "./camera";
import { Grid } from "./grid";

/** Who wants a name beside it: so wide, the weightiest first. */
export interface Seeker extends Point {
  id: string;
  r: number;
  width: number;
  height: number;
  weight: number;
  /** It is a sign rather than a name: it sits at a corner, and close. */
  isBadge?: boolean;
}

export interface Segment {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

export interface Room {
  frame: Frame;
  /** What no name may lie over. */
  nodes: readonly (Point & { id: string; r: number })[];
  taken: readonly Box[];
  /** Lines, which a name had better not lie over. */
  lines: readonly Segment[];
  /** So many names at most. */
  most: number;
}

/** What is kept free around a shape, between names, and at the border of the picture. */
const GAP = { node: 2, beside: 5, badge: 3, off: 13, far: 22, names: 4, border: 6 };
/** With more lines than this there is no seat that none crosses. */
const MOST_LINES = 800;

/** A seat for the name of each that has room: over no shape, no other name and no border; of the seats that are free, the one the fewest lines cross. */
export function seated(seekers: readonly Seeker[], { frame, nodes, taken, lines, most }: Room): Map<string, Box> {
  const boxes = new Map(nodes.map(({ id, x, y, r }) => [id, { left: x - r - GAP.node, right: x + r + GAP.node, top: y - r - GAP.node, bottom: y + r + GAP.node }]));
  const shapes = new Grid(boxes.values());
  const names = new Grid(taken);
  const found = new Map<string, Box>();
  for (const seeker of [...seekers].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
    if (found.size >= most) break;
    const open = (some: readonly Box[]) => some.filter((box) => isInside(box, frame) && !shapes.has(box, boxes.get(seeker.id)) && !names.has(wider(box)));
    const chosen = (free: readonly Box[]) => (lines.length < MOST_LINES ? least(free, (box) => lines.filter((line) => crosses(line, box)).length) : free[0]);
    // Rather a little far than without a name.
    const best = chosen(open(seats(seeker))) ?? (seeker.isBadge ? undefined : chosen(open(around(seeker, GAP.far))));
    if (!best) continue;
    names.add(best);
    found.set(seeker.id, best);
  }
  return found;
}

/** Seats around a shape, the easiest to read first: eight close by, and the same a little further off. A badge sits close, at a corner if it can. */
function seats(seeker: Seeker): Box[] {
  const [right, left, below, above, ...corners] = around(seeker, seeker.isBadge ? GAP.badge : GAP.beside);
  const sides = [right, left, below, above].filter((box) => box !== undefined);
  return seeker.isBadge ? [...corners, ...sides] : [...sides, ...corners, ...around(seeker, GAP.off)];
}

function around({ x, y, r, width, height }: Seeker, gap: number): Box[] {
  const far = r + gap;
  const aslant = far * Math.SQRT1_2;
  const places: readonly (readonly [number, number])[] = [
    [far, -height / 2], [-far - width, -height / 2], [-width / 2, far - 1], [-width / 2, -far - height + 1],
    [aslant, -aslant - height], [aslant, aslant], [-aslant - width, -aslant - height], [-aslant - width, aslant],
  ];
  return places.map(([across, down]) => ({ left: x + across, right: x + across + width, top: y + down, bottom: y + down + height }));
}

function isInside({ left, right, top, bottom }: Box, { width, height }: Frame): boolean {
  return left >= GAP.border && top >= GAP.border && right <= width - GAP.border && bottom <= height - GAP.border;
}

function wider({ left, right, top, bottom }: Box): Box {
  return { left: left - GAP.names, right: right + GAP.names, top, bottom };
}

function least<T>(all: readonly T[], cost: (item: T) => number): T | undefined {
  let [best, found]: [number, T | undefined] = [Number.POSITIVE_INFINITY, undefined];
  for (const item of all) {
    const price = cost(item);
    if (price < best) [best, found] = [price, item];
    if (price === 0) break;
  }
  return found;
}

/** Whether a line has a point in a box (Liang and Barsky's clipping). */
export function crosses({ x1, y1, x2, y2 }: Segment, { left, right, top, bottom }: Box): boolean {
  let [from, to] = [0, 1];
  for (const [step, room] of [[x1 - x2, x1 - left], [x2 - x1, right - x1], [y1 - y2, y1 - top], [y2 - y1, bottom - y1]] as const) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) from = Math.max(from, room / step);
    else to = Math.min(to, room / step);
  }
  return from <= to;
}
