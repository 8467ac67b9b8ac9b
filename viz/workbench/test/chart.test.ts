import { expect, it } from "vitest";
import { columns, type Answer, type Cell } from "../src/results/columns";
import { pairOf } from "../src/results/graph";
import { plot } from "../src/results/plot";
import { shapeOf } from "../src/results/shape";
import { viewOf } from "../src/views/default";

const XSD = "http://www.w3.org/2001/XMLSchema#";

function cell(value: string | number): Cell {
  if (typeof value === "number") return { type: "literal", value: String(value), datatype: XSD + (Number.isInteger(value) ? "integer" : "decimal") };
  return value.startsWith("urn:") ? { type: "uri", value } : { type: "literal", value };
}

function answer(names: string, ...given: (string | number)[][]): Answer {
  const all = names.split(" ");
  const rows = given.map((values) => Object.fromEntries(all.map((name, index) => [name, cell(values[index] ?? "")])));
  return { columns: columns(all, rows), rows, prefixes: {} };
}

const quarters = answer("quarter country n iri", ["2023-1", "Беларусь", 27, "urn:by"], ["2023-1", "Китай", 4, "urn:cn"], ["2022-4", "Беларусь", 1, "urn:by"], ["2023-3", "Китай", 2, "urn:cn"], ["без даты", "Китай", 3, "urn:cn"]);
const read = (given: Cell | undefined) => given?.value ?? "";
const most = { places: 100, series: 7 };

it("takes some words among dates for undated", () => {
  expect(quarters.columns.map(({ kind }) => kind)).toEqual(["date", "text", "number", "iri"]);
  expect(answer("d", ["2023"], ["нет"]).columns[0]?.kind).toBe("text");
  expect(answer("year n", ["x", 1]).columns[1]?.kind).toBe("number");
  expect(answer("year", [2022], [2023]).columns[0]?.kind).toBe("date");
});

it("finds the series by which rows of two keys differ", () => {
  expect(shapeOf(quarters)).toEqual({ x: "quarter", y: "n", series: "country" });
  expect(shapeOf(answer("country n", ["а", 1], ["б", 2]))).toEqual({ x: "country", y: "n", series: "" });
  expect(shapeOf(answer("level party n", ["1", "а", 1], ["1", "б", 2], ["2", "б", 2], ["1", "в", 5]))).toEqual({ x: "party", y: "n", series: "level" });
  expect(shapeOf(answer("year n", [2022, 1], [2023, 2]))).toEqual({ x: "year", y: "n", series: "" });
  expect(shapeOf(answer("country", ["а"]))).toBeUndefined();
  expect(shapeOf(answer("place lat long", ["а", 54.1, 32.2]))).toBeUndefined();
});

it("puts series over time in order, with empty quarters and the undated last", () => {
  const found = plot(quarters, { x: "quarter", y: "n", series: "country" }, read, most);
  expect(found.places.map(({ key }) => key)).toEqual(["2022-Q4", "2023-Q1", "2023-Q2", "2023-Q3", ""]);
  expect(found.series.map(({ label, values }) => [label, values])).toEqual([
    ["Беларусь", [1, 27, undefined, undefined, undefined]],
    ["Китай", [undefined, 4, undefined, 2, 3]],
  ]);
  expect([found.unit, found.rows, found.used, found.added]).toEqual(["quarter", 5, 5, 0]);
});

it("adds the smallest series up where they are counts, and leaves them out where they are shares", () => {
  const shape = { x: "year", y: "n", series: "s" };
  const counts = plot(answer("year s n", ["2022", "а", 5], ["2022", "б", 3], ["2022", "в", 2], ["2023", "в", 1]), shape, read, { places: 9, series: 1 });
  expect(counts.series.map(({ isRest, values }) => [isRest, values])).toEqual([[false, [5, undefined]], [true, [5, 1]]]);
  const shares = plot(answer("year s n", ["2022", "а", 0.5], ["2022", "б", 0.25]), shape, read, { places: 9, series: 1 });
  expect(shares.series).toHaveLength(1);
  expect(shares.allSeries).toBe(2);
});

it("tells how many rows were added to others and left out", () => {
  const found = plot(answer("s n", ["а", 1], ["а", 2], ["б", 3], ["в", 4]), { x: "s", y: "n", series: "" }, read, { places: 2, series: 7 });
  expect([found.rows, found.used, found.added, found.allPlaces, found.series[0]?.values]).toEqual([4, 3, 1, 3, [3, 3]]);
});

it("takes times and kinds for no participants", () => {
  expect(pairOf(quarters)).toBeUndefined();
  const kinds = Array.from({ length: 12 }, (_none, index) => [`кто ${index}`, `вид ${index % 3}`]);
  expect(pairOf(answer("party level", ...kinds))).toBeUndefined();
  expect(pairOf(answer("who whom", ["а", "б"], ["б", "в"]))).toEqual(["who", "whom"]);
  expect(pairOf(answer("title text", ["а", "б"], ["в", "г"]))).toBeUndefined();
  expect(pairOf(answer("x y", ["urn:1", "urn:2"], ["urn:1", "urn:3"]))).toEqual(["x", "y"]);
});

it("opens a question in the view that its tags name", () => {
  expect([["map"], ["view"], ["events", "timeline"], ["ties"]].map((tags) => viewOf({ tags }))).toEqual(["map", "network", "timeline", "table"]);
});
