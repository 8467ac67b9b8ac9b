import { TYPE } from "./colours";
import { AREA_WASH, reach, type Area, type Mark, type Picture, type Stroke, type Text } from "./marks";

/** What of a canvas's pen is used. */
export type Pen = Pick<CanvasRenderingContext2D, "beginPath" | "moveTo" | "lineTo" | "arc" | "ellipse" | "rect" | "roundRect" | "closePath" | "stroke" | "fill" | "fillText" | "strokeText" | "setLineDash"> &
  Record<"strokeStyle" | "fillStyle" | "lineWidth" | "lineJoin" | "font" | "textAlign" | "textBaseline" | "globalAlpha", unknown>;

/** From so many shapes on, those of one colour are painted at one go and without the edge that most have: each by itself would take most of a frame. */
const MANY_MARKS = 400;
const ALIGN = { start: "left", middle: "center", end: "right" } as const;

/** Paint a picture. What looks alike is painted at one go, which is what makes large networks quick. */
export function paint(pen: Pen, { areas = [], strokes, marks, texts }: Picture): void {
  for (const area of areas) paintArea(pen, area);
  for (const group of alike(strokes, ({ colour, width, dashes, opacity = 1 }) => `${colour} ${width} ${dashes?.[0]} ${opacity}`)) paintStrokes(pen, group);
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  if (marks.length < MANY_MARKS) for (const mark of marks) paintMark(pen, mark);
  else paintMany(pen, marks);
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

function paintArea(pen: Pen, { x, y, rx, ry, hole, from, to, colour, rim }: Area): void {
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, from, to);
  pen.ellipse(x, y, hole, hole, 0, to, from, true);
  pen.closePath();
  pen.globalAlpha = AREA_WASH;
  pen.fillStyle = colour;
  pen.fill();
  pen.globalAlpha = 1;
  pen.beginPath();
  pen.ellipse(x, y, rx, ry, 0, from, to);
  pen.strokeStyle = colour;
  pen.lineWidth = rim;
  pen.stroke();
}

function paintStrokes(pen: Pen, group: readonly Stroke[]): void {
  const [first] = group;
  if (!first) return;
  pen.setLineDash(first.dashes ? [...first.dashes] : []);
  pen.strokeStyle = first.colour;
  pen.lineWidth = first.width;
  pen.globalAlpha = first.opacity ?? 1;
  pen.beginPath();
  for (const { x1, y1, x2, y2 } of group) {
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
  }
  pen.stroke();
}

function paintMany(pen: Pen, marks: readonly Mark[]): void {
  const groups = alike(marks, ({ edge, edgeWidth }) => `${edge} ${edgeWidth}`).sort((a, b) => b.length - a.length);
  for (const group of alike(groups[0] ?? [], ({ shape, colour }) => `${shape} ${colour}`)) {
    pen.beginPath();
    for (const mark of group) outline(pen, mark);
    pen.fillStyle = group[0]?.colour;
    pen.fill();
  }
  for (const mark of groups.slice(1).flat()) paintMark(pen, mark);
}

function paintMark(pen: Pen, mark: Mark): void {
  pen.beginPath();
  outline(pen, mark);
  pen.fillStyle = mark.colour;
  pen.fill();
  pen.strokeStyle = mark.edge;
  pen.lineWidth = mark.edgeWidth;
  pen.stroke();
}

function outline(pen: Pen, { shape, x, y, r, half = r }: Mark): void {
  const far = reach(shape, r);
  if (shape === "dot") {
    pen.moveTo(x + far, y);
    pen.arc(x, y, far, 0, 2 * Math.PI);
  } else if (shape === "square") pen.rect(x - far, y - far, 2 * far, 2 * far);
  else if (shape === "pill") pen.roundRect(x - half, y - far, 2 * half, 2 * far, far);
  else {
    pen.moveTo(x, y - far);
    for (const [across, down] of [[far, 0], [0, far], [-far, 0]] as const) pen.lineTo(x + across, y + down);
    pen.closePath();
  }
}

function paintText(pen: Pen, { anchor, x, y, text, size, colour, halo, weight = 400, family = TYPE }: Text): void {
  pen.font = `${weight} ${size}px ${family}`;
  pen.textAlign = ALIGN[anchor];
  if (halo) {
    pen.strokeStyle = halo;
    pen.lineWidth = size / 3.5;
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}
