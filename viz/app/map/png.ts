import { h, save } from "../../kit/dom";
import type { Frame } from "../../kit/picture/camera";

/** So many dots a pixel: sharp on paper and in a document. */
const SHARP = 2;

/** Offer an SVG picture as PNG; nothing where the browser paints none. */
export function savePng(picture: SVGSVGElement, { width, height }: Frame, name: string): void {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = h("canvas", { width: width * SHARP, height: height * SHARP });
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((made) => made && save(made, name));
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(copy.outerHTML)}`;
}
