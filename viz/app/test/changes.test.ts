import { expect, test } from "vitest";
import { cellsOf, periodOf, quartersOf, stateOf, type Period, type Span, type Time } from "../list/changes";

const [A, B] = [periodOf("2020..2022"), periodOf("2024")] as [Period, Period];
const EARLY: Span = ["2019-01-01", "2019-12-31", "2019-01-01"];
const NOW: Span = ["2024-01-01", "2024-03-31", "2024-01-01"];
const on = (day: string): Time => [day, day, day];
const IN_2021: Time = ["2021-01-01", "2021-12-31", "2021"];
const FROM_2022_TO_2024: Time = ["2022-01-01", "2024-12-31", "2022/2024"];

test.each([
  ["new", [on("2024-02-01")], [EARLY]],
  ["first-known", [on("2024-02-01")], [NOW]],
  ["continuing", [IN_2021, on("2024-02-01")], []],
  ["back", [on("2018-05-01"), on("2024-02-01")], []],
  ["between", [on("2023-05-01"), on("2024-02-01")], []],
  ["quiet", [IN_2021], [NOW]],
  ["no-report", [IN_2021], [EARLY]],
  ["vague", [FROM_2022_TO_2024], [NOW]],
  [undefined, [on("2023-05-01"), ["", "", ""]], [NOW]],
] as const)("a tie is %s", (state, times, spans) => {
  expect(stateOf(times, spans, A, B)).toBe(state);
});

test("a quarter without a report is no silence, and what has no month stands in none", () => {
  const quarters = quartersOf(B, B);
  expect(quarters).toEqual(["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]);
  const span: Span = ["2024-01-01", "2024-06-30", "2024-01-01"];
  expect(cellsOf([on("2024-02-01"), on("2024-02-03"), ["2024-01-01", "2024-12-31", "2024"]], [span], quarters)).toEqual({ cells: [2, 0, null, null], unplaced: 1 });
});

test("periods are years, the first before the last", () => {
  expect(periodOf("2020..2022")).toEqual({ first: "2020-01-01", last: "2022-12-31" });
  expect([periodOf("2022..2020"), periodOf("2024-Q1"), periodOf("")]).toEqual([undefined, undefined, undefined]);
});
