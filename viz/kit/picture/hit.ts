import { reach, type Mark, type Picture, type Stroke, type Text } from "./marks";
import { widthOf } from "./measure";

/** How far beside a thing a pointer may be. */
const NEAR = { mark: 3, stroke: 5 };

/** How much of a text lies left of its point. */
const SHIFT = { start: 0, middle: 0.5, end: 1 };

/** The id of what lies at a place: the topmost shape, else a label, else the nearest line; "" where there is nothing. */
export function hit({ marks, texts, strokes }: Picture, x: number, y: number): string {
  const mark = marks.findLast((each) => isOn(each, x, y)) ?? texts.findLast((each) => isOver(each, x, y));
  if (mark) return mark.id;
  let [best, found] = [Number.POSITIVE_INFINITY, ""];
  for (const stroke of strokes) {
    const away = distance(stroke, x, y);
    if (away < best && away <= Math.max(NEAR.stroke, stroke.width / 2)) [best, found] = [away, stroke.id];
  }
  return found;
}

function isOn({ shape, x: left, y: top, r, half = r }: Mark, x: number, y: number): boolean {
  const [across, down, far] = [Math.abs(x - left), Math.abs(y - top), reach(shape, r) + NEAR.mark];
  if (shape === "dot") return across * across + down * down <= far * far;
  if (shape === "pill") return across <= half + NEAR.mark && down <= far;
  return shape === "square" ? Math.max(across, down) <= far : across + down <= far;
}

function isOver({ anchor, x: at, y: base, text, size, weight, family }: Text, x: number, y: number): boolean {
  if (y < base - size || y > base + size / 4) return false;
  const wide = widthOf(text, size, weight, family);
  const left = at - wide * SHIFT[anchor];
  return x >= left && x <= left + wide;
}

function distance({ x1, y1, x2, y2 }: Stroke, x: number, y: number): number {
  const [across, down] = [x2 - x1, y2 - y1];
  const along = ((x - x1) * across + (y - y1) * down) / (across * across + down * down || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x1 - part * across, y - y1 - part * down);
}
