import type { Wording } from "../../kit/words";

/** A part of a sentence, and whether it is a figure that stands out. */
export type Piece = readonly [string, boolean];

/** So many years are told one by one; of more the first and the last (site/explorer/wording.py). */
const YEARS_TOLD = 3;

/** A number with its noun, which no line break parts. */
export function counted(words: Wording, key: string, number: number): string {
  return words.counted(number, `n-${key}`).replace(" ", "\u00a0");
}

/** A small number as a word of a list, a larger one in figures. */
export function inWords(words: Wording, list: string, number: number): string {
  return words.t(list).split("|")[number] ?? words.number(number);
}

/** How many events there are and in which years («5 мероприятий: четыре в 2023 году, у одного …»). */
export function meetings(words: Wording, total: number, years: ReadonlyMap<number, number>, undated: number): Piece[] {
  const { t } = words;
  if (!total) return [[t("noEvents"), false]];
  const count: Piece = [counted(words, "events", total), true];
  const told = [...years].sort(([a], [b]) => a - b);
  const [first, last] = [told[0]?.[0] ?? 0, told.at(-1)?.[0] ?? 0];
  if (!told.length) return [count, [t("undatedOnly"), false]];
  if (told.length === 1 && !undated) return [count, [t("inYear", { year: first }), false]];
  const when = undated ? [t("undatedAmong", { number: inWords(words, "among", undated) })] : [];
  const each = told.length <= YEARS_TOLD ? told.map(([year, many]) => t("someInYear", { number: inWords(words, "numbers", many), year })) : [t("fromTo", { first, last })];
  return [count, [`: ${[...each, ...when].join(", ")}`, false]];
}
