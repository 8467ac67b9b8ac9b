import { seen, type Camera, type Frame } from "./camera";
import { ACCENT, FADED, INK, WASH } from "./colours";
import type { Mark, Picture, Shape, Stroke, Text } from "./marks";

/** Somebody in a network; the radius is in pixels at scale 1. */
export interface Spot {
  id: string;
  x: number;
  y: number;
  r: number;
  shape: Shape;
  colour: string;
  /** The lines of the label. */
  lines: readonly string[];
  /** The whole name. */
  title: string;
  /** How much its label counts where not all have room. */
  weight: number;
}

export interface Line {
  id: string;
  a: string;
  b: string;
  width: number;
  colour: string;
  isDashed: boolean;
  opacity?: number;
}

export interface Graph {
  spots: readonly Spot[];
  lines: readonly Line[];
}

/** What is pointed out, by id; what is not in `lit` fades, where that is given. */
export interface Look {
  chosen: string;
  hovered: string;
  lit: ReadonlySet<string> | undefined;
}

/** A spot where it is seen, and how large. */
export interface Seen extends Spot {
  isFaded: boolean;
}

/** Writes the labels of what is seen. */
export type Labelling = (spots: readonly Seen[], scale: number, frame: Frame, look: Look) => Text[];

/** The colours that are nobody's own. */
export interface Inks {
  ink: string;
  wash: string;
  accent: string;
  faded: string;
}

const PAPER: Inks = { ink: INK, wash: WASH, accent: ACCENT, faded: FADED };

export interface Manner {
  /** How many times larger shapes are at a scale: 1 where they always have one size. */
  shapes: (scale: number) => number;
  /** The same of the widths of lines. */
  lines: (scale: number) => number;
  /** Whether dashes can be told from a whole line at a scale. */
  dashes: (scale: number) => boolean;
  labels: Labelling;
  /** Those of the kit where nothing is said. */
  inks?: Inks;
}

const DASHES = [7, 6] as const;
const EDGE = 2;
const CHOSEN_EDGE = 4;
const WIDER = { chosen: 2.5, hovered: 1.5 };

/** What a network looks like from a camera: only what is in the frame is in the picture, and what fades lies under what does not. */
export function compose({ spots, lines }: Graph, camera: Camera, frame: Frame, look: Look, manner: Manner): Picture {
  const larger = manner.shapes(camera.scale);
  const inks = manner.inks ?? PAPER;
  const placed = fadedFirst(spots, look).map((spot): Seen => ({ ...spot, ...seen(camera, spot), r: spot.r * larger, isFaded: isFaded(spot.id, look) }));
  const known = new Map(placed.map((spot) => [spot.id, spot]));
  const looks = { ...look, inks, wider: manner.lines(camera.scale), dashes: manner.dashes(camera.scale) };
  return {
    ...frame,
    strokes: fadedFirst(lines, look).flatMap((line) => strokeOf(line, known, frame, looks)),
    marks: placed.filter((spot) => isIn(frame, spot.x - spot.r * 2, spot.y - spot.r * 2, spot.x + spot.r * 2, spot.y + spot.r * 2)).map((spot) => markOf(spot, larger, look, inks)),
    texts: manner.labels(placed, camera.scale, frame, look),
  };
}

/** Whether a box and the frame have anything in common. */
export function isIn({ width, height }: Frame, left: number, top: number, right: number, bottom: number): boolean {
  return right >= 0 && left <= width && bottom >= 0 && top <= height;
}

function fadedFirst<T extends { id: string }>(all: readonly T[], look: Look): readonly T[] {
  return look.lit ? [...all.filter(({ id }) => isFaded(id, look)), ...all.filter(({ id }) => !isFaded(id, look))] : all;
}

function isFaded(id: string, { lit }: Look): boolean {
  return lit !== undefined && !lit.has(id);
}

function strokeOf(line: Line, known: ReadonlyMap<string, Seen>, frame: Frame, look: Look & { inks: Inks; wider: number; dashes: boolean }): Stroke[] {
  const [a, b] = [known.get(line.a), known.get(line.b)];
  if (!a || !b || !isIn(frame, Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y))) return [];
  const [isChosen, isHovered] = [line.id === look.chosen, line.id === look.hovered];
  const width = (line.width + (isChosen ? WIDER.chosen : isHovered ? WIDER.hovered : 0)) * look.wider;
  const colour = isChosen || isHovered ? look.inks.accent : isFaded(line.id, look) ? look.inks.faded : line.colour;
  const dashes = line.isDashed && look.dashes ? ([DASHES[0] * look.wider, DASHES[1] * look.wider] as const) : undefined;
  return [{ id: line.id, x1: a.x, y1: a.y, x2: b.x, y2: b.y, colour, width, dashes, ...(line.opacity === undefined ? {} : { opacity: line.opacity }) }];
}

function markOf({ id, shape, x, y, r, colour, title, isFaded }: Seen, larger: number, look: Look, inks: Inks): Mark {
  const isChosen = id === look.chosen;
  return { id, shape, x, y, r, colour: isFaded ? inks.faded : colour, edge: isChosen || id === look.hovered ? inks.ink : inks.wash, edgeWidth: (isChosen ? CHOSEN_EDGE : EDGE) * Math.min(1, larger), title };
}
