import { busy } from "../../../kit/busy";
import { h, svg } from "../../../kit/dom";
import type { Camera, Frame } from "../../../kit/picture/camera";
import { ACCENT, CHOSEN, WASH } from "../../../kit/picture/colours";
import { compose, type Graph as Drawing, type Line, type Look, type Manner, type Spot } from "../../../kit/picture/compose";
import { settle } from "../../../kit/picture/forces";
import { hit } from "../../../kit/picture/hit";
import { beside, CROWD } from "../../../kit/picture/labels";
import type { Picture } from "../../../kit/picture/marks";
import { elements } from "../../../kit/picture/svg";
import { button, choice } from "../controls";
import { labelsOf } from "../labels";
import { counted, countedOf, number, t } from "../page";
import { endsOf, graph, pairOf, type Graph } from "../results/graph";
import { room, saveButton, staged, unfit, type Scene } from "./scene";

const MOST_NODES = 500;
const NEAREST = 12;
const GREY = "#8c9ba8";

/** Shapes, lines and labels have one size from wherever they are seen. */
const MANNER: Manner = { shapes: () => 1, lines: () => 1, dashes: () => true, labels: beside };

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
  const paint = () => void busy(scene.host, network(scene, figure, pair));
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
  const { spots, lines } = drawing(found, frame);
  let chosen: Spot | undefined;
  let picture: Picture;
  const repaint = (camera: Camera) => {
    picture = pictured({ spots, lines }, camera, frame, chosen);
    view.picture.replaceChildren(svg("rect", { ...frame, fill: WASH }), ...elements(picture));
  };
  const words = { nodes: counted(spots.length, "nodes"), links: counted(lines.length, "links") };
  const view = staged(t("networkLabel", words), frame, NEAREST, repaint, ({ x, y }) => {
    const spot = spots.find(({ id }) => id === hit(picture, x, y));
    if (spot) mark(spot);
  });
  const panel = h("section", { class: "wb-list", "aria-label": t("nodeList"), "aria-live": "polite" });
  const mark = (spot: Spot | undefined) => {
    chosen = spot;
    repaint(view.camera);
    panel.replaceChildren(...(spot ? around(spot, spots, lines, mark) : everyone(spots, mark)));
  };
  mark(undefined);
  const cut = found.allNodes > spots.length ? ` ${t("networkCut", { shown: number(spots.length), all: countedOf(found.allNodes, "nodes") })}` : "";
  figure.replaceChildren(
    h("p", { class: "wb-tally", role: "status" }, `${words.nodes}, ${words.links}.${cut}`),
    h("div", { class: "wb-split" }, view.element, panel),
    h("p", { class: "wb-note" }, saveButton(() => view.picture, scene.name)),
  );
}

interface Tie extends Line {
  count: number;
}

function drawing({ nodes, links }: Graph, frame: Frame): { spots: Spot[]; lines: Tie[] } {
  const lines = links.map(({ source, target, count }, index): Tie => ({ id: `${index}`, a: source, b: target, count, colour: GREY, width: Math.min(7, 1.6 + Math.log2(count)), isDashed: false }));
  const sized = nodes.map(({ id, label, degree }) => ({ id, label, degree, r: radius(degree, nodes.length) }));
  const places = settle(sized, lines, frame);
  const spots = sized.map(({ id, label, degree, r }): Spot => ({ id, r, ...(places.get(id) ?? { x: 0, y: 0 }), shape: "dot", colour: ACCENT, lines: [label], title: label, weight: degree }));
  return { spots, lines };
}

/** The picture with the lines of whoever is chosen lit, and all that is not theirs faded. */
function pictured({ spots, lines }: Drawing, camera: Camera, frame: Frame, chosen: Spot | undefined): Picture {
  const mine = chosen ? lines.filter((line) => touches(line, chosen)) : [];
  const look: Look = { chosen: chosen?.id ?? "", hovered: "", lit: chosen && new Set([chosen.id, ...mine.flatMap(({ id, a, b }) => [id, a, b])]) };
  const lit = new Set<Line>(mine);
  const shown = {
    spots: spots.map((spot) => (spot === chosen ? { ...spot, colour: CHOSEN } : spot)),
    lines: lines.map((line) => (lit.has(line) ? { ...line, colour: ACCENT } : line)),
  };
  return compose(shown, camera, frame, look, MANNER);
}

function everyone(spots: readonly Spot[], mark: (spot: Spot) => void): HTMLElement[] {
  return [h("h2", {}, t("nodeList")), rows(spots, ({ weight }) => weight, mark)];
}

function around(spot: Spot, spots: readonly Spot[], lines: readonly Tie[], mark: (spot: Spot | undefined) => void): HTMLElement[] {
  const known = new Map(spots.map((each) => [each.id, each]));
  const others = new Map(lines.filter((line) => touches(line, spot)).flatMap(({ a, b, count }) => {
    const other = known.get(a === spot.id ? b : a);
    return other ? [[other, count] as const] : [];
  }));
  return [
    button(t("backToList"), () => mark(undefined)),
    h("h2", { class: "wb-chosen" }, spot.title),
    h("p", { class: "wb-soft" }, `${t("neighbours")}: ${number(others.size)}`),
    rows([...others.keys()], (other) => others.get(other) ?? 0, mark),
  ];
}

function rows(spots: readonly Spot[], count: (spot: Spot) => number, mark: (spot: Spot) => void): HTMLElement {
  const items = spots.map((spot) => h("li", {}, h("button", { type: "button", class: "wb-row", onclick: () => mark(spot) }, h("span", {}, spot.title), h("b", {}, number(count(spot))))));
  return h("ul", {}, ...items);
}

function touches({ a, b }: Line, { id }: Spot): boolean {
  return a === id || b === id;
}

function radius(degree: number, all: number): number {
  return (all < CROWD ? 5 : 3) + (all < CROWD ? 2.5 : 1.6) * Math.sqrt(degree);
}
