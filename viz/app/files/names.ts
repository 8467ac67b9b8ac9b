import type { Language } from "../../kit/words";
import type { Folder } from "./folder";

/** The file of names (`pobratim/publishing/explorer/names.py`). */
interface NameFile {
  total: number;
  kinds: readonly (readonly [string, string, string])[];
  joining: readonly string[];
  columns: {
    kind: number[];
    page: string[];
    ref: string[];
    label: string[];
    label_en: string[];
    weight: number[];
    names: string[];
    keys: string[];
    note: [string[], number[]];
    note_en: [string[], number[]];
  };
}

/** A thing found; `kind` is one of the groups of suggestions. */
export interface Named {
  kind: string;
  page: string;
  ref: string;
  label: string;
  note: string;
  score: number;
}

/** What a word is worth by the way it is found, and what is added for a whole name (search/ranking.py). */
const [SAME, INFLECTED, SHORTENED, BESIDE, BEGUN, GAIN] = [1, 0.94, 0.88, 0.8, 0.6, 0.2];
const [WHOLE, COVERED, CONNECTED] = [0.3, 0.15, 0.02];
/** Letters that an inflected word may have behind its stem. */
const ENDING = 3;
/** What a mistyped word is worth, and what it gains the fewer its errors (search/ranking.py). */
const [MISTYPED, LIKE] = [0.3, 0.2];
/** Letters of the shortest word that may be mistyped, and of the longest that may have but one error (search/questions.py). */
const [SHORTEST_FUZZY, FEW_LETTERS] = [4, 5];
const VOWEL = /[аеёиоуыэюяaeiouy]/;
/** So many likest words are tried in place of a mistyped one, and so many questions made of them. */
const [LIKEST, TRIED] = [6, 24];
const SHORTEST_STEM = 3;
const MOST_WORDS = 16;

/** Spellings of one Russian sound in Latin letters, the longest first (text/folding.py). */
const SOUNDS = [["shch", "s"], ["sch", "s"], ["sh", "s"], ["zh", "z"], ["kh", "h"], ["tch", "q"], ["ch", "q"], ["ts", "c"], ["tz", "c"], ["tc", "c"], ["cz", "c"], ["ph", "f"], ["ck", "k"], ["x", "ks"], ["w", "v"], ["y", "i"], ["j", "i"], ["ie", "e"], ["io", "e"]] as const;
const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё";

