import type { Wording } from "../../kit/words";
import type { Opened } from "../network/address";
import type { Ego, EgoEdge, EgoNode, Expand, Grouping, Level } from "../network/types";
import { Draft, eventsOn } from "./draft";
import type { Folder } from "./folder";
import { Parties } from "./parties";
import type { EventColumns, Table, TieColumns } from "./tables";

/** So many partners around a seed, institutions of each, and of all together; so large may a whole network be (explore/ego.py). */
const [PARTNERS, LEAVES, ALL_LEAVES, NODES, TIES, COUNTED] = [24, 12, 30, 2000, 4000, 300];
/** So many countries that only took part are shown, and so many are drawn when a party is opened. */
const [COUNTRIES, STRONGEST] = [5, 12];
const LEVELS = ["institution", "municipality", "region", "country"] as const;
const EASTMOST = 180;

/** What a picture is asked for: who is in the middle ("" nobody), at which level ("" the usual one), what is opened. */
export interface Asked {
  seed: string;
  level: string;
  opened: readonly Opened[];
}

interface Neighbour {
  party: number;
  tie: number;
}

/** Who is tied to whom, of the columns beside the page, as `/explore/ego` and `/explore/expand` answer without a filter. */
export class Egos {
  private readonly own: Map<number, Neighbour[]> = new Map();

  private constructor(
    readonly parties: Parties,
    private readonly ties: Table<TieColumns>,
    private readonly events: Table<EventColumns>,
    private readonly words: Wording,
  ) {
    for (const [tie, a] of ties.columns.a.entries()) {
      const b = ties.columns.b[tie] ?? -1;
      this.beside(a).push({ party: b, tie });
      this.beside(b).push({ party: a, tie });
    }
    for (let party = 0; party < parties.total; party++) {
      const town = parties.town(party);
      if (town < 0 || parties.kind(party) !== "institution") continue;
      if (parties.column("ties", party)) this.beside(town).push({ party, tie: -1 });
      if (parties.column("ties", town)) this.beside(party).push({ party: town, tie: -1 });
    }
  }

  /** `words` are those of the network's page. */
  static async of(folder: Folder, words: Wording): Promise<Egos> {
    const [parties, ties, events] = await Promise.all([Parties.of(folder, words.lang), folder.read<Table<TieColumns>>("ties"), folder.read<Table<EventColumns>>("events")]);
    return new Egos(parties, ties, events, words);
  }

