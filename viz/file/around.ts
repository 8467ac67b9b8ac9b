import type { Opened } from "../app/network/address";
import type { Ego, EgoEdge, EgoNode, Expand, Grouping } from "../app/network/types";
import type { Wording } from "../kit/words";
import { isLeft, type Filter } from "./filter";
import type { Held } from "./held";

/** As in explore/ego.py and explore/opening.py: so many partners around somebody, institutions of each, and whom one opens at once. */
const PARTNERS = 24;
const LEAVES = 12;
const STRONGEST = 12;

/** A line of a picture with the ties that it rests on. */
interface Line {
  id: string;
  a: string;
  b: string;
  kind: EgoEdge["kind"];
  ties: EgoEdge[];
}

/** Draws pictures around anybody out of a whole network that is at hand, by the rules of the server. */
export class Surroundings {
  private readonly nodes: ReadonlyMap<string, EgoNode>;
  private readonly countries: ReadonlyMap<string, string>;
  private readonly ties: readonly EgoEdge[];
  private readonly towns: ReadonlyMap<string, string>;
  private readonly beside: ReadonlyMap<string, readonly EgoEdge[]>;

  constructor(private readonly held: Held, private readonly words: Wording) {
    const { nodes, edges } = held.ego;
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.countries = new Map(nodes.map(({ id, country }) => [id, country]));
    // What the server added up around one party is told again by the ties themselves.
    this.ties = edges.filter(({ id, kind }) => kind === "tie" && !id.includes("~")).sort((a, b) => b.events - a.events || (a.id < b.id ? -1 : 1));
    const members = edges.filter(({ kind }) => kind === "member");
    this.towns = new Map(members.map(({ a, b }) => [b, a]));
    const beside = new Map<string, EgoEdge[]>();
    for (const edge of [...this.ties, ...members]) for (const end of [edge.a, edge.b]) beside.set(end, [...(beside.get(end) ?? []), edge]);
    this.beside = beside;
  }

  /** The whole network as it is held, less what a filter hides. */
  whole(filter: Filter): Ego {
    const { ego } = this.held;
    return this.told(ego.seed, ego.nodes.map(({ id }) => id), ego.edges.map((edge) => ({ ...edge, ties: [edge] })), [], filter);
  }

  /** Who is around somebody, with what is opened. */
  around(seed: string, opened: readonly Opened[], filter: Filter): Ego {
    const isInside = this.insideOf(seed);
    const lines = new Map<string, Line>();
    const shown = new Set([seed]);
    const left = new Set<string>();
    for (const tie of this.ties) if (isInside(tie.a) !== isInside(tie.b)) this.partner(seed, tie, isInside(tie.a), shown, lines, left);
    const rest = new Map([[seed, left]]);
    for (const each of opened) if (shown.has(each.ref)) rest.set(each.ref, new Set([...(rest.get(each.ref) ?? []), ...this.open(each, shown, lines, isInside)]));
    const asked = new Set(opened.map(({ ref }) => ref));
    const more = [...rest].flatMap(([ref, others]) => this.more(ref, [...others].filter((id) => !shown.has(id)).length, asked.has(ref)));
    return this.told(seed, [...shown], [...lines.values()], more, filter, isInside);
  }

