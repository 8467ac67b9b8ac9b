/** What a link to the workbench may carry behind its #. */
export interface Shared {
  query?: string;
  view?: string;
  /** A question of the library by name, with values for its parameters. */
  example?: string;
  values: Record<string, string>;
}

const VIEWS = ["table", "chart", "map", "timeline", "network", "response"];

/** The link that opens this query, in this view. */
export function link(page: string, query: string, view: string): string {
  const target = new URL(page);
  target.hash = new URLSearchParams({ query, ...(VIEWS.includes(view) && view !== "table" ? { view } : {}) }).toString();
  return target.href;
}

/** Read what a link carries, or undefined where its # is none of ours. */
export function shared(hash: string): Shared | undefined {
  const { query, view, example, ...values } = Object.fromEntries(new URLSearchParams(hash.replace(/^#/, "")));
  if (!query && !example) return undefined;
  return { values, ...(query ? { query } : {}), ...(example ? { example } : {}), ...(view && VIEWS.includes(view) ? { view } : {}) };
}
