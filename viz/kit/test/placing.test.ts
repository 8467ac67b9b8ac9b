// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { stacked } from "../picture/columns";
import { relaxation, type Drawn } from "../picture/forces";
import { Grid, overlap } from "../picture/grid";
import { only, through } from "../picture/parts";
import { crosses, seated, type Seeker } from "../picture/seats";
import { elements } from "../picture/svg";
import { wrapped } from "../picture/wrap";
import type { Picture } from "../picture/marks";

const frame = { width: 400, height: 300 };
const seeker = (id: string, x: number, y: number, looks: Partial<Seeker> = {}): Seeker => ({ id, x, y, r: 5, width: 60, height: 15, weight: 1, ...looks });

it("wraps a text into the fewest lines, evenly, and cuts nothing", () => {
  expect(wrapped("Городской исполнительный комитет", { size: 10 }, 200)).toEqual(["Городской исполнительный комитет"]);
  expect(wrapped("Городской исполнительный комитет", { size: 10 }, 180)).toEqual(["Городской", "исполнительный комитет"]);
  expect(wrapped("a b c d e f g h", { size: 10 }, 60)).toEqual(["a b c d", "e f g h"]);
  expect(wrapped("нераздельнодлинное", { size: 10 }, 60)).toEqual(["нераздельн", "одлинное"]);
  expect(wrapped("Санкт-Петербург", { size: 10 }, 60)).toEqual(["Санкт-", "Петербург"]);
  expect(wrapped("", { size: 10 }, 60)).toEqual([]);
});

it("stacks names as near to where they belong as their heights allow", () => {
  expect(stacked([{ y: 50, height: 20 }, { y: 200, height: 20 }], 0, 300)).toEqual([50, 200]);
  expect(stacked([{ y: 50, height: 20 }, { y: 52, height: 20 }], 0, 300)).toEqual([41, 61]);
  expect(stacked([{ y: 2, height: 20 }, { y: 4, height: 20 }, { y: 299, height: 20 }], 0, 300)).toEqual([10, 30, 290]);
  const many = Array.from({ length: 15 }, (_none, index) => ({ y: 150 + index, height: 20 }));
  expect(stacked(many, 0, 300)).toEqual(many.map((_none, index) => 10 + 20 * index));
});

it("finds what lies at a place, one apart", () => {
  const box = { left: 0, right: 100, top: 0, bottom: 10 };
  const grid = new Grid([box]);
  expect([grid.has({ left: 90, right: 190, top: 5, bottom: 6 }), grid.has({ left: 100, right: 120, top: 5, bottom: 6 }), grid.has(box, box)]).toEqual([true, false, false]);
  const below = { left: -80, right: -70, top: -90, bottom: -70 };
  grid.add(below);
  expect(grid.has({ left: -75, right: 0, top: -80, bottom: -75 })).toBe(true);
});

it("seats names beside their shapes: over none, over no line where there is a seat without", () => {
  const nodes = [{ id: "a", x: 100, y: 100, r: 5 }, { id: "b", x: 130, y: 100, r: 5 }];
  const seats = seated([seeker("a", 100, 100, { weight: 2 }), seeker("b", 130, 100)], { frame, nodes, taken: [], lines: [], most: 9 });
  expect(seats.get("a")?.right).toBe(90);
  expect(seats.get("b")?.left).toBe(140);
  const lines = [{ x1: 130, y1: 100, x2: 300, y2: 100 }];
  const free = seated([seeker("b", 130, 100)], { frame, nodes, taken: [], lines, most: 9 }).get("b");
  expect(free && lines.some((line) => crosses(line, free))).toBe(false);
  expect(seated([seeker("a", 100, 100), seeker("b", 130, 100, { weight: 9 })], { frame, nodes, taken: [], lines: [], most: 1 }).has("b")).toBe(true);
  expect(seated([seeker("a", 100, 100)], { frame: { width: 40, height: 40 }, nodes: [], taken: [], lines: [], most: 9 }).size).toBe(0);
});

it("sets a badge at a corner", () => {
  const badge = seated([seeker("a", 100, 100, { width: 26, height: 16, isBadge: true })], { frame, nodes: [{ id: "a", x: 100, y: 100, r: 5 }], taken: [], lines: [], most: 9 }).get("a");
  expect(badge && badge.left > 100 && badge.bottom < 100).toBe(true);
});

