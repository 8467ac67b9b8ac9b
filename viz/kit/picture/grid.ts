import type { Box } from "./camera";

const CELL = 64;

/** Boxes by the cells they touch, so that those at a place are found among thousands. */
export class Grid<T extends Box> {
  private readonly cells = new Map<number, T[]>();

  constructor(boxes: Iterable<T> = []) {
    for (const box of boxes) this.add(box);
  }

  add(box: T): void {
    for (const key of keys(box)) {
      const cell = this.cells.get(key);
      if (cell) cell.push(box);
      else this.cells.set(key, [box]);
    }
  }

  /** Whether any box has something in common with this one, `except` apart. */
  has(box: Box, except?: T): boolean {
    for (const key of keys(box)) {
      if (this.cells.get(key)?.some((other) => other !== except && overlap(other, box))) return true;
    }
    return false;
  }
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function* keys({ left, right, top, bottom }: Box): Iterable<number> {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) yield x * 65536 + y;
  }
}
