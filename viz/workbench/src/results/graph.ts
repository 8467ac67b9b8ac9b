import { shown, type Answer, type Cell, type Column } from "./columns";

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

/** Words in the names of columns that hold somebody who can be connected with somebody. */
const PARTY = /party|partner|school|institution|organi[sz]ation|municipality|city|town|place|country|region|person|first|second|left|right/i;
/** A column of so few values, each in many rows, says of what kind the others are: a level, a status, a topic. */
const MOST_KINDS = 30;

/** The columns that the ends of links can be in. */
export function endsOf(answer: Answer): Column[] {
  return answer.columns.filter(({ kind }) => kind === "iri" || kind === "text");
}

/** The two columns that say who is connected with whom, else undefined: things and the kinds of them make no network. */
export function pairOf(answer: Answer): [string, string] | undefined {
  const ends = endsOf(answer);
  const known = PAIRS.find((pair) => pair.every((name) => ends.some((column) => column.name === name)));
  if (known) return [...known];
  const values = new Map(ends.map(({ name }) => [name, new Set(answer.rows.flatMap((row) => (row[name]?.value ? [row[name].value] : [])))]));
  for (const kind of ["iri", "text"]) {
    const names = ends.filter((column) => column.kind === kind).map(({ name }) => name);
    const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b): [string, string] => [a, b]));
    const found = pairs.find((pair) => areConnected(pair, values, kind === "iri"));
    if (found) return found;
  }
  return undefined;
}

function areConnected([a, b]: [string, string], values: ReadonlyMap<string, ReadonlySet<string>>, areIris: boolean): boolean {
  const [first, second] = [values.get(a) ?? new Set<string>(), values.get(b) ?? new Set<string>()];
  if ([...first].some((value) => second.has(value))) return true;
  const [few, many] = [Math.min(first.size, second.size), Math.max(first.size, second.size)];
  const isKind = few > 1 && few <= MOST_KINDS && few * 3 <= many;
  return !isKind && (areIris || (PARTY.test(a) && PARTY.test(b)));
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
