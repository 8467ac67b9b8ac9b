// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { busy } from "../busy";
import { h } from "../dom";

it("calls an element busy until the last of its work has ended", async () => {
  const view = h("div");
  const ends: (() => void)[] = [];
  const work = () => busy(view, new Promise<void>((end) => ends.push(end)));
  const [first, second] = [work(), work()];
  const said = () => view.getAttribute("aria-busy");
  expect(said()).toBe("true");
  ends[1]?.();
  await second;
  expect(said()).toBe("true");
  ends[0]?.();
  await first;
  expect(said()).toBe("false");
});

it("takes work that fails for ended, and hands on what came of it", async () => {
  const view = h("div");
  await expect(busy(view, Promise.reject(new Error("no land")))).rejects.toThrow("no land");
  expect(view.getAttribute("aria-busy")).toBe("false");
  expect(await busy(view, Promise.resolve("drawn"))).toBe("drawn");
});
