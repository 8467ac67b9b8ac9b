import { forceCenter, forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationLinkDatum, type SimulationNodeDatum } from "d3-force";
import { choice, h, svg } from "../dom";
import { labelsOf } from "../labels";
import { counted, countedOf, number, t } from "../page";
import { endsOf, graph, pairOf, type Graph, type Node } from "../results/graph";
import { ACCENT, INK, Places, TYPE, button, room, saveButton, short, spotFor, stage, unfit, type Camera, type Scene } from "./kit";

const MOST_NODES = 500;
/** From so many dots on they are drawn smaller. */
const CROWD = 80;

interface Frame {
  width: number;
  height: number;
}

interface Spot extends Node, SimulationNodeDatum {
  x: number;
  y: number;
}

type Line = SimulationLinkDatum<Spot> & { source: Spot; target: Spot; count: number };

/** Who is connected with whom: a picture, and beside it the same as a list for keyboard and screen reader. */
export function draw(scene: Scene): void {
  const ends = scene.answer.rows.length ? endsOf(scene.answer).map(({ name, head }) => ({ value: name, text: head })) : [];
  const found = pairOf(scene.answer);
  if (found && scene.answer.rows.length) return drawn(scene, ends, found);
  if (ends.length < 2) return unfit(scene, "networkWants");
  // Nobody knows better than who asks: two columns may be named by hand.
  const chosen: [string, string] = ["", ""];
  const pick = (index: 0 | 1) => (name: string) => {
    chosen[index] = name;
    if (chosen[0] && chosen[1] && chosen[0] !== chosen[1]) drawn(scene, ends, chosen);
  };
  const open = [{ value: "", text: t("chooseColumn") }, ...ends];
  unfit(scene, "networkWants", h("div", { class: "wb-controls" }, choice(t("fromColumn"), open, "", pick(0)), choice(t("toColumn"), open, "", pick(1))));
}

function drawn(scene: Scene, ends: readonly { value: string; text: string }[], pair: [string, string]): void {
  const figure = h("div", { class: "wb-figure" });
  const paint = () => void network(scene, figure, pair);
  const pick = (index: 0 | 1) => (name: string) => {
    pair[index] = name;
    paint();
  };
  const controls = h("div", { class: "wb-controls" }, choice(t("fromColumn"), ends, pair[0], pick(0)), choice(t("toColumn"), ends, pair[1], pick(1)));
  scene.host.replaceChildren(controls, figure);
  paint();
}

async function network(scene: Scene, figure: HTMLElement, [from, to]: readonly [string, string]): Promise<void> {
  const found = graph(scene.answer, from, to, MOST_NODES);
  if (!found.links.length) return unfit({ ...scene, host: figure }, "networkWants");
  const labels = await labelsOf(found.nodes.filter(({ isIri }) => isIri).map(({ id }) => id));
  for (const node of found.nodes) node.label = labels.get(node.id) ?? node.label;
  const frame = room(scene.host);
  const { spots, lines } = settle(found, frame);
  let marked: Spot | undefined;
  const repaint = (camera: Camera) => view.picture.replaceChildren(...picture(spots, lines, camera, frame, marked));
  const words = { nodes: counted(spots.length, "nodes"), links: counted(lines.length, "links") };
  const view = stage(t("networkLabel", words), frame.width, frame.height, 12, repaint);
  const panel = h("section", { class: "wb-list", "aria-label": t("nodeList"), "aria-live": "polite" });
  const mark = (spot: Spot | undefined) => {
    marked = spot;
    repaint(view.camera);
    panel.replaceChildren(...(spot ? around(spot, lines, mark) : everyone(spots, mark)));
  };
  view.picture.addEventListener("click", (event) => {
    const id = (event.target as Element).closest("[data-node]")?.getAttribute("data-node");
    const hit = spots.find((spot) => spot.id === id);
    if (hit) mark(hit);
  });
  mark(undefined);
  const cut = found.allNodes > spots.length ? ` ${t("networkCut", { shown: number(spots.length), all: countedOf(found.allNodes, "nodes") })}` : "";
  figure.replaceChildren(
    h("p", { class: "wb-tally", role: "status" }, `${words.nodes}, ${words.links}.${cut}`),
    h("div", { class: "wb-split" }, view.element, panel),
    h("p", { class: "wb-note" }, saveButton(() => view.picture, scene.name)),
  );
}

/** Lay the graph out. The forces start from d3's fixed spiral and its own fixed random numbers, so the picture is the same every time. */
function settle(found: Graph, frame: Frame): { spots: Spot[]; lines: Line[] } {
  const spots = found.nodes.map((node) => ({ ...node })) as Spot[];
  const lines = found.links.map((link) => ({ ...link })) as unknown as Line[];
  forceSimulation(spots)
    .force("link", forceLink<Spot, Line>(lines).id(({ id }) => id).distance(70))
    .force("charge", forceManyBody().strength(-160).distanceMax(500))
    .force("collide", forceCollide<Spot>((spot) => radius(spot, spots.length) + 5))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.09))
    .force("center", forceCenter(0, 0))
    .stop()
    .tick(300);
  fit(spots, frame);
  return { spots, lines };
}

