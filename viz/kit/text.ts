/** Small letters, and ё as е: how texts are compared that people type. */
export function fold(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е").trim();
}

/** The words of what was typed, as `holds` looks for them. */
export function wordsOf(typed: string): string[] {
  return fold(typed).split(/\s+/).filter(Boolean);
}

/** Whether every word occurs in a text, whatever its case and its ё. */
export function holds(text: string, words: readonly string[]): boolean {
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

/** How texts stand in order in a language: "№ 9" before "№ 10". */
export function comparer(lang: string): (a: string, b: string) => number {
  return new Intl.Collator(lang, { numeric: true }).compare;
}

/** A text cut to so many characters. */
export function short(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
