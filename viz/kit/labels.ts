/** How many things are asked for at a time. */
const BATCH = 200;

/** Finds the labels of things, by IRI, as far as there are any. Rejects where it cannot say. */
export type Ask = (things: readonly string[]) => Promise<Iterable<readonly [string, string]>>;

/** The labels of things, each asked for once. */
export class Labels {
  private readonly found = new Map<string, string>();
  private readonly asked = new Set<string>();

  constructor(private readonly ask: Ask) {}

  /** Those known so far. */
  get known(): ReadonlyMap<string, string> {
    return this.found;
  }

  /** Take labels that came in another way; the first one of a thing stays. */
  learn(found: Iterable<readonly [string, string]>): void {
    for (const [thing, label] of found) if (label && !this.found.has(thing)) this.found.set(thing, label);
  }

  /** All labels known once these things were asked for: one without a label is left out, as all are where no answer came; those are asked for again. */
  async of(things: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(things)].filter((thing) => !this.found.has(thing) && !this.asked.has(thing));
    for (let at = 0; at < wanted.length; at += BATCH) await this.fetch(wanted.slice(at, at + BATCH));
    return this.found;
  }

  private async fetch(wanted: readonly string[]): Promise<void> {
    for (const thing of wanted) this.asked.add(thing);
    const answer = await this.ask(wanted).catch(() => undefined);
    if (answer) for (const [thing, label] of answer) this.found.set(thing, label);
    else for (const thing of wanted) this.asked.delete(thing);
  }
}
