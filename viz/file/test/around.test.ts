import { expect, it } from "vitest";
import type { EgoEdge, EgoNode } from "../../app/network/types";
import { wording } from "../../kit/words";
import { Surroundings } from "../around";
import type { Held } from "../held";

const node = (id: string, country: string, level: EgoNode["level"] = "institution"): EgoNode => ({ id, ref: id, level, name: id, short: id, country, ours: country === "ru", hidden: 0, events: 1 });
const tie = (a: string, b: string): EgoEdge => ({ id: `${a}-${b}`, a, b, kind: "tie", events: 1, agreements: 0, first: "2023", last: "2023" });
const member = (a: string, b: string): EgoEdge => ({ ...tie(a, b), id: `${a}~${b}`, kind: "member", events: 0, first: "", last: "" });

/** Two of our schools and three of Vitebsk's: the first two ties tell of one event, and another school is tied to both towns. */
const EDGES = [tie("s1", "g1"), tie("s2", "g1"), tie("s1", "g2"), member("smolensk", "s1"), member("smolensk", "s2"), member("vitebsk", "g1"), member("vitebsk", "g2"), tie("s2", "x")];
const held: Held = {
  ego: {
    generation: 0, seed: "", total: 4, more: false, hidden: 0, events: 3,
    nodes: [node("smolensk", "ru", "municipality"), node("vitebsk", "by", "municipality"), node("s1", "ru"), node("s2", "ru"), node("g1", "by"), node("g2", "by"), node("x", "fr")],
    edges: EDGES, countries: [{ code: "by", name: "Беларусь" }, { code: "fr", name: "Франция" }, { code: "ru", name: "Россия" }],
  },
  level: "institution", first: "", kinds: { g1: "гимназия" },
  ties: {
    "s1-g1": { grounds: [0], topics: ["спорт"], years: ["2023"] }, "s2-g1": { grounds: [0], topics: [], years: ["2023"] },
    "s1-g2": { grounds: [1], topics: [], years: ["2024"] }, "s2-x": { grounds: [2], topics: [], years: [] },
  },
  grounds: [0, 1, 2].map((number) => ({ kind: "event" as const, title: `${number}`, when: "", rows: [] })), rows: [], words: {},
};
const told = new Surroundings(held, wording("ru", { andMore: "ещё {number} {noun}", parties: "участник|участника|участников" }));
const ids = (all: readonly { id: string; out?: boolean }[]) => all.filter(({ out }) => !out).map(({ id }) => id).sort();

it("draws a town with its partners' towns and in them their institutions; an event of two ties counts once", () => {
  const ego = told.around("smolensk", [], {});
  expect(ids(ego.nodes)).toEqual(["g1", "g2", "smolensk", "vitebsk", "x"]);
  expect(ids(ego.edges)).toEqual(["smolensk~vitebsk", "smolensk~x", "vitebsk~g1", "vitebsk~g2"]);
  expect(ego.edges.find(({ id }) => id === "smolensk~vitebsk")?.events).toBe(2);
  expect(ego.events).toBe(3);
});

it("finds the ties that a line of it rests on", () => {
  expect(told.restingOn("smolensk~vitebsk").sort()).toEqual(["s1-g1", "s1-g2", "s2-g1"]);
  expect(told.restingOn("smolensk~g1").sort()).toEqual(["s1-g1", "s2-g1"]);
  expect(told.groundsOf(told.restingOn("smolensk~g1"))).toEqual([0]);
});

it("leaves what a filter hides in its place, out", () => {
  const ego = told.around("smolensk", [], { topic: "спорт" });
  expect(ids(ego.nodes)).toEqual(["g1", "smolensk", "vitebsk"]);
  expect(ego.nodes).toHaveLength(5);
  expect(ego.hidden).toBe(2);
  expect(ids(told.whole({ country: "fr" }).edges.filter(({ kind }) => kind === "tie"))).toEqual(["s2-x"]);
});

it("counts whom somebody has besides before it opens them", () => {
  const ego = told.around("g2", [], {});
  expect(ids(ego.nodes)).toEqual(["g2", "s1"]);
  const { total, groups } = told.expand("s1", ego);
  expect([total, groups.filter(({ by }) => by !== "year").map(({ by, key, count }) => [by, key, count])]).toEqual([2, [["country", "by", 1], ["kind", "municipality", 1], ["country", "ru", 1], ["kind", "гимназия", 1]]]);
  expect(ids(told.around("g2", [{ ref: "s1" }], {}).nodes)).toContain("g1");
  expect(ids(told.around("g2", [{ ref: "s1", by: "country", key: "fr" }], {}).nodes)).not.toContain("g1");
});
