import type { Ego, EgoEdge, EgoNode } from "./types";

export interface Leaf {
  node: EgoNode;
  edge: EgoEdge;
}

/** A town with what belongs to it or is tied to it only. */
export interface Branch extends Leaf {
  leaves: readonly Leaf[];
}

/** Who is of one country; where all are of one, of one region. */
export interface Sector {
  key: string;
  name: string;
  country: string;
  branches: readonly Branch[];
}

/** An ego as it grows from its seed: everybody once, under whoever is nearest to the seed. */
export interface Tree {
  root: EgoNode;
  sectors: readonly Sector[];
  /** Edges between those that the tree does not join. */
  across: readonly EgoEdge[];
}

/** Read the tree of an ego; undefined where its seed is not in it. */
export function treeOf(ego: Ego): Tree | undefined {
  const root = ego.nodes.find(({ id }) => id === ego.seed);
  if (!root) return undefined;
  const joints = jointsOf(ego);
  const leaves = (id: string): Leaf[] => (joints.get(id) ?? []).flatMap((leaf) => [leaf, ...leaves(leaf.node.id)]);
  const branches = (joints.get(root.id) ?? []).map((leaf): Branch => ({ ...leaf, leaves: leaves(leaf.node.id) }));
  const used = new Set([...joints.values()].flat().map(({ edge }) => edge.id));
  return { root, sectors: sectorsOf(branches, ego), across: ego.edges.filter(({ id }) => !used.has(id)) };
}

/** Who stands under whom: each is reached by the shortest way, by a tie rather than by mere participation. */
function jointsOf({ seed, nodes, edges }: Ego): Map<string, Leaf[]> {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const at = new Map<string, EgoEdge[]>();
  for (const edge of [...edges].sort((a, b) => Number(a.kind === "participation") - Number(b.kind === "participation"))) {
    for (const end of [edge.a, edge.b]) at.set(end, [...(at.get(end) ?? []), edge]);
  }
  const reached = new Set([seed]);
  const joints = new Map<string, Leaf[]>();
  for (let front = [seed]; front.length; ) {
    const next: string[] = [];
    for (const id of front) {
      for (const edge of at.get(id) ?? []) {
        const node = known.get(edge.a === id ? edge.b : edge.a);
        if (!node || reached.has(node.id)) continue;
        reached.add(node.id);
        joints.set(id, [...(joints.get(id) ?? []), { node, edge }]);
        next.push(node.id);
      }
    }
    front = next;
  }
  return joints;
}

/**
 * Sectors with ties by how many they hold, then those that only took part, then what stands for the rest; else in the order of the edges.
 * What an edge counts goes with the filter, so that nothing is put in order by it: whoever is left would change places.
 */
function sectorsOf(branches: readonly Branch[], ego: Ego): Sector[] {
  const isOne = new Set(branches.map(({ node }) => node.country)).size < 2;
  const names = new Map(ego.countries.map(({ code, name }) => [code, name]));
  const groups = new Map<string, Branch[]>();
  for (const branch of branches) {
    const key = keyOf(branch.node, isOne);
    groups.set(key, [...(groups.get(key) ?? []), branch]);
  }
  const sectors = [...groups].map(([key, branches]): Sector => {
    const [first] = branches;
    const country = first?.node.country ?? "";
    return { key, name: (isOne ? first?.node.region : undefined) ?? names.get(country) ?? first?.node.name ?? "", country, branches };
  });
  return sectors.sort((a, b) => rank(a) - rank(b) || size(b) - size(a));
}

function keyOf(node: EgoNode, isOne: boolean): string {
  return node.level === "more" || !node.country ? node.id : isOne && node.region ? `${node.country} ${node.region}` : node.country;
}

function rank({ branches: [first] }: Sector): number {
  return first?.node.level === "more" ? 2 : first?.edge.kind === "participation" ? 1 : 0;
}

function size({ branches }: Sector): number {
  return branches.reduce((sum, { leaves, edge }) => sum + (edge.kind === "participation" ? 0 : Math.max(1, leaves.length)), 0);
}
