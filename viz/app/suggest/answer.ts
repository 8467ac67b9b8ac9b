/** What the server suggests for what was typed (`/suggest`). */
export interface Answer {
  query: string;
  groups: Group[];
}

export interface Group {
  kind: string;
  label: string;
  hits: Hit[];
}

/** `ref` is how addresses name it, "" for what they cannot; `page` is the link to the thing; `note` says where or what it is; `country` is a code of ISO 3166, "" where unknown. */
export interface Hit {
  ref: string;
  label: string;
  note: string;
  page: string;
  country: string;
}

/** A text in pieces: what was typed stands out wherever a word of it begins a word of the text. */
export function pieces(text: string, typed: string): { text: string; isTyped: boolean }[] {
  const words = typed.split(/[\s,;—–-]+/).filter((word) => word.length > 1).map(escaped);
  if (!words.length) return [{ text, isTyped: false }];
  const begun = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu");
  return text.split(begun).map((piece, index) => ({ text: piece, isTyped: index % 2 === 1 })).filter((piece) => piece.text);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/[её]/gi, "[её]");
}

/** What can be picked: the things that addresses name, each with the address that has it in a field. */
export function picked(answer: Answer, address: (ref: string) => string): Answer {
  const groups = answer.groups.map((group) => ({
    ...group,
    hits: group.hits.filter(({ ref }) => ref).map((hit) => ({ ...hit, page: address(hit.ref) })),
  }));
  return { ...answer, groups: groups.filter(({ hits }) => hits.length) };
}

/** Ask the server; null where it does not answer well, so that the field stays a field. */
export async function ask(address: string, typed: string, signal: AbortSignal): Promise<Answer | null> {
  const url = new URL(address, document.baseURI);
  url.searchParams.set("q", typed);
  try {
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as Answer) : null;
  } catch {
    return null;
  }
}
