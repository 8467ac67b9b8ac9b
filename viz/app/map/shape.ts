import { geoMercator, type GeoProjection } from "d3-geo";
import type { Camera, Frame, Point } from "../../kit/picture/camera";
import type { Arc, Chosen, Given, Spot } from "./given";

/** The meridian under the middle: the map is cut through the Pacific, where nobody's partners are. */
const MIDDLE = 60;
/** As near as a lone place is shown: with some 600 km around it. */
const NEAREST = 4000;
/** An arc rises by this share of its length. */
const BEND = 0.16;
/** So many points of an arc are looked at where it is asked for. */
const STEPS = 16;
/** So near a pointer must be, in the picture's units. */
const REACH = { spot: 7, arc: 7 };

export interface Curve {
  from: Point;
  over: Point;
  to: Point;
}

/** Room around the places: names stand beside them, the buttons above. */
export interface Edges {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Mercator around all of some places. */
export function around(spots: readonly Spot[], { width, height }: Frame, { top, right, bottom, left }: Edges): GeoProjection {
  const turned = () => geoMercator().rotate([-MIDDLE, 0]);
  const coordinates = spots.map(({ lon, lat }): [number, number] => [lon, lat]);
  const fitted = turned().fitExtent([[left, top], [width - right, height - bottom]], { type: "MultiPoint", coordinates });
  if (fitted.scale() <= NEAREST && Number.isFinite(fitted.scale())) return fitted;
  const near = turned().scale(NEAREST).translate([0, 0]);
  const flat = coordinates.map((place): [number, number] => near(place) ?? [0, 0]);
  const middle = (axis: 0 | 1) => flat.reduce((sum, place) => sum + place[axis], 0) / Math.max(1, flat.length);
  return near.translate([width / 2 - middle(0), height / 2 - middle(1)]);
}

/** The projection as seen through a camera, without what is out of the frame. */
export function seenFrom(base: GeoProjection, { scale, x, y }: Camera, { width, height }: Frame): GeoProjection {
  const [left, top] = base.translate();
  return geoMercator()
    .rotate([-MIDDLE, 0])
    .scale(base.scale() * scale)
    .translate([left * scale + x, top * scale + y])
    .clipExtent([[-20, -20], [width + 20, height + 20]]);
}

/** Where the places are seen. */
export function placed(spots: readonly Spot[], projection: GeoProjection): Point[] {
  const open = projection.clipExtent();
  const all = projection.clipExtent(null);
  const found = spots.map(({ lon, lat }) => {
    const [x, y] = all([lon, lat]) ?? [-999, -999];
    return { x, y };
  });
  projection.clipExtent(open);
  return found;
}

/** The line between two points, bent upwards. */
export function curve(from: Point, to: Point): Curve {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const up = dx < 0 ? -1 : 1;
  return { from, over: { x: (from.x + to.x) / 2 + up * dy * BEND * 2, y: (from.y + to.y) / 2 - up * dx * BEND * 2 }, to };
}

/** What lies at a point: a place before a line, the nearest of several. */
export function under(given: Given, points: readonly Point[], at: Point): Chosen | undefined {
  const spot = nearest(given.spots.map((one, index) => distance(points[index], at) - one.r), REACH.spot);
  if (spot !== undefined) return { kind: "spot", at: spot };
  const arc = nearest(given.arcs.map((one) => fromArc(one, points, at)), REACH.arc);
  return arc === undefined ? undefined : { kind: "arc", at: arc };
}

function nearest(distances: readonly number[], most: number): number | undefined {
  const least = Math.min(...distances);
  return least <= most ? distances.indexOf(least) : undefined;
}

function fromArc({ a, b }: Arc, points: readonly Point[], at: Point): number {
  const [from, to] = [points[a], points[b]];
  if (!from || !to) return Number.POSITIVE_INFINITY;
  const line = curve(from, to);
  return Math.min(...Array.from({ length: STEPS + 1 }, (_, step) => distance(along(line, step / STEPS), at)));
}

function along({ from, over, to }: Curve, part: number): Point {
  const [first, middle, last] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
  return { x: first * from.x + middle * over.x + last * to.x, y: first * from.y + middle * over.y + last * to.y };
}

function distance(one: Point | undefined, other: Point): number {
  return one ? Math.hypot(one.x - other.x, one.y - other.y) : Number.POSITIVE_INFINITY;
}