/** Words and numbers of a text in order: small letters, ё as е, without marks and №. */
export function folded(text: string): string[] {
  const plain = text.normalize("NFC").toLowerCase().replaceAll("ё", "е").replace(/[\u00ad\u200b\ufeff'’ʼ`ʹʺ]/g, "").replace(/(?:№|#|(?<!\p{L})(?:no?|номер)\.?)\s*(?=\d)/gu, " ");
  return plain.match(/\p{L}+|\d+/gu) ?? [];
}

/** What all Latin spellings of a word share. */
export function latinKey(word: string): string {
  let key = word.normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "");
  for (const [spelling, sound] of SOUNDS) key = key.replaceAll(spelling, sound);
  return key.replace(/(.)\1(?!\1)/g, "$1");
}

/** A text as typed with the other of the two keyboard layouts on. */
export function otherLayout(text: string): string {
  const low = text.toLowerCase();
  const [from, to] = /[а-яё]/.test(low) ? [CYRILLIC_KEYS, LATIN_KEYS] : [LATIN_KEYS, CYRILLIC_KEYS];
  return [...low].map((letter) => to[from.indexOf(letter)] ?? letter).join("");
}

/** The names of a file, and which of them answer what was typed. */
export class Names {
  private readonly split = new Map<number, { names: string[][]; keys: string[]; beside: string[] }>();
  private readonly joining: ReadonlySet<string>;
  private readonly all: string[];
  private known: ReadonlySet<string> | undefined;

  constructor(private readonly file: NameFile, private readonly lang: Language) {
    this.joining = new Set(file.joining);
    const { names, keys, note } = file.columns;
    const notes = note[0].map((each) => folded(each).join(" "));
    this.all = names.map((each, at) => ` ${each.replaceAll("|", " ")} ${keys[at] ?? ""} ${notes[note[1][at] ?? 0] ?? ""}`);
  }

  static async of(folder: Folder, lang: Language, name = "names"): Promise<Names> {
    return new Names(await folder.read<NameFile>(name), lang);
  }

  /** The kinds in their order, and what they are called. */
  get kinds(): { name: string; label: string }[] {
    return this.file.kinds.map(([name, ru, en]) => ({ name, label: this.lang === "en" ? en : ru }));
  }

  /** What answers a text, best first; where nothing does, as typed with the other layout on, or with typing errors. */
  find(typed: string, most: number): Named[] {
    const [plain, turned] = [folded(typed), folded(otherLayout(typed))];
    const best = first(() => this.found(plain), () => this.found(turned), () => this.mistyped(plain), () => this.mistyped(turned));
    return best.sort((a, b) => b.score - a.score || a.at - b.at).slice(0, most).map(({ at, score }) => this.named(at, score));
  }

  private found(all: readonly string[]): { at: number; score: number }[] {
    const telling = all.filter((word) => !this.joining.has(word));
    const words = [...new Set(telling.length ? telling : all)].slice(0, MOST_WORDS);
    if (!words.length) return [];
    const forms = words.map((word) => ({ word, key: /[a-z]/.test(word) ? latinKey(word) : word }));
    const found: { at: number; score: number }[] = [];
    for (const [at, text] of this.all.entries()) {
      if (!forms.every(({ word, key }) => mayHold(text, word) || (key !== word && mayHold(text, key)))) continue;
      const score = this.score(at, forms, all);
      if (score > 0) found.push({ at, score });
    }
    return found;
  }

  /** What answers a question whose unknown words are taken for the likest known ones. */
  private mistyped(all: readonly string[]): { at: number; score: number }[] {
    const choices = all.map((word) => (this.found([word]).length ? [{ word, worth: SAME }] : this.likest(word)));
    const questions = choices.reduce<{ word: string; worth: number }[][]>((made, some) => made.flatMap((begun) => some.map((each) => [...begun, each])).slice(0, TRIED), [[]]);
    const best = new Map<number, number>();
    for (const question of questions) {
      if (!question.length) return [];
      const share = question.reduce((sum, { worth }) => sum + worth, 0) / question.length;
      for (const { at, score } of this.found(question.map(({ word }) => word))) best.set(at, Math.max(best.get(at) ?? 0, score * share));
    }
    return [...best].map(([at, score]) => ({ at, score }));
  }

  private likest(word: string): { word: string; worth: number }[] {
    const most = allowedDistance(word);
    if (!most) return [];
    this.known ??= new Set(this.all.flatMap((text) => text.split(" ")).filter((each) => each.length >= SHORTEST_STEM && !/\d/.test(each)));
    const found: { word: string; off: number }[] = [];
    for (const each of this.known) {
      const off = distance(word, each, most);
      if (off <= most) found.push({ word: each, off });
    }
    return found.sort((a, b) => a.off - b.off).slice(0, LIKEST).map(({ word: like, off }) => ({ word: like, worth: MISTYPED + LIKE / off }));
  }

  private score(at: number, forms: readonly { word: string; key: string }[], all: readonly string[]): number {
    const { names, keys, beside } = this.words(at);
    const others = forms.map(({ word, key }) => Math.max(most(keys, word, SHORTENED), key === word ? 0 : most(keys, key, SHORTENED), BESIDE * most(beside, word, SAME)));
    const worth = (name: readonly string[]): number => {
      const hit = new Set<number>();
      let sum = 0;
      for (const [place, { word }] of forms.entries()) {
        const values = name.map((each) => worthOf(word, each, keys));
        const best = Math.max(0, ...values);
        if (best) hit.add(values.indexOf(best));
        const value = Math.max(best, others[place] ?? 0);
        if (!value) return 0;
        sum += value;
      }
      const telling = name.filter((word) => !this.joining.has(word)).length || name.length;
      const same = name.length === all.length && name.every((word, place) => word === all[place]) ? WHOLE : 0;
      return sum / forms.length + COVERED * Math.min(1, hit.size / telling) + same;
    };
    const best = Math.max(0, ...names.map(worth));
    return best && best + CONNECTED * Math.log1p(this.file.columns.weight[at] ?? 0) - (this.file.columns.kind[at] ?? 0) / 1000;
  }

  private words(at: number): { names: string[][]; keys: string[]; beside: string[] } {
    const known = this.split.get(at);
    if (known) return known;
    const { names, keys, note } = this.file.columns;
    const made = {
      names: (names[at] ?? "").split("|").map((name) => name.split(" ")),
      keys: (keys[at] ?? "").split(" ").filter(Boolean),
      beside: folded(note[0][note[1][at] ?? 0] ?? ""),
    };
    this.split.set(at, made);
    return made;
  }

  private named(at: number, score: number): Named {
    const { kind, page, ref, label, label_en, note, note_en } = this.file.columns;
    const [texts, places] = this.lang === "en" ? note_en : note;
    return {
      kind: this.file.kinds[kind[at] ?? 0]?.[0] ?? "",
      page: page[at] ?? "",
      ref: ref[at] ?? "",
      label: (this.lang === "en" && label_en[at]) || (label[at] ?? ""),
      note: texts[places[at] ?? 0] ?? "",
      score,
    };
  }
}

/** Whether a text may hold a word, its beginning or its stem: a coarse look, before names are compared. */
function mayHold(text: string, word: string): boolean {
  if (/^\d+$/.test(word)) return text.includes(` ${word} `) || text.endsWith(` ${word}`);
  for (let length = word.length; length >= Math.max(SHORTEST_STEM, word.length - ENDING); length--) {
    if (text.includes(` ${word.slice(0, length)}`)) return true;
  }
  return text.includes(` ${word}`);
}

function most(words: readonly string[], wanted: string, worth: number): number {
  return Math.max(0, ...words.map((word) => worth * (word === wanted ? SAME : isForm(wanted, word) ? INFLECTED : isBegun(wanted, word) ? BEGUN + (GAIN * wanted.length) / word.length : 0)));
}

/** A word of a name beside one that was typed; numbers are whole or not at all. */
function worthOf(wanted: string, word: string, keys: readonly string[]): number {
  if (wanted === word) return SAME;
  if (/^\d+$/.test(wanted) || /^\d+$/.test(word)) return 0;
  if (isForm(wanted, word) || keys.some((stem) => isForm(wanted, stem) && isForm(word, stem))) return INFLECTED;
  return isBegun(wanted, word) ? BEGUN + (GAIN * wanted.length) / word.length : 0;
}

function isBegun(wanted: string, word: string): boolean {
  return word.startsWith(wanted) && !/^\d+$/.test(wanted);
}

/** Whether a word is a stem with a short ending. */
function isForm(word: string, stem: string): boolean {
  return stem.length >= SHORTEST_STEM && word.startsWith(stem) && word.length - stem.length <= ENDING && !/\d/.test(stem);
}

function first<T>(...tries: readonly (() => T[])[]): T[] {
  for (const each of tries) {
    const found = each();
    if (found.length) return found;
  }
  return [];
}

/** How many typing errors a word may have: none in the shortest, in numbers and in what has no vowel. */
function allowedDistance(word: string): number {
  return word.length < SHORTEST_FUZZY || /\d/.test(word) || !VOWEL.test(word) ? 0 : word.length <= FEW_LETTERS ? 1 : 2;
}

/** Letters changed, left out, added or swapped with the next between two words; more than `most` is only told as more. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let at = 1; at <= other.length; at++) {
      const cost = Number(one[row - 1] !== other[at - 1]);
      let value = Math.min((last?.[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (last?.[at - 1] ?? 0) + cost);
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) value = Math.min(value, (before?.[at - 2] ?? 0) + 1);
      line.push(value);
    }
    if (Math.min(...line) > most) return most + 1;
    [before, last] = [last ?? [], line];
  }
  return last?.[other.length] ?? 0;
}
