import type { Area, Mark, Picture, Stroke, Text } from "../../kit/picture/marks";
import { leaderOf } from "./arrange";
import { mostOf, share } from "./strength";
import { badgeText, TEXT, type Dot, type Link, type Note, type Scene } from "./scene";
import type { Theme } from "./theme";

/** What the id of a badge begins with; its node's id follows. */
export const BADGE = "+";
const WIDTH = { least: 1, most: 9.4, few: 7, plain: 1, part: 1.2, rim: 3, leader: 0.8, core: 0.34, leastCore: 1.2 };
/** Letters stand so much of their size below the middle of their line. */
const BASE = 0.35;

/** The picture of a scene in the colours of a theme. What a filter hides is left out, and leaves its place free. */
export function draw(scene: Scene, theme: Theme): Picture {
  const dots = scene.dots.filter(isSeen);
  const links = scene.links.filter(({ edge, a, b }) => !edge.out && isSeen(a) && isSeen(b));
  const most = mostOf(scene.links.flatMap(({ edge }) => (edge.kind === "tie" ? [edge] : [])));
  const notes = scene.notes.filter(({ dot }) => !dot || isSeen(dot));
  return {
    ...scene.frame,
    areas: areasOf(scene, theme),
    strokes: [...links.flatMap((link) => strokesOf(link, most, theme)), ...notes.flatMap((note) => leadersOf(note, theme))],
    marks: [...dots.map((dot) => markOf(dot, scene.root, theme)), ...dots.flatMap((dot) => badgeOf(dot, scene, theme)), ...notes.flatMap((note) => signOf(note, theme))],
    texts: [...middleOf(scene, theme), ...dots.flatMap((dot) => nameOf(dot, scene, theme)), ...notes.flatMap((note) => linesOf(note, theme)), ...dots.flatMap((dot) => badgeTextOf(dot, scene, theme))],
  };
}

function isSeen({ node }: Dot): boolean {
  return !node.out;
}

function areasOf({ centre, rx, ry, root, wedges }: Scene, theme: Theme): Area[] {
  return wedges.map(({ sector, from, to }) => ({ ...centre, rx: rx * 1.03, ry: ry * 1.03, hole: root.r + 6, from, to, colour: theme.country(sector.country), rim: WIDTH.rim }));
}

/** A tie has the colour of the country it leads to and is as wide as it has events; a light core makes two lines of it where there is an agreement. */
function strokesOf({ edge, a, b }: Link, most: number, theme: Theme): Stroke[] {
  const place = { id: edge.id, x1: a.x, y1: a.y, x2: b.x, y2: b.y };
  const colour = theme.country(b.node.country);
  if (edge.kind === "member") return [{ ...place, colour: theme.edge, width: WIDTH.plain, opacity: 0.8 }];
  if (edge.kind === "participation") return [{ ...place, colour, width: WIDTH.part, dashes: [2, 4], opacity: 0.8 }];
  const width = WIDTH.least + (WIDTH.most - WIDTH.least) * share(edge.events, most, WIDTH.few);
  const line = { ...place, colour, width: edge.agreements ? Math.max(3, width) : width, opacity: 0.8 };
  return edge.agreements ? [line, { ...place, colour: theme.surface, width: Math.max(WIDTH.leastCore, line.width * WIDTH.core) }] : [line];
}

function leadersOf(note: Note, theme: Theme): Stroke[] {
  return leaderOf(note).map((line) => ({ ...line, id: note.id, colour: theme.edge, width: WIDTH.leader }));
}

function markOf({ id, x, y, r, shape, node }: Dot, root: Dot, theme: Theme): Mark {
  const isRoot = id === root.id;
  const isMore = node.level === "more";
  const own = theme.country(node.country);
  return { id, shape, x, y, r, colour: isRoot ? theme.ink : isMore ? theme.surface : own, edge: isMore ? own : theme.surface, edgeWidth: isMore ? 2 : 1.5, title: node.name };
}

function badgeOf(dot: Dot, { badges }: Scene, theme: Theme): Mark[] {
  const box = badges.get(dot.id);
  if (!box) return [];
  const half = (box.right - box.left) / 2;
  return [{ id: BADGE + dot.id, shape: "pill", x: box.left + half, y: (box.top + box.bottom) / 2, r: 8, half, colour: theme.surface, edge: theme.soft, edgeWidth: 1.2, title: dot.node.name }];
}

function badgeTextOf(dot: Dot, { badges }: Scene, theme: Theme): Text[] {
  const box = badges.get(dot.id);
  if (!box) return [];
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2 + TEXT.badge * BASE];
  return [{ id: BADGE + dot.id, anchor: "middle", x, y, text: badgeText(dot), size: TEXT.badge, weight: 600, colour: theme.ink, halo: "", title: dot.node.name, family: theme.family }];
}

function middleOf({ root, rootLines, rootSize, centre }: Scene, theme: Theme): Text[] {
  const step = rootSize * 1.2;
  return rootLines.map((text, index) => {
    const y = centre.y + (index - (rootLines.length - 1) / 2) * step + rootSize * BASE;
    return { id: root.id, anchor: "middle", x: centre.x, y, text, size: rootSize, weight: 600, colour: theme.surface, halo: "", title: root.node.name, family: theme.family };
  });
}

function nameOf(dot: Dot, { names }: Scene, theme: Theme): Text[] {
  const box = names.get(dot.id);
  if (!box) return [];
  const y = (box.top + box.bottom) / 2 + TEXT.size * BASE;
  return [{ id: dot.id, anchor: "start", x: box.left, y, text: dot.label, size: TEXT.size, weight: 600, colour: theme.ink, halo: theme.surface, title: dot.node.name, family: theme.family }];
}

function signOf({ id, x, y, side, sign, country }: Note, theme: Theme): Mark[] {
  return sign ? [{ id, shape: sign, x: x + side * 5, y, r: 5.6, colour: theme.country(country), edge: theme.surface, edgeWidth: 1, title: "" }] : [];
}

function linesOf({ id, x, y, side, lines, sign, isBold, dot }: Note, theme: Theme): Text[] {
  const looks = { id, anchor: side > 0 ? "start" : "end", size: TEXT.size, weight: isBold ? 600 : 400, colour: theme.ink, halo: "", title: dot?.node.name ?? "", family: theme.family } as const;
  return lines.map((text, index) => ({ ...looks, x: x + (sign ? side * TEXT.line : 0), y: y + (index - (lines.length - 1) / 2) * TEXT.line + TEXT.size * BASE, text }));
}
