import { expect, it } from "vitest";
import type { Data, Entry, Party, Tie } from "../data";
import { graphOf, litBy } from "../graph";
import { Page } from "../page";
import { otherEnd, pieces, Ties, yearsOf } from "../ties";

function party(ru: string, more: Partial<Party> = {}): Party {
  return { names: { ru, en: `${ru} (en)` }, others: [], short: ru, type: "organisation", kind: "", place: "", country: "RU", colour: "#000", narrow: [1, 2], ...more };
}

function tie(a: string, b: string, more: Partial<Tie> = {}): Tie {
  return { a, b, kind: "contact", start: "", end: "", events: 1, sides: 1, topics: [], entries: [], agreements: [], ...more };
}

function entry(number: number, more: Partial<Entry> = {}): Entry {
  return { number, title: "", edtf: "", start: "", end: "", report: "", reporter: "", activity: `x${number}`, kind: "", topics: [], roles: {}, cells: [], ...more };
}

const data: Data = {
  lang: "ru",
  strings: { ru: {}, en: {} },
  title: {},
  parameters: [],
  words: { RU: { ru: "Россия", en: "Russia" } },
  countries: [{ id: "RU", colour: "#000" }, { id: "BY", colour: "#fff" }],
  total: { nodes: 4, ties: 3 },
  drawing: {
    nodes: ["s9", "s10", "v", "minsk"].map((id, index) => ({ id, label: `${id}\nгород`, shape: id === "minsk" ? "square" : "dot", color: "#000", size: 9, x: index, y: 0 })),
    edges: [["t1", "v", "s9"], ["t2", "s10", "v"], ["t3", "minsk", "s10"]].map(([id = "", from = "", to = ""]) => ({ id, from, to, width: 2, color: "#111", dashes: id === "t1" ? ([7, 6] as const) : false })),
  },
  parties: {
    s9: party("СШ № 9", { place: "Смоленск" }),
    s10: party("СШ № 10", { place: "Смоленск", others: ["Школа десятая"] }),
    v: party("Гимназия Витебска", { place: "Витебск", country: "BY" }),
    minsk: party("Минск", { type: "municipality", country: "BY" }),
  },
  ties: {
    t1: tie("v", "s9", { topics: ["sport"], start: "2019-01-01", end: "2024-05-01", events: 3, entries: ["e1", "e2", "e3"] }),
    t2: tie("s10", "v", { kind: "partnership", start: "2021-03-01", end: "2023-02-01", events: 1 }),
    t3: tie("minsk", "s10", { events: 1 }),
  },
  entries: {
    e1: entry(1, { activity: "x", start: "2019-01-01", end: "2020-02-01" }),
    e2: entry(2, { activity: "y", start: "2024-05-01" }),
    e3: entry(3, { activity: "x", start: "2019-01-01", end: "2020-02-01" }),
  },
};
const ties = new Ties(data);

it("filters by country, topic, year and kind, all at once", () => {
  expect(ties.shown({})).toEqual(["t1", "t2", "t3"]);
  expect(ties.shown({ country: "BY" })).toEqual(["t1", "t2", "t3"]);
  expect(ties.shown({ topic: "sport" })).toEqual(["t1"]);
  expect(ties.shown({ kind: "partnership", year: "2022" })).toEqual(["t2"]);
  expect(ties.shown({ topic: "sport", kind: "partnership" })).toEqual([]);
  expect(ties.shown({ topic: "" })).toHaveLength(3);
});

it("takes the years of the rows, and those between first and last where rows have none", () => {
  expect(["2018", "2019", "2020", "2021", "2024"].map((year) => ties.isShown("t1", { year }))).toEqual([false, true, true, false, true]);
  expect(ties.options("year").sort()).toEqual(["2019", "2020", "2021", "2022", "2023", "2024"]);
});

