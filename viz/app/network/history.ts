/** States that can be gone back to and forward again, each once. */
export class History<T> {
  private past: T[] = [];
  private future: T[] = [];

  constructor(private current: T) {}

  get now(): T {
    return this.current;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Go on to a new state: what was undone is forgotten. */
  go(next: T): void {
    this.past.push(this.current);
    this.current = next;
    this.future = [];
  }

  undo(): T {
    const before = this.past.pop();
    if (before !== undefined) {
      this.future.push(this.current);
      this.current = before;
    }
    return this.current;
  }

  redo(): T {
    const after = this.future.pop();
    if (after !== undefined) {
      this.past.push(this.current);
      this.current = after;
    }
    return this.current;
  }
}
