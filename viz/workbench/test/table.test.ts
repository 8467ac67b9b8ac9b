import { expect, it } from "vitest";
import { columns, type Cell, type Row } from "../src/results/columns";
import { arranged } from "../src/results/order";

const text = (value: string): Cell => ({ type: "literal", value });
const count = (value: number): Cell => ({ type: "literal", value: String(value), datatype: "http://www.w3.org/2001/XMLSchema#integer" });
const read = (cell: Cell | undefined) => cell?.value ?? "";

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
