import { expect, it } from "vitest";
import { spoken } from "../date-words";
import { bucket, buckets, period, span, startOf, unitFor } from "../dates";
import { wording } from "../words";

it.each([
  ["2023-02-28", "2023-02-28", "2023-02-28"],
  ["2023-02-10T08:00:00Z", "2023-02-10", "2023-02-10"],
  ["2024-02", "2024-02-01", "2024-02-29"],
  ["2023", "2023-01-01", "2023-12-31"],
  ["2022-4", "2022-10-01", "2022-12-31"],
  ["2023-33", "2023-01-01", "2023-03-31"],
  ["2022-12-18/2023-01-18", "2022-12-18", "2023-01-18"],
  ["2022-12-18/..", "2022-12-18", "2022-12-18"],
])("reads the date %s", (written, start, end) => {
  const found = period(written);
  expect([found?.start, found?.end].map((date) => date?.toISOString().slice(0, 10))).toEqual([start, end]);
});

it.each(["2023-02-30", "12", "Гимназия", "", "2023/2024/2025", "20231"])("takes %s for no date", (written) => {
  expect(period(written)).toBeUndefined();
});

it("lists periods without gaps", () => {
  const [first, last] = [new Date("2022-11-05"), new Date("2023-02-01")];
  expect(buckets(first, last, "month")).toEqual(["2022-11", "2022-12", "2023-01", "2023-02"]);
  expect(buckets(first, last, "quarter")).toEqual(["2022-Q4", "2023-Q1"]);
  expect(bucket(first, "year")).toBe("2022");
  expect([unitFor(first, last, 4), unitFor(first, last, 2), unitFor(first, last, 1)]).toEqual(["month", "quarter", "year"]);
});

it("knows how exact and how sure a date is", () => {
  expect(["2023", "2023-02", "2023-Q1", "2023-02-05", "2023~", "2023-02?", "2023%"].map((text) => [span(text)?.unit, span(text)?.doubt])).toEqual([
    ["year", ""], ["month", ""], ["quarter", ""], ["day", ""], ["year", "about"], ["month", "maybe"], ["year", "about"],
  ]);
});

it("knows where the periods of keys begin", () => {
  expect(["2023-Q2", "2023-11", "2023"].map((key) => new Date(startOf(key)).toISOString().slice(0, 10))).toEqual(["2023-04-01", "2023-11-01", "2023-01-01"]);
  expect(startOf("без даты")).toBeNaN();
});

const ru = wording("ru", { about: "около", maybe: "предположительно", quarterOf: "{number}-й квартал {year}" });
const en = wording("en", { about: "about", maybe: "perhaps", quarterOf: "Q{number} {year}" });

it.each([
  ["2023", "2023", "2023"],
  ["2023-05", "май 2023", "May 2023"],
  ["2023-01-16", "16 января 2023", "January 16, 2023"],
  ["2023-Q3", "3-й квартал 2023", "Q3 2023"],
  ["2023-05~", "около май 2023", "about May 2023"],
  ["2023?", "предположительно 2023", "perhaps 2023"],
  ["2023-01-16/2023-01-26", "16–26 января 2023", "January 16\u2009–\u200926, 2023"],
  ["2023-02/2023-02", "февраль 2023", "February 2023"],
  ["2022/..", "2022 – …", "2022 – …"],
  ["../2022-03", "… – март 2022", "… – March 2022"],
  ["", "", ""],
  ["весна", "", ""],
  ["2020/2021/2022", "", ""],
])("says %s", (written, russian, english) => {
  expect([spoken(written, ru), spoken(written, en)]).toEqual([russian, english]);
});