function fit(spots: Spot[], { width, height }: Frame): void {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const factor = Math.min((width - Math.min(260, width / 2)) / (right - left || 1), (height - 120) / (bottom - top || 1), 2.5);
  for (const spot of spots) {
    spot.x = (width - Math.min(130, width / 4)) / 2 + (spot.x - (left + right) / 2) * factor;
    spot.y = height / 2 + 20 + (spot.y - (top + bottom) / 2) * factor;
  }
}

function picture(spots: readonly Spot[], lines: readonly Line[], camera: Camera, frame: Frame, marked: Spot | undefined): Element[] {
  const near = new Set(marked && [marked, ...lines.flatMap((line) => (touches(line, marked) ? [line.source, line.target] : []))]);
  const at = (spot: Spot) => [spot.x * camera.scale + camera.x, spot.y * camera.scale + camera.y] as const;
  const free = new Places();
  // Among many dots the names of hubs may cover those of their neighbours, or no hub would have a name.
  for (const spot of spots.filter((spot) => (marked ? near.has(spot) : spot.degree > 1 || spots.length < CROWD))) {
    const [x, y] = at(spot);
    const r = radius(spot, spots.length);
    free.block(x - r, y - r, 2 * r, 2 * r);
  }
  const first = [...spots].sort((a, b) => Number(near.has(b)) - Number(near.has(a)) || b.degree - a.degree);
  return [
    svg("rect", { ...frame, fill: "#f5f7f8" }),
    ...lines.map((line) => {
      const [[x1, y1], [x2, y2]] = [at(line.source), at(line.target)];
      const lit = marked && touches(line, marked);
      return svg("line", { x1, y1, x2, y2, stroke: lit ? ACCENT : "#8c9ba8", "stroke-width": Math.min(7, 1.6 + Math.log2(line.count)), "stroke-opacity": marked && !lit ? 0.25 : 0.9 });
    }),
    ...spots.map((spot) => {
      const [cx, cy] = at(spot);
      const faded = marked && !near.has(spot);
      return svg("circle", { cx, cy, r: radius(spot, spots.length), fill: spot === marked ? "#b3400f" : ACCENT, "fill-opacity": faded ? 0.25 : 1, stroke: "#fff", "stroke-width": 1.5, "data-node": spot.id, class: "wb-node" }, svg("title", {}, spot.label));
    }),
    ...first.flatMap((spot) => label(free, frame.width, spot, at(spot), radius(spot, spots.length), marked, near)),
  ];
}

/** The whole name where there is room, else so much of it as there is. */
function label(free: Places, width: number, spot: Spot, at: readonly [number, number], r: number, marked: Spot | undefined, near: ReadonlySet<Spot>): SVGTextElement[] {
  if (marked && !near.has(spot)) return [];
  const size = width < 500 ? 12 : 13;
  const looks = { "font-family": TYPE, "font-size": size, fill: INK, stroke: "#f5f7f8", "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round" };
  for (const most of spot.label.length > 24 ? [60, 36, 22, 14] : [24, 14]) {
    const text = short(spot.label, most);
    const place = spotFor(free, text, size, at, r, width);
    if (place) return [svg("text", { ...place, "data-node": spot.id, class: "wb-node", ...looks }, text, svg("title", {}, spot.label))];
  }
  return [];
}

function everyone(spots: readonly Spot[], mark: (spot: Spot) => void): HTMLElement[] {
  return [h("h2", {}, t("nodeList")), rows(spots, ({ degree }) => degree, mark)];
}

function around(spot: Spot, lines: readonly Line[], mark: (spot: Spot | undefined) => void): HTMLElement[] {
  const mine = lines.filter((line) => touches(line, spot));
  const others = new Map(mine.map((line) => [line.source === spot ? line.target : line.source, line.count]));
  return [
    button(t("backToList"), () => mark(undefined)),
    h("h2", { class: "wb-chosen" }, spot.label),
    h("p", { class: "wb-soft" }, `${t("neighbours")}: ${number(others.size)}`),
    rows([...others.keys()], (other) => others.get(other) ?? 0, mark),
  ];
}

function rows(spots: readonly Spot[], count: (spot: Spot) => number, mark: (spot: Spot) => void): HTMLElement {
  const items = spots.map((spot) => h("li", {}, h("button", { type: "button", class: "wb-row", onclick: () => mark(spot) }, h("span", {}, spot.label), h("b", {}, number(count(spot))))));
  return h("ul", {}, ...items);
}

function touches(line: Line, spot: Spot): boolean {
  return line.source === spot || line.target === spot;
}

function radius({ degree }: Node, all: number): number {
  return (all < CROWD ? 5 : 3) + (all < CROWD ? 2.5 : 1.6) * Math.sqrt(degree);
}
