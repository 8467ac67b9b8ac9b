import { expect, it } from "vitest";
import { columns, ofKind, shown, type Answer, type Cell } from "../src/results/columns";
import { graph, pairOf } from "../src/results/graph";
import { point } from "../src/results/points";

const text = (value: string): Cell => ({ type: "literal", value });
const iri = (value: string): Cell => ({ type: "uri", value });
const count = (value: number): Cell => ({ type: "literal", value: String(value), datatype: "http://www.w3.org/2001/XMLSchema#integer" });

function answer(rows: Record<string, Cell>[]): Answer {
  return { columns: columns(Object.keys(rows[0] ?? {}), rows), rows, prefixes: { ex: "urn:ex:", e: "urn:" } };
}

it("tells the kinds of columns by what all cells hold", () => {
  const found = answer([
    { a: text("Минск"), b: count(3), c: text("2023-01/2023-02"), d: text("POINT(32 54)"), e: iri("urn:x"), f: text("") },
    { a: text("2023"), b: count(1), c: text("2023-Q4"), d: text("POINT(30 55)"), e: iri("urn:y"), f: text("") },
  ]);
  expect(found.columns.map(({ kind }) => kind)).toEqual(["text", "number", "date", "point", "iri", "empty"]);
  expect(ofKind(found, "date", "point").map(({ name }) => name)).toEqual(["c", "d"]);
});

it("shortens by the longest prefix", () => {
  expect(shown(iri("urn:ex:a"), { e: "urn:", ex: "urn:ex:" })).toBe("ex:a");
});

it("reads points, in the order of their reference system", () => {
  expect(point("POINT(32.05 54.78)")).toEqual([32.05, 54.78]);
  expect(point("<http://www.opengis.net/def/crs/EPSG/0/4326> Point (54.78 32.05)")).toEqual([32.05, 54.78]);
  expect(point("POLYGON((0 0, 1 1, 1 0, 0 0))")).toBeUndefined();
  expect(point("POINT(54 132)")).toBeUndefined();
});

it("joins rows to a graph and keeps the best connected", () => {
  const rows = [["a", "b"], ["b", "a"], ["a", "c"], ["c", "c"]].map(([a, b]) => ({ tie: iri("urn:t"), a: iri(`urn:${a}`), b: iri(`urn:${b}`) }));
  const found = answer(rows);
  expect(pairOf(found)).toEqual(["a", "b"]);
  const whole = graph(found, "a", "b", 10);
  expect(whole.nodes.map(({ id, degree }) => [id, degree])).toEqual([["urn:a", 2], ["urn:b", 1], ["urn:c", 1]]);
  expect(whole.links.map(({ count }) => count)).toEqual([2, 1]);
  expect(graph(found, "a", "b", 2)).toMatchObject({ allNodes: 3, allLinks: 2, nodes: { length: 2 }, links: { length: 1 } });
});

it("takes names where there are no two columns of IRIs", () => {
  expect(pairOf(answer([{ school: text("а"), partner: text("б"), n: count(1), tie: iri("urn:t") }]))).toEqual(["school", "partner"]);
  expect(pairOf(answer([{ school: text("а"), n: count(1) }]))).toBeUndefined();
});
