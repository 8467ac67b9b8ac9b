import { describe, expect, it } from "vitest";
import type { Box } from "../../kit/picture/camera";
import { overlap } from "../../kit/picture/grid";
import { reach } from "../../kit/picture/marks";
import { widthOf } from "../../kit/picture/measure";
import { arranged, boxOf } from "../network/arrange";
import { draw } from "../network/draw";
import type { Scene } from "../network/scene";
import type { Theme } from "../network/theme";
import { treeOf, type Tree } from "../network/tree";
import { edge, ego, made, node } from "./made";

const FRAME = { width: 832, height: 552 };
const THEME: Theme = { ink: "ink", soft: "soft", surface: "surface", edge: "edge", accent: "accent", faded: "faded", family: "sans", country: (code) => `c-${code}` };

function tree(leaves: number): Tree {
  const found = treeOf(made(leaves));
  if (!found) throw new Error("no seed");
  return found;
}

function sceneOf(leaves: number): Scene {
  return arranged(tree(leaves), FRAME, "sans").scene;
}

/** All labels: their boxes, and whose they are. */
function labels(scene: Scene): { id: string; box: Box }[] {
  const inner = [...scene.names].map(([id, box]) => ({ id, box }));
  return [...inner, ...scene.notes.map((note) => ({ id: note.id, box: boxOf(note, "sans") }))];
}

/** Less what sums of fractions are off by: names in a column touch. */
function tighter({ left, right, top, bottom }: Box): Box {
  return { left, right, top: top + 0.001, bottom: bottom - 0.001 };
}

