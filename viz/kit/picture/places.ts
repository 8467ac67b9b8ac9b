import { widthOf } from "./measure";

/** Labels that do not overlap: the first that ask for a place get it. */
export class Places {
  private taken: [number, number, number, number][] = [];

  /** Take the box where it is free. */
  take(x: number, y: number, width: number, height: number): boolean {
    const free = this.taken.every(([a, b, c, d]) => x > a + c || a > x + width || y > b + d || b > y + height);
    if (free) this.block(x, y, width, height);
    return free;
  }

  /** Keep labels out of a box. */
  block(x: number, y: number, width: number, height: number): void {
    this.taken.push([x, y, width, height]);
  }
}

/** Where a label can stand beside its dot: right, left, below or above, inside the picture; undefined where all is taken. */
export function spotFor(free: Places, text: string, size: number, [x, y]: readonly [number, number], r: number, width: number): { x: number; y: number } | undefined {
  const wide = widthOf(text, size);
  const spots = [
    [x + r + 5, y + size / 3],
    [x - r - 5 - wide, y + size / 3],
    [x - wide / 2, y + r + size + 2],
    [x - wide / 2, y - r - 6],
  ] as const;
  const found = spots.find(([left, base]) => left >= 2 && left + wide <= width - 2 && free.take(left, base - size, wide, size + 3));
  return found && { x: found[0], y: found[1] };
}
