import type { Wording } from "../../kit/words";
import { Egos } from "../files/ego";
import type { Folder } from "../files/folder";
import { documentOf } from "../files/parties";
import type { State } from "./address";
import type { Links } from "./panel";
import type { Source } from "./source";
import type { Ego, Expand } from "./types";

/** The pages beside this one. */
export function linksIn(folder: Folder): Links {
  return {
    doc: (ref) => folder.to(documentOf(ref)),
    pair: (a, b) => folder.to("pair", { a, b }),
    network: (ref) => folder.to("network/around", { seed: ref }),
  };
}

/** Answers from the files beside the page; they are read when something is first opened. */
export class Files implements Source {
  private brought: { state: string; ego: Ego } | undefined;
  private egos: Promise<Egos> | undefined;

  /** `seed` and `level` are those of the page: its address need not name them. */
  constructor(
    private readonly folder: Folder,
    private readonly words: Wording,
    private readonly seed: string,
    private readonly level: string,
  ) {}

  /** Put what the page itself brought where it is asked for. */
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
