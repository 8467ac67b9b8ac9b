// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { Folder } from "../files/folder";
import { Parties } from "../files/parties";
import type { About } from "../files/tables";
import type { Pair, Tables } from "../pair/model";
import { View } from "../pair/view";

const MANY = 70;
const rows = <T>(value: T) => Array.from({ length: MANY }, () => value);
const texts = { more: "и ещё {count}", "n-events": "событие|события|событий", "n-agreements": "a|b|c", "n-pairs": "a|b|c", "n-meetings": "a|b|c" };
const about = { day: "2024-01-01", home: "RU", ours: [0], schools: [], labels: {}, odd: {}, unseen: ["activity"], words: { ru: texts, en: texts }, lists: { ru: {}, en: {} } } as unknown as About;
const party = { total: 2, codes: { kind: ["institution"] }, columns: { ref: ["institution:ru-a", "institution:by-b"], name: ["А", "Б"], name_en: [null, null], short: ["А", "Б"], town: [null, null], kind: [0, 0], type: [null, null], country: [null, null] } };

it("a pair leads to lists of what it does not show", () => {
  const parties = new Parties(new Folder(new URL("http://host/any/explore/"), "index.html"), about, party as never, "ru");
  const tables = {
    ties: { codes: { level: ["institution", "municipality"] } },
    events: { codes: {}, columns: { start: rows("2023-01-01"), date: rows("2023-01-01"), kind: rows(0), mode: rows(null), topics: rows(0), accounts: rows(1), agreements: rows([]), reports: rows([]) } },
    agreements: { codes: {}, columns: { key: rows("k"), date: rows(null), status: rows(0), parties: rows([]), kind: rows(0), subject: rows(null), reports: rows([]), end: rows(null), until: rows(null), prolonged: rows(0), term: rows(null) } },
  } as unknown as Tables;
  const numbers = [...rows(0).keys()];
  const couples = numbers.map(() => ({ left: 0, right: 1, events: 1, agreements: 0, areSchools: false }));
  const pair: Pair = { left: 0, right: 1, events: numbers, agreements: numbers, couples, years: new Map([[2023, MANY]]), undated: 0, last: "2023-01-01", told: [true, true], heard: [true, true] };
  const page = document.createElement("div");
  page.append(...new View(parties, tables, pair).parts(new Map()));
  const links = [...page.querySelectorAll<HTMLAnchorElement>("p.under > a")].map((link) => [link.textContent, link.href]);
  const chosen = "?place=institution%3Aru-a&with=institution%3Aby-b";
  expect(links).toEqual([
    ["и ещё 30", `http://host/any/partners/level-institution/${chosen}`],
    ["и ещё 46", `http://host/any/events/${chosen}`],
    ["и ещё 58", `http://host/any/agreements/${chosen}`],
  ]);
});
