import { expect, it } from "vitest";
import { Heights } from "../table/heights";
import { widths } from "../table/widths";

it("knows where rows lie, whatever was drawn so far", () => {
  const heights = new Heights(1000, 40);
  expect([heights.top(0), heights.top(1000), heights.at(0), heights.at(39), heights.at(40), heights.at(99999)]).toEqual([0, 40000, 0, 0, 1, 999]);
  heights.set(10, 140);
  expect([heights.top(10), heights.top(11), heights.top(1000), heights.at(500), heights.at(540)]).toEqual([400, 540, 40100, 10, 11]);
  heights.set(0, 20);
  expect([heights.top(1), heights.top(11), heights.at(25)]).toEqual([20, 520, 1]);
  expect(new Heights(0, 40).at(100)).toBe(0);
});

const measure = (written: string) => written.length * 8;

it("gives columns the room of their texts and breaks no word of a head", () => {
  const found = widths([["а".repeat(60)], ["1"]], ["Мероприятие", "Мероприятия"], 800, measure, 20);
  expect(found.reduce((sum, width) => sum + width, 0)).toBeCloseTo(800);
  expect(found[0]).toBeGreaterThan(found[1] ?? 0);
  const narrow = widths(Array.from({ length: 8 }, () => ["слово ".repeat(30)]), Array(8).fill("Мероприятия"), 900, measure, 20);
  expect(Math.min(...narrow)).toBeGreaterThanOrEqual(measure("Мероприятия") + 36);
});
