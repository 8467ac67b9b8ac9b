import { TYPE } from "./colours";

let pen: CanvasRenderingContext2D | null | undefined;

/** How wide a text is drawn, in pixels. Where there is no page it is guessed. */
export function widthOf(text: string, size: number): number {
  if (pen === undefined) pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * size * 0.6;
  pen.font = `${size}px ${TYPE}`;
  return pen.measureText(text).width;
}
