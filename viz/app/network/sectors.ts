import type { Frame, Point } from "../../kit/picture/camera";
import { widthOf } from "../../kit/picture/measure";
import { wrapped } from "../../kit/picture/wrap";
import { COLUMN, TEXT, type Dot, type Link, type Wedge } from "./scene";
import { mostOf, share } from "./strength";
import type { Branch, Leaf, Sector, Tree } from "./tree";
import type { EgoNode } from "./types";

/** The gap between two sectors, in radians, while there are few. */
const GAP = 0.05;
/** How far towns and leaves are from the middle, as parts of the ellipse. */
const RING = { town: 0.58, leaf: 0.93 };
/** Who only took part needs no more of the circle than this part of a leaf. */
const PARTICIPATION = 0.55;
/** An ellipse steeper or flatter than this makes equal sectors look unequal. */
const STEEPEST = 1.16;
const LEAST_RX = 90;
const EDGE = 20;

/** The middle of the picture with its name. */
interface Middle {
  r: number;
  lines: readonly string[];
  size: number;
}

/** Everybody's place, of a tree, in a frame. */
export interface Sectors {
  centre: Point;
  rx: number;
  ry: number;
  root: Dot;
  middle: Middle;
  dots: readonly Dot[];
  links: readonly Link[];
  wedges: readonly Wedge[];
}

/** Lay a tree out: a sector of an ellipse for each country, as wide as it has leaves, towns in it, leaves at the rim. `turn` is where the first begins, in radians. */
export function sectors({ root, sectors, across }: Tree, frame: Frame, turn: number, family: string): Sectors {
  const room = { x: Math.max(LEAST_RX, frame.width / 2 - COLUMN.width - COLUMN.away - 10), y: frame.height / 2 - EDGE };
  const rx = Math.min(room.x, room.y * STEEPEST);
  const ry = Math.min(room.y, room.x * STEEPEST);
  const centre = { x: frame.width / 2, y: frame.height / 2 };
  const middle = middleOf(root, rx, family);
  const rootDot: Dot = { id: root.id, node: root, ...centre, r: middle.r, shape: "dot", angle: 0, isOuter: false, isBold: true, label: root.short };
  const rim = new Rim(centre, rx, ry, rootDot, radii(sectors));
  const total = sectors.reduce((sum, sector) => sum + leavesOf(sector), 0);
  const gap = Math.min(GAP, Math.PI / 2 / (sectors.length || 1));
  const free = 2 * Math.PI - gap * sectors.length;
  const wedges: Wedge[] = [];
  let from = turn;
  for (const sector of sectors) {
    const to = from + (free * leavesOf(sector)) / total;
    wedges.push({ sector, from, to });
    rim.sector(sector, from, to);
    from = to + gap;
  }
  const known = new Map(rim.dots.map((dot) => [dot.id, dot]));
  const others = across.flatMap((edge): Link[] => {
    const [a, b] = [known.get(edge.a), known.get(edge.b)];
    return a && b ? [{ edge, a, b }] : [];
  });
  return { centre, rx, ry, root: rootDot, middle, dots: rim.dots, links: [...others, ...rim.links], wedges };
}

/** How much of the circle a sector asks for. */
export function leavesOf({ branches }: Sector): number {
  return branches.reduce((sum, branch) => sum + shareOf(branch), 0);
}

function shareOf({ edge, leaves, node }: Branch): number {
  if (leaves.length) return leaves.length;
  return edge.kind === "participation" || node.level === "more" ? PARTICIPATION : 1;
}

/** The disc is as wide as its name, unless that would push everybody out. */
function middleOf({ short }: EgoNode, rx: number, family: string): Middle {
  const made = (size: number): Middle => {
    const lines = wrapped(short, { size, weight: 600, family }, Math.max(96, rx * 0.6));
    const step = size * 1.2;
    const reach = lines.map((line, index) => Math.hypot(widthOf(line, size, 600, family) / 2, step * (Math.abs(index - (lines.length - 1) / 2) + 0.4)));
    return { r: Math.max(24, ...reach.map((far) => far + 10)), lines, size };
  };
  const usual = made(TEXT.root);
  return usual.r <= rx * 0.42 ? usual : made(TEXT.size);
}

