import type { Point } from "../kit/picture/camera";
import type { Graph } from "../kit/picture/compose";
import type { Shape } from "../kit/picture/marks";
import type { DrawnNode } from "./data";
import type { Page } from "./page";
import { otherEnd } from "./ties";

/** What is drawn of a network now: the ties that are shown, and whoever has one. */
export function graphOf(page: Page, places: ReadonlyMap<string, Point>): Graph {
  const { data, state, ties } = page;
  const visible = new Set(ties.shown(state.filters));
  const lines = data.drawing.edges.filter(({ id }) => visible.has(id));
  const linked = new Set(lines.flatMap(({ from, to }) => [from, to]));
  return {
    lines: lines.map(({ id, from, to, width, color, dashes }) => ({ id, a: from, b: to, width, colour: color, isDashed: dashes !== false })),
    spots: data.drawing.nodes.filter(({ id }) => linked.has(id)).map((node) => ({
      id: node.id, ...(places.get(node.id) ?? { x: node.x, y: node.y }), r: node.size, shape: shapeOf(node.shape), colour: node.color,
      lines: labelOf(page, node), title: page.nameOf(node.id), weight: node.size,
    })),
  };
}

/** What stays bright: the choice with whoever it ties; undefined where nothing is chosen. */
export function litBy(page: Page): ReadonlySet<string> | undefined {
  const { ties, state: { selected, filters } } = page;
  const tie = page.tie(selected);
  if (tie) return new Set([selected, tie.a, tie.b]);
  if (!page.isParty(selected)) return undefined;
  const own = ties.of(selected, filters).flatMap((id) => {
    const line = page.tie(id);
    return line ? [id, otherEnd(line, selected)] : [];
  });
  return new Set([selected, ...own]);
}

function shapeOf(shape: string): Shape {
  return shape === "square" || shape === "diamond" ? shape : "dot";
}

/** The label as it was laid out, which is Russian; towns and countries have names in other languages too. */
function labelOf({ data, lang }: Page, { id, label }: DrawnNode): string[] {
  const party = data.parties[id];
  const translated = party?.type === "organisation" || lang === "ru" ? undefined : party?.names[lang];
  return translated ? [translated] : label.split("\n");
}
