import { expect, it } from "vitest";
import { Labels } from "../labels";

it("asks once for each thing, in parts", async () => {
  const asked: (readonly string[])[] = [];
  const labels = new Labels(async (things) => {
    asked.push(things);
    return things.filter((thing) => thing !== "t7").map((thing) => [thing, thing.toUpperCase()] as const);
  });
  const things = Array.from({ length: 450 }, (_none, index) => `t${index}`);
  expect((await labels.of([...things, "t1"])).get("t449")).toBe("T449");
  expect(asked.map(({ length }) => length)).toEqual([200, 200, 50]);
  await labels.of(["t7", "t8", "new"]);
  expect(asked.at(-1)).toEqual(["new"]);
  expect(labels.known.has("t7")).toBe(false);
});

it("asks again after a failure, and not for what came in another way", async () => {
  let fails = true;
  const asked: string[] = [];
  const labels = new Labels(async (things) => {
    asked.push(...things);
    if (fails) throw new Error("no answer");
    return things.map((thing) => [thing, "имя"] as const);
  });
  labels.learn([["a", "первое"], ["a", "второе"], ["b", ""]]);
  expect((await labels.of(["a", "b"])).size).toBe(1);
  fails = false;
  expect([...(await labels.of(["a", "b"]))]).toEqual([["a", "первое"], ["b", "имя"]]);
  expect(asked).toEqual(["b", "b"]);
});
