import { expect, it } from "vitest";
import { aimed, moved, seen, zoomed } from "../picture/camera";
import { ACCENT, FADED, INK, WASH } from "../picture/colours";
import { compose, type Graph, type Look, type Manner } from "../picture/compose";
import { settle } from "../picture/forces";
import { hit } from "../picture/hit";
import { beside } from "../picture/labels";
import { reach, type Picture } from "../picture/marks";
import { Places, spotFor } from "../picture/places";

const frame = { width: 400, height: 300 };
const still = { scale: 1, x: 0, y: 0 };
const none: Look = { chosen: "", hovered: "", lit: undefined };
const manner: Manner = { shapes: (scale) => scale, lines: (scale) => scale, dashes: (scale) => scale > 0.5, labels: () => [] };

function spot(id: string, x: number, y: number, weight = 1, lines = [id]): Graph["spots"][number] {
  return { id, x, y, r: 10, shape: "dot", colour: "#111111", lines, title: id, weight };
}

const graph: Graph = {
  spots: [spot("a", 100, 100), spot("b", 200, 100), spot("c", 900, 900)],
  lines: [{ id: "ab", a: "a", b: "b", width: 2, colour: "#222222", isDashed: true }, { id: "bc", a: "b", b: "c", width: 4, colour: "#333333", isDashed: false }],
};

it("keeps what is under the pointer there when it zooms, between its limits", () => {
  const camera = { scale: 2, x: 10, y: 20 };
  const at = { x: 50, y: 60 };
  const point = { x: 20, y: 20 };
  expect(seen(zoomed(camera, 1.5, at, 0.1, 9), point)).toEqual(at);
  expect([zoomed(camera, 100, at, 0.1, 9).scale, zoomed(camera, 0.001, at, 0.1, 9).scale]).toEqual([9, 0.1]);
  expect(seen(aimed({ x: 7, y: 8 }, 3, at), { x: 7, y: 8 })).toEqual(at);
  expect(moved(camera, 1, -1)).toEqual({ scale: 2, x: 11, y: 19 });
});

it("draws what is in the frame, as large as the camera is near", () => {
  const picture = compose(graph, { scale: 2, x: -100, y: -100 }, frame, none, manner);
  expect(picture.marks.map(({ id, x, y, r, edge }) => [id, x, y, r, edge])).toEqual([["a", 100, 100, 20, WASH], ["b", 300, 100, 20, WASH]]);
  expect(picture.strokes.map(({ id, width, dashes }) => [id, width, dashes])).toEqual([["ab", 4, [14, 12]], ["bc", 8, undefined]]);
  expect(compose(graph, { scale: 0.4, x: 0, y: 0 }, frame, none, manner).strokes[0]?.dashes).toBeUndefined();
});

it("points out the choice over what fades", () => {
  const picture = compose(graph, still, frame, { chosen: "ab", hovered: "", lit: new Set(["ab", "a"]) }, manner);
  expect(picture.strokes.map(({ id, colour, width }) => [id, colour, width])).toEqual([["bc", FADED, 4], ["ab", ACCENT, 4.5]]);
  expect(picture.marks.map(({ id, colour }) => [id, colour])).toEqual([["b", FADED], ["a", "#111111"]]);
  const [chosen] = compose(graph, still, frame, { chosen: "a", hovered: "", lit: undefined }, manner).marks;
  expect([chosen?.edge, chosen?.edgeWidth]).toEqual([INK, 4]);
  expect(compose(graph, still, frame, { ...none, hovered: "bc" }, manner).strokes[1]).toMatchObject({ colour: ACCENT, width: 5.5 });
});

