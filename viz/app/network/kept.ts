import type { Layout } from "../../kit/picture/forces";

/** What of a picture is kept for a session, so that everybody stands where they stood. */
interface Kept {
  turn?: number;
  places?: [string, number, number][];
}

/** The places of one seed in one generation, kept in the browser's session; a browser that keeps nothing lays out anew. */
export class Keeper {
  private readonly key: string;

  constructor(generation: number, seed: string, level: string) {
    this.key = `pobratim ${generation} ${seed} ${level}`;
  }

  get turn(): number | undefined {
    return this.read().turn;
  }

  set turn(turn: number) {
    this.write({ ...this.read(), turn });
  }

  get places(): Layout {
    return new Map((this.read().places ?? []).map(([id, x, y]) => [id, { x, y }]));
  }

  set places(places: Layout) {
    this.write({ ...this.read(), places: [...places].map(([id, { x, y }]) => [id, Math.round(x * 10) / 10, Math.round(y * 10) / 10]) });
  }

  private read(): Kept {
    try {
      return JSON.parse(sessionStorage.getItem(this.key) ?? "{}") as Kept;
    } catch (error) {
      if (error instanceof DOMException || error instanceof SyntaxError) return {};
      throw error;
    }
  }

  private write(kept: Kept): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(kept));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room, or no leave to keep anything
    }
  }
}
