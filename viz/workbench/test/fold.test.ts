import { expect, it } from "vitest";
import { folded } from "../src/sparql/fold";

it.each([
  ['FILTER(LANG(?kind) = IF(COALESCE("ru","ru") = "en","en","ru"))', 'FILTER(LANG(?kind) = "ru")'],
  ['IF( COALESCE("en", "ru") = "en" , "en", "ru" )', '"en"'],
  ['FILTER(?y = COALESCE("2023-01-01"^^<http://www.w3.org/2001/XMLSchema#date>, ?y))', 'FILTER(?y = "2023-01-01"^^<http://www.w3.org/2001/XMLSchema#date>)'],
  ['IF("a" = "a", CONCAT(?x, ","), ?y)', 'CONCAT(?x, ",")'],
  ["coalesce(7, ?y)", "7"],
])("writes %s as its value", (written, value) => expect(folded(written)).toBe(value));

it.each([
  "COALESCE($year, ?y)",
  'COALESCE(?x, "ru")',
  'COALESCE("a"@ru, ?x)',
  'IF(BOUND(?start), STR(?start), LCASE("без даты"))',
  'IF("a" != "b", 1, 2)',
  'IF("a\\u0062" = "ab", 1, 2)',
  'IF("a" = "b" && ?c, 1, 2)',
  '# IF("a" = "b", 1, 2)\n"COALESCE(1, 2)"',
  'IF("a" = "b", 1',
])("leaves %s alone", (written) => expect(folded(written)).toBe(written));
