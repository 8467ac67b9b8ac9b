import { svg } from "../dom";
import { TYPE } from "./colours";
import { widthOf } from "./measure";
import { AREA_WASH, reach, type Area, type Mark, type Picture, type Stroke, type Text } from "./marks";

/**
 * The elements of a picture, for an `svg` of its size. Shapes and texts bear the id of what they stand for as `data-node`.
 * `isFitted` keeps texts as wide as they are here, for files that are looked at where there are other fonts.
 */
export function elements({ areas = [], strokes, marks, texts }: Picture, isFitted = false): SVGElement[] {
  return [...areas.flatMap(areaOf), ...strokes.map(lineOf), ...marks.map(markOf), ...texts.map((text) => textOf(text, isFitted))];
}

function areaOf({ x, y, rx, ry, hole, from, to, colour, rim }: Area): SVGElement[] {
  const at = (angle: number, across: number, down: number) => `${x + across * Math.cos(angle)} ${y + down * Math.sin(angle)}`;
  const far = to - from > Math.PI ? 1 : 0;
  const arc = `M${at(from, rx, ry)}A${rx} ${ry} 0 ${far} 1 ${at(to, rx, ry)}`;
  const inside = `L${at(to, hole, hole)}A${hole} ${hole} 0 ${far} 0 ${at(from, hole, hole)}Z`;
  return [svg("path", { d: arc + inside, fill: colour, "fill-opacity": AREA_WASH }), svg("path", { d: arc, fill: "none", stroke: colour, "stroke-width": rim })];
}

function lineOf({ x1, y1, x2, y2, colour, width, dashes, opacity }: Stroke): SVGElement {
  return svg("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width, "stroke-dasharray": dashes?.join(" "), "stroke-opacity": opacity });
}

function markOf({ id, shape, x, y, r, colour, edge, edgeWidth, title, half = r }: Mark): SVGElement {
  const far = reach(shape, r);
  const looks = { fill: colour, stroke: edge, "stroke-width": edgeWidth, "data-node": id };
  const name = svg("title", {}, title);
  if (shape === "dot") return svg("circle", { cx: x, cy: y, r: far, ...looks }, name);
  if (shape === "pill") return svg("rect", { x: x - half, y: y - far, width: 2 * half, height: 2 * far, rx: far, ...looks }, name);
  if (shape === "square") return svg("rect", { x: x - far, y: y - far, width: 2 * far, height: 2 * far, ...looks }, name);
  return svg("path", { d: `M${x} ${y - far}L${x + far} ${y}L${x} ${y + far}L${x - far} ${y}Z`, ...looks }, name);
}

function textOf({ id, anchor, x, y, text, size, colour, halo, title, weight, family = TYPE }: Text, isFitted: boolean): SVGElement {
  const wide = isFitted ? { textLength: widthOf(text, size, weight, family).toFixed(1), lengthAdjust: "spacingAndGlyphs" } : {};
  const around = halo ? { stroke: halo, "stroke-width": size / 3.5, "paint-order": "stroke", "stroke-linejoin": "round" } : {};
  return svg("text", { x, y, "text-anchor": anchor, "font-family": family, "font-size": size, "font-weight": weight, fill: colour, ...around, ...wide, "data-node": id }, text, svg("title", {}, title));
}
