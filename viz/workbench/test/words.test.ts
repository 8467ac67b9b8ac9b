import { expect, it } from "vitest";
import type { Term } from "../src/api";
import { link, shared } from "../src/share";
import { matching } from "../src/vocabulary";

function term(curie: string, ru: string, count = 0): Term {
  return { iri: `urn:${curie}`, curie, kind: "class", label: { ru, en: curie.split(":")[1] ?? "" }, definition: {}, count };
}

const TERMS = [term("pob:Tie", "Связь", 5), term("pob:Report", "Отчёт"), term("pob:ReportEntry", "Строка отчёта", 9), term("x:Untie", "Развязка")];
const found = (typed: string) => matching(TERMS, typed).map(({ curie }) => curie);

it("finds terms by prefixed name, local name and label", () => {
  expect(found("pob:rep")).toEqual(["pob:ReportEntry", "pob:Report"]);
  expect(found("отче")).toEqual(["pob:Report", "pob:ReportEntry"]);
  expect(found("tie")).toEqual(["pob:Tie", "x:Untie"]);
  expect(found("<urn:x")).toEqual(["x:Untie"]);
  expect(found("нет")).toEqual([]);
});

it("puts what was written out first, and everything by use where nothing was typed", () => {
  expect(found("pob:Report")[0]).toBe("pob:Report");
  expect(found("")).toEqual(["pob:ReportEntry", "pob:Tie", "pob:Report", "x:Untie"]);
});

it("carries a query and its view in a link, whatever is in the query", () => {
  const query = "SELECT * { ?x ?y 'а & b # c + d %' }\n# ю";
  const made = link("https://example.org/workbench?lang=en", query, "map");
  expect(shared(new URL(made).hash)).toEqual({ query, view: "map", values: {} });
  expect(made.startsWith("https://example.org/workbench?lang=en#query=")).toBe(true);
});

it("takes a question's name with values, and no unknown view", () => {
  expect(shared("#example=pair&city=Смоленск&view=evil")).toEqual({ example: "pair", values: { city: "Смоленск" } });
  expect(shared("#tab-12")).toBeUndefined();
});
