import cytoscape from "cytoscape";
import Graph from "graphology";
import Sigma from "sigma";
import { DataSet, Network } from "vis-network/standalone";
import { Chart } from "viz/app/network/chart";
import { settled, start } from "viz/app/network/force";
import { screenTheme } from "viz/app/network/theme";
import type { Ego } from "viz/app/network/types";
import { forceView } from "viz/app/network/views";

/** What each engine can be told, on a picture of the same places, colours and sizes. */
interface Shown {
  move(step: number): void;
  hover(id: string): void;
}

interface Place {
  x: number;
  y: number;
}

const SIZE = { width: 1000, height: 730 };
const FORCE = { width: 1000, height: 640 };
const GREY = "#77736b";

/** Show a network with one engine. */
type Engine = (host: HTMLElement, ego: Ego, places: ReadonlyMap<string, Place>) => Shown;

const colour = (code: string) => screenTheme().country(code);

const ours: Engine = (host, ego, places) => {
  const theme = screenTheme();
  const chart = new Chart("bench", "bench", { choose: () => undefined, reached: () => undefined, key: () => false });
  host.append(chart.element);
  const view = forceView(ego, places, FORCE, theme);
  chart.show(view, SIZE, theme, "");
  const at = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const scale = Math.min(SIZE.width / FORCE.width, SIZE.height / FORCE.height);
  const [left, top] = [(SIZE.width - FORCE.width * scale) / 2, (SIZE.height - FORCE.height * scale) / 2];
  const send = (type: string, x: number, y: number, buttons: number) => {
    const box = host.getBoundingClientRect();
    chart.element.dispatchEvent(new PointerEvent(type, { clientX: box.left + x, clientY: box.top + y, buttons, pointerId: 1, bubbles: true }));
  };
  return {
    move: () => chart.shift(4, 2),
    hover: (id) => send("pointermove", at(id).x * scale + left, at(id).y * scale + top, 0),
  };
};

const vis: Engine = (host, { nodes, edges }, places) => {
  const shown = new Network(
    host,
    {
      nodes: new DataSet(nodes.map(({ id, short, country, events }) => ({ id, label: short, shape: "dot", color: colour(country), value: events, ...places.get(id) }))),
      edges: new DataSet(edges.map(({ id, a, b, events }) => ({ id, from: a, to: b, width: Math.min(7, events), color: GREY, smooth: false }))),
    },
    { physics: false, interaction: { hover: true }, nodes: { scaling: { min: 3, max: 14 } } },
  );
  const known = shown as unknown as { interactionHandler: { onMouseMove(event: unknown): void } };
  return {
    move: (step) => shown.moveTo({ position: { x: 500 + step * 4, y: 320 + step * 2 }, animation: false }),
    hover: (id) => {
      const { x, y } = shown.canvasToDOM(places.get(id) ?? { x: 0, y: 0 });
      const box = host.getBoundingClientRect();
      known.interactionHandler.onMouseMove({ clientX: box.left + x, clientY: box.top + y, type: "mousemove" });
    },
  };
};

const sigma: Engine = (host, { nodes, edges }, places) => {
  const graph = new Graph({ multi: true });
  for (const { id, short, country, events } of nodes) graph.addNode(id, { label: short, color: colour(country), size: 3 + Math.sqrt(events), x: places.get(id)?.x, y: -(places.get(id)?.y ?? 0) });
  for (const { id, a, b, events } of edges) graph.addEdgeWithKey(id, a, b, { size: Math.min(7, events), color: GREY });
  let lit = new Set<string>();
  const shown = new Sigma(graph, host, {
    nodeReducer: (id, data) => (lit.size && !lit.has(id) ? { ...data, color: "#e3dfd6", label: "" } : data),
    edgeReducer: (id, data) => (lit.size && !graph.extremities(id).every((end) => lit.has(end)) ? { ...data, hidden: true } : data),
  });
  return {
    move: (step) => shown.getCamera().setState({ x: 0.5 + step / 400, y: 0.5 + step / 800 }),
    hover: (id) => {
      lit = new Set([id, ...graph.neighbors(id)]);
      shown.refresh({ skipIndexation: true });
    },
  };
};

const cyto: Engine = (host, { nodes, edges }, places) => {
  const shown = cytoscape({
    container: host,
    layout: { name: "preset" },
    elements: {
      nodes: nodes.map(({ id, short, country, events }) => ({ data: { id, label: short, colour: colour(country), size: 6 + 2 * Math.sqrt(events) }, position: { ...(places.get(id) ?? { x: 0, y: 0 }) } })),
      edges: edges.map(({ id, a, b, events }) => ({ data: { id, source: a, target: b, width: Math.min(7, events) } })),
    },
    style: [
      { selector: "node", style: { "background-color": "data(colour)", width: "data(size)", height: "data(size)", label: "data(label)", "font-size": 13, "min-zoomed-font-size": 12 } },
      { selector: "edge", style: { width: "data(width)", "line-color": GREY, "curve-style": "haystack" } },
      { selector: ".faded", style: { opacity: 0.25 } },
    ],
  });
  return {
    move: () => void shown.panBy({ x: 4, y: 2 }),
    hover: (id) => {
      shown.batch(() => {
        shown.elements().addClass("faded");
        shown.getElementById(id).closedNeighborhood().removeClass("faded");
      });
    },
  };
};

/** A picture of which one dot changes: what a browser takes for two frames of anything. */
const dot: Engine = (host) => {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, SIZE);
  host.append(canvas);
  const pen = canvas.getContext("2d");
  let count = 0;
  const change = () => {
    if (!pen) return;
    pen.fillStyle = count++ % 2 ? "#000" : "#fff";
    pen.fillRect(0, 0, 1, 1);
  };
  change();
  return { move: change, hover: change };
};

const ENGINES: Readonly<Record<string, Engine>> = { "one dot": dot, ours, "vis-network": vis, sigma, cytoscape: cyto };

/** Done once what was told is on the screen: the second frame begins when the first has been handed over. */
function painted(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}

async function timed(act: () => void): Promise<number> {
  const began = performance.now();
  act();
  await painted();
  return performance.now() - began;
}

let shown: Shown | undefined;
let told: readonly string[] = [];

/** Milliseconds to the first picture. */
function begin(name: string, ego: Ego, places: readonly (readonly [string, Place])[]): Promise<number> {
  const engine = ENGINES[name];
  if (!engine) throw new Error(name);
  const host = document.getElementById("host") as HTMLElement;
  host.style.cssText = `width:${SIZE.width}px;height:${SIZE.height}px`;
  told = ego.nodes.map(({ id }) => id);
  return timed(() => (shown = engine(host, ego, new Map(places))));
}

async function times(count: number, act: (step: number) => void): Promise<number[]> {
  const found: number[] = [];
  for (let step = 0; step < count; step++) found.push(await timed(() => act(step)));
  return found;
}

const moves = (count: number) => times(count, (step) => shown?.move(step));
const hovers = (count: number) => times(count, (step) => shown?.hover(told[(step * 97) % told.length] ?? ""));

async function lay(ego: Ego): Promise<[string, Place][]> {
  return [...((await settled(start(ego, FORCE), ego.edges, FORCE)) ?? [])];
}

Object.assign(window, { begin, moves, hovers, lay });
