// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { mount } from "../offers";

const field = () => document.querySelector("input") as HTMLInputElement;
const options = () => [...document.querySelectorAll("option")].map((option) => [option.value, option.getAttribute("label")]);

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<input data-source="/review/names?what=place">`;
  mount(field());
});

function typed(text: string): Promise<unknown> {
  field().value = text;
  field().dispatchEvent(new Event("input"));
  return vi.advanceTimersByTimeAsync(100);
}

test("what may be meant is offered while a name is typed", async () => {
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () =>
    new Response(JSON.stringify({ names: [{ name: "Велиж, Смоленская область", note: "" }, { name: "Витебск", note: "Беларусь" }] })),
  );
  await typed("ве");
  expect(field().getAttribute("list")).toBe(document.querySelector("datalist")?.id);
  expect(String(asked.mock.calls[0]?.[0])).toContain("what=place&q=%D0%B2%D0%B5");
  expect(options()).toEqual([["Велиж, Смоленская область", "Велиж, Смоленская область"], ["Витебск", "Беларусь"]]);
  await typed("Витебск");
  expect(asked).toHaveBeenCalledOnce();
});

test("a server that does not answer leaves the field a field", async () => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("gone"));
  await typed("ве");
  expect(options()).toEqual([]);
});