it("knows the ties of a party, and puts who is at home first", () => {
  expect(ties.of("v", {})).toEqual(["t1", "t2"]);
  expect(ties.of("v", { topic: "sport" })).toEqual(["t1"]);
  expect([ties.ends(tie("v", "s9")), ties.ends(tie("s9", "v")), ties.ends(tie("v", "minsk"))]).toEqual([["s9", "v"], ["s9", "v"], ["v", "minsk"]]);
  expect([otherEnd(tie("a", "b"), "a"), otherEnd(tie("a", "b"), "b")]).toEqual(["b", "a"]);
  expect([yearsOf(tie("a", "b", { start: "2019-01", end: "2024" })), yearsOf(tie("a", "b", { start: "2024", end: "2024-05" }))]).toEqual(["2019–2024", "2024"]);
});

it("joins rows that tell of one event, the newest first", () => {
  expect(ties.events(data.ties.t1 as Tie).map((rows) => rows.map(({ number }) => number))).toEqual([[2], [1, 3]]);
});

it("marks what tells of somebody, counting letters and not their halves", () => {
  const found = pieces("🏫 школа и гимназия", [[2, 7, "s"], [3, 5, "s"], [8, 9, "other"], [10, 18, "g"]], new Set(["s", "g"]));
  expect(found).toEqual([
    { text: "🏫 ", isMarked: false }, { text: "школа", isMarked: true }, { text: " и ", isMarked: false }, { text: "гимназия", isMarked: true },
  ]);
  expect(pieces("школа", [], new Set())).toEqual([{ text: "школа", isMarked: false }]);
});

it("finds parties by any part of any name, and puts 9 before 10", () => {
  const page = new Page(data);
  expect(page.found(["сш"], 9)).toEqual(["s9", "s10"]);
  expect([page.found(["десятая"], 9), page.found(["сш", "витебск"], 9), page.found(["смолен"], 1)]).toEqual([["s10"], [], ["s9"]]);
  expect([page.named("s9"), page.named("v"), page.named("minsk")]).toEqual(["СШ № 9, Смоленск", "Гимназия Витебска", "Минск"]);
});

it("sorts by the column that was asked for, either way", () => {
  const page = new Page(data);
  const all = ["t1", "t2", "t3"];
  expect(page.sorted(all)).toEqual(["t1", "t2", "t3"]);
  Object.assign(page.state, { sort: "last", down: false });
  expect(page.sorted(all)).toEqual(["t3", "t2", "t1"]);
  Object.assign(page.state, { sort: "partners", down: false });
  expect(page.sorted(all)).toEqual(["t1", "t3", "t2"]);
});

it("speaks the language chosen", () => {
  const page = new Page(data);
  page.speak("en");
  expect([page.word("RU"), page.nameOf("minsk"), page.shortOf("s9"), page.word("none")]).toEqual(["Russia", "Минск (en)", "СШ № 9", ""]);
});

it("draws the ties that are shown and whoever has one, in the language chosen", () => {
  const page = new Page(data);
  page.state.filters.topic = "sport";
  const graph = graphOf(page, new Map([["v", { x: 7, y: 8 }]]));
  expect(graph.lines).toEqual([{ id: "t1", a: "v", b: "s9", width: 2, colour: "#111", isDashed: true }]);
  expect(graph.spots.map(({ id, x, y, lines }) => [id, x, y, lines])).toEqual([["s9", 0, 0, ["s9", "город"]], ["v", 7, 8, ["v", "город"]]]);
  page.state.filters = {};
  page.speak("en");
  expect(graphOf(page, new Map()).spots.map(({ shape, lines }) => [shape, lines[0]])).toEqual([["dot", "s9"], ["dot", "s10"], ["dot", "v"], ["square", "Минск (en)"]]);
});

it("lights the choice with whom it ties", () => {
  const page = new Page(data);
  const lit = (selected: string) => {
    page.state.selected = selected;
    return litBy(page);
  };
  expect([lit(""), lit("none"), lit("constructor")]).toEqual([undefined, undefined, undefined]);
  expect(lit("t2")).toEqual(new Set(["t2", "s10", "v"]));
  expect(lit("v")).toEqual(new Set(["v", "t1", "s9", "t2", "s10"]));
});
