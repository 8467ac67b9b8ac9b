import type { Frame, Point } from "./camera";

/** A picture as it is painted, whatever it is painted on: areas, over them lines, shapes and texts. All units are its own pixels. */
export interface Picture extends Frame {
  areas?: readonly Area[];
  strokes: readonly Stroke[];
  marks: readonly Mark[];
  texts: readonly Text[];
}

/** A sector of an ellipse with a round hole: a wash of its colour, and a rim. Angles are in radians, clockwise from the right. */
export interface Area extends Point {
  rx: number;
  ry: number;
  hole: number;
  from: number;
  to: number;
  colour: string;
  /** How wide the rim is. */
  rim: number;
}

/** How strong the wash of an area is: names and lines must be read on it. */
export const AREA_WASH = 0.07;

export interface Stroke {
  id: string;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  colour: string;
  width: number;
  /** Lengths of a dash and of the gap after it; none in a whole line. */
  dashes?: readonly [number, number] | undefined;
  /** From 0 to 1, which it is where nothing is said. */
  opacity?: number;
}

/** A pill is as high as two radii and as wide as its text. */
export type Shape = "dot" | "square" | "diamond" | "pill";

export interface Mark {
  id: string;
  shape: Shape;
  x: number;
  y: number;
  r: number;
  colour: string;
  edge: string;
  edgeWidth: number;
  title: string;
  /** Half the width of a pill. */
  half?: number;
}

export interface Text {
  id: string;
  /** Which point of the line x is: its middle, its left or its right end. */
  anchor: "middle" | "start" | "end";
  x: number;
  /** The line on which the letters stand. */
  y: number;
  text: string;
  size: number;
  colour: string;
  /** What surrounds the letters, so that lines under them do not strike them through; "" for nothing. */
  halo: string;
  title: string;
  /** 400 where nothing is said. */
  weight?: number;
  /** The fonts; those of the kit where nothing is said. */
  family?: string;
}

/** How far a shape reaches to each side, so that all shapes of one radius have about the same area. */
export function reach(shape: Shape, r: number): number {
  return shape === "dot" || shape === "pill" ? r : shape === "square" ? (r * Math.sqrt(Math.PI)) / 2 : r * Math.sqrt(Math.PI / 2);
}
