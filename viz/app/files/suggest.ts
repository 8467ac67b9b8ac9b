import type { Language } from "../../kit/words";
import type { Answer, Hit } from "../suggest/answer";
import type { Folder } from "./folder";
import { Names, type Named } from "./names";

/** Things that are looked at, and that a group shows (site/suggestions.py). */
const [ASKED, MOST] = [60, 4];
/** What only looks like what was typed is left out where anything has the very words. */
const SURE = 0.6;
/** Words in which two names are looked for where nothing stands between them. */
const MOST_WORDS = 4;
const PARTIES: readonly string[] = ["towns", "regions", "countries", "organisations"];
const BETWEEN = /\s+[—–-]\s+|\s*[—–;,/+]\s*|\s+(?:и|с|со|and|with)\s+/iu;
/** So good must both names of a pair be, where nothing parts them, and where something does. */
const [EXACT, NAMED] = [1.2, 0.9];

/** What may be meant by what is typed so far, as `/suggest` answers: of parties alone, or of all things. */
export async function suggestedBy(folder: Folder, typed: string, lang: Language, areParties = false): Promise<Answer> {
  const names = await Names.of(folder, lang);
  const every = names.find(typed, ASKED);
  const hits = every.some(({ score }) => score >= SURE) ? every.filter(({ score }) => score >= SURE) : every;
  const pair = pairIn(names, typed);
  const groups = names.kinds.filter(({ name }) => !areParties || PARTIES.includes(name)).map(({ name, label }) => ({
    kind: name,
    label,
    hits: name === "pairs" ? (pair ? [pairOf(folder, pair)] : []) : hits.filter(({ kind }) => kind === name).slice(0, MOST).map((hit) => hitOf(folder, hit)),
  }));
  return { query: typed, groups: groups.filter(({ hits }) => hits.length) };
}

export function hitOf(folder: Folder, { ref, label, note, page }: Named): Hit {
  return { ref, label, note, page: folder.to(`doc/${page}`), country: countryOf(ref) };
}

/** Keys of ours begin with the code of their country. */
export function countryOf(ref: string): string {
  return ref.slice(ref.indexOf(":") + 1).split("-")[0]?.toUpperCase() ?? "";
}

function pairOf(folder: Folder, [a, b]: [Named, Named]): Hit {
  return { ref: `${a.ref}/${b.ref}`, label: `${a.label} — ${b.label}`, note: "", page: folder.to("pair", { a: a.ref, b: b.ref }), country: "" };
}

/** Two parties that are named one after the other. */
function pairIn(names: Names, typed: string): [Named, Named] | undefined {
  for (const [left, right, least] of parted(typed)) {
    const [a, b] = [left, right].map((part) => names.find(part, ASKED).find(({ kind, score }) => PARTIES.includes(kind) && score >= least));
    if (a && b && a.ref !== b.ref) return [a, b];
  }
  return undefined;
}

function parted(typed: string): [string, string, number][] {
  const found = BETWEEN.exec(typed.trim());
  if (found) {
    const parts = [typed.trim().slice(0, found.index), typed.trim().slice(found.index + found[0].length)].map((part) => part.trim());
    return parts.every(Boolean) ? [[parts[0] ?? "", parts[1] ?? "", NAMED]] : [];
  }
  const words = typed.trim().split(/\s+/);
  if (words.length > MOST_WORDS) return [];
  return words.slice(1).map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" "), EXACT]);
}
