// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { mountAll } from "../islands";
import { listenForSlash } from "../shortcut";
import { mount as menu } from "../menu";

test("each island is mounted, and one that fails leaves the others and the page as they are", async () => {
  document.body.innerHTML = `<p id="a" data-island="good bad"></p><p id="b" data-island="good"></p><p id="c" data-island="unknown"></p>`;
  const mounted: string[] = [];
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await mountAll(document, {
    good: async () => ({ mount: (element) => void mounted.push(element.id) }),
    bad: async () => ({ mount: () => { throw new Error("no"); } }),
  });
  expect(mounted).toEqual(["a", "b"]);
  expect(warned).toHaveBeenCalledTimes(2);
  expect(document.getElementById("a")?.dataset.mounted).toBe("good");
});

test("a slash leads to the search field, but not out of a field", () => {
  document.body.innerHTML = `<input id="q" data-slash><input id="other"><button>x</button>`;
  listenForSlash(document);
  const press = (from: Element | null) => from?.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true, cancelable: true }));
  document.getElementById("other")?.focus();
  press(document.getElementById("other"));
  expect(document.activeElement?.id).toBe("other");
  press(document.querySelector("button"));
  expect(document.activeElement?.id).toBe("q");
});

test("a menu closes by Escape, with the focus back on it, and by a click elsewhere", () => {
  document.body.innerHTML = `<details open><summary>Скачать</summary><ul><li><a href="#">Excel</a></li></ul></details><p>x</p>`;
  const details = document.querySelector("details") as HTMLDetailsElement;
  menu(details);
  details.querySelector("a")?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(details.open).toBe(false);
  expect(document.activeElement?.tagName).toBe("SUMMARY");
  details.open = true;
  document.querySelector("p")?.click();
  expect(details.open).toBe(false);
});
