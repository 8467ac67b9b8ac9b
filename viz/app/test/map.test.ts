import { expect, test } from "vitest";
import { arcsOf, type Arc, type Given, type Spot } from "../map/given";
import { around, curve, placed, seenFrom, under } from "../map/shape";

function spot(lon: number, lat: number, events = 1): Spot {
  return { name: `${lon} ${lat}`, country: "", colour: "--c-x", lon, lat, events, r: 4, isHome: false, isFar: false, link: "" };
}

function arc(a: number, b: number, events = 1): Arc {
  return { a, b, ties: 1, events, agreements: 0, width: 2, link: "" };
}

const FRAME = { width: 900, height: 540 };
const EDGES = { top: 56, right: 96, bottom: 28, left: 40 };
const EYE = { scale: 1, x: 0, y: 0 };
const SPOTS = [spot(32.05, 54.78, 5), spot(30.2, 55.19, 5), spot(27.56, 53.9), spot(177.5, 64.7), spot(-149.9, 61.2)];

test("all places lie within the edges of the frame, north above, and Alaska east of Chukotka", () => {
  const points = placed(SPOTS, around(SPOTS, FRAME, EDGES));
  for (const { x, y } of points) {
    expect(x).toBeGreaterThanOrEqual(EDGES.left - 1);
    expect(x).toBeLessThanOrEqual(FRAME.width - EDGES.right + 1);
    expect(y).toBeGreaterThanOrEqual(EDGES.top - 1);
    expect(y).toBeLessThanOrEqual(FRAME.height - EDGES.bottom + 1);
  }
  expect(points[1]?.y).toBeLessThan(points[0]?.y ?? 0);
  expect(points[4]?.x).toBeGreaterThan(points[3]?.x ?? 0);
});

test("a lone place stands in the middle, not nearer than some hundred kilometres around it", () => {
  const lone = around([spot(32, 55)], FRAME, EDGES);
  const [point] = placed([spot(32, 55)], lone);
  expect(point?.x).toBeCloseTo(450, 0);
  expect(point?.y).toBeCloseTo(270, 0);
  expect(lone.scale()).toBe(4000);
});

test("a camera moves and zooms what the projection shows", () => {
  const base = around(SPOTS.slice(0, 3), FRAME, EDGES);
  const [before] = placed(SPOTS, base);
  const [after] = placed(SPOTS, seenFrom(base, { scale: 2, x: 10, y: -20 }, FRAME));
  expect(after?.x).toBeCloseTo((before?.x ?? 0) * 2 + 10, 3);
  expect(after?.y).toBeCloseTo((before?.y ?? 0) * 2 - 20, 3);
});

test("an arc is bent upwards whichever way it goes", () => {
  const [west, east] = [{ x: 0, y: 100 }, { x: 200, y: 100 }];
  expect(curve(west, east).over.y).toBeLessThan(100);
  expect(curve(east, west).over.y).toBeCloseTo(curve(west, east).over.y);
});

test("under a pointer lies the nearest place, else the nearest line, else nothing", () => {
  const given: Given = { opacity: 0.75, spots: SPOTS.slice(0, 3), arcs: [arc(0, 1, 5), arc(0, 2)] };
  const points = placed(given.spots, seenFrom(around(given.spots, FRAME, EDGES), EYE, FRAME));
  const [smolensk, vitebsk] = points;
  if (!smolensk || !vitebsk) throw new Error("no points");
  expect(under(given, points, { x: smolensk.x + 3, y: smolensk.y })).toEqual({ kind: "spot", at: 0 });
  const { from, over, to } = curve(smolensk, vitebsk);
  const middle = { x: (from.x + 2 * over.x + to.x) / 4, y: (from.y + 2 * over.y + to.y) / 4 };
  expect(under(given, points, middle)).toEqual({ kind: "arc", at: 0 });
  expect(under(given, points, { x: 5, y: 5 })).toBeUndefined();
});

test("the arcs of a place are those that end at it", () => {
  const given: Given = { opacity: 0.75, spots: SPOTS, arcs: [arc(0, 1), arc(2, 0), arc(1, 2)] };
  expect(arcsOf(given, 0)).toEqual([0, 1]);
});
