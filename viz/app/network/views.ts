import type { Box, Camera, Frame, Point } from "../../kit/picture/camera";
import { seen } from "../../kit/picture/camera";
import { compose, type Graph, type Line, type Look, type Manner, type Seen, type Spot } from "../../kit/picture/compose";
import type { Layout } from "../../kit/picture/forces";
import type { Picture, Text } from "../../kit/picture/marks";
import { widthOf } from "../../kit/picture/measure";
import { through } from "../../kit/picture/parts";
import { seated } from "../../kit/picture/seats";
import { draw } from "./draw";
import { homeOf, radii } from "./force";
import { headings, type Heading } from "./headings";
import { TEXT, type Scene } from "./scene";
import { mostOf, share } from "./strength";
import type { Theme } from "./theme";
import type { Ego, EgoEdge, EgoNode } from "./types";

/** A picture that can be looked at from anywhere. */
export interface View {
  frame: Frame;
  /** Where everybody is, in the picture's own units. */
  places: ReadonlyMap<string, Point>;
  /** Who is tied to whom among them. */
  links: readonly Pick<EgoEdge, "id" | "a" | "b">[];
  /** The picture from a camera, on a canvas. Names find new seats only at rest, or they would dance. */
  picture(camera: Camera, canvas: Frame, isAtRest: boolean): Picture;
}

export function sectorView(scene: Scene, theme: Theme): View {
  const picture = draw(scene, theme);
  const dots = scene.dots.filter(({ node }) => !node.out);
  const links = scene.links.filter(({ edge, a, b }) => !edge.out && !a.node.out && !b.node.out);
  return {
    frame: scene.frame,
    places: new Map(dots.map((dot) => [dot.id, dot])),
    links: links.map(({ edge, a, b }) => ({ id: edge.id, a: a.id, b: b.id })),
    picture: (camera) => through(picture, camera),
  };
}

/** From so many lines on only the strongest are wider than one pixel: without a graphics card a wide line takes ten times as long. */
const MANY_LINES = 800;
const STRONGEST = 150;
const NAMES = 70;
const LINE = { least: 0.8, most: 7, few: 7, opacity: 0.55, faint: 0.3 };
/** What the id of a country's heading begins with. */
const HEAD = "sector ";
const NOTHING: Look = { chosen: "", hovered: "", lit: undefined };

/** A whole network: signs and letters keep their size however near it is seen. */
export function forceView(ego: Ego, places: Layout, frame: Frame, theme: Theme): View {
  const graph = graphOf(ego, places, headings(ego, places, frame), theme);
  const names = new Names(theme);
  const inks = { ink: theme.ink, wash: theme.surface, accent: theme.accent, faded: theme.faded };
  return {
    frame,
    places: new Map(graph.spots.filter(({ weight }) => weight < Number.MAX_VALUE).map((spot) => [spot.id, spot])),
    links: graph.lines,
    picture: (camera, canvas, isAtRest) => {
      const labels: Manner["labels"] = (spots) => names.texts(spots, graph, camera, canvas, isAtRest);
      return named(compose(graph, camera, canvas, NOTHING, { shapes: () => 1, lines: () => 1, dashes: () => true, labels, inks }));
    },
  };
}

/** A country's square without its name says nothing: it goes with it. */
function named(picture: Picture): Picture {
  const names = new Set(picture.texts.map(({ id }) => id));
  return { ...picture, marks: picture.marks.filter(({ id }) => !id.startsWith(HEAD) || names.has(id)) };
}

/** What somebody is called: an institution with its town, unless that is joined to it in the picture. */
function labels({ edges }: Ego): (node: EgoNode) => string {
  const joined = new Set(edges.flatMap(({ kind, a, b }) => (kind === "member" ? [a, b] : [])));
  return ({ id, level, short, town }) => (level === "institution" && town && !joined.has(id) ? `${short}, ${town}` : short);
}

