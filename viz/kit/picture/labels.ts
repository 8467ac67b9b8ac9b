import { short } from "../text";
import type { Frame } from "./camera";
import { FADED_TEXT, INK, WASH } from "./colours";
import { isIn, type Labelling, type Seen } from "./compose";
import type { Text } from "./marks";
import { widthOf } from "./measure";
import { Places, spotFor } from "./places";

/** Size and line height of labels at scale 1. The server lays networks out for these (network/figure.py). */
export const SIZE = 14;
export const LINE = 18;
/** Letters smaller than this cannot be read. */
const LEGIBLE = 7;
/** From far off so many are named, those of most weight, and each keeps others out of a box around it. */
const LANDMARKS = 14;
const LANDMARK_SIZE = 13;
const APART = { x: 150, y: 44 };
/** Among so few dots all names are kept off all dots. */
export const CROWD = 80;

/** Labels below their shapes, as large as the picture is near; from far off only of landmarks. */
export const below: Labelling = (spots, scale, frame) => {
  const isFar = scale * SIZE < LEGIBLE;
  const [size, named] = isFar ? [LANDMARK_SIZE, landmarks(spots)] : [SIZE * scale, spots];
  const step = (size * LINE) / SIZE;
  return named.flatMap((spot) => {
    const half = size * 14;
    if (!isIn(frame, spot.x - half, spot.y, spot.x + half, spot.y + spot.r + step * (spot.lines.length + 1))) return [];
    return spot.lines.map((text, index): Text => ({ ...looksOf(spot, size), anchor: "middle", x: spot.x, y: spot.y + spot.r + step * (index + 1), text }));
  });
};

function landmarks(spots: readonly Seen[]): Seen[] {
  const named: Seen[] = [];
  for (const spot of [...spots].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))) {
    if (!named.some((other) => Math.abs(other.x - spot.x) < APART.x && Math.abs(other.y - spot.y) < APART.y)) named.push(spot);
    if (named.length === LANDMARKS) break;
  }
  return named;
}

/** Labels of one size beside their dots, where there is room; of those that fade none. */
export const beside: Labelling = (spots, _scale, frame, look) => {
  const free = new Places();
  const isChosen = look.lit !== undefined;
  // Among many dots the names of hubs may cover those of their neighbours, or no hub would have a name.
  for (const { x, y, r } of spots.filter((spot) => (isChosen ? !spot.isFaded : spot.weight > 1 || spots.length < CROWD))) free.block(x - r, y - r, 2 * r, 2 * r);
  const first = spots.filter((spot) => !spot.isFaded).sort((a, b) => b.weight - a.weight);
  return first.flatMap((spot) => besideOne(free, spot, frame));
};

/** The whole name where there is room, else so much of it as there is. */
function besideOne(free: Places, spot: Seen, { width }: Frame): Text[] {
  const size = width < 500 ? 12 : 13;
  const name = spot.lines.join(" ");
  for (const most of name.length > 24 ? [60, 36, 22, 14] : [24, 14]) {
    const text = short(name, most);
    const place = spotFor(free, text, size, [spot.x, spot.y], spot.r, width);
    if (place) return [{ ...looksOf(spot, size), anchor: "start", ...place, text }];
  }
  return [];
}

function looksOf({ id, title, isFaded }: Seen, size: number): Pick<Text, "id" | "size" | "colour" | "halo" | "title"> {
  return { id, size, colour: isFaded ? FADED_TEXT : INK, halo: isFaded ? "" : WASH, title };
}

/** How far a spot and its label below it reach to each side of its middle, at scale 1. */
export function extentOf({ r, lines }: Pick<Seen, "r" | "lines">): { half: number; top: number; bottom: number } {
  return { half: Math.max(r, ...lines.map((line) => widthOf(line, SIZE) / 2)), top: r, bottom: r + LINE * lines.length + LINE / 3 };
}
