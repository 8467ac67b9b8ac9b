import { h, save, svg } from "../../kit/dom";
import { paint } from "../../kit/picture/canvas";
import type { Picture } from "../../kit/picture/marks";
import { elements } from "../../kit/picture/svg";
import type { Theme } from "./theme";

/** So many dots a pixel: sharp on paper and in a document. */
const SHARP = 2;

/** A picture as SVG, on the theme's ground. */
export function asSvg(picture: Picture, theme: Theme, label: string): SVGSVGElement {
  const { width, height } = picture;
  const made = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
  made.append(svg("rect", { width, height, fill: theme.surface }), ...elements(picture, true));
  return made;
}

/** Offer a picture as PNG. */
export function savePng(picture: Picture, theme: Theme, name: string): void {
  const canvas = h("canvas", { width: picture.width * SHARP, height: picture.height * SHARP });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(SHARP, SHARP);
  pen.fillStyle = theme.surface;
  pen.fillRect(0, 0, picture.width, picture.height);
  paint(pen, picture);
  canvas.toBlob((made) => made && save(made, `${name}.png`));
}