function graphOf(ego: Ego, places: Layout, named: readonly Heading[], theme: Theme): Graph {
  const [radius, label] = [radii(ego), labels(ego)];
  const spots = ego.nodes.flatMap((node): Spot[] => {
    const at = node.out ? undefined : places.get(node.id);
    const shape = node.level === "institution" ? "diamond" : node.level === "country" || node.level === "region" ? "square" : "dot";
    return at ? [{ id: node.id, ...at, r: radius(node), shape, colour: theme.country(node.country), lines: [label(node)], title: node.name, weight: node.events + (node.ours ? 0.5 : 0) }] : [];
  });
  const heads = named.map(({ code, name, x, y }): Spot => ({ id: HEAD + code, x, y, r: 6, shape: "square", colour: theme.country(code), lines: [name], title: name, weight: Number.MAX_VALUE }));
  return { spots: [...spots, ...heads], lines: linesOf(ego, theme) };
}

function linesOf(ego: Ego, theme: Theme): Line[] {
  const { nodes, edges } = ego;
  const known = new Map(nodes.map((node) => [node.id, node]));
  const shown = edges.filter(({ out, a, b }) => !out && !known.get(a)?.out && !known.get(b)?.out);
  const least = shown.length < MANY_LINES ? 0 : ([...shown].sort((a, b) => b.events - a.events)[STRONGEST]?.events ?? 0);
  const most = mostOf(shown);
  const opacity = shown.length < MANY_LINES ? LINE.opacity : LINE.faint;
  const home = homeOf(ego);
  const colour = ({ kind, a, b }: EgoEdge) => {
    const [one, other] = [known.get(a), known.get(b)];
    return kind === "member" ? theme.edge : theme.country((one?.country === home ? other : one)?.country ?? "");
  };
  return shown.map((edge) => ({
    id: edge.id, a: edge.a, b: edge.b, colour: colour(edge), isDashed: edge.kind === "participation", opacity: edge.events <= least ? opacity : LINE.opacity,
    width: edge.events <= least || edge.kind !== "tie" ? 1 : LINE.least + (LINE.most - LINE.least) * share(edge.events, most, LINE.few),
  }));
}

/** The names of a whole network. While it moves, each keeps its seat beside its node; at rest all look for the best again. */
class Names {
  private readonly offsets = new Map<string, Point>();

  constructor(private readonly theme: Theme) {}

  texts(spots: readonly Seen[], graph: Graph, camera: Camera, frame: Frame, isAtRest: boolean): Text[] {
    const inside = spots.filter(({ x, y }) => x >= 0 && y >= 0 && x <= frame.width && y <= frame.height);
    if (isAtRest) this.seat(inside, graph, camera, frame);
    return inside.flatMap((spot) => this.text(spot));
  }

  private seat(spots: readonly Seen[], graph: Graph, camera: Camera, frame: Frame): void {
    const seekers = spots.map((spot) => ({ ...spot, width: this.width(spot), height: TEXT.inner }));
    const seats = seated(seekers, { frame, nodes: spots, taken: [], lines: lengths(graph, camera), most: NAMES });
    this.offsets.clear();
    for (const spot of spots) {
      const box = seats.get(spot.id);
      if (box) this.offsets.set(spot.id, offset(spot, box));
    }
  }

  private width({ lines, weight }: Seen): number {
    return widthOf(lines[0] ?? "", TEXT.size, boldness(weight), this.theme.family);
  }

  private text({ id, x, y, lines, title, weight }: Seen): Text[] {
    const at = this.offsets.get(id);
    if (!at) return [];
    return [{ id, anchor: "start", x: x + at.x, y: y + at.y, text: lines[0] ?? "", size: TEXT.size, weight: boldness(weight), colour: this.theme.ink, halo: this.theme.surface, title, family: this.theme.family }];
  }
}

function boldness(weight: number): number {
  return weight > 4 ? 600 : 400;
}

function offset({ x, y }: Point, { left, top, bottom }: Box): Point {
  return { x: left - x, y: (top + bottom) / 2 + TEXT.size * 0.35 - y };
}

function lengths({ spots, lines }: Graph, camera: Camera): { x1: number; y1: number; x2: number; y2: number }[] {
  const known = new Map(spots.map((spot) => [spot.id, seen(camera, spot)]));
  return lines.flatMap(({ a, b }) => {
    const [from, to] = [known.get(a), known.get(b)];
    return from && to ? [{ x1: from.x, y1: from.y, x2: to.x, y2: to.y }] : [];
  });
}
