import { tokens, type Token } from "./tokens";

type Clause = "pattern" | "select" | "group" | "order" | "values";

const CLAUSES: Record<string, Clause> = { SELECT: "select", GROUP: "group", ORDER: "order", VALUES: "values" };
const ENDS = new Set(["WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"]);
const OPENERS = new Set(["SELECT", "DISTINCT", "REDUCED", "GROUP", "ORDER", "BY"]);

/**
 * Put terms where a query has variables of these names: what a server does by binding, in the text itself.
 *
 * Comments, strings and IRIs are left alone. The lists of SELECT, GROUP BY and ORDER BY cannot hold a term, and a constant says
 * nothing there: such a variable is left out, or stands as an expression where nothing else is in the list. After AS and in VALUES
 * a variable is being given a value, and stays. An empty term stands for a parameter without a value: it only leaves the lists of
 * SELECT, where it would be an empty column.
 */
export function substitute(text: string, terms: Readonly<Record<string, string>>): string {
  return new Substitution(terms).run(tokens(text));
}

class Substitution {
  private out: string[] = [];
  private clause: Clause = "pattern";
  private depth = 0;
  private afterAs = false;
  /** The list now read: where in `out` it began, the first thing dropped from it as it would stand alone, and whether anything stayed. */
  private list = { at: 0, dropped: "", kept: false };

  constructor(private readonly terms: Readonly<Record<string, string>>) {}

  run(all: readonly Token[]): string {
    for (const token of all) {
      if (token.kind === "space" || token.kind === "comment") this.out.push(token.text);
      else this.take(token);
    }
    this.endList();
    return this.out.join("");
  }

  private take(token: Token): void {
    const upper = token.kind === "word" ? token.text.toUpperCase() : token.text;
    this.move(token, upper);
    const name = token.kind === "variable" ? token.text.slice(1) : "";
    const value = Object.hasOwn(this.terms, name) ? this.terms[name] : undefined;
    const inList = this.depth === 0 && this.clause !== "pattern";
    if (value === undefined || this.afterAs || this.clause === "values") this.keep(token, upper);
    else if (inList && (value || this.clause === "select")) this.drop(token, value);
    else if (value) this.keep({ ...token, text: value }, value);
    else this.keep(token, upper);
    this.afterAs = upper === "AS";
  }

  private keep(token: Token, upper: string): void {
    if (!OPENERS.has(upper)) this.list.kept = true;
    this.out.push(token.text);
  }

  private drop(token: Token, value: string): void {
    if (/^[ \t]+$/.test(this.out.at(-1) ?? "")) this.out.pop();
    const alone = !value ? token.text : this.clause === "select" ? `(${value} AS ${token.text})` : `(${value})`;
    this.list.dropped ||= ` ${alone}`;
  }

  /** Follow which clause the text is in, and how deep in brackets. */
  private move(token: Token, upper: string): void {
    if (upper === "{" || upper === "}") {
      this.begin("pattern");
    } else if (token.kind === "word" && (this.depth === 0 || upper === "SELECT")) {
      const next = ENDS.has(upper) ? "pattern" : CLAUSES[upper];
      if (next) this.begin(next);
    }
    if (upper === "(") this.depth += 1;
    if (upper === ")") this.depth = Math.max(0, this.depth - 1);
  }

  private begin(clause: Clause): void {
    this.endList();
    this.clause = clause;
    this.depth = 0;
    this.list = { at: this.out.length, dropped: "", kept: false };
  }

  private endList(): void {
    if (!this.list.kept && this.list.dropped) this.out.splice(this.lastWord(), 0, this.list.dropped);
  }

  /** The place in `out` behind the last thing of the list that is not blank. */
  private lastWord(): number {
    let at = this.out.length;
    while (at > this.list.at && /^\s*$/.test(this.out[at - 1] ?? "")) at -= 1;
    return at;
  }
}
