/** A piece of SPARQL text; all pieces together give the text back. */
export interface Token {
  kind: "space" | "comment" | "iri" | "string" | "variable" | "name" | "word" | "other";
  text: string;
}

// Terminals of SPARQL 1.1, section 19.8; the first that matches wins, so the long strings stand before the short ones.
// As in the grammar, "<" opens an IRI only where a ">" follows with nothing between them that an IRI forbids.
const TERMINALS: readonly [Token["kind"], RegExp][] = [
  ["space", /\s+/uy],
  ["comment", /#[^\r\n]*/uy],
  ["iri", /<[^<>"{}|^`\\\u0000-\u0020]*>/uy],
  ["string", /"""(?:"{0,2}(?:[^"\\]|\\.))*"""|'''(?:'{0,2}(?:[^'\\]|\\.))*'''/suy],
  ["string", /"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*'/uy],
  ["variable", /[?$][\p{L}\p{N}_][\p{L}\p{N}\p{M}_·]*/uy],
  ["name", /(?:[\p{L}_](?:[\p{L}\p{N}\p{M}_·.-]*[\p{L}\p{N}\p{M}_·-])?)?:(?:[\p{L}\p{N}\p{M}_·:.%-]|\\.)*/uy],
  ["word", /[\p{L}\p{N}_]+/uy],
];

/** Split SPARQL into tokens. Text that is no SPARQL is split all the same, character by character. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    found.push(token);
    at += token.text.length;
  }
  return found;
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of TERMINALS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { kind, text: match[0] };
  }
  return { kind: "other", text: String.fromCodePoint(text.codePointAt(at) as number) };
}