/** What somebody is called beside another: an institution with its town, unless that is the other or the other's. */
function called({ level, short, town }: EgoNode, beside: EgoNode): string {
  return level === "institution" && town && town !== (beside.town || beside.name) ? `${short}, ${town}` : short;
}

/** Puts towns and leaves into their sectors. */
class Rim {
  readonly dots: Dot[];
  readonly links: Link[] = [];
  private readonly town: number;

  constructor(
    private readonly centre: Point,
    private readonly rx: number,
    private readonly ry: number,
    private readonly root: Dot,
    private readonly radiusOf: (leaf: Leaf) => number,
  ) {
    this.dots = [root];
    this.town = Math.min(0.75, Math.max(RING.town, (root.r + 26) / Math.min(rx, ry)));
  }

  sector(sector: Sector, from: number, to: number): void {
    const all = leavesOf(sector);
    let at = from;
    for (const branch of sector.branches) {
      const width = ((to - from) * shareOf(branch)) / all;
      this.branch(branch, at, width, sector);
      at += width;
    }
  }

  private branch({ node, edge, leaves }: Branch, from: number, width: number, sector: Sector): void {
    const isOuter = !leaves.length;
    const ring = isOuter ? RING.leaf : this.town;
    const isAlone = sector.branches.length === 1 && node.level !== "country" && node.level !== "more";
    const name = called(node, this.root.node);
    const label = isOuter && isAlone ? `${name}, ${sector.name}` : edge.kind === "participation" && node.level === "country" ? `${name} · ${edge.events}` : name;
    const r = Math.min(this.radiusOf({ node, edge }), Math.max(3, this.room(width, ring)));
    const dot = this.put(node, from + width / 2, ring, { r, isOuter, isBold: edge.kind !== "participation", label });
    this.links.push({ edge, a: this.root, b: dot });
    leaves.forEach((leaf, index) => this.leaf(leaf, dot, from + (width * (index + 0.5)) / leaves.length, width / leaves.length));
  }

  private leaf({ node, edge }: Leaf, town: Dot, angle: number, width: number): void {
    const r = Math.min(this.radiusOf({ node, edge }), Math.max(2.5, this.room(width, RING.leaf)));
    const dot = this.put(node, angle, RING.leaf, { r, isOuter: true, isBold: false, label: called(node, town.node) });
    const near = this.dots.find(({ id }) => id !== dot.id && (id === edge.a || id === edge.b)) ?? town;
    this.links.push({ edge, a: near, b: dot });
  }

  /** The largest radius that touches no neighbour on a ring. */
  private room(width: number, ring: number): number {
    return (width * ring * Math.min(this.rx, this.ry)) / 2.6;
  }

  private put(node: EgoNode, angle: number, ring: number, looks: Pick<Dot, "r" | "isOuter" | "isBold" | "label">): Dot {
    const [x, y] = [this.centre.x + this.rx * ring * Math.cos(angle), this.centre.y + this.ry * ring * Math.sin(angle)];
    const shape = node.level === "country" || node.level === "region" ? "square" : node.level === "institution" ? "diamond" : "dot";
    const dot: Dot = { id: node.id, node, x, y, shape, angle, ...looks };
    this.dots.push(dot);
    return dot;
  }
}

/** How large signs are, beside those of the strongest town and of the strongest institution in the tree. */
function radii(sectors: readonly Sector[]): (leaf: Leaf) => number {
  const all = sectors.flatMap(({ branches }) => branches.flatMap((branch) => [branch, ...branch.leaves]));
  const of = (isInstitution: boolean) => mostOf(all.filter(({ node }) => (node.level === "institution") === isInstitution).map((leaf) => ({ events: eventsOf(leaf) })));
  const [institutions, towns] = [of(true), of(false)];
  return (leaf) => {
    if (leaf.node.level === "more" || leaf.edge.kind === "participation") return 5;
    const events = eventsOf(leaf);
    return leaf.node.level === "institution" ? 4 + 5 * share(events, institutions, 5) : 5 + 12.4 * Math.sqrt(share(events, towns, 60));
  };
}

function eventsOf({ node, edge }: Leaf): number {
  return edge.events || node.events;
}
