import type { Box, Frame } from "../../kit/picture/camera";
import { widthOf } from "../../kit/picture/measure";
import { seated, type Seeker, type Segment } from "../../kit/picture/seats";
import { columns, type Columns } from "./columns";
import { badgeText, TEXT, type Dot, type Note, type Scene } from "./scene";
import { sectors, type Sectors } from "./sectors";
import type { Tree } from "./tree";

/** So many turns are tried for columns of about one height. */
const TURNS = 24;
const ABOUT = 1.06;
/** Where the first sector's middle had best be, in radians. */
const FIRST = -0.6;

export interface Arranged {
  scene: Scene;
  /** Where the first sector begins: to be kept, so that opening more does not turn the picture. */
  turn: number;
}

/** Put a tree into a picture that is so wide and at least so high: higher where its names need it. */
export function arranged(tree: Tree, { width, height }: Frame, family: string, kept?: number): Arranged {
  const turn = kept ?? evenTurn(tree, { width, height }, family);
  let headed = new Set<string>();
  let frame = { width, height };
  // A name that finds no room inside goes into a column, which may then need more height, which moves all: each round names more there, so it ends.
  for (;;) {
    const placed = sectors(tree, frame, turn, family);
    const sides = columns(placed, frame, headed, family);
    if (sides.need > frame.height) {
      frame = { width, height: Math.ceil(sides.need) };
      continue;
    }
    const { badges, names, without } = inner(placed, sides.notes, frame, headed, family);
    if (without.length) headed = new Set([...headed, ...without]);
    else return { scene: sceneOf(placed, sides, frame, names, badges), turn };
  }
}

/** The turn whose columns are about even; of those, the one that has the first sector up at the right, where one looks first. */
function evenTurn(tree: Tree, frame: Frame, family: string): number {
  const tried = Array.from({ length: TURNS }, (_none, step) => {
    const turn = -Math.PI + (2 * Math.PI * step) / TURNS;
    const placed = sectors(tree, frame, turn, family);
    const [first] = placed.wedges;
    const aside = first ? 1 - Math.cos((first.from + first.to) / 2 - FIRST) : 0;
    return { turn, aside, need: columns(placed, frame, new Set(), family).need };
  });
  const least = Math.max(frame.height, Math.min(...tried.map(({ need }) => need)) * ABOUT);
  return tried.filter(({ need }) => need <= least).reduce((best, each) => (each.aside < best.aside ? each : best)).turn;
}

function sceneOf({ centre, rx, ry, root, middle, dots, links, wedges }: Sectors, { notes }: Columns, frame: Frame, names: Map<string, Box>, badges: Map<string, Box>): Scene {
  return { frame, centre, rx, ry, root, rootLines: middle.lines, rootSize: middle.size, dots, links, wedges, notes, names, badges };
}

/** Seats of badges and of the towns' names; `without` are the towns that have none. */
function inner({ root, dots, links }: Sectors, notes: readonly Note[], frame: Frame, headed: ReadonlySet<string>, family: string): { badges: Map<string, Box>; names: Map<string, Box>; without: string[] } {
  const columns = notes.map((note) => boxOf(note, family));
  const lines = [...links.map(lineOf), ...notes.flatMap(leaderOf)];
  const hidden = dots.filter((dot) => dot !== root && dot.node.hidden > 0 && dot.node.level !== "more");
  const most = Number.POSITIVE_INFINITY;
  const badges = seated(hidden.map((dot) => badgeSeeker(dot, family)), { frame, nodes: dots, taken: columns, lines: [], most });
  const towns = dots.filter((dot) => dot !== root && !dot.isOuter && !headed.has(dot.id));
  const names = seated(towns.map((dot) => nameSeeker(dot, family)), { frame, nodes: dots, taken: [...columns, ...badges.values()], lines, most });
  return { badges, names, without: towns.filter(({ id }) => !names.has(id)).map(({ id }) => id) };
}

function badgeSeeker(dot: Dot, family: string): Seeker {
  return { id: dot.id, x: dot.x, y: dot.y, r: dot.r, width: widthOf(badgeText(dot), TEXT.badge, 600, family) + 10, height: 16, weight: dot.node.hidden, isBadge: true };
}

function nameSeeker(dot: Dot, family: string): Seeker {
  return { id: dot.id, x: dot.x, y: dot.y, r: dot.r, width: widthOf(dot.label, TEXT.size, 600, family), height: TEXT.inner, weight: dot.node.events };
}

function lineOf({ a, b }: { a: Dot; b: Dot }): Segment {
  return { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
}

/** A leader goes from its leaf towards the column, then level to the name. */
export function leaderOf({ x, y, side, dot }: Note): Segment[] {
  if (!dot) return [];
  const [bend, end] = [x - side * 12, x - side * 4];
  return [{ x1: dot.x + side * (dot.r + 3), y1: dot.y, x2: bend, y2: y }, { x1: bend, y1: y, x2: end, y2: y }];
}

/** The room that a name in a column takes. */
export function boxOf({ x, y, side, lines, height, sign, isBold }: Note, family: string): Box {
  const wide = Math.max(...lines.map((line) => widthOf(line, TEXT.size, isBold ? 600 : 400, family))) + (sign ? TEXT.line : 0);
  return { left: side > 0 ? x : x - wide, right: side > 0 ? x + wide : x, top: y - height / 2, bottom: y + height / 2 };
}
