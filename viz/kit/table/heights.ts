/** Heights of rows in pixels, guessed until a row has been drawn, and from them what lies where. */
export class Heights {
  private readonly known: Float64Array;
  private readonly tops: Float64Array;
  private clean = 0;

  constructor(readonly count: number, estimate: number) {
    this.known = new Float64Array(count).fill(estimate);
    this.tops = new Float64Array(count + 1);
  }

  /** Take the height that a row was drawn with. */
  set(index: number, height: number): void {
    if (this.known[index] === height) return;
    this.known[index] = height;
    this.clean = Math.min(this.clean, index);
  }

  /** Where a row begins; `count` is the end of the last one. */
  top(index: number): number {
    for (; this.clean < index; this.clean += 1) this.tops[this.clean + 1] = (this.tops[this.clean] ?? 0) + (this.known[this.clean] ?? 0);
    return this.tops[index] ?? 0;
  }

  /** The row at this place, the nearest one beyond both ends. */
  at(place: number): number {
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
}
