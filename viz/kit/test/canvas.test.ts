import { expect, it } from "vitest";
import { paint, type Pen } from "../picture/canvas";
import type { Mark, Picture, Stroke } from "../picture/marks";

/** A pen that writes down what it is told, and its looks whenever it puts something on the canvas. */
function recorder(): { pen: Pen; said: string[] } {
  const said: string[] = [];
  const looks: Record<string, unknown> = {};
  const looksOf: Record<string, string[]> = { stroke: ["strokeStyle", "lineWidth"], fill: ["fillStyle"], fillText: ["fillStyle", "font", "textAlign"], strokeText: ["strokeStyle", "lineWidth"] };
  const pen = new Proxy({}, {
    get: (_none, name: string) => (...given: unknown[]) => void said.push([name, ...given, ...(looksOf[name] ?? []).map((look) => looks[look])].join(" ")),
    set: (_none, name: string, value) => {
      looks[name] = value;
      return true;
    },
  });
  return { pen: pen as Pen, said };
}

const line = (x: number, looks: Partial<Stroke> = {}): Stroke => ({ id: `${x}`, x1: x, y1: 0, x2: x, y2: 9, colour: "red", width: 2, ...looks });
const mark: Mark = { id: "m", shape: "dot", x: 5, y: 6, r: 3, colour: "blue", edge: "white", edgeWidth: 1, title: "" };
const empty: Picture = { width: 9, height: 9, strokes: [], marks: [], texts: [] };

it("paints lines that look alike at one go", () => {
  const { pen, said } = recorder();
  paint(pen, { ...empty, strokes: [line(1), line(2, { colour: "green" }), line(3)] });
  expect(said).toEqual([
    "setLineDash ", "beginPath", "moveTo 1 0", "lineTo 1 9", "moveTo 3 0", "lineTo 3 9", "stroke red 2",
    "setLineDash ", "beginPath", "moveTo 2 0", "lineTo 2 9", "stroke green 2", "setLineDash ",
  ]);
});

it("dashes only what is dashed", () => {
  const { pen, said } = recorder();
  paint(pen, { ...empty, strokes: [line(1, { dashes: [7, 6] }), line(2)] });
  expect(said.filter((word) => word.startsWith("setLineDash"))).toEqual(["setLineDash 7,6", "setLineDash ", "setLineDash "]);
});

it("fills shapes and draws their edge, then letters on their halo", () => {
  const { pen, said } = recorder();
  const text = { id: "t", anchor: "middle", x: 1, y: 2, text: "Минск", size: 14, colour: "black", halo: "grey", title: "" } as const;
  paint(pen, { ...empty, marks: [mark, { ...mark, shape: "diamond" }], texts: [text, { ...text, halo: "" }] });
  expect(said.slice(1, 6)).toEqual(["beginPath", "moveTo 8 6", `arc 5 6 3 0 ${2 * Math.PI}`, "fill blue", "stroke white 1"]);
  expect(said.filter((word) => word.startsWith("lineTo"))).toHaveLength(3);
  expect(said.slice(-3).map((word) => word.replace(/ 14px.*(?= \S+$)/, ""))).toEqual(["strokeText Минск 1 2 grey 4", "fillText Минск 1 2 black 400 center", "fillText Минск 1 2 black 400 center"]);
});
