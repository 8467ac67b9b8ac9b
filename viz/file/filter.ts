import type { EgoEdge } from "../app/network/types";
import type { Held } from "./held";

/** What can be chosen, by the names that addresses have for it. */
export const FIELDS = ["country", "topic", "year"] as const;
export type Filter = Readonly<Partial<Record<(typeof FIELDS)[number], string>>>;

/** What an address chooses. */
export function filterOf(search: string): Filter {
  const pairs = new URLSearchParams(search);
  return Object.fromEntries(FIELDS.flatMap((name) => (pairs.get(name) ? [[name, pairs.get(name) ?? ""]] : [])));
}

/** Whether a tie is left by a filter. */
export function isLeft(held: Held, countries: ReadonlyMap<string, string>, { id, a, b }: EgoEdge, { country, topic, year }: Filter): boolean {
  const tie = held.ties[id];
  if (country && countries.get(a) !== country && countries.get(b) !== country) return false;
  return (!topic || Boolean(tie?.topics.includes(topic))) && (!year || Boolean(tie?.years.includes(year)));
}
