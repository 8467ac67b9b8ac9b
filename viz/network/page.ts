import { comparer, fold } from "../kit/text";
import { wording, type Language, type Wording } from "../kit/words";
import type { Data, Tie } from "./data";
import { Ties, type Filters } from "./ties";

/** By which column the list of ties stands. */
export type Order = "partners" | "events" | "last";

/** What the page shows now. */
export interface State {
  /** The party or the tie that is chosen; "" for none. */
  selected: string;
  sort: Order;
  down: boolean;
  filters: Filters;
}

/** The data in the language chosen, and what is shown of them: what all parts of the page know. */
export class Page {
  readonly ties: Ties;
  readonly state: State = { selected: "", sort: "events", down: true, filters: {} };
  words: Wording;
  compare: (a: string, b: string) => number;

  constructor(readonly data: Data) {
    this.ties = new Ties(data);
    this.words = wording("ru", data.strings.ru);
    this.compare = comparer("ru");
    this.speak(data.lang === "en" ? "en" : "ru");
  }

  speak(lang: Language): void {
    this.words = wording(lang, this.data.strings[lang]);
    this.compare = comparer(lang);
  }

  get lang(): Language {
    return this.words.lang;
  }

  /** The name of a concept. */
  word(id: string): string {
    return this.data.words[id]?.[this.lang] ?? "";
  }

  tie(id: string): Tie | undefined {
    return Object.hasOwn(this.data.ties, id) ? this.data.ties[id] : undefined;
  }

  isParty(id: string): boolean {
    return Object.hasOwn(this.data.parties, id);
  }

  /** The whole name of a party. */
  nameOf(id: string): string {
    const names = this.data.parties[id]?.names ?? {};
    return names[this.lang] ?? names.ru ?? Object.values(names)[0] ?? "";
  }

  /** A name as short as people say it: that of an organisation, else the whole. */
  shortOf(id: string): string {
    const party = this.data.parties[id];
    return party?.type === "organisation" ? party.short : this.nameOf(id);
  }

  /** The short name with the town, where the name does not say it. */
  named(id: string): string {
    const party = this.data.parties[id];
    const isPlaced = party?.type === "organisation" && party.place && !fold(party.short).includes(fold(party.place.slice(0, -1)));
    return isPlaced ? `${party.short}, ${party.place}` : this.shortOf(id);
  }

  /** The ties that are shown, in the list's order. */
  sorted(ids: readonly string[]): string[] {
    const way = this.state.down ? -1 : 1;
    return [...ids].sort((x, y) => {
      const [a, b] = [this.data.ties[x], this.data.ties[y]];
      return (a && b ? way * this.inOrder(a, b) : 0) || this.compare(x, y);
    });
  }

  private inOrder(a: Tie, b: Tie): number {
    if (this.state.sort === "partners") return this.compare(this.shortOf(a.a), this.shortOf(b.a)) || this.compare(this.shortOf(a.b), this.shortOf(b.b));
    const [events, last] = [a.events - b.events, a.end.localeCompare(b.end)];
    return this.state.sort === "events" ? events || last : last || events;
  }

  /** Parties whose names hold all words typed, by name. */
  found(wanted: readonly string[], most: number): string[] {
    const text = ({ names, short, place, others }: Data["parties"][string]) => fold([...Object.values(names), short, place, ...others].join(" "));
    const hits = Object.entries(this.data.parties).filter(([, party]) => wanted.every((word) => text(party).includes(word)));
    return hits.map(([id]) => id).sort((a, b) => this.compare(this.named(a), this.named(b))).slice(0, most);
  }
}
