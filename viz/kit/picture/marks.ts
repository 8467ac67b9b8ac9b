import type { Frame } from "./camera";

/** A picture as it is painted, whatever it is painted on: lines, over them shapes, over them texts. All units are its own pixels. */
export interface Picture extends Frame {
  strokes: readonly Stroke[];
  marks: readonly Mark[];
  texts: readonly Text[];
}

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
}

export type Shape = "dot" | "square" | "diamond";

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
}

export interface Text {
  id: string;
  /** The middle of the line, or its left end. */
  anchor: "middle" | "start";
  x: number;
  /** The line on which the letters stand. */
  y: number;
  text: string;
  size: number;
  colour: string;
  /** What surrounds the letters, so that lines under them do not strike them through; "" for nothing. */
  halo: string;
  title: string;
}

/** How far a shape reaches to each side, so that all shapes of one radius have about the same area. */
export function reach(shape: Shape, r: number): number {
  return shape === "dot" ? r : shape === "square" ? (r * Math.sqrt(Math.PI)) / 2 : r * Math.sqrt(Math.PI / 2);
}
