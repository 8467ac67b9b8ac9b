import { svg } from "../dom";
import { TYPE } from "./colours";
import { reach, type Mark, type Picture, type Stroke, type Text } from "./marks";

/** The elements of a picture, for an `svg` of its size. Shapes and texts bear the id of what they stand for as `data-node`. */
export function elements({ strokes, marks, texts }: Picture): SVGElement[] {
  return [...strokes.map(lineOf), ...marks.map(markOf), ...texts.map(textOf)];
}

function lineOf({ x1, y1, x2, y2, colour, width, dashes }: Stroke): SVGElement {
  return svg("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width, "stroke-dasharray": dashes?.join(" ") });
}

function markOf({ id, shape, x, y, r, colour, edge, edgeWidth, title }: Mark): SVGElement {
  const far = reach(shape, r);
  const looks = { fill: colour, stroke: edge, "stroke-width": edgeWidth, "data-node": id };
  const name = svg("title", {}, title);
  if (shape === "dot") return svg("circle", { cx: x, cy: y, r: far, ...looks }, name);
  if (shape === "square") return svg("rect", { x: x - far, y: y - far, width: 2 * far, height: 2 * far, ...looks }, name);
  return svg("path", { d: `M${x} ${y - far}L${x + far} ${y}L${x} ${y + far}L${x - far} ${y}Z`, ...looks }, name);
}

function textOf({ id, anchor, x, y, text, size, colour, halo, title }: Text): SVGElement {
  const around = halo ? { stroke: halo, "stroke-width": size / 3.5, "paint-order": "stroke", "stroke-linejoin": "round" } : {};
  return svg("text", { x, y, "text-anchor": anchor, "font-family": TYPE, "font-size": size, fill: colour, ...around, "data-node": id }, text, svg("title", {}, title));
}
