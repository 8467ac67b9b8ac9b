import { describe, expect, it } from "vitest";
import { egoPairs, folding, opening, readAddress, writeAddress, type State } from "../network/address";
import { History } from "../network/history";
import { settled, start } from "../network/force";
import { headings } from "../network/headings";
import { treeOf } from "../network/tree";
import type { View } from "../network/views";
import { ARROWS, next } from "../network/walk";
import { edge, ego, made, node } from "./made";

describe("history", () => {
  it("goes back and forth, and forgets what was undone once one goes elsewhere", () => {
    const history = new History("a");
    expect([history.canUndo, history.canRedo, history.undo(), history.redo()]).toEqual([false, false, "a", "a"]);
    history.go("b");
    history.go("c");
    expect([history.undo(), history.undo(), history.canUndo, history.redo()]).toEqual(["b", "a", false, "b"]);
    history.go("d");
    expect([history.now, history.canRedo, history.undo()]).toEqual(["d", false, "b"]);
  });
});

describe("address", () => {
  const search = "?seed=ru-smolensk&country=by&expanded=by-vitebsk&expanded=institution%3Aby-x%7Ecountry.ru&view=force";

  it("holds what is opened and the view, and leaves the filter alone", () => {
    const state = readAddress(search, "sectors");
    expect(state).toEqual({ view: "force", opened: [{ ref: "by-vitebsk" }, { ref: "institution:by-x", by: "country", key: "ru" }] });
    expect(readAddress(writeAddress(search, state, "sectors"), "sectors")).toEqual(state);
    expect(writeAddress(search, { view: "sectors", opened: [] }, "sectors")).toBe("?seed=ru-smolensk&country=by");
    expect(egoPairs(search, { opened: [{ ref: "x" }] }).toString()).toBe("seed=ru-smolensk&country=by&expanded=x");
  });

  it("takes nothing that it does not know", () => {
    expect(readAddress("?view=pie&expanded=&expanded=a%7Esize.3&expanded=b%7Ekind.", "table")).toEqual({ view: "table", opened: [] });
  });

  it("opens one behind the other, the same again for the next of it, and folds a party with all of it", () => {
    const none: State = { view: "sectors", opened: [] };
    const group = opening(none, { ref: "a", by: "country", key: "ru" });
    expect(opening(group, { ref: "a", by: "country", key: "ru" }).opened).toEqual([...group.opened, ...group.opened]);
    const whole = opening(opening(group, { ref: "b" }), { ref: "a" });
    expect(whole.opened).toEqual([...group.opened, { ref: "b" }, { ref: "a" }]);
    expect(readAddress(writeAddress("", opening(whole, { ref: "a" }), "sectors"), "sectors").opened).toEqual([...whole.opened, { ref: "a" }]);
    expect(folding(whole, "a").opened).toEqual([{ ref: "b" }]);
  });
});

describe("tree", () => {
  it("has everybody once, under the nearest to the seed, and keeps the edges across", () => {
    const small = ego(
      [node("root", { country: "ru" }), node("a"), node("b", { country: "cn" }), node("x", { level: "institution" }), node("y", { country: "kz" })],
      [edge("root", "a"), edge("root", "b"), edge("a", "x", "member"), edge("b", "x"), edge("root", "y", "participation")],
    );
    const tree = treeOf(small);
    expect(tree?.sectors.map(({ key, branches }) => [key, branches.map(({ node, leaves }) => [node.id, leaves.map((leaf) => leaf.node.id)])])).toEqual([
      ["by", [["a", ["x"]]]], ["cn", [["b", []]]], ["kz", [["y", []]]],
    ]);
    expect(tree?.across.map(({ id }) => id)).toEqual(["b|x"]);
  });

  it("has regions for sectors where all are of one country", () => {
    const home = ego([node("root"), node("a", { country: "ru", region: "Псковская область" }), node("b", { country: "ru", region: "Тверская область" })], [edge("root", "a"), edge("root", "b")]);
    expect(treeOf(home)?.sectors.map(({ name }) => name)).toEqual(["Псковская область", "Тверская область"]);
  });

  it("is nothing where the seed is not there", () => expect(treeOf(ego([], []))).toBeUndefined());
});

describe("walk", () => {
  const places = new Map([["a", { x: 0, y: 0 }], ["near", { x: 10, y: 0 }], ["tied", { x: 50, y: 5 }], ["up", { x: 0, y: -20 }]]);
  const view = { frame: { width: 1, height: 1 }, places, links: [{ id: "t", a: "tied", b: "a" }], picture: () => ({ width: 1, height: 1, strokes: [], marks: [], texts: [] }) } satisfies View;
  const way = (key: string) => ARROWS[key] ?? { x: 0, y: 0 };

  it("goes to neighbours first, then to whoever stands there", () => {
    expect([next(view, "a", way("ArrowRight")), next(view, "a", way("ArrowUp")), next(view, "a", way("ArrowLeft")), next(view, "tied", way("ArrowLeft"))]).toEqual(["tied", "up", "a", "a"]);
  });

  it("begins with the first", () => expect(next(view, "", way("ArrowUp"))).toBe("a"));
});

describe("a whole network", () => {
  const frame = { width: 1000, height: 640 };
  const whole = { ...made(137), seed: "" };

  it("is laid out the same every time, inside its frame", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => settled(start(whole, frame), whole.edges, frame)));
    expect([...(one ?? [])]).toEqual([...(other ?? [])]);
    expect(one?.size).toBe(whole.nodes.length);
    for (const { x, y } of one?.values() ?? []) expect(x >= 0 && x <= 1000 && y >= 0 && y <= 640).toBe(true);
  });

  it("keeps everybody in place when more are opened", async () => {
    const places = (await settled(start(whole, frame), whole.edges, frame)) ?? new Map();
    const more = { ...whole, nodes: [...whole.nodes, node("new", { country: "cn" })], edges: [...whole.edges, edge("town-1", "new")] };
    const after = await settled(start(more, frame, places), more.edges, frame);
    expect([...places].filter(([id, at]) => after?.get(id)?.x !== at.x || after?.get(id)?.y !== at.y)).toEqual([]);
    expect(after?.has("new")).toBe(true);
  });

  it("stops when it is told to", async () => {
    const going = new AbortController();
    const places = settled(start(whole, frame), whole.edges, frame, going.signal);
    going.abort();
    expect(await places).toBeUndefined();
  });

  it("names each country at the rim, over nobody, and has the home country in the middle", async () => {
    const places = (await settled(start(whole, frame), whole.edges, frame)) ?? new Map();
    const named = headings(whole, places, frame);
    expect(named.map(({ code }) => code)).toEqual(whole.countries.map(({ code }) => code).filter((code) => code !== "ru"));
    const over = named.filter((heading) => [...places.values()].some(({ x, y }) => Math.hypot(x - heading.x, y - heading.y) < 9));
    expect(over).toEqual([]);
    const home = start(whole, frame).drawn.find(({ id }) => id === "root");
    expect(Math.hypot((home?.to.x ?? 0) - 500, (home?.to.y ?? 0) - 320)).toBeLessThan(200);
  });
});
