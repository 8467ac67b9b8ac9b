// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pieces, type Answer } from "../suggest/answer";
import { mount } from "../suggest/island";

const ANSWER: Answer = {
  query: "витеб",
  groups: [
    { kind: "towns", label: "Города и районы", hits: [{ ref: "by-vitebsk", label: "Витебск", note: "Беларусь", page: "/doc/place/by-vitebsk", country: "BY" }] },
    { kind: "pairs", label: "Пары", hits: [{ ref: "", label: "Смоленск — Витебск", note: "", page: "/pair", country: "" }] },
  ],
};
const WORDS = { suggestions: "Подсказки", nothing: "Подсказок нет", all: "Все результаты: {q}", suggested: "подсказка|подсказки|подсказок" };

let field: HTMLInputElement;
const list = () => document.querySelector("[role=listbox]") as HTMLElement;
const active = () => document.querySelector("[aria-selected=true]")?.textContent?.trim();
const press = (key: string) => field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

async function type(text: string): Promise<void> {
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await vi.advanceTimersByTimeAsync(200);
}

beforeEach(() => {
  vi.useFakeTimers();
  document.documentElement.lang = "ru";
  document.body.innerHTML = `<form action="http://site/search" data-source="/suggest"><input id="q" name="q" type="search"></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  form.dataset.words = JSON.stringify(WORDS);
  field = document.querySelector("input") as HTMLInputElement;
  vi.stubGlobal("fetch", vi.fn(async (url: URL) => new Response(JSON.stringify(url.searchParams.get("q") === "нет" ? { query: "нет", groups: [] } : ANSWER))));
  mount(form);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("one question is asked once the typing pauses", async () => {
  field.value = "ви";
  field.dispatchEvent(new Event("input"));
  await vi.advanceTimersByTimeAsync(10);
  await type("витеб");
  expect(fetch).toHaveBeenCalledTimes(1);
  expect(list().hidden).toBe(false);
  expect(field.getAttribute("aria-expanded")).toBe("true");
  expect(document.querySelector("[role=status]")?.textContent).toBe("2 подсказки");
});

test("what was typed before the script was there is asked for", async () => {
  field.focus();
  field.value = "витеб";
  mount(document.querySelector("form") as HTMLFormElement);
  await vi.advanceTimersByTimeAsync(200);
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("arrows go round through the field, and Escape closes", async () => {
  await type("витеб");
  press("ArrowDown");
  expect(active()).toContain("Витебск");
  expect(field.getAttribute("aria-activedescendant")).toBe(document.querySelector("[aria-selected=true]")?.id);
  press("ArrowUp");
  expect(field.hasAttribute("aria-activedescendant")).toBe(false);
  press("ArrowUp");
  expect(active()).toBe("Все результаты: витеб");
  press("Escape");
  expect(list().hidden).toBe(true);
});

test("Enter opens what is active and leaves the form alone", async () => {
  await type("витеб");
  const opened = vi.fn((event: Event) => event.preventDefault());
  list().addEventListener("click", opened);
  press("Enter");
  expect(opened).not.toHaveBeenCalled();
  press("ArrowDown");
  expect(press("Enter")).toBe(false);
  expect((opened.mock.calls[0]?.[0]?.target as HTMLElement).getAttribute("href")).toBe("/doc/place/by-vitebsk");
});

test("where nothing is suggested the list is closed and that is told", async () => {
  await type("нет");
  expect(list().hidden).toBe(true);
  expect(document.querySelector("[role=status]")?.textContent).toBe("Подсказок нет");
});

test("what was typed stands out where it begins a word, ё or not", () => {
  expect(pieces("Витебская школа № 8", "школа витеб").filter((piece) => piece.isTyped).map((piece) => piece.text)).toEqual(["Витеб", "школа"]);
  expect(pieces("Орёл", "оре").map((piece) => piece.text)).toEqual(["Орё", "л"]);
  expect(pieces("Поставы", "став").some((piece) => piece.isTyped)).toBe(false);
  expect(pieces("a.b", ".*")).toEqual([{ text: "a.b", isTyped: false }]);
});

test("a form that picks leads to itself with what was picked, and keeps what it had", async () => {
  document.body.innerHTML = `<form action="http://site/partners" data-source="/suggest" data-pick><input type="hidden" name="place" value="ru-smolensk"><input id="place" name="place" type="search"></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  form.dataset.words = JSON.stringify(WORDS);
  field = document.querySelector("[type=search]") as HTMLInputElement;
  mount(form);
  await type("витеб");
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[role=option]")].map(({ href }) => href);
  expect(links).toEqual(["http://site/partners?place=ru-smolensk&place=by-vitebsk"]);
});