  ego(asked: Asked): Ego {
    const draft = this.draft(asked);
    const { nodes, lines, seed } = draft;
    const isCounted = seed >= 0 || nodes.size <= COUNTED;
    const strongest = [...lines.values()].sort((a, b) => eventsOn(b) - eventsOn(a) || (a.id < b.id ? -1 : 1));
    const edges = strongest.map((line): EgoEdge => {
      const dates = [...line.dates].sort();
      return { id: line.id, a: this.parties.ref(line.a), b: this.parties.ref(line.b), kind: line.kind, events: eventsOn(line), agreements: line.agreements, first: dates[0] ?? "", last: dates.at(-1) ?? "" };
    });
    const loose = (id: string, b: string, events: number, a: string): EgoEdge => ({ id, a, b, kind: "participation", events, agreements: 0, first: "", last: "" });
    const middle = this.parties.ref(seed);
    for (const [country, events] of draft.participants) edges.push(loose(`${middle}~${this.parties.ref(country)}`, this.parties.ref(country), events, middle));
    const told = [...nodes].map((party) => this.node(draft, party, isCounted));
    for (const { owner, word, hidden } of draft.rest) {
      const ref = this.parties.ref(owner);
      const name = this.words.t("andMore", { number: hidden, noun: this.words.noun(hidden, word) });
      const id = word === "countries" ? `more:countries:${ref}` : `more:${ref}`;
      edges.push(loose(`${ref}~${id}`, id, 0, ref));
      told.push({ id, ref, level: "more", name, short: name, country: "", ours: false, hidden, events: 0 });
    }
    const around = seed >= 0 ? this.around(seed).filter(({ party }) => !draft.isInside(party)) : [];
    const total = seed >= 0 ? around.length : this.atLevel(this.levelOf(-1, asked.level)).length;
    return {
      generation: 0,
      seed: middle,
      nodes: told.sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1)),
      edges,
      countries: this.lands(nodes),
      total,
      more: seed >= 0 ? around.some(({ party }) => !nodes.has(party)) : total > edges.length,
      hidden: 0,
      events: seed >= 0 ? (this.parties.column("events", seed) ?? 0) : this.events.total,
    };
  }

  /** Whom a party has beside those in the picture, by country, by kind, and by the years of their ties. */
  expand(ref: string, asked: Asked): Expand {
    const draft = this.draft(asked);
    const party = this.parties.of(ref);
    const around = this.around(party).filter(({ party: each }) => draft.isBeside(each));
    const counts = new Map<string, { by: Grouping; key: string; label: string; count: number }>();
    for (const each of around) {
      for (const [by, key, label] of this.keys(each)) {
        const known = counts.get(`${by} ${key}`) ?? { by, key, label, count: 0 };
        counts.set(`${by} ${key}`, { ...known, count: known.count + 1 });
      }
    }
    const groups = [...counts.values()].sort((a, b) => (a.by === "year" || b.by === "year" ? 0 : b.count - a.count) || (a.key < b.key ? -1 : 1));
    return { generation: 0, ref, total: around.length, groups };
  }

  /** The levels at which a party, or anybody (-1), has ties; the one to begin with first. */
  levelsOf(seed: number): Level[] {
    const usual: Level = seed >= 0 && this.parties.kind(seed) === "institution" ? "institution" : "municipality";
    const counts = new Map<Level, number>(LEVELS.map((level) => [level, this.concerning(seed, level).length]));
    const many = (level: Level) => counts.get(level) ?? 0;
    return LEVELS.filter(many).sort((a, b) => Number(a !== usual) - Number(b !== usual) || many(b) - many(a));
  }

  levelOf(seed: number, wanted: string): Level {
    const levels = this.levelsOf(seed);
    return levels.find((level) => level === wanted) ?? levels[0] ?? "municipality";
  }

  private draft({ seed: ref, level, opened }: Asked): Draft {
    const seed = ref ? this.parties.of(ref) : -1;
    const draft = new Draft(this.parties, this.ties, seed);
    const at = this.levelOf(seed, level);
    if (seed < 0) {
      for (const tie of this.atLevel(at).slice(0, TIES)) {
        if (new Set([...draft.ends(tie).filter((end) => !draft.nodes.has(end))]).size + draft.nodes.size <= NODES) draft.addTie(tie);
      }
      this.openAll(draft, opened, new Map());
      return draft;
    }
    const left = this.addPartners(draft, at);
    this.addParticipation(draft, left);
    this.openAll(draft, opened, new Map([[seed, left]]));
    return draft;
  }

  /** Of each party one node stands for whom there is no room (`left`), and for what is opened and not drawn. */
  private openAll(draft: Draft, opened: readonly Opened[], left: Map<number, Set<number>>): void {
    const asked = new Set<number>();
    for (const each of opened) {
      const party = this.parties.of(each.ref);
      if (!draft.nodes.has(party)) continue;
      asked.add(party);
      left.set(party, new Set([...(left.get(party) ?? []), ...this.open(draft, party, each)]));
    }
    for (const [owner, others] of left) {
      const hidden = [...others].filter((party) => !draft.nodes.has(party)).length;
      if (hidden) draft.rest.push({ owner, word: asked.has(owner) ? "parties" : "partners", hidden });
    }
  }

  /** Those for whom there is no room are given back. */
  private addPartners(draft: Draft, level: Level): Set<number> {
    const { seed } = draft;
    const left = new Set<number>();
    for (const tie of this.concerning(seed, level)) {
      const [one, other] = draft.ends(tie);
      const [mine, theirs] = draft.isInside(one) ? [one, other] : [other, one];
      if (draft.isInside(theirs)) continue;
      if (!draft.nodes.has(theirs) && draft.partners >= PARTNERS) left.add(theirs);
      else draft.addPartner(mine, theirs, tie, LEAVES);
    }
    if (level === "municipality" && this.parties.kind(seed) === "place") this.addInstitutions(draft);
    return left;
  }

  /** The institutions of the seed's partners that are tied to its own: the town is what joins them to it. */
  private addInstitutions(draft: Draft): void {
    const towns = new Set(draft.nodes);
    let left = ALL_LEAVES;
    for (const tie of this.concerning(draft.seed, "institution")) {
      for (const each of draft.ends(tie)) {
        const town = this.parties.town(each);
        if (!towns.has(town) || draft.isInside(each)) continue;
        const isNew = !draft.nodes.has(each);
        if (isNew && (!left || draft.leaves(town) >= LEAVES)) continue;
        left -= Number(isNew);
        draft.addMember(town, each, tie);
      }
    }
  }

  /** The countries that took part in events of the seed and have no partner of it, those of most events first. */
  private addParticipation(draft: Draft, left: ReadonlySet<number>): void {
    const { parties } = this;
    if (parties.kind(draft.seed) === "country") return;
    const tied = new Set([...draft.nodes, ...left].map((party) => parties.code("country", party)));
    const counts = new Map<string, number>();
    for (let event = 0; event < this.events.total; event++) {
      const met = this.met(event);
      if (!met.some((party) => parties.isWithin(party, draft.seed))) continue;
      const codes = new Set([...met.map((party) => parties.code("country", party)), ...(this.events.columns.countries[event] ?? [])]);
      for (const code of codes) if (code && !tied.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    const known = [...counts].sort(([a, many], [b, less]) => less - many || (a < b ? -1 : 1)).map(([code, many]) => [parties.of(`country:${code}`), many] as const).filter(([country]) => country >= 0);
    for (const [country, many] of known.slice(0, COUNTRIES)) draft.addParticipant(country, many);
    if (known.length > COUNTRIES) draft.rest.push({ owner: draft.seed, word: "countries", hidden: known.length - COUNTRIES });
  }

  private met(event: number): number[] {
    const { parties, places, reporters } = this.events.columns;
    return [...(parties[event] ?? []), ...(places[event] ?? []), ...(reporters[event] ?? [])];
  }

  /** Draws the strongest of those that are meant, and gives back the others. */
  private open(draft: Draft, party: number, { by, key }: Opened): number[] {
    const wanted = this.around(party).filter((each) => draft.isBeside(each.party) && (!by || this.keys(each).some(([name, code]) => name === by && code === key)));
    for (const { party: other, tie } of wanted.slice(0, STRONGEST)) {
      if (tie >= 0) draft.addTie(tie);
      else if (this.parties.kind(party) === "place") draft.addMember(party, other);
      else draft.addMember(other, party);
    }
    return wanted.slice(STRONGEST).map(({ party: other }) => other);
  }

  /** The groups that a neighbour is of. */
  private keys({ party, tie }: Neighbour): [Grouping, string, string][] {
    const { parties, words } = this;
    const country = parties.code("country", party);
    const type = parties.code("type", party);
    const kind = parties.kind(party) === "place" ? "municipality" : parties.kind(party);
    const years = (this.ties.columns.years[tie] ?? []).filter((year, place) => place % 2 === 0 && year > 0).map(String);
    return [
      ...(country ? [["country", country.toLowerCase(), parties.country(party)] as [Grouping, string, string]] : []),
      type ? ["kind", type, parties.label("party-kind", type)] : ["kind", kind, words.t(kind)],
      ...years.map((year): [Grouping, string, string] => ["year", year, year]),
    ];
  }

  private node(draft: Draft, party: number, isCounted: boolean): EgoNode {
    const { parties } = this;
    const kind = parties.kind(party);
    const [town, region] = [parties.town(party), parties.code("region", party)];
    const isOnly = draft.participants.has(party);
    return {
      id: parties.ref(party),
      ref: parties.ref(party),
      level: (kind === "place" ? "municipality" : kind) as Level,
      name: parties.said(party),
      short: parties.briefly(party),
      country: parties.code("country", party).toLowerCase(),
      ours: parties.isOurs(party),
      hidden: isCounted && !isOnly ? this.around(party).filter(({ party: each }) => draft.isBeside(each)).length : 0,
      events: draft.eventsOf(party),
      ...(town >= 0 ? { town: parties.said(town) } : {}),
      ...(region ? { region: parties.label("region", region) } : {}),
    };
  }

  /** The countries of some parties from west to east, by where all known towns of each lie on average. */
  private lands(nodes: Iterable<number>): { code: string; name: string }[] {
    const { parties } = this;
    const middles = new Map<string, { sum: number; many: number }>();
    for (let party = 0; party < parties.total; party++) {
      const lon = parties.column("lon", party);
      if (parties.kind(party) !== "place" || typeof lon !== "number") continue;
      const code = parties.code("country", party);
      const { sum, many } = middles.get(code) ?? { sum: 0, many: 0 };
      middles.set(code, { sum: sum + lon, many: many + 1 });
    }
    const middle = (code: string) => {
      const found = middles.get(code);
      return found ? found.sum / found.many : EASTMOST;
    };
    const names = new Map([...nodes].map((party) => [parties.code("country", party), parties.country(party)]));
    names.delete("");
    return [...names].sort(([a], [b]) => middle(a) - middle(b) || (a < b ? -1 : 1)).map(([code, name]) => ({ code: code.toLowerCase(), name }));
  }

  private atLevel(level: string): number[] {
    const place = this.ties.codes.level?.indexOf(level) ?? -1;
    return [...this.ties.columns.level.entries()].filter(([, each]) => each === place).map(([tie]) => tie);
  }

  /** The ties of a level that concern a party or what belongs to it, the strongest first; of nobody (-1) all. */
  private concerning(seed: number, level: string): number[] {
    const all = this.atLevel(level);
    if (seed < 0) return all;
    const { a, b } = this.ties.columns;
    return all.filter((tie) => this.parties.isWithin(a[tie] ?? -1, seed) || this.parties.isWithin(b[tie] ?? -1, seed));
  }

  /** Whom a party is next to, partners first, the strongest first; each once. */
  private around(party: number): Neighbour[] {
    const found = new Map<number, Neighbour>();
    const order = ({ tie }: Neighbour) => (tie < 0 ? Number.POSITIVE_INFINITY : tie);
    const strength = ({ party: each }: Neighbour) => this.parties.column("events", each) ?? 0;
    const every = [...(this.own.get(party) ?? [])].sort((a, b) => (order(a) === order(b) ? strength(b) - strength(a) || a.party - b.party : order(a) - order(b)));
    for (const each of every) if (!found.has(each.party)) found.set(each.party, each);
    return [...found.values()];
  }

  private beside(party: number): Neighbour[] {
    const held = this.own.get(party) ?? [];
    this.own.set(party, held);
    return held;
  }
}
