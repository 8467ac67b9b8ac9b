/** What a tab knows of the question that it was opened from; `text` is the query as the fields last made it. */
export interface Origin {
  name: string;
  values: Record<string, string>;
  text: string;
}

const KEY = "pobratim-workbench-origins";

/** The origins of tabs by id, kept for the next visit where the browser lets us. */
export class Origins {
  private readonly known: Record<string, Origin>;

  constructor() {
    this.known = stored();
  }

  get(id: string): Origin | undefined {
    return Object.hasOwn(this.known, id) ? this.known[id] : undefined;
  }

  set(id: string, origin: Origin): void {
    this.known[id] = origin;
    this.write();
  }

  drop(id: string): void {
    delete this.known[id];
    this.write();
  }

  private write(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.known));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room, or storage is switched off: only this visit knows
    }
  }
}

function stored(): Record<string, Origin> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, Origin>) : {};
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return {};
    throw error;
  }
}
