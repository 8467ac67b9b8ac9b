/** What a pack tells of an event (`publishing/folder/packs.py`); parties by their references, all else by codes and keys. */
export interface Told {
  titles: Readonly<Record<string, string>>;
  date: string;
  kinds: readonly string[];
  modes: readonly string[];
  topics: readonly string[];
  places: readonly string[];
  participants: readonly string[];
  agreements: readonly string[];
  /** Reports and rows that tell of it. */
  rows: readonly (readonly [string, string])[];
}

const LINE = /^<([^>]*)> <([^>]*)> (?:<([^>]*)>|"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<[^>]*>)?) \.$/;
const DCT = "http://purl.org/dc/terms/";
const CV = "http://data.europa.eu/m8g/";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
/** Kinds of IRIs that references call otherwise; references of places are their keys alone. */
const REFERENCES: Readonly<Record<string, string>> = { organisation: "institution:", place: "", person: "person:", post: "post:" };

/** The file in which an event lies, by the last digits of its key, "" for what is no key of one. */
export function packOf(key: string): string {
  const found = /[0-9a-f]{3}$/.exec(key);
  return found ? `packs/activity/${found[0]}.nt.gz` : "";
}

/** What the statements of a pack (N-Triples) tell of an event, undefined where they tell nothing. */
export function eventIn(pack: string, key: string): Told | undefined {
  const lines = pack.split("\n").flatMap((line) => statement(line) ?? []);
  const own = `/id/activity/${key}`;
  const said = (end: string) => lines.filter(({ subject, property }) => subject.endsWith(own) && property.endsWith(end));
  const values = (property: string) => said(property).map(({ value }) => value);
  const kindOf = (iri: string) => /\/id\/([a-z]+)\/(.+)$/.exec(iri)?.slice(1) ?? ["", ""];
  const ends = (property: string) => values(property).map((value) => value.slice(Math.max(value.lastIndexOf("/"), value.lastIndexOf("#")) + 1));
  const titles = Object.fromEntries(said(LABEL).map(({ value, lang }) => [lang, value]));
  if (!Object.keys(titles).length) return undefined;
  const reference = (iri: string): string[] => {
    const [kind = "", end = ""] = kindOf(iri);
    return kind in REFERENCES ? [`${REFERENCES[kind] ?? ""}${end}`] : [];
  };
  const parts = lines.filter(({ subject, property }) => property === `${CV}hasParticipant` && subject.includes(`/id/participation/${key}/`));
  const tellers = lines.filter(({ property, value }) => property.endsWith("#reports") && value.endsWith(own));
  return {
    titles,
    date: values("#edtf")[0] ?? "",
    kinds: ends(`${DCT}type`),
    modes: ends(`${CV}format`),
    topics: ends(`${DCT}subject`),
    places: values("#place").flatMap(reference),
    participants: [...new Set(parts.flatMap(({ value }) => reference(value)))],
    agreements: [...new Set(lines.filter(({ subject }) => subject.endsWith(own)).map(({ value }) => kindOf(value)).filter(([kind]) => kind === "agreement").map(([, end = ""]) => end))],
    rows: tellers.map(({ subject }) => subject.split("/").slice(-2) as [string, string]),
  };
}

interface Statement {
  subject: string;
  property: string;
  value: string;
  lang: string;
}

function statement(line: string): Statement | undefined {
  const [, subject = "", property = "", iri, text = "", lang = ""] = LINE.exec(line) ?? [];
  return subject ? { subject, property, value: iri ?? plain(text), lang } : undefined;
}

/** A text as it is, without the escapes of N-Triples. */
function plain(text: string): string {
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four?: string, eight?: string, sign = "") => (four ?? eight ? String.fromCodePoint(parseInt(four ?? eight ?? "", 16)) : (NAMED[sign] ?? sign)));
}
