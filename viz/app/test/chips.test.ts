// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { h } from "../../kit/dom";
import { mount } from "../chips/island";

const item = (name: string) => h("li", {}, h("a", { href: `?country=${name}` }, name));
const menu = (field: string, find: string, names: string[]) =>
  `<details class="choose" data-field="${field}"><summary>${field}</summary><div class="list"${find}><ul>${names.map((name) => `<li><a href="?${field}=${name}">${name}</a></li>`).join("")}</ul></div></details>`;

beforeEach(() => {
  document.body.innerHTML = `<div id="bar">${menu("topic", "", ["культура", "спорт"])}${menu("country", ' data-find="Найти"', ["Беларусь", "Китай"])}</div>`;
  mount(document.getElementById("bar") as HTMLElement, (_list, typed) => Promise.resolve(["Китай", "Киргизия", "Кирибати"].filter((name) => name.toLowerCase().includes(typed)).map(item)));
});

const of = (field: string) => document.querySelector(`[data-field=${field}]`) as HTMLDetailsElement;
const focused = () => document.activeElement?.textContent;
const press = (key: string) => document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

function open(field: string): void {
  of(field).open = true;
  of(field).dispatchEvent(new Event("toggle"));
}

test("arrows open a list, walk through it and back to its chip", () => {
  of("topic").querySelector("summary")?.focus();
  press("ArrowDown");
  expect(of("topic").open).toBe(true);
  expect(focused()).toBe("культура");
  press("ArrowDown");
  press("ArrowDown");
  expect(focused()).toBe("спорт");
  press("ArrowUp");
  press("ArrowUp");
  expect(focused()).toBe("topic");
});

test("Escape closes a list and gives the focus back", () => {
  open("topic");
  of("topic").querySelector("a")?.focus();
  press("Escape");
  expect(of("topic").open).toBe(false);
  expect(focused()).toBe("topic");
});

test("one list is open at a time, and a click elsewhere closes it", () => {
  open("topic");
  open("country");
  expect([of("topic").open, of("country").open]).toEqual([false, true]);
  document.body.click();
  expect(of("country").open).toBe(false);
});

test("a long list has a field that finds what is not in it as well", async () => {
  expect(of("topic").querySelector("input")).toBeNull();
  const field = of("country").querySelector("input") as HTMLInputElement;
  open("country");
  expect(document.activeElement).toBe(field);
  field.value = "ки";
  field.dispatchEvent(new Event("input"));
  const shown = () => [...of("country").querySelectorAll("li")].map((each) => each.textContent);
  await vi.waitFor(() => expect(shown()).toEqual(["Китай", "Киргизия", "Кирибати"]));
  press("ArrowDown");
  expect(focused()).toBe("Китай");
  press("ArrowUp");
  expect(document.activeElement).toBe(field);
  field.value = "";
  field.dispatchEvent(new Event("input"));
  await vi.waitFor(() => expect(shown()).toEqual(["Беларусь", "Китай"]));
});
