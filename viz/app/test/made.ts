import type { Ego, EgoEdge, EgoNode, EdgeKind } from "../network/types";

const COUNTRIES = ["by", "cn", "kz", "tr", "uz", "am"];
const KINDS = ["Гимназия №", "Детская школа искусств №", "Центральная районная библиотека имени №", "Городской исполнительный комитет №"];

export function node(id: string, looks: Partial<EgoNode> = {}): EgoNode {
  return { id, ref: id, level: "municipality", name: id, short: id, country: "by", ours: false, hidden: 0, events: 1, ...looks };
}

export function edge(a: string, b: string, kind: EdgeKind = "tie", looks: Partial<EgoEdge> = {}): EgoEdge {
  return { id: `${a}|${b}`, a, b, kind, events: 1, agreements: 0, first: "", last: "", ...looks };
}

export function ego(nodes: EgoNode[], edges: EgoEdge[], looks: Partial<Ego> = {}): Ego {
  const codes = [...new Set(nodes.map(({ country }) => country))].filter(Boolean);
  return { generation: 1, seed: "root", nodes, edges, countries: codes.map((code) => ({ code, name: `Страна ${code}` })), total: nodes.length - 1, more: false, hidden: 0, events: 9, ...looks };
}

/** An ego of about so many leaves: towns of six countries with up to four institutions each, some with more hidden, and five countries that only took part. */
export function made(leaves: number): Ego {
  const nodes = [node("root", { short: "Смоленск", name: "Смоленск", country: "ru", ours: true })];
  const edges: EgoEdge[] = [];
  let left = leaves - 5;
  for (let town = 0; left > 0; town++) {
    const country = COUNTRIES[(town * town) % COUNTRIES.length] ?? "by";
    const id = `town-${town}`;
    nodes.push(node(id, { short: `Город ${"Верхне".repeat(town % 3)}${town}`, country, events: 1 + (town % 7), hidden: town % 3 ? town * 3 : 0 }));
    edges.push(edge("root", id, "tie", { events: 1 + (town % 7), agreements: town % 2 }));
    const many = Math.min(left, town % 5);
    for (let index = 0; index < many; index++) {
      const leaf = `${id}-${index}`;
      nodes.push(node(leaf, { level: "institution", short: `${KINDS[index]} ${town}`, country }));
      edges.push(edge(id, leaf, "member"));
    }
    left -= Math.max(1, many);
  }
  for (const [index, country] of ["ir", "vn", "eg", "cu"].entries()) {
    nodes.push(node(country, { level: "country", short: `Участница ${index}`, country, events: 2 }));
    edges.push(edge("root", country, "participation", { events: 2 }));
  }
  nodes.push(node("more", { level: "more", short: "ещё 21 страна", country: "", hidden: 21 }));
  edges.push(edge("root", "more", "participation", { events: 1 }));
  return ego(nodes, edges);
}
