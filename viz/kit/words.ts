export type Language = "ru" | "en";

/** A text by language; one may be missing. */
export type Words = Partial<Record<Language, string>>;

/** Texts by key, in one language. Counted nouns hold their forms, separated by "|". */
export type Texts = Readonly<Record<string, string>>;

/** The words of a page in one language. */
export interface Wording {
  lang: Language;
  /** The text called `key`, with its {slots} filled; the key itself where it is unknown. */
  t(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** "3 строки": a number with the noun's form. */
  counted(count: number, key: string): string;
  /** The same after "из" ("of"): Russian takes the genitive, singular for one, 21, 31 and so on. */
  countedOf(count: number, key: string): string;
  /** The noun's form for a number, without the number. */
  noun(count: number, key: string): string;
  number(value: number): string;
  /** The text in this language, else in the other. */
  word(words: Words | undefined): string;
}

/** Where the form for a category of CLDR stands: one, few, many in Russian; one, other in English. */
const FORMS: Readonly<Record<Language, Partial<Record<Intl.LDMLPluralRule, number>>>> = { ru: { one: 0, few: 1, many: 2, other: 1 }, en: { one: 0, other: 1 } };

/** Make the words of a page out of its texts. */
export function wording(lang: Language, texts: Texts): Wording {
  const plural = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  const t: Wording["t"] = (key, values = {}) => {
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    return text === undefined ? key : text.replace(/\{(\w+)\}/g, (slot, name: string) => String(values[name] ?? slot));
  };
  const form = (key: string, index: number) => {
    const forms = t(key).split("|");
    return forms[Math.min(index, forms.length - 1)] ?? "";
  };
  const noun = (count: number, key: string) => form(key, FORMS[lang][plural.select(count)] ?? 1);
  const number = (value: number) => numbers.format(value);
  const counted = (count: number, key: string) => `${number(count)} ${noun(count, key)}`;
  const countedOf = (count: number, key: string) => (lang === "ru" ? `${number(count)} ${form(key, plural.select(count) === "one" ? 1 : 2)}` : counted(count, key));
  return { lang, t, counted, countedOf, noun, number, word: (words) => words?.[lang] ?? words?.ru ?? words?.en ?? "" };
}
