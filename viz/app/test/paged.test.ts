// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { h } from "../../kit/dom";
import { wording } from "../../kit/words";
import { PagedRows } from "../paged";

const words = wording("ru", { before: "Назад", after: "Дальше", "page-of": "Страница {number} из {pages}", pages: "Страницы списка" });
const row = (at: number) => h("tr", {}, h("td", {}, `Город ${at}`), h("td", {}, String(at % 7)));
const first = () => document.querySelector("tbody td")?.textContent;
const count = () => document.querySelectorAll("tbody tr").length;
const press = (text: string) => [...document.querySelectorAll("button")].find((each) => each.textContent === text)?.click();

let pages: PagedRows;
beforeEach(() => {
  document.body.innerHTML = "<table><thead><tr><th>Город</th><th class='num'>Всего</th></tr></thead><tbody></tbody></table>";
  pages = new PagedRows(document.querySelector("table") as HTMLTableElement, words);
  HTMLElement.prototype.scrollIntoView = () => undefined;
  pages.show(Array.from({ length: 120 }, (_, at) => row(at + 1)));
});

test("fifty rows are in the document, the others a press away", () => {
  expect([count(), first()]).toEqual([50, "Город 1"]);
  press("Дальше");
  press("Дальше");
  expect([count(), first(), document.querySelector("nav span")?.textContent]).toEqual([20, "Город 101", "Страница 3 из 3"]);
});

test("a sort is of all rows, and begins with the first page", () => {
  press("Дальше");
  press("Всего");
  expect(document.querySelector("tbody tr td:last-child")?.textContent).toBe("6");
  expect(document.querySelector("nav span")?.textContent).toBe("Страница 1 из 3");
});

test("paper has all rows, and a short table no pages", () => {
  dispatchEvent(new Event("beforeprint"));
  expect(count()).toBe(120);
  dispatchEvent(new Event("afterprint"));
  expect(count()).toBe(50);
  pages.show([row(1)]);
  expect(document.querySelector("nav")?.hidden).toBe(true);
});
