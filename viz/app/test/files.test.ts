// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { wording } from "../../kit/words";
import { dateText } from "../files/dates";
import { Folder } from "../files/folder";
import { distance, folded, latinKey, Names, otherLayout } from "../files/names";
import { codesIn } from "../files/tables";

const RECORDS = [
  ["towns", "Витебск", "by-vitebsk", "витебск", "vitebsk", "Беларусь"],
  ["organisations", "Гимназия № 7 г. Витебска", "institution:by-vitebsk-gymnasium-7", "гимназия 7 г витебска", "гимназ gimnazia витебск vitebska", "Витебск, Беларусь"],
  ["organisations", "Гимназия № 74", "institution:by-minsk-gymnasium-74", "гимназия 74", "гимназ gimnazia", "Минск, Беларусь"],
] as const;
const column = (at: number) => RECORDS.map((record) => record[at] ?? "");
const NAMES = new Names(
  {
    total: 3,
    kinds: [["towns", "Города", "Towns"], ["organisations", "Организации", "Organisations"]],
    joining: ["г", "и", "в"],
    columns: { kind: [0, 1, 1], page: column(2), ref: column(2), label: column(1), label_en: ["Vitebsk", "", ""], weight: [9, 2, 50], names: column(3), keys: column(4), note: [column(5), [0, 1, 2]], note_en: [column(5), [0, 1, 2]] },
  },
  "ru",
);
const found = (typed: string) => NAMES.find(typed, 9).map(({ label }) => label);

describe("names", () => {
  it("are found in other forms, spellings and layouts, numbers whole alone", () => {
    expect(found("Витебска")[0]).toBe("Витебск");
    expect(found("гимназии №7 Витебск")).toEqual(["Гимназия № 7 г. Витебска"]);
    expect(found("gimnaziya 7")).toEqual(["Гимназия № 7 г. Витебска"]);
    expect(found("dbnt,cr")[0]).toBe("Витебск");
    expect(found("гимназия 7 минск")).toEqual([]);
  });

  it("are found with typing errors where nothing has the very words, numbers never", () => {
    expect(found("Витепск")[0]).toBe("Витебск");
    expect(found("гимнащия 7 витебск")).toEqual(["Гимназия № 7 г. Витебска"]);
    expect(found("dbntgcr")[0]).toBe("Витебск");
    expect(found("витебск 8")).toEqual([]);
    expect(found("щщщщщщ")).toEqual([]);
    expect(distance("витебск", "витбеск", 2)).toBe(1);
    expect(distance("минск", "витебск", 2)).toBeGreaterThan(2);
  });

  it("are folded as the search folds them", () => {
    expect(folded("МБОУ «СШ №8» Орёл")).toEqual(["мбоу", "сш", "8", "орел"]);
    expect([latinKey("gimnaziya"), latinKey("gimnazija")]).toEqual(["gimnazia", "gimnazia"]);
    expect(otherLayout("ghbdtn")).toBe("привет");
  });
});

it("says dates as pages do", () => {
  const words = wording("ru", { months: "января|февраля|марта", "months-short": "янв.|фев.|мар.", "months-alone": "январь|февраль|март" });
  expect(dateText("2023-02-14/2023-03-10", words, true)).toBe("14\u00a0фев.\u00a0– 10\u00a0мар.\u00a02023");
  expect(dateText("2023-01-16/2023-01-26", words)).toBe("16–26\u00a0января\u00a02023");
  expect(dateText("2023-02", words)).toBe("февраль\u00a02023");
  expect(dateText("2023/2024", words)).toBe("2023\u00a0– 2024");
});

it("reads sums wider than 32 bits", () => {
  const codes = Array.from({ length: 40 }, (_, at) => `c${at}`);
  expect(codesIn(2 ** 39 + 2 ** 3 + 1, codes)).toEqual(["c0", "c3", "c39"]);
});

describe("a folder", () => {
  afterEach(() => void vi.unstubAllGlobals());

  it("takes files as they are and as hosts unpack them, and asks again after an error", async () => {
    const packed = await new Response(new Blob(['{"a":1}']).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
    const answers = [new Response(packed), new Response('{"a":2}'), new Response("", { status: 404 }), new Response('{"a":3}')];
    vi.stubGlobal("fetch", vi.fn(async () => answers.shift()));
    const folder = new Folder(new URL("http://host/any/explore/"), "index.html");
    expect([await folder.read("one"), await folder.read("one"), await folder.read("two")]).toEqual([{ a: 1 }, { a: 1 }, { a: 2 }]);
    await expect(folder.read("three")).rejects.toThrow("404");
    expect(await folder.read("three")).toEqual({ a: 3 });
    expect(folder.to("pair", { a: "by-vitebsk" })).toBe("http://host/any/pair/?a=by-vitebsk");
    expect(new Folder(new URL("http://host/any/explore/"), "index.en.html").to("doc/place/ru-orel")).toBe("http://host/any/doc/place/ru-orel/index.en.html");
  });
});
