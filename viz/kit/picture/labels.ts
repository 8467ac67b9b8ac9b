import { short } from "../text";
import type { Frame } from "./camera";
import { FADED_TEXT, INK, WASH } from "./colours";
import type { Labelling, Seen } from "./compose";
import type { Text } from "./marks";
import { Places, spotFor } from "./places";

/** Among so few dots all names are kept off all dots. */
export const CROWD = 80;

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
