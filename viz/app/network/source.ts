import { egoPairs, type State } from "./address";
import type { Ego, Expand } from "./types";

/** Who is asked for pictures. Rejects where there is no answer. */
export interface Source {
  /** The ego with what is opened. */
  egoOf(state: State): Promise<Ego>;
  /** Whom a party has beside those in the picture of a state. */
  expandOf(ref: string, state: State): Promise<Expand>;
}

/** Asks the server, each thing once. */
export class ServerSource implements Source {
  private readonly known = new Map<string, Promise<unknown>>();

  /** `ego` and `expand` are the addresses to ask at, `search` that of the page, whose pairs are seed and filter. */
  constructor(
    private readonly ego: string,
    private readonly expand: string,
    private readonly search: string,
  ) {}

  egoOf(state: State): Promise<Ego> {
    return this.asked<Ego>(`${this.ego}?${egoPairs(this.search, state)}`);
  }

  /** Put what the page itself brought where it is asked for. */
  keep(state: State, ego: Ego): void {
    this.known.set(`${this.ego}?${egoPairs(this.search, state)}`, Promise.resolve(ego));
  }

  expandOf(ref: string, state: State): Promise<Expand> {
    const pairs = egoPairs(this.search, state);
    pairs.set("ref", ref);
    return this.asked<Expand>(`${this.expand}?${pairs}`);
  }

  private asked<T>(address: string): Promise<T> {
    const known = this.known.get(address);
    if (known) return known as Promise<T>;
    const asked = fetch(address, { headers: { Accept: "application/json" } }).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      return answer.json() as Promise<T>;
    });
    this.known.set(address, asked);
    asked.catch(() => this.known.delete(address)); // an error is not the answer: ask again
    return asked;
  }
}
