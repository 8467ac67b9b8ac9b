import { expect, it } from "vitest";
import { columns, type Cell, type Row } from "../src/results/columns";
import { Heights } from "../src/results/heights";
import { arranged } from "../src/results/order";
import { widths } from "../src/results/widths";

const text = (value: string): Cell => ({ type: "literal", value });
const count = (value: number): Cell => ({ type: "literal", value: String(value), datatype: "http://www.w3.org/2001/XMLSchema#integer" });
const read = (cell: Cell | undefined) => cell?.value ?? "";

it("knows where rows lie, whatever was drawn so far", () => {
  const heights = new Heights(1000, 40);
  expect([heights.top(0), heights.top(1000), heights.at(0), heights.at(39), heights.at(40), heights.at(99999)]).toEqual([0, 40000, 0, 0, 1, 999]);
  heights.set(10, 140);
  expect([heights.top(10), heights.top(11), heights.top(1000), heights.at(500), heights.at(540)]).toEqual([400, 540, 40100, 10, 11]);
  heights.set(0, 20);
  expect([heights.top(1), heights.top(11), heights.at(25)]).toEqual([20, 520, 1]);
  expect(new Heights(0, 40).at(100)).toBe(0);
});

const rows: Row[] = [
  { name: text("Ёлкино"), n: count(10), when: text("2023-Q2") },
  { name: text("Еланец"), n: count(9), when: text("2022") },
  { name: text("Школа № 10"), n: undefined, when: text("без даты") },
  { name: text("Школа № 9"), n: count(-1), when: text("2023-02-01") },
  ...["2021", "2022", "2023"].map((when) => ({ name: text("я"), n: count(0), when: text(when) })),
];
const cols = columns(["name", "n", "when"], rows);
const order = (column: string, down = false) => arranged(rows, cols, read, "", { column, down }, "ru");

it("puts rows in order as their kind asks for, blanks last", () => {
  expect(cols.map(({ kind }) => kind)).toEqual(["text", "number", "date"]);
  expect(order("n")).toEqual([3, 4, 5, 6, 1, 0, 2]);
  expect(order("n", true)).toEqual([0, 1, 4, 5, 6, 3, 2]);
  expect(order("name").slice(2, 4)).toEqual([3, 2]);
  expect(order("when")).toEqual([4, 1, 5, 6, 3, 0, 2]);
});

it("finds rows by all the words typed, ё as е, and labels and IRIs of things", () => {
  const find = (typed: string) => arranged(rows, cols, read, typed, undefined, "ru");
  expect(find("елкино")).toEqual([0]);
  expect(find("ШКОЛА 10")).toEqual([2]);
  expect(find("")).toHaveLength(7);
  const things: Row[] = [{ a: { type: "uri", value: "urn:x:1" } }];
  const named = (typed: string) => arranged(things, columns(["a"], things), () => "Минск", typed, undefined, "ru").length;
  expect([named("минск"), named("urn:x"), named("омск")]).toEqual([1, 1, 0]);
});

const measure = (written: string) => written.length * 8;

it("gives columns the room of their texts and breaks no word of a head", () => {
  const found = widths([["а".repeat(60)], ["1"]], ["Мероприятие", "Мероприятия"], 800, measure, 20);
  expect(found.reduce((sum, width) => sum + width, 0)).toBeCloseTo(800);
  expect(found[0]).toBeGreaterThan(found[1] ?? 0);
  const narrow = widths(Array.from({ length: 8 }, () => ["слово ".repeat(30)]), Array(8).fill("Мероприятия"), 900, measure, 20);
  expect(Math.min(...narrow)).toBeGreaterThanOrEqual(measure("Мероприятия") + 36);
});
