import { shown, type Answer, type Cell } from "./columns";

export interface Node {
  id: string;
  label: string;
  degree: number;
  isIri: boolean;
}

export interface Link {
  source: string;
  target: string;
  count: number;
}

export interface Graph {
  nodes: Node[];
  links: Link[];
  /** Counts before anything was cut. */
  allNodes: number;
  allLinks: number;
}

const PAIRS = [["a", "b"], ["source", "target"], ["from", "to"], ["subject", "object"]] as const;

/** The two columns that most likely say who is connected with whom, else undefined. */
export function pairOf(answer: Answer): [string, string] | undefined {
  const names = answer.columns.filter(({ kind }) => kind === "iri" || kind === "text").map(({ name }) => name);
  const known = PAIRS.find((pair) => pair.every((name) => names.includes(name)));
  if (known) return [...known];
  const texts = answer.columns.filter(({ kind, name }) => kind === "text" && names.includes(name)).map(({ name }) => name);
  const iris = answer.columns.filter(({ kind }) => kind === "iri").map(({ name }) => name);
  const [from, to] = iris.length >= 2 ? iris : texts;
  return from && to ? [from, to] : undefined;
}

/** Join the rows to a graph: one node a value, one undirected link a pair, at most `most` nodes, those with most links. */
export function graph(answer: Answer, from: string, to: string, most: number): Graph {
  const nodes = new Map<string, Node>();
  const links = new Map<string, Link>();
  for (const row of answer.rows) {
    const [a, b] = [row[from], row[to]];
    if (!a?.value || !b?.value || key(a) === key(b)) continue;
    const [source, target] = key(a) < key(b) ? [key(a), key(b)] : [key(b), key(a)];
    const link = links.get(`${source}\n${target}`);
    if (link) link.count += 1;
    else links.set(`${source}\n${target}`, { source, target, count: 1 });
    for (const cell of [a, b]) {
      const node = nodes.get(key(cell)) ?? { id: key(cell), label: labelOf(cell, answer), degree: 0, isIri: cell.type === "uri" };
      node.degree += link ? 0 : 1;
      nodes.set(node.id, node);
    }
  }
  return cut([...nodes.values()], [...links.values()], most);
}

function cut(nodes: Node[], links: Link[], most: number): Graph {
  const kept = [...nodes].sort((a, b) => b.degree - a.degree || (a.id < b.id ? -1 : 1)).slice(0, most);
  const ids = new Set(kept.map(({ id }) => id));
  return {
    nodes: kept,
    links: links.filter(({ source, target }) => ids.has(source) && ids.has(target)),
    allNodes: nodes.length,
    allLinks: links.length,
  };
}

function key(cell: Cell): string {
  return cell.type === "uri" || cell.type === "bnode" ? cell.value : `"${cell.value}"`;
}

function labelOf(cell: Cell, answer: Answer): string {
  return shown(cell, answer.prefixes);
}
