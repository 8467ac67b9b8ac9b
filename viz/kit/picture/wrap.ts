import { widthOf } from "./measure";

/** How letters look, as far as their width goes. */
export interface Letters {
  size: number;
  weight?: number;
  family?: string;
}

/** A text in as few lines as fit into a width, and those as even as they can be. Nothing is cut: what is one word and too wide is parted, after a hyphen where it has one. */
export function wrapped(text: string, letters: Letters, most: number): string[] {
  const wide = (line: string) => widthOf(line, letters.size, letters.weight, letters.family);
  const words = text.split(/\s+/).filter(Boolean).flatMap((word) => parted(word, wide, most));
  const fewest = lines(words, wide, most);
  if (fewest.length < 2) return fewest;
  let [low, high] = [Math.max(...words.map(wide)), most];
  for (let step = 0; step < 6; step++) {
    const middle = (low + high) / 2;
    if (lines(words, wide, middle).length <= fewest.length) high = middle;
    else low = middle;
  }
  return lines(words, wide, high);
}

function lines(words: readonly string[], wide: (line: string) => number, most: number): string[] {
  const all: string[] = [];
  let line = "";
  for (const word of words) {
    const longer = line ? `${line} ${word}` : word;
    if (line && wide(longer) > most) {
      all.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...all, line] : all;
}

function parted(word: string, wide: (line: string) => number, most: number): string[] {
  if (wide(word) <= most) return [word];
  const parts: string[] = [];
  let part = "";
  for (const piece of word.split(/(?<=-)/).flatMap((each) => (wide(each) <= most ? [each] : [...each]))) {
    if (part && wide(part + piece) > most) {
      parts.push(part);
      part = piece;
    } else part += piece;
  }
  return [...parts, part];
}
