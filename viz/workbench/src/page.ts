/** What the server's template tells the page, and the words of its language. */
export type Language = "ru" | "en";

/** A text by language; the server may leave a language out. */
export type Words = Partial<Record<Language, string>>;

type Strings = Record<string, string | Record<string, string>>;

interface PageData {
  lang: Language;
  base: string;
  /** What the IRIs of the data begin with, which need not be where the server is. */
  data: string;
  prefixes: Record<string, string>;
  /** What columns are called, by variable; "a, b" is the name of a where the answer has b as well. */
  columns?: Record<string, string>;
  strings: Strings;
}

const data: PageData = JSON.parse(document.getElementById("page")?.textContent || '{"lang":"ru","base":"","data":"","prefixes":{},"strings":{}}');

/** The prefixes that answers are shortened by, before the vocabulary has come. */
export const prefixes: Readonly<Record<string, string>> = data.prefixes;

export const lang: Language = data.lang === "en" ? "en" : "ru";

const plural = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);

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

/** The text called `key`, with its slots filled; the key itself where it is unknown. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = data.strings[key];
  if (typeof text !== "string") return key;
  return text.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
}

/** A group of texts, such as those of the editor's own widgets. */
export function group(key: string): Record<string, string> {
  const texts = data.strings[key];
  return typeof texts === "object" ? texts : {};
}

/** "3 строки": a number with the noun's form (CLDR: one, few, many in Russian; one, other in English). */
export function counted(count: number, key: string): string {
  const forms = t(key).split("|");
  const index = { one: 0, few: 1, two: 1, many: 2, other: forms.length - 1, zero: forms.length - 1 }[plural.select(count)];
  return `${number(count)} ${forms[Math.min(index, forms.length - 1)]}`;
}

/** The same after "из" ("of"): Russian takes the genitive, singular for one, 21, 31 and so on. */
export function countedOf(count: number, key: string): string {
  const forms = t(key).split("|");
  return lang === "ru" ? `${number(count)} ${forms[plural.select(count) === "one" ? 1 : 2]}` : counted(count, key);
}

export function number(value: number): string {
  return numbers.format(value);
}

/** The text in the page's language, else in the other. */
export function word(words: Words | undefined): string {
  return words?.[lang] ?? words?.ru ?? words?.en ?? "";
}
