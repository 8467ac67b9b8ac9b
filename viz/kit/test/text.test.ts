import { expect, it } from "vitest";
import { comparer, fold, holds, short, wordsOf } from "../text";

it("takes letters of both cases, and ё and е, for the same", () => {
  expect(fold(" Ёлкино ")).toBe("елкино");
  expect(wordsOf("  Школа  № 8 ")).toEqual(["школа", "№", "8"]);
  expect(wordsOf(" ")).toEqual([]);
});

it("finds texts that hold every word typed, in any order", () => {
  expect(holds("Школа № 8 города Орёл", wordsOf("орел школ"))).toBe(true);
  expect(holds("Школа № 8", wordsOf("школа 9"))).toBe(false);
  expect(holds("", [])).toBe(true);
});

it("puts numbers in texts in order of their value", () => {
  expect(["Школа № 10", "Школа № 9", "Ёлка", "Ель"].sort(comparer("ru"))).toEqual(["Ёлка", "Ель", "Школа № 9", "Школа № 10"]);
});

it("cuts a text to so many characters, sign included", () => {
  expect([short("Витебск", 7), short("Витебск", 6)]).toEqual(["Витебск", "Витеб…"]);
});
