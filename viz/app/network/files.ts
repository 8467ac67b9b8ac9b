import type { Wording } from "../../kit/words";
import { Egos } from "../files/ego";
import type { Folder } from "../files/folder";
import type { State } from "./address";
import type { Asks } from "./source";
import type { Ego, Expand } from "./types";

/** Answers from the files beside the page; they are read when something is first opened. */
export class Files implements Asks {
  private brought: { state: string; ego: Ego } | undefined;
  private egos: Promise<Egos> | undefined;

  /** `seed` and `level` are those of the page: its address need not name them. */
  constructor(
    private readonly folder: Folder,
    private readonly words: Wording,
    private readonly seed: string,
    private readonly level: string,
  ) {}

  keep(state: State, ego: Ego): void {
    this.brought = { state: JSON.stringify(state.opened), ego };
  }

  async egoOf({ opened }: State): Promise<Ego> {
    if (this.brought?.state === JSON.stringify(opened)) return this.brought.ego;
    return (await this.read()).ego({ seed: this.seed, level: this.level, opened });
  }

  async expandOf(ref: string, { opened }: State): Promise<Expand> {
    return (await this.read()).expand(ref, { seed: this.seed, level: this.level, opened });
  }

  private read(): Promise<Egos> {
    this.egos ??= Egos.of(this.folder, this.words);
    this.egos.catch(() => (this.egos = undefined));
    return this.egos;
  }
}
