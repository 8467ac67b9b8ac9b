import { expect, it } from "vitest";
import { wording } from "../words";

const ru = wording("ru", { rows: "строка|строки|строк", shown: "Показано {shown} из {all}, {shown}!" });
const en = wording("en", { rows: "row|rows" });

it.each([
  [1, "1 строка", "1 row"],
  [3, "3 строки", "3 rows"],
  [5, "5 строк", "5 rows"],
  [11, "11 строк", "11 rows"],
  [21, "21 строка", "21 rows"],
  [112, "112 строк", "112 rows"],
  [0, "0 строк", "0 rows"],
  [1.5, "1,5 строки", "1.5 rows"],
])("counts %s", (count, russian, english) => {
  expect([ru.counted(count, "rows"), en.counted(count, "rows")]).toEqual([russian, english]);
});

it("counts in the genitive after of", () => {
  expect([1, 2, 5, 21, 22].map((count) => ru.countedOf(count, "rows"))).toEqual(["1 строки", "2 строк", "5 строк", "21 строки", "22 строк"]);
  expect(en.countedOf(1, "rows")).toBe("1 row");
});

it("fills slots, and says the key where there is no text", () => {
  expect(ru.t("shown", { shown: 3, all: "$&" })).toBe("Показано 3 из $&, 3!");
  expect(ru.t("shown", { all: 4 })).toBe("Показано {shown} из 4, {shown}!");
  expect([ru.t("none"), ru.t("constructor")]).toEqual(["none", "constructor"]);
});

it("takes the other language where a text has not this one", () => {
  expect([en.word({ ru: "Связь" }), en.word({ ru: "Связь", en: "Tie" }), ru.word({ en: "Tie" }), ru.word(undefined)]).toEqual(["Связь", "Tie", "Tie", ""]);
});
