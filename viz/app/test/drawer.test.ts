// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mount } from "../drawer";

const page = (at: number) => `<p class="crumb">№ ${at}</p><details open><summary>Строка</summary></details>`;
const drawer = () => document.getElementById("evidence") as HTMLElement;
const link = (place: number) => document.querySelectorAll<HTMLAnchorElement>("a[data-evidence]")[place] as HTMLAnchorElement;
const told = () => [drawer().querySelector(".crumb")?.textContent, drawer().querySelector(".walk span")?.textContent];
const settled = () => vi.waitFor(() => expect(drawer().hasAttribute("aria-busy")).toBe(false));
const press = (target: Element, key: string) => target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

beforeEach(() => {
  const rows = [1, 2, 3].map((at) => `<li data-at="${at}"><time>май</time><a href="/pair?evidence=${at}#evidence" data-evidence="event=${at}" data-at="${at}">Событие</a> <a href="/doc">ещё</a></li>`);
  document.body.innerHTML = `<ul>${rows.join("")}</ul><aside id="evidence" data-source="/explore/evidence?lang=en" data-at="1" data-back="Назад" data-on="Дальше" data-words='{"at":"{at} из {total}","failed":"Не удалось"}'>${page(1)}</aside>`;
  vi.stubGlobal("fetch", vi.fn(async (address: string) => new Response(page(Number(/event=(\d)/.exec(address)?.[1])))));
  mount(drawer());
});
afterEach(() => vi.unstubAllGlobals());

test("a press on a row shows its evidence, and where it stands", async () => {
  link(1).click();
  await settled();
  expect(told()).toEqual(["№ 2", "2 из 3"]);
  expect(document.querySelector("li.on")?.getAttribute("data-at")).toBe("2");
  expect(fetch).toHaveBeenCalledWith("/explore/evidence?lang=en&event=2&row=1&format=html", expect.anything());
});

test("a row opens its evidence as a whole, its other links lead elsewhere", async () => {
  document.querySelectorAll("time")[2]?.click();
  await settled();
  expect(told()).toEqual(["№ 3", "3 из 3"]);
  const other = document.querySelectorAll<HTMLAnchorElement>("li a:not([data-evidence])")[0] as HTMLAnchorElement;
  const click = new MouseEvent("click", { bubbles: true, cancelable: true });
  other.addEventListener("click", (event) => setTimeout(() => event.preventDefault()));
  other.dispatchEvent(click);
  expect(fetch).toHaveBeenCalledTimes(1);
});

test("arrow keys walk and go round; the focus stays in the list", async () => {
  link(0).focus();
  press(link(0), "ArrowUp");
  await settled();
  expect(told()).toEqual(["№ 3", "3 из 3"]);
  await vi.waitFor(() => expect(document.activeElement).toBe(link(2)));
  press(link(2), "ArrowDown");
  await settled();
  expect(told()).toEqual(["№ 1", "1 из 3"]);
});

test("what was shown is not asked for again", async () => {
  for (const place of [1, 2, 1]) {
    link(place).click();
    await settled();
  }
  expect(fetch).toHaveBeenCalledTimes(2);
  expect(told()[0]).toBe("№ 2");
});

test("where the server does not answer, that is said and the walk goes on", async () => {
  vi.stubGlobal("fetch", vi.fn(async () => new Response("", { status: 503 })));
  link(1).click();
  await settled();
  expect(drawer().textContent).toContain("Не удалось");
  expect(drawer().querySelectorAll("[data-walk]").length).toBe(2);
});
