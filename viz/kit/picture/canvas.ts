import { TYPE } from "./colours";
import { reach, type Mark, type Picture, type Stroke, type Text } from "./marks";

/** What of a canvas's pen is used. */
export type Pen = Pick<CanvasRenderingContext2D, "beginPath" | "moveTo" | "lineTo" | "arc" | "rect" | "closePath" | "stroke" | "fill" | "fillText" | "strokeText" | "setLineDash"> &
  Record<"strokeStyle" | "fillStyle" | "lineWidth" | "lineJoin" | "font" | "textAlign" | "textBaseline", unknown>;

/** Paint a picture. What looks alike and follows each other is painted at one go, which is what makes large networks quick. */
export function paint(pen: Pen, { strokes, marks, texts }: Picture): void {
  for (const group of alike(strokes, ({ colour, width, dashes }) => `${colour} ${width} ${dashes?.[0]}`)) paintStrokes(pen, group);
  pen.setLineDash([]);
  for (const mark of marks) paintMark(pen, mark);
  pen.lineJoin = "round";
  pen.textBaseline = "alphabetic";
  for (const text of texts) paintText(pen, text);
}

function alike<T>(all: readonly T[], looks: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of all) {
    const key = looks(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()];
}

function paintStrokes(pen: Pen, group: readonly Stroke[]): void {
  const [first] = group;
  if (!first) return;
  pen.setLineDash(first.dashes ? [...first.dashes] : []);
  pen.strokeStyle = first.colour;
  pen.lineWidth = first.width;
  pen.beginPath();
  for (const { x1, y1, x2, y2 } of group) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
}

function paintMark(pen: Pen, { shape, x, y, r, colour, edge, edgeWidth }: Mark): void {
  const far = reach(shape, r);
  pen.beginPath();
  if (shape === "dot") pen.arc(x, y, far, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(x - far, y - far, 2 * far, 2 * far);
  else {
    pen.moveTo(x, y - far);
    for (const [across, down] of [[far, 0], [0, far], [-far, 0]] as const) pen.lineTo(x + across, y + down);
    pen.closePath();
  }
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = edge;
  pen.lineWidth = edgeWidth;
  pen.stroke();
}

function paintText(pen: Pen, { anchor, x, y, text, size, colour, halo }: Text): void {
  pen.font = `${size}px ${TYPE}`;
  pen.textAlign = anchor === "middle" ? "center" : "left";
  if (halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = size / 3.5;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
