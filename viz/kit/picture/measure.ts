import { TYPE } from "./colours";

let pen: CanvasRenderingContext2D | null | undefined;
let set = "";

/** How wide a text is drawn, in pixels. Where there is no page it is guessed. */
export function widthOf(text: string, size: number, weight = 400, family = TYPE): number {
  if (pen === undefined) pen = typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!pen) return text.length * size * 0.6;
  const font = `${weight} ${size}px ${family}`;
  if (font !== set) pen.font = set = font; // to set a font takes longer than to measure a word
  return pen.measureText(text).width;
}

/** Whether the browser paints on a canvas at all: some are forbidden to. */
export function canPaint(): boolean {
  widthOf("", TEXT_SIZE);
  return Boolean(pen);
}

const TEXT_SIZE = 13;
