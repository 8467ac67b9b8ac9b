import { wording, type Language, type Texts } from "../../kit/words";

/** What the server's template tells the page. */
interface PageData {
  lang: Language;
  base: string;
  /** What the IRIs of the data begin with, which need not be where the server is. */
  data: string;
  prefixes: Record<string, string>;
  /** What columns are called, by variable; "a, b" is the name of a where the answer has b as well. */
  columns?: Record<string, string>;
  /** The words of the page's language, and those of the editor's own widgets by their English. */
  strings: Texts;
  chrome: Texts;
}

const data: PageData = JSON.parse(document.getElementById("page")?.textContent || '{"lang":"ru","base":"","data":"","prefixes":{},"strings":{},"chrome":{}}');

/** The prefixes that answers are shortened by, before the vocabulary has come. */
export const prefixes: Readonly<Record<string, string>> = data.prefixes;

export const lang: Language = data.lang === "en" ? "en" : "ru";

/** The absolute address of a path of this server: below a proxy's prefix where there is one. */
export function address(path: string): string {
  return new URL(`${data.base}/${path}`, document.baseURI).href;
}

/** Where this server tells of one of the data's own IRIs; undefined for those of others. */
export function pageOf(iri: string): string | undefined {
  if (!data.data || !iri.startsWith(`${data.data}/`)) return undefined;
  const path = iri.slice(data.data.length + 1);
  return address(path.startsWith("id/") ? `doc/${path.slice(3)}` : path.startsWith("def/") ? `doc/${path}` : path);
}

/** Where this server tells of a thing: its own page, or what is known here of an IRI of others. */
export function tellingOf(iri: string): string {
  return pageOf(iri) ?? address(`describe?iri=${encodeURIComponent(iri)}`);
}

/** What a column is called in the page's language, the variable itself where nobody has named it. */
export function headOf(name: string, all: readonly string[]): string {
  const names = data.columns ?? {};
  const beside = Object.keys(names).find((key) => key.startsWith(`${name}, `) && all.includes(key.slice(name.length + 2)));
  const found = beside ? names[beside] : Object.hasOwn(names, name) ? names[name] : undefined;
  return found ? found.charAt(0).toUpperCase() + found.slice(1) : name;
}

export const words = wording(lang, data.strings);

export const { t, counted, countedOf, number, word } = words;

/** The words of the editor's own widgets by their English. */
export const chrome: ReadonlyMap<string, string> = new Map(Object.entries(data.chrome));
