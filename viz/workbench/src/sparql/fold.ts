import { tokens, type Token } from "./tokens";

/** Calls whose value is plain once terms stand in them: `COALESCE("ru", "en")` is "ru", `IF("ru" = "en", ?a, ?b)` is ?b. */
const CALLS = new Set(["COALESCE", "IF"]);

/** Write such calls as their values, innermost first, so that a query reads as a person would write it. */
export function folded(text: string): string {
  let all = tokens(text);
  for (let at = all.length - 1; at >= 0; at -= 1) {
    const call = CALLS.has(all[at]?.text.toUpperCase() ?? "") ? callAt(all, at) : undefined;
    const value = call && valueOf(all[at]?.text.toUpperCase() ?? "", call.parts);
    if (call && value) all = [...all.slice(0, at), ...value, ...all.slice(call.end + 1)];
  }
  return all.map((token) => token.text).join("");
}

/** The arguments of the call that begins here, and where it ends. */
function callAt(all: readonly Token[], start: number): { parts: Token[][]; end: number } | undefined {
  let at = start + 1;
  while (all[at]?.kind === "space") at += 1;
  if (all[at]?.text !== "(") return undefined;
  const parts: Token[][] = [[]];
  let depth = 0;
  for (at += 1; at < all.length; at += 1) {
    const token = all[at] as Token;
    if (token.text === ")" && depth === 0) return { parts: parts.map(trimmed), end: at };
    if (token.text === "(") depth += 1;
    if (token.text === ")") depth -= 1;
    if (token.text === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return undefined;
}

function trimmed(part: Token[]): Token[] {
  while (part[0]?.kind === "space") part.shift();
  while (part.at(-1)?.kind === "space") part.pop();
  return part;
}

function valueOf(name: string, parts: readonly Token[][]): Token[] | undefined {
  const [first = [], then, otherwise] = parts;
  if (name === "COALESCE") return isConstant(first) ? first : undefined;
  const [left, sign, right, ...rest] = first.filter(({ kind }) => kind !== "space");
  if (sign?.text !== "=" || rest.length || !isPlain(left) || !isPlain(right)) return undefined;
  return left?.text === right?.text ? then : otherwise;
}

/** A string, with its type where it has one, or a whole number. */
function isConstant(part: readonly Token[]): boolean {
  const [first, ...rest] = part;
  if (first?.kind === "word") return rest.length === 0 && /^\d+$/.test(first.text);
  const type = rest.map(({ text }) => text).join("");
  return first?.kind === "string" && (type === "" || /^\^\^(<[^<>]*>|[\w-]*:[\w-]+)$/.test(type));
}

/** A string that is equal to another exactly where both are written alike. */
function isPlain(token: Token | undefined): boolean {
  return token?.kind === "string" && /^"[^"\\]*"$/.test(token.text);
}
