import { stacked } from "../../kit/picture/columns";
import type { Frame } from "../../kit/picture/camera";
import { wrapped } from "../../kit/picture/wrap";
import { COLUMN, TEXT, type Dot, type Note, type Side } from "./scene";
import type { Sectors } from "./sectors";

const BORDER = 6;

/** The names at both sides of the picture, and how high it has to be for them. */
export interface Columns {
  notes: readonly Note[];
  need: number;
}

type Draft = Omit<Note, "x">;

/** Name all leaves in two columns, in the order in which they stand. `headed` are the towns that found no room for their names inside: they stand above their leaves. */
export function columns(placed: Sectors, frame: Frame, headed: ReadonlySet<string>, family: string): Columns {
  const sides = ([-1, 1] as const).map((side) => drafts(placed, side, headed, family));
  const need = Math.max(...sides.map((notes) => 2 * BORDER + notes.reduce((sum, { height }) => sum + height, 0)));
  const notes = sides.flatMap((notes) => {
    const middles = stacked(notes, BORDER, frame.height - BORDER);
    return notes.map((note, index): Note => ({ ...note, y: middles[index] ?? note.y, x: placed.centre.x + note.side * (placed.rx + COLUMN.away) }));
  });
  return { notes, need };
}

export function sideOf({ angle }: Dot): Side {
  return Math.cos(angle) < 0 ? -1 : 1;
}

function drafts(placed: Sectors, side: Side, headed: ReadonlySet<string>, family: string): Draft[] {
  const leaves = placed.dots.filter((dot) => dot.isOuter && sideOf(dot) === side).map((dot) => named(dot, side, family));
  const all = [...leaves, ...towns(placed, side, headed, family), ...countries(placed, side, family)];
  return all.sort((a, b) => a.y - b.y);
}

function named(dot: Dot, side: Side, family: string): Draft {
  const lines = wrapped(dot.label, { size: TEXT.size, weight: dot.isBold ? 600 : 400, family }, COLUMN.width);
  return { id: dot.id, lines, height: heightOf(lines), side, isBold: dot.isBold, dot, sign: undefined, country: dot.node.country, y: dot.y };
}

function towns(placed: Sectors, side: Side, headed: ReadonlySet<string>, family: string): Draft[] {
  return placed.dots.filter(({ id }) => headed.has(id)).flatMap((town) => {
    const first = top(placed.links.filter(({ a, b }) => a === town && b.isOuter && sideOf(b) === side).map(({ b }) => b));
    return first ? [heading(town.id, town.label, town.node.country, "dot", first.y - 0.5, side, family)] : [];
  });
}

/** A country of several towns, or of one that stands inside, is named above its first leaf at the right; at the left where it has none there. */
function countries({ wedges, dots }: Sectors, side: Side, family: string): Draft[] {
  return wedges.flatMap(({ sector, from, to }) => {
    const isSeveral = sector.branches.length > 1 || sector.branches.some(({ leaves }) => leaves.length);
    const outer = isSeveral ? dots.filter((dot) => dot.isOuter && dot.angle >= from && dot.angle <= to) : [];
    const right = outer.filter((dot) => sideOf(dot) === 1);
    const first = top(right.length ? right : outer);
    return first && sideOf(first) === side ? [heading(`sector ${sector.key}`, sector.name, sector.country, "square", first.y - 1, side, family)] : [];
  });
}

function heading(id: string, label: string, country: string, sign: "dot" | "square", y: number, side: Side, family: string): Draft {
  const lines = wrapped(label, { size: TEXT.size, weight: 600, family }, COLUMN.width - TEXT.line);
  return { id, lines, height: heightOf(lines), side, isBold: true, dot: undefined, sign, country, y };
}

function top(dots: readonly Dot[]): Dot | undefined {
  return dots.reduce<Dot | undefined>((best, dot) => (best && best.y <= dot.y ? best : dot), undefined);
}

function heightOf(lines: readonly string[]): number {
  return lines.length * TEXT.line + TEXT.gap;
}
