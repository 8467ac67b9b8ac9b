import { agreementRows, eventRows, tieRows } from "./rows";
import { Agreements, Events, type Counted } from "./things";
import { Ties } from "./ties";
import { following, type Given, type Shown, type View } from "./view";

/** A list of rows, as `events.html`, `agreements.html` and `partners.html` have them. */
export class ListView implements View {
  readonly isDated = true;
  readonly replaced: readonly Element[];

  constructor(readonly things: Events | Agreements | Ties, private readonly given: Given) {
    this.replaced = following(given.bar, ":scope > table.t, :scope > nav.pages");
  }

  get fields(): View["fields"] {
    return this.things.fields;
  }

  async shown(found: Counted, [from, to]: readonly [number, number]): Promise<Shown> {
    const { things, given: { folder, words } } = this;
    const rows = (things instanceof Ties ? things.ranked(found.rows) : found.rows).slice(from, to);
    const table = things instanceof Events ? await eventRows(folder, things, rows, words) : things instanceof Ties ? tieRows(things, rows, words) : agreementRows(things, rows, words);
    return { parts: [table], paged: found.rows.length };
  }
}
