// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { mount } from "../sort";

const column = () => [...document.querySelectorAll("tbody tr")].map((row) => row.firstElementChild?.textContent);
const head = (index: number) => document.querySelectorAll("th")[index] as HTMLTableCellElement;

beforeEach(() => {
  document.body.innerHTML = `<table><thead><tr><th>Партнёр</th><th class="num">Всего</th><th>Когда</th><th data-plain>Связь</th></tr></thead><tbody>
    <tr><td>Школа № 10</td><td>3</td><td data-sort="2023-02">февраль</td><td>а</td></tr>
    <tr><td>Школа № 9</td><td></td><td data-sort="2021-10">октябрь</td><td>б</td></tr>
    <tr><td>Аист</td><td>12</td><td data-sort="2022-01">январь</td><td>в</td></tr></tbody></table>`;
  mount(document.querySelector("table") as HTMLElement);
});

test("a press on a head sorts, another one turns the order round", () => {
  head(0).querySelector("button")?.click();
  expect(column()).toEqual(["Аист", "Школа № 9", "Школа № 10"]);
  expect(head(0).getAttribute("aria-sort")).toBe("ascending");
  head(0).querySelector("button")?.click();
  expect(column()).toEqual(["Школа № 10", "Школа № 9", "Аист"]);
});

test("numbers begin with the largest, and what is not told stands last either way", () => {
  head(1).querySelector("button")?.click();
  expect(column()).toEqual(["Аист", "Школа № 10", "Школа № 9"]);
  head(1).querySelector("button")?.click();
  expect(column()).toEqual(["Школа № 10", "Аист", "Школа № 9"]);
  expect(head(0).hasAttribute("aria-sort")).toBe(false);
});

test("dates go by what the cell is sorted by, not by the words", () => {
  head(2).querySelector("button")?.click();
  expect(column()).toEqual(["Школа № 9", "Аист", "Школа № 10"]);
});

test("a plain head is no button", () => {
  expect(head(3).querySelector("button")).toBeNull();
});
