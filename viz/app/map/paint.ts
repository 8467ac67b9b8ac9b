import { geoContains, geoPath, type GeoPath, type GeoProjection } from "d3-geo";
import { svg } from "../../kit/dom";
import type { World } from "../../kit/land";
import type { Frame, Point } from "../../kit/picture/camera";
import { widthOf } from "../../kit/picture/measure";
import { seated } from "../../kit/picture/seats";
import { arcsOf, type Arc, type Chosen, type Given, type Spot } from "./given";
import { curve, placed } from "./shape";

/** The value of a name of the page's style: as it is now on the screen, or what it is on paper. */
export type Look = (name: string) => string;

export const screenLook: Look = (name) => `var(${name})`;

/** How a map is drawn: with so many names, in letters of this size, with signs and lines so much smaller; `chosen` stands out. */
export interface Manner {
  look: Look;
  names: number;
  letters: number;
  signs: number;
  chosen?: Chosen | undefined;
}

const FAINT = 0.12;
/** So many of our places are asked in which country they lie. */
const ASKED = 3;

/** Everything within the frame, the land below, the names above. */
export function painted(given: Given, projection: GeoProjection, frame: Frame, world: World | undefined, manner: Manner): Element[] {
  const points = placed(given.spots, projection);
  const lit = litOf(given, manner.chosen);
  const lines = given.arcs.map((arc, index) => lineOf(given, arc, points, manner, lit.arcs.has(index) ? given.opacity : FAINT));
  const marks = given.spots.map((spot, index) => markOf(spot, points[index], manner, lit.spots.has(index) ? 1 : FAINT * 2));
  return [...groundOf(given, projection, frame, world, manner.look), ...lines.reverse(), ...marks.reverse(), ...namesOf(given.spots, points, frame, manner, lit.spots)];
}

/** What is not faded: all, or what was chosen with what it is tied to. */
function litOf(given: Given, chosen: Chosen | undefined): { spots: ReadonlySet<number>; arcs: ReadonlySet<number> } {
  if (!chosen) return { spots: new Set(given.spots.keys()), arcs: new Set(given.arcs.keys()) };
  const arcs = chosen.kind === "arc" ? [chosen.at] : arcsOf(given, chosen.at);
  const ends = arcs.flatMap((index) => [given.arcs[index]?.a ?? -1, given.arcs[index]?.b ?? -1]);
  return { spots: new Set(chosen.kind === "spot" ? [chosen.at, ...ends] : ends), arcs: new Set(arcs) };
}

function groundOf(given: Given, projection: GeoProjection, frame: Frame, world: World | undefined, look: Look): Element[] {
  const path = geoPath(projection).digits(1);
  const sea = svg("rect", { width: frame.width, height: frame.height, fill: look("--surface") });
  if (!world) return [sea];
  const drawn = (what: Parameters<GeoPath>[0], looks: Record<string, string | number>) => svg("path", { d: path(what) ?? "", ...looks });
  const rim = { stroke: look("--line"), "stroke-width": 0.8 };
  return [
    sea,
    drawn(world.land, { fill: look("--land"), ...rim }),
    ...homeOf(given, world).map((country) => drawn(country, { fill: look("--land-ours") })),
    drawn(world.borders, { fill: "none", ...rim }),
  ];
}

/** The countries that our places lie in. */
function homeOf({ spots }: Given, { countries }: World): World["countries"] {
  const asked = spots.filter(({ isHome }) => isHome).slice(0, ASKED);
  return countries.filter((country) => asked.some(({ lon, lat }) => geoContains(country, [lon, lat])));
}

function lineOf({ spots }: Given, { a, b, events, width }: Arc, points: readonly Point[], { look, signs }: Manner, opacity: number): Element {
  const [from, to, one, other] = [points[a], points[b], spots[a], spots[b]];
  if (!from || !to || !one || !other) return svg("g");
  const { over } = curve(from, to);
  const d = `M${at(from)}Q${at(over)} ${at(to)}`;
  const foreign = [one, other].find(({ isHome }) => !isHome);
  return svg("path", { d, fill: "none", stroke: foreign ? look(foreign.colour) : look("--ink"), "stroke-width": (width * signs).toFixed(1), "stroke-opacity": opacity, "data-said": `${one.name} — ${other.name}: ${events}` });
}

/** Ours is a full circle, abroad a hollow square. */
function markOf({ name, events, isHome, colour, ...spot }: Spot, point: Point | undefined, { look, signs }: Manner, opacity: number): Element {
  const r = spot.r * signs;
  const { x, y } = point ?? { x: -999, y: -999 };
  const said = `${name}: ${events}`;
  if (isHome) return svg("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: r.toFixed(1), fill: look("--ink"), stroke: look("--surface"), "stroke-width": 1, opacity, "data-said": said });
  const half = r * 0.86;
  return svg("rect", { x: (x - half).toFixed(1), y: (y - half).toFixed(1), width: (2 * half).toFixed(1), height: (2 * half).toFixed(1), rx: 1, fill: look("--surface"), stroke: look(colour), "stroke-width": 2, opacity, "data-said": said });
}

function namesOf(spots: readonly Spot[], points: readonly Point[], frame: Frame, { look, names, letters, signs }: Manner, lit: ReadonlySet<number>): Element[] {
  const nodes = spots.map(({ r }, index) => ({ id: String(index), ...(points[index] ?? { x: -999, y: -999 }), r: r * signs }));
  const family = getComputedStyle(document.documentElement).getPropertyValue("--sans");
  const seekers = nodes.flatMap((node, index) => {
    const { name, events, isHome } = spots[index] ?? { name: "", events: 0, isHome: false };
    const isIn = node.x >= 0 && node.y >= 0 && node.x <= frame.width && node.y <= frame.height;
    return isIn && lit.has(index) ? [{ ...node, width: widthOf(name, letters, 400, family), height: letters + 3, weight: events + (isHome ? 0.5 : 0) }] : [];
  });
  const seats = seated(seekers, { frame, nodes, taken: [], lines: [], most: names });
  const looks = { "font-family": family, "font-size": letters, fill: look("--ink"), stroke: look("--surface"), "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round" };
  return [...seats].map(([id, { left, bottom }]) => svg("text", { x: left.toFixed(1), y: (bottom - 4).toFixed(1), ...looks }, spots[Number(id)]?.name));
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
