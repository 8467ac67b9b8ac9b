import { wording, type Language, type Wording } from "../../kit/words";
import type { Folder } from "./folder";
import type { About, PartyColumns, Table } from "./tables";

/** Kinds of references that addresses of pages call otherwise. */
const DOCUMENTS: Readonly<Record<string, string>> = { institution: "organisation" };
/** Kinds whose names are short as they are. */
const PLACES: readonly string[] = ["place", "region", "country"];

/** Who takes part, by number: names, where they are, their pages. */
export class Parties {
  private readonly ours: ReadonlySet<number>;
  private numbers: Map<string, number> | undefined;

  constructor(
    private readonly folder: Folder,
    readonly about: About,
    private readonly table: Table<PartyColumns>,
    readonly lang: Language,
  ) {
    this.ours = new Set(about.ours);
  }

  static async of(folder: Folder, lang: Language): Promise<Parties> {
    const [about, table] = await Promise.all([folder.read<About>("about"), folder.read<Table<PartyColumns>>("parties")]);
    return new Parties(folder, about, table, lang);
  }

  /** The words of what is told of parties and pairs. */
  get words(): Wording {
    return wording(this.lang, this.about.words[this.lang]);
  }

  get total(): number {
    return this.table.total;
  }

  /** The number of a reference, -1 for one that nobody has. */
  of(ref: string): number {
    this.numbers ??= new Map(this.table.columns.ref.map((each, at) => [each, at]));
    return this.numbers.get(ref.trim().toLowerCase()) ?? -1;
  }

  column<Name extends keyof PartyColumns>(name: Name, party: number): PartyColumns[Name][number] | undefined {
    return this.table.columns[name][party];
  }

  /** The code of a party in a column of codes, "" where it has none. */
  code(name: "kind" | "type" | "region" | "country", party: number): string {
    const place = this.table.columns[name][party];
    return place === null || place === undefined ? "" : (this.table.codes[name]?.[place] ?? "");
  }

  ref(party: number): string {
    return this.table.columns.ref[party] ?? "";
  }

  kind(party: number): string {
    return this.code("kind", party);
  }

  said(party: number): string {
    const { name, name_en } = this.table.columns;
    return (this.lang === "en" && name_en[party]) || (name[party] ?? "");
  }

  /** The short name; names of places are short. */
  briefly(party: number): string {
    return PLACES.includes(this.kind(party)) ? this.said(party) : (this.table.columns.short[party] ?? "");
  }

  /** The short name, of an institution with its town unless that is known. */
  where(party: number, known: readonly number[] = []): string {
    const [name, town] = [this.briefly(party), this.town(party)];
    const isTold = this.kind(party) !== "institution" || town < 0 || known.includes(town) || name.includes(this.said(town));
    return isTold ? name : `${name} (${this.said(town)})`;
  }

  town(party: number): number {
    return this.table.columns.town[party] ?? -1;
  }

  isOurs(party: number): boolean {
    return this.ours.has(party);
  }

  /** What a code of a scheme is called. */
  label(scheme: string, code: string): string {
    return this.about.labels[scheme]?.[code]?.[this.lang === "en" ? 1 : 0] ?? code;
  }

  country(party: number): string {
    const code = this.code("country", party);
    return code && this.label("country", code);
  }

  /** Whether a party is another one or in it: an institution in its town, a town in its region and country. */
  isWithin(party: number, whole: number): boolean {
    const kind = this.kind(whole);
    if (party === whole) return true;
    if (kind === "region" || kind === "country") return this.code(kind, party).toLowerCase() === keyOf(this.ref(whole));
    return this.town(party) === whole;
  }

  page(party: number): string {
    return this.folder.to(documentOf(this.ref(party), this.about.odd));
  }

  /** The page of an event, agreement, report or row, "" where such have none; events without one are made of packs. */
  pageOf(kind: "activity" | "agreement" | "report" | "entry", key: string): string {
    if (kind === "activity" && key && this.about.unseen.includes(kind)) return this.folder.to("event", { key });
    if (this.about.unseen.includes(kind)) return "";
    return this.folder.to(this.about.odd[`${kind}/${key}`] ?? `doc/${kind}/${key}`);
  }

  pair(left: number, right: number): string {
    return this.folder.to("pair", { a: this.ref(left), b: this.ref(right) });
  }

  /** The page of a list with what is between two parties. */
  between(list: string, left: number, right: number): string {
    return this.folder.to(list, { place: this.ref(left), with: this.ref(right) });
  }

  network(party: number): string {
    return this.folder.to("network/around", { seed: this.ref(party) });
  }
}

export function keyOf(ref: string): string {
  return ref.slice(ref.indexOf(":") + 1);
}

/** The folder of the page about a party. */
export function documentOf(ref: string, odd: About["odd"] = {}): string {
  const [kind = "", key] = ref.split(":", 2);
  const path = key === undefined ? `place/${ref}` : `${DOCUMENTS[kind] ?? kind}/${key}`;
  return odd[path] ?? `doc/${path}`;
}
