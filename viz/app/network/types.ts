/**
 * What `/explore/ego` and `/explore/expand` give, as pobratim/explore/ego.py makes it.
 *
 * An ego is who is tied to one party, the seed, with what was opened. Under a filter it holds the same things as without: what the filter
 * hides is `out`, so that whoever is left stays in place. Codes of countries are of two small letters.
 */

export type Level = "country" | "region" | "municipality" | "institution" | "more";
export type EdgeKind = "tie" | "member" | "participation";

export interface EgoNode {
  id: string;
  /** The party's part of an address (`by-vitebsk`, `institution:by-vitebsk-gymnasium-7`); of a "more" node, that of whom it is more. */
  ref: string;
  level: Level;
  name: string;
  /** The name without its legal form, and without the town where the picture says it. */
  short: string;
  /** The country's code; "" where it is not known. */
  country: string;
  town?: string;
  region?: string;
  ours: boolean;
  /** So many neighbours are not in the picture; of a "more" node, so many it stands for. */
  hidden: number;
  events: number;
  out?: boolean;
}

export interface EgoEdge {
  /** The tie's key; of a membership or participation, one of its own. */
  id: string;
  a: string;
  b: string;
  kind: EdgeKind;
  events: number;
  agreements: number;
  /** Days of the first and last event, `2023-02-14`; "" where none has a date. */
  first: string;
  last: string;
  out?: boolean;
}

export interface Ego {
  generation: number;
  /** The id of the node in the middle; "" where the picture has none. */
  seed: string;
  nodes: readonly EgoNode[];
  /** Those of most events first, counted without the filter. */
  edges: readonly EgoEdge[];
  /** Countries of the nodes by code, from west to east. */
  countries: readonly { code: string; name: string }[];
  /** How many neighbours the seed has, whether shown or not, and whether some are not. */
  total: number;
  more: boolean;
  /** How many events the filter hides, and how many there are. */
  hidden: number;
  events: number;
}

export type Grouping = "country" | "kind" | "year";

/** Whom a party has beside those in the picture, counted before anybody is drawn. */
export interface Expand {
  generation: number;
  ref: string;
  total: number;
  groups: readonly { by: Grouping; key: string; label: string; count: number }[];
}