it("writes labels beside dots where there is room, cut where there is little, none over another", () => {
  const long = "Отделение Посольства Республики Беларусь в Российской Федерации";
  const look: Manner = { ...manner, labels: beside };
  const [text] = compose({ lines: [], spots: [spot("e", 100, 100, 1, [long])] }, still, frame, none, look).texts;
  expect(text?.text).toBe(`${long.slice(0, 35)}…`);
  expect([text?.anchor, text?.x]).toEqual(["start", 115]);
  const two = compose({ lines: [], spots: [spot("Витебск", 100, 100), spot("Полоцк", 104, 101, 2)] }, still, frame, none, look).texts;
  expect(two.map(({ id }) => id)).toEqual(["Полоцк", "Витебск"]);
  expect(Math.abs((two[0]?.y ?? 0) - (two[1]?.y ?? 0)) >= 13 || (two[0]?.x ?? 0) > 104 !== (two[1]?.x ?? 0) > 104).toBe(true);
  expect(compose({ lines: [], spots: [spot("a", 9, 9)] }, still, frame, { ...none, lit: new Set() }, look).texts).toEqual([]);
});

it("keeps labels out of taken places", () => {
  const free = new Places();
  expect([free.take(0, 0, 10, 10), free.take(5, 5, 10, 10), free.take(11, 0, 5, 5)]).toEqual([true, false, true]);
  const taken = new Places();
  taken.block(-1000, -1000, 3000, 3000);
  expect(spotFor(taken, "имя", 13, [50, 50], 5, 400)).toBeUndefined();
});

const picture: Picture = {
  ...frame,
  strokes: [{ id: "line", x1: 0, y1: 0, x2: 100, y2: 0, colour: "", width: 2 }, { id: "wide", x1: 0, y1: 50, x2: 100, y2: 50, colour: "", width: 30 }],
  marks: [
    { id: "under", shape: "dot", x: 50, y: 0, r: 10, colour: "", edge: "", edgeWidth: 0, title: "" },
    { id: "over", shape: "dot", x: 55, y: 0, r: 10, colour: "", edge: "", edgeWidth: 0, title: "" },
    { id: "square", shape: "square", x: 200, y: 200, r: 10, colour: "", edge: "", edgeWidth: 0, title: "" },
    { id: "diamond", shape: "diamond", x: 300, y: 200, r: 10, colour: "", edge: "", edgeWidth: 0, title: "" },
  ],
  texts: [{ id: "name", anchor: "middle", x: 50, y: 100, text: "1234567890", size: 10, colour: "", halo: "", title: "" }],
};

it.each([
  [52, 0, "over"], [41, 0, "under"], [20, 4, "line"], [20, 6, ""], [20, 64, "wide"], [20, 66, ""], [104, 0, "line"], [107, 0, ""],
  [50, 95, "name"], [79, 95, "name"], [82, 95, ""], [211, 211, "square"], [213, 200, ""], [310, 204, "diamond"], [309, 209, ""],
])("finds what lies at %s, %s", (x, y, found) => expect(hit(picture, x, y)).toBe(found));

it("gives shapes of one radius about the same area", () => {
  const [dot, square, diamond] = [Math.PI * reach("dot", 10) ** 2, (2 * reach("square", 10)) ** 2, 2 * reach("diamond", 10) ** 2];
  expect([square / dot, diamond / dot]).toEqual([expect.closeTo(1), expect.closeTo(1)]);
});

it("lays a graph out in its frame, the same every time, neighbours nearer than strangers", () => {
  const spots = ["a", "b", "c", "d"].map((id) => ({ id, r: 8 }));
  const links = [{ a: "a", b: "b" }, { a: "b", b: "c" }, { a: "c", b: "d" }];
  const places = settle(spots, links, { width: 800, height: 480 });
  expect([...settle(spots, links, { width: 800, height: 480 })]).toEqual([...places]);
  const far = (one: string, other: string) => Math.hypot((places.get(one)?.x ?? 0) - (places.get(other)?.x ?? 0), (places.get(one)?.y ?? 0) - (places.get(other)?.y ?? 0));
  expect(Math.max(far("a", "b"), far("b", "c"), far("c", "d"))).toBeLessThan(Math.min(far("a", "c"), far("b", "d"), far("a", "d")));
  for (const { x, y } of places.values()) expect(x >= 0 && x <= 800 && y >= 0 && y <= 480).toBe(true);
});
