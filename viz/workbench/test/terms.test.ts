import { expect, it } from "vitest";
import { body, comment } from "../src/sparql/header";
import { literal, term } from "../src/sparql/terms";

it("escapes what would end a string", () => {
  expect(literal('a"b\\c\nd\u0000')).toBe('"a\\"b\\\\c\\nd\\u0000"');
  expect(term("string", '" } ; DROP ALL #')).toBe('"\\" } ; DROP ALL #"');
  expect(term("string", "Гимназия № 7")).toBe('"Гимназия № 7"');
});

it("writes terms of each type", () => {
  expect(term("integer", "+007")).toBe("7");
  expect(term("date", "2024-02-29")).toBe('"2024-02-29"^^<http://www.w3.org/2001/XMLSchema#date>');
  expect(term("iri", "<https://example.org/а>")).toBe("<https://example.org/а>");
  expect(term("lang", "RU")).toBe('"ru"');
  expect(term("place", "<https://example.org/id/place/by-vitebsk>")).toBe("<https://example.org/id/place/by-vitebsk>");
});

it.each([
  ["integer", "1 OR 1"],
  ["date", "2023-02-29"],
  ["date", "2023-2-9"],
  ["iri", "https://example.org/> } #"],
  ["iri", "no iri"],
  ["lang", "русский"],
  ["country", "Беларусь"],
  ["place", "Витебск"],
] as const)("refuses a %s that is none: %s", (type, value) => {
  expect(() => term(type, value)).toThrow();
});

it("takes the header off and keeps comments in their line", () => {
  expect(body("#+ summary: {ru: а}\n#+ tags: [b]\nASK { }\n")).toBe("ASK { }\n");
  expect(comment("один\nдва }", "")).toBe("# один два }\n");
});