describe.each([25, 45, 85, 137])("a picture of %i leaves", (leaves) => {
  const scene = sceneOf(leaves);

  it("names everybody", () => {
    const named = new Set(labels(scene).map(({ id }) => id));
    expect(scene.dots.filter(({ id }) => id !== "root" && !named.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it("has no label over a shape, a badge or another label", () => {
    const all = labels(scene);
    const shapes = scene.dots.map(({ id, x, y, r, shape }) => ({ id, left: x - reach(shape, r), right: x + reach(shape, r), top: y - reach(shape, r), bottom: y + reach(shape, r) }));
    const badges = [...scene.badges.values()];
    expect(all.filter(({ box }) => shapes.some((shape) => overlap(shape, box)) || badges.some((badge) => overlap(badge, box))).map(({ id }) => id)).toEqual([]);
    expect(all.filter(({ box }, index) => all.some((other, at) => at > index && overlap(other.box, tighter(box)))).map(({ id }) => id)).toEqual([]);
  });

  it("cuts no label, neither in letters nor at the border", () => {
    const { width, height } = scene.frame;
    expect(labels(scene).filter(({ box }) => box.left < 0 || box.right > width || box.top < 0 || box.bottom > height)).toEqual([]);
    for (const note of scene.notes) if (note.dot) expect(note.lines.join(" ")).toBe(note.dot.label);
    for (const { shape, x, y, r } of scene.dots) expect(x - reach(shape, r) > 0 && y - reach(shape, r) > 0 && x + reach(shape, r) < width && y + reach(shape, r) < height).toBe(true);
  });

  it("lays no shape over another", () => {
    const dots = scene.dots;
    const over = dots.filter((one, index) => dots.some((other, at) => at > index && Math.hypot(one.x - other.x, one.y - other.y) < one.r + other.r - 1));
    expect(over.map(({ id }) => id)).toEqual([]);
  });
});

it("is the same every time, and keeps its turn when more is opened", () => {
  const [one, other] = [arranged(tree(45), FRAME, "sans"), arranged(tree(45), FRAME, "sans")];
  expect(one).toEqual(other);
  expect(arranged(tree(85), FRAME, "sans", one.turn).turn).toBe(one.turn);
});

it("leaves everybody in place when a filter hides some", () => {
  const whole = made(45);
  const hidden = new Set(["town-3", "town-3-0", "town-3-1", "town-3-2", "ir"]);
  // What is left has other counts under the filter: the weakest may be the strongest now.
  const counted = whole.edges.map((each, index) => ({ ...each, events: index % 3 }));
  const filtered = { ...whole, nodes: whole.nodes.map((each) => (hidden.has(each.id) ? { ...each, out: true } : each)), edges: counted };
  const places = ({ scene }: { scene: Scene }) => scene.dots.map(({ id, x, y }) => [id, x, y]);
  const [before, after] = [whole, filtered].map((each) => arranged(treeOf(each) as Tree, FRAME, "sans"));
  if (!before || !after) throw new Error("no picture");
  expect(places(after)).toEqual(places(before));
  const picture = draw(after.scene, THEME);
  expect(picture.marks.filter(({ id }) => hidden.has(id))).toEqual([]);
  expect(picture.texts.filter(({ id }) => hidden.has(id))).toEqual([]);
  expect(picture.marks.length).toBe(draw(before.scene, THEME).marks.length - hidden.size);
});

it("says what a line is by its look: events, an agreement, membership, mere participation", () => {
  const small = ego(
    [node("root", { ours: true, country: "ru" }), node("a"), node("b", { country: "cn" }), node("a-1", { level: "institution" }), node("kz", { level: "country", country: "kz", short: "Казахстан", events: 6 })],
    [edge("root", "a", "tie", { events: 5, agreements: 1 }), edge("root", "b", "tie", { events: 2 }), edge("a", "a-1", "member"), edge("root", "kz", "participation", { events: 6 })],
  );
  const picture = draw(arranged(treeOf(small) as Tree, FRAME, "sans").scene, THEME);
  const of = (id: string) => picture.strokes.filter((stroke) => stroke.id === id).map(({ colour, width, dashes }) => [colour, Math.round(100 * width) / 100, dashes]);
  expect(of("root|a")).toEqual([["c-by", 7, undefined], ["surface", 2.38, undefined]]);
  expect(of("root|b")).toEqual([["c-cn", 3.4, undefined]]);
  expect(of("a|a-1")).toEqual([["edge", 1, undefined]]);
  expect(of("root|kz")).toEqual([["c-kz", 1.2, [2, 4]]]);
  expect(picture.texts.map(({ text }) => text)).toContain("Казахстан · 6");
});

it("names the country of a town that stands alone, and heads a sector of several", () => {
  const several = ego(
    [node("root", { ours: true, country: "ru" }), node("a"), node("b"), node("t", { country: "fr", short: "Тюль" })],
    [edge("root", "a"), edge("root", "b"), edge("root", "t")],
  );
  const texts = draw(arranged(treeOf(several) as Tree, FRAME, "sans").scene, THEME).texts.map(({ text }) => text);
  expect(texts).toContain("Тюль, Страна fr");
  expect(texts.filter((text) => text === "Страна by")).toHaveLength(1);
});

it("parts names of five hundred letters rather than cutting them", () => {
  const long = "Ш".repeat(500);
  const one = ego([node("root", { ours: true, country: "ru", short: long }), node("a", { short: long })], [edge("root", "a")]);
  const { scene } = arranged(treeOf(one) as Tree, FRAME, "sans");
  const [note] = scene.notes;
  expect(note?.lines.join("").startsWith(long)).toBe(true);
  expect(Math.max(...(note?.lines ?? []).map((line) => widthOf(line, 13)))).toBeLessThanOrEqual(184);
  expect(scene.frame.height).toBeGreaterThanOrEqual(note?.height ?? Number.POSITIVE_INFINITY);
});

describe("names of institutions", () => {
  const nodes = [
    node("root", { short: "Смоленск", name: "Смоленск", country: "ru", ours: true }),
    node("vitebsk", { short: "Витебск", name: "Витебск" }),
    node("own", { level: "institution", short: "Администрация", town: "Витебск" }),
    node("guest", { level: "institution", short: "Администрация", town: "Вязьма", country: "ru" }),
  ];
  const found = treeOf(ego(nodes, [edge("root", "vitebsk"), edge("vitebsk", "own", "member"), edge("vitebsk", "guest")]));

  it("tell the town of whoever stands under another one", () => {
    if (!found) throw new Error("no seed");
    const named = new Map(arranged(found, FRAME, "sans").scene.dots.map(({ id, label }) => [id, label]));
    expect([named.get("own"), named.get("guest")]).toEqual(["Администрация", "Администрация, Вязьма"]);
  });
});