  /** Whom somebody has beside those shown, by country, by kind and by the years of their ties. */
  expand(ref: string, ego: Ego): Expand {
    const shown = new Set(ego.nodes.map(({ id }) => id));
    const isInside = ego.seed ? this.insideOf(ego.seed) : () => false;
    const found = this.neighbours(ref).filter(({ id }) => !shown.has(id) && !isInside(id));
    const counts = new Map<string, Expand["groups"][number]>();
    for (const { id, edge } of found) {
      for (const [by, key, label] of this.keys(id, edge)) {
        const one = counts.get(`${by}.${key}`) ?? { by, key, label, count: 0 };
        counts.set(`${by}.${key}`, { ...one, count: one.count + 1 });
      }
    }
    return { generation: 0, ref, total: found.length, groups: [...counts.values()].sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)) };
  }

  /** Whether somebody is the seed or belongs to it. */
  private insideOf(seed: string): (id: string) => boolean {
    const { level, country, region } = this.nodes.get(seed) ?? {};
    return (id) => {
      const node = this.nodes.get(id);
      if (id === seed || this.towns.get(id) === seed) return true;
      return (level === "country" && node?.country === country) || (level === "region" && region !== undefined && node?.region === region);
    };
  }

  /** Whoever has no room is put into `left`. */
  private partner(seed: string, tie: EgoEdge, isFirst: boolean, shown: Set<string>, lines: Map<string, Line>, left: Set<string>): void {
    const [near, far] = isFirst ? [tie.a, tie.b] : [tie.b, tie.a];
    const town = near === seed ? undefined : this.towns.get(far);
    const partner = town ?? far;
    if (!shown.has(partner) && [...lines.values()].filter(({ a }) => a === seed).length >= PARTNERS) {
      left.add(partner);
      return;
    }
    shown.add(partner);
    put(lines, { id: `${seed}~${partner}`, a: seed, b: partner, kind: "tie", ties: [tie] });
    if (!town) return;
    if (!shown.has(far) && [...lines.values()].filter(({ a, kind }) => a === town && kind === "member").length >= LEAVES) return;
    shown.add(far);
    put(lines, { id: `${town}~${far}`, a: town, b: far, kind: "member", ties: [tie] });
  }

  /** Draws the strongest of those that are meant, and gives back the others. */
  private open(opened: Opened, shown: Set<string>, lines: Map<string, Line>, isInside: (id: string) => boolean): string[] {
    const { ref } = opened;
    const wanted = this.neighbours(ref).filter(({ id, edge }) => !shown.has(id) && !isInside(id) && (!opened.by || this.keys(id, edge).some(([by, key]) => by === opened.by && key === opened.key)));
    for (const { id, edge } of wanted.slice(0, STRONGEST)) {
      shown.add(id);
      put(lines, { ...edge, ties: [edge] });
    }
    return wanted.slice(STRONGEST).map(({ id }) => id);
  }

  /** The one that stands for so many others of somebody, where there are any. */
  private more(ref: string, hidden: number, isAsked: boolean): [EgoNode, EgoEdge][] {
    if (!hidden) return [];
    const name = this.words.t("andMore", { number: this.words.number(hidden), noun: this.words.noun(hidden, isAsked ? "parties" : "partners") });
    const node: EgoNode = { id: `more:${ref}`, ref, level: "more", name, short: name, country: "", ours: false, hidden, events: 0 };
    return [[node, { id: `${ref}~more`, a: ref, b: node.id, kind: "participation", events: 0, agreements: 0, first: "", last: "" }]];
  }

  /** Whom somebody is next to, the strongest first. */
  private neighbours(id: string): { id: string; edge: EgoEdge }[] {
    const found = new Map<string, EgoEdge>();
    for (const edge of this.beside.get(id) ?? []) {
      const other = edge.a === id ? edge.b : edge.a;
      if (!found.has(other)) found.set(other, edge);
    }
    return [...found].map(([other, edge]) => ({ id: other, edge }));
  }

  private keys(id: string, edge: EgoEdge): [Grouping, string, string][] {
    const node = this.nodes.get(id);
    const country = this.held.ego.countries.find(({ code }) => code === node?.country);
    const kind = this.held.kinds[id] ?? this.words.t(node?.level ?? "");
    const years = (this.held.ties[edge.id]?.years ?? []).map((year): [Grouping, string, string] => ["year", year, year]);
    return [...(country ? [["country", country.code, country.name] as [Grouping, string, string]] : []), ["kind", kind, kind], ...years];
  }

  private told(seed: string, ids: readonly string[], lines: readonly Line[], more: readonly [EgoNode, EgoEdge][], filter: Filter, isInside: (id: string) => boolean = () => false): Ego {
    const edges = [...lines.map((line) => this.edge(line, filter)), ...more.map(([, edge]) => edge)];
    const left = new Set(edges.flatMap(({ a, b, out }) => (out ? [] : [a, b])));
    const shown = new Set(ids);
    const isWhole = !isInside(seed);
    const nodes = ids.flatMap((id) => {
      const node = this.nodes.get(id);
      const hidden = isWhole ? (node?.hidden ?? 0) : this.neighbours(id).filter((each) => !shown.has(each.id) && !isInside(each.id)).length;
      const events = isWhole ? (node?.events ?? 0) : id === seed ? this.countOf(lines.flatMap(({ kind, ties }) => (kind === "tie" ? ties : []))) : Math.max(0, ...edges.flatMap(({ a, b, events }) => (a === id || b === id ? [events] : [])));
      return node ? [{ ...node, hidden, events, out: id !== seed && !left.has(id) }] : [];
    });
    const all = this.countOf(lines.flatMap(({ ties }) => ties));
    const hidden = all - this.countOf(lines.flatMap(({ ties }) => ties.filter((tie) => isLeft(this.held, this.countries, tie, filter))));
    const codes = new Set(nodes.map(({ country }) => country));
    const countries = this.held.ego.countries.filter(({ code }) => codes.has(code));
    return { ...this.held.ego, seed, nodes: [...nodes, ...more.map(([node]) => node)], edges, countries, total: lines.length, more: false, hidden, events: all };
  }

  private edge({ ties, ...line }: Line, filter: Filter): EgoEdge {
    const left = ties.filter((tie) => isLeft(this.held, this.countries, tie, filter));
    const kept = left.length ? left : ties;
    const dates = kept.flatMap(({ first, last }) => [first, last]).filter(Boolean).sort();
    const [only] = kept;
    const events = kept.length === 1 && only ? only.events : this.countOf(kept);
    const isOut = line.kind === "tie" ? !left.length : !left.length && ties.some(({ kind }) => kind === "tie");
    return { ...line, events, agreements: kept.reduce((sum, { agreements }) => sum + agreements, 0), first: dates[0] ?? "", last: dates.at(-1) ?? "", ...(isOut ? { out: true } : {}) };
  }

  private countOf(ties: readonly EgoEdge[]): number {
    return this.groundsOf(ties.map(({ id }) => id)).filter((number) => this.held.grounds[number]?.kind === "event").length;
  }

  /** The town that an institution is in. */
  townOf(id: string): string | undefined {
    return this.towns.get(id);
  }

  /** The grounds of some ties, each once. */
  groundsOf(ids: readonly string[]): number[] {
    return [...new Set(ids.flatMap((id) => this.held.ties[id]?.grounds ?? []))];
  }

  /** The ties that an edge of a picture rests on: itself, or all between a seed and a partner. */
  restingOn(edge: string): string[] {
    if (this.held.ties[edge]) return [edge];
    const [seed = "", partner = ""] = edge.split("~");
    const [mine, theirs] = [this.insideOf(seed), this.insideOf(partner)];
    return this.ties.filter(({ a, b }) => (mine(a) && theirs(b)) || (mine(b) && theirs(a))).map(({ id }) => id);
  }
}

function put(lines: Map<string, Line>, line: Line): void {
  const known = lines.get(line.id);
  if (known) known.ties.push(...line.ties);
  else lines.set(line.id, { id: line.id, a: line.a, b: line.b, kind: line.kind, ties: [...line.ties] });
}
