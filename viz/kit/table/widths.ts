/** So wide a column is made for its text where there is room, and so narrow where there is little. */
const WIDEST = 440;
const NARROW = 112;
/** What a column of long texts keeps. */
const READABLE = 230;
/** A head has a sign of its order beside it, and is bold. */
const SIGN = 28;
/** A word longer than this may be broken. */
const LONGEST_WORD = 170;

/** The widths of columns in pixels: as wide as nine tenths of the texts need, narrower where there is too little room, but no word is broken. */
export function widths(texts: readonly (readonly string[])[], heads: readonly string[], room: number, measure: (text: string) => number, padding: number): number[] {
  const wanted = heads.map((head, index) => {
    const sizes = (texts[index] ?? []).map((text) => Math.min(WIDEST, measure(text))).sort((a, b) => a - b);
    return Math.ceil(Math.max(sizes[Math.floor(sizes.length * 0.9)] ?? 0, longestWord([head], measure) + SIGN)) + padding;
  });
  const least = wanted.map((width, index) => {
    const words = Math.min(LONGEST_WORD, longestWord([...(texts[index] ?? [])], measure)) + padding;
    return Math.min(width, Math.max(width > WIDEST ? READABLE : NARROW, words, longestWord([heads[index] ?? ""], measure) + SIGN + padding));
  });
  const rest = room - total(wanted);
  return rest >= 0 ? wider(wanted, rest) : narrower(wanted, least, -rest);
}

/** Give the room that is left to the columns of long texts, as they are what is read. */
function wider(wanted: readonly number[], rest: number): number[] {
  const long = wanted.map((width) => Math.max(0, width - NARROW));
  const all = total(long);
  return wanted.map((width, index) => width + (all ? (rest * (long[index] ?? 0)) / all : rest / wanted.length));
}

function narrower(wanted: readonly number[], least: readonly number[], excess: number): number[] {
  const spare = wanted.map((width, index) => width - (least[index] ?? 0));
  const factor = Math.min(1, excess / (total(spare) || 1));
  return wanted.map((width, index) => width - (spare[index] ?? 0) * factor);
}

function longestWord(texts: readonly string[], measure: (text: string) => number): number {
  const words = texts.map((text) => text.split(/[\s/-]+/).reduce((longest, word) => (word.length > longest.length ? word : longest), ""));
  return Math.ceil(Math.max(0, ...words.map(measure)));
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0);
}
