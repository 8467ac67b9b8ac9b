import type { Box, Frame, Point } from "../../kit/picture/camera";
import type { Shape } from "../../kit/picture/marks";
import type { EgoEdge, EgoNode } from "./types";
import type { Sector } from "./tree";

/** Where somebody stands in the picture of sectors. */
export interface Dot extends Point {
  id: string;
  node: EgoNode;
  r: number;
  shape: Shape;
  angle: number;
  /** Named in a column beside the picture rather than where it stands. */
  isOuter: boolean;
  isBold: boolean;
  label: string;
}

export interface Link {
  edge: EgoEdge;
  a: Dot;
  b: Dot;
}

export interface Wedge {
  sector: Sector;
  from: number;
  to: number;
}

/** A name in a column: its lines, its middle, and the one it leads to, which a heading lacks. */
export interface Note extends Point {
  id: string;
  lines: readonly string[];
  height: number;
  side: Side;
  isBold: boolean;
  dot: Dot | undefined;
  /** The sign before a heading: a square for a country, a dot for a town. */
  sign: Shape | undefined;
  country: string;
}

/** The left column, or the right. */
export type Side = -1 | 1;

/** A picture of sectors with everything in its place; it knows neither colours nor what a filter hides. */
export interface Scene {
  frame: Frame;
  centre: Point;
  rx: number;
  ry: number;
  root: Dot;
  /** The lines of the name in the middle, and how large they are. */
  rootLines: readonly string[];
  rootSize: number;
  dots: readonly Dot[];
  links: readonly Link[];
  wedges: readonly Wedge[];
  notes: readonly Note[];
  /** The boxes of the names inside, and of the badges, by whose they are. */
  names: ReadonlyMap<string, Box>;
  badges: ReadonlyMap<string, Box>;
}

export const TEXT = { size: 13, line: 16, inner: 15, gap: 7, badge: 11, root: 16 };
/** How wide a column of names is, and how far it is from the ellipse. */
export const COLUMN = { width: 184, away: 22 };

export function badgeText({ node }: Dot): string {
  return `+${node.hidden}`;
}