it.each([
  [0, 0, 10, 10, true], [0, 20, 20, 0, true], [5, 5, 6, 6, true], [0, 30, 30, 12, false], [-5, 5, -1, 5, false], [20, -5, 20, 40, false], [3, -5, 3, 40, true],
])("knows whether the line %d %d – %d %d crosses a box", (x1, y1, x2, y2, does) => {
  expect(crosses({ x1, y1, x2, y2 }, { left: 0, right: 10, top: 0, bottom: 10 })).toBe(does);
});

const picture: Picture = {
  ...frame,
  areas: [{ x: 10, y: 20, rx: 100, ry: 50, hole: 10, from: 0, to: 4, colour: "green", rim: 3 }],
  strokes: [{ id: "line", x1: 0, y1: 0, x2: 100, y2: 0, colour: "red", width: 2, dashes: [2, 4] }],
  marks: [{ id: "pill", shape: "pill", x: 50, y: 10, r: 8, half: 13, colour: "blue", edge: "white", edgeWidth: 1, title: "Витебск" }],
  texts: [{ id: "pill", anchor: "end", x: 50, y: 12, text: "+9", size: 11, weight: 600, colour: "black", halo: "", title: "" }],
};

it("shows a picture through a camera, all of it larger alike", () => {
  const seen = through(picture, { scale: 2, x: 5, y: -5 });
  expect(seen.areas?.[0]).toMatchObject({ x: 25, y: 35, rx: 200, ry: 100, hole: 20, rim: 6 });
  expect(seen.strokes[0]).toMatchObject({ x1: 5, y1: -5, x2: 205, y2: -5, width: 4, dashes: [4, 8] });
  expect(seen.marks[0]).toMatchObject({ x: 105, y: 15, r: 16, half: 26 });
  expect(seen.texts[0]).toMatchObject({ x: 105, y: 19, size: 22 });
});

it("keeps of a picture what stands for some things", () => {
  expect(only(picture, new Set(["pill"]))).toMatchObject({ strokes: [], marks: [{ id: "pill" }], texts: [{ id: "pill" }] });
});

it("writes areas, pills and bold letters as SVG", () => {
  const [wash, rim, line, pill, text] = elements(picture);
  expect([wash?.getAttribute("fill-opacity"), wash?.getAttribute("d")?.match(/A100 50 0 1 1/)?.length]).toEqual(["0.07", 1]);
  expect([rim?.getAttribute("fill"), rim?.getAttribute("stroke-width")]).toEqual(["none", "3"]);
  expect([line?.getAttribute("stroke-dasharray"), pill?.getAttribute("rx"), pill?.getAttribute("width")]).toEqual(["2 4", "8", "26"]);
  expect([text?.getAttribute("text-anchor"), text?.getAttribute("font-weight")]).toEqual(["end", "600"]);
});

it("lays out by places and links, the same every time, and leaves who is fixed", () => {
  const drawn = ["a", "b", "c", "d"].map((id, index): Drawn => ({ id, x: index * 3, y: 0, r: 5, to: { x: index < 2 ? 0 : 300, y: 0 }, pull: 0.2, isFixed: id === "d" }));
  const run = () => {
    const forces = relaxation(drawn, [{ a: "a", b: "b" }], 40, 100);
    forces.tick(100);
    return forces.places();
  };
  const places = run();
  expect([...run()]).toEqual([...places]);
  expect(places.get("d")).toEqual({ x: 9, y: 0 });
  const far = (one: string, other: string) => Math.hypot((places.get(one)?.x ?? 0) - (places.get(other)?.x ?? 0), (places.get(one)?.y ?? 0) - (places.get(other)?.y ?? 0));
  expect(far("a", "b")).toBeGreaterThan(10);
  expect(places.get("c")?.x).toBeGreaterThan(200);
});

it("tells boxes that only touch from those that overlap", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  expect([overlap(box, { ...box, left: 10, right: 20 }), overlap(box, { ...box, left: 9, right: 20 })]).toEqual([false, true]);
});
