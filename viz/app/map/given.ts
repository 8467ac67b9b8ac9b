/** What the page tells the map, as JSON in the script element that `data-given` names. */
export interface Given {
  /** How opaque lines are, up to 1. */
  opacity: number;
  spots: readonly Spot[];
  arcs: readonly Arc[];
}

/** A place in degrees, `r` pixels in radius; `colour` is a name of the style, `isHome` tells that it is ours or another one of our country, `isFar` that it lies out of the frame of the others. */
export interface Spot {
  name: string;
  country: string;
  colour: string;
  lon: number;
  lat: number;
  events: number;
  r: number;
  isHome: boolean;
  isFar: boolean;
  link: string;
}

/** The ties of two places, by their numbers among the spots, the strongest first; `width` is that of the line in pixels, `link` is the page of the pair. */
export interface Arc {
  a: number;
  b: number;
  ties: number;
  events: number;
  agreements: number;
  width: number;
  link: string;
}

/** What a pointer chose: a spot or an arc, by its number. */
export interface Chosen {
  kind: "spot" | "arc";
  at: number;
}

/** The arcs that end at a spot, by their numbers. */
export function arcsOf(given: Given, spot: number): number[] {
  return given.arcs.flatMap(({ a, b }, index) => (a === spot || b === spot ? [index] : []));
}
