// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { h, svg, whole } from "../dom";
import { listen, type Gestures } from "../picture/gestures";
import { elements } from "../picture/svg";
import { stage } from "../picture/stage";
import { heading, markSorting } from "../table/heading";
import { windowed } from "../table/window";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

it("keeps ranges in a text whole", () => {
  expect(h("p", {}, ...whole("16–26 января, «2019–2026» — <b>")).outerHTML).toBe('<p><span class="nw">16–26</span> января, «<span class="nw">2019–2026</span>» — &lt;b&gt;</p>');
});

it("makes elements whose texts are texts", () => {
  let clicks = 0;
  const made = h("button", { type: "button", class: "x", hidden: true, disabled: false, title: undefined, tabindex: 0, onclick: () => (clicks += 1) }, "<b>", null, false, undefined, h("i"));
  made.click();
  expect([made.outerHTML, clicks]).toEqual(['<button type="button" class="x" hidden="" tabindex="0">&lt;b&gt;<i></i></button>', 1]);
  expect(svg("line", { x1: 0 }).namespaceURI).toBe("http://www.w3.org/2000/svg");
});

it("draws pictures as elements that know whose they are", () => {
  const mark = { id: "a", shape: "square", x: 10, y: 10, r: 10, colour: "red", edge: "white", edgeWidth: 1, title: "Школа" } as const;
  const text = { id: "a", anchor: "middle", x: 1, y: 2, text: "СШ", size: 14, colour: "black", halo: "", title: "Школа" } as const;
  const stroke = { id: "t", x1: 0, y1: 0, x2: 1, y2: 1, colour: "red", width: 2, dashes: [7, 6] } as const;
  const made = elements({ width: 9, height: 9, strokes: [stroke, { ...stroke, dashes: undefined }], marks: [mark, { ...mark, shape: "dot" }, { ...mark, shape: "diamond" }], texts: [text] });
  expect(made.map(({ tagName }) => tagName)).toEqual(["line", "line", "rect", "circle", "path", "text"]);
  expect([made[0]?.getAttribute("stroke-dasharray"), made[1]?.hasAttribute("stroke-dasharray"), made[3]?.getAttribute("r")]).toEqual(["7 6", false, "10"]);
  expect(made.slice(2).map((each) => [each.getAttribute("data-node"), each.querySelector("title")?.textContent])).toEqual(Array(4).fill(["a", "Школа"]));
  expect([made[5]?.textContent, made[5]?.hasAttribute("stroke")]).toEqual(["СШШкола", false]);
});

/** An element that writes down what its gestures do; one pixel of the screen is two units. */
function gestured(more: Partial<Gestures> = {}): { element: HTMLElement; done: unknown[][] } {
  const done: unknown[][] = [];
  const tell = (name: string) => (...given: unknown[]) => void done.push([name, ...given]);
  const element = h("div", { tabindex: 0 });
  document.body.append(element);
  element.setPointerCapture = () => undefined;
  listen(element, { unit: () => 2, zoom: tell("zoom"), move: tell("move"), reset: tell("reset"), click: tell("click"), ...more });
  return { element, done };
}

function pointer(element: HTMLElement, name: string, x: number, y: number, pointerId = 1): void {
  const event = Object.assign(new MouseEvent(`pointer${name}`, { clientX: x, clientY: y, bubbles: true, buttons: name === "move" ? 1 : 0 }), { pointerId });
  element.dispatchEvent(event);
}

it("moves and zooms by keys, but leaves keys of the browser alone", () => {
  const { element, done } = gestured();
  for (const key of ["ArrowLeft", "+", "-", "0", "a"]) element.dispatchEvent(new KeyboardEvent("keydown", { key }));
  element.dispatchEvent(new KeyboardEvent("keydown", { key: "+", ctrlKey: true }));
  expect(done).toEqual([["move", 60, 0], ["zoom", 1.4], ["zoom", 1 / 1.4], ["reset"]]);
});

it("takes the wheel with Ctrl or once it has the focus, so that the page can be scrolled past", () => {
  const { element, done } = gestured();
  const wheel = ({ deltaY, ctrlKey = false }: { deltaY: number; ctrlKey?: boolean }) => {
    const event = Object.assign(new MouseEvent("wheel", { clientX: 10, clientY: 20, cancelable: true, ctrlKey }), { deltaY });
    element.dispatchEvent(event);
    return event.defaultPrevented;
  };
  expect([wheel({ deltaY: -1 }), wheel({ deltaY: -1, ctrlKey: true })]).toEqual([false, true]);
  element.focus();
  expect(wheel({ deltaY: 1 })).toBe(true);
  expect(done).toEqual([["zoom", 1.2, { x: 20, y: 40 }], ["zoom", 1 / 1.2, { x: 20, y: 40 }]]);
});

it("tells a click from a pull", () => {
  const { element, done } = gestured();
  pointer(element, "down", 10, 10);
  pointer(element, "move", 12, 11);
  pointer(element, "up", 12, 11);
  expect(done).toEqual([["click", { x: 24, y: 22 }]]);
  pointer(element, "down", 10, 10);
  pointer(element, "move", 20, 10);
  pointer(element, "move", 25, 12);
  pointer(element, "up", 25, 12);
  expect(done.slice(1)).toEqual([["move", 20, 0], ["move", 10, 4]]);
});

it("zooms by two fingers around the one that rests", () => {
  const { element, done } = gestured();
  pointer(element, "down", 0, 0, 1);
  pointer(element, "down", 10, 0, 2);
  pointer(element, "move", 20, 0, 2);
  pointer(element, "up", 20, 0, 2);
  pointer(element, "up", 0, 0, 1);
  expect(done).toEqual([["zoom", 2, { x: 0, y: 0 }]]);
});

it("looks at a staged picture from where it is told, and back", () => {
  const seen: number[] = [];
  const made = stage("Сеть", 800, 400, 12, ({ scale }) => seen.push(scale));
  made.nearer();
  made.farther();
  made.look({ scale: 5, x: 1, y: 2 });
  expect(made.camera).toEqual({ scale: 5, x: 1, y: 2 });
  made.reset();
  expect(seen).toEqual([1.4, 1, 5, 1]);
  expect([made.picture.getAttribute("viewBox"), made.picture.getAttribute("aria-label")]).toEqual(["0 0 800 400", "Сеть"]);
});

it("says in its heads by which column rows stand", () => {
  const sorted: string[] = [];
  const heads = ["name", "n"].map((name) => heading({ name, text: name }, () => sorted.push(name)));
  heads[1]?.querySelector("button")?.click();
  const orders = () => heads.map((head) => head.getAttribute("aria-sort"));
  markSorting(heads, { column: "n", down: true });
  expect([sorted, orders()]).toEqual([["n"], ["none", "descending"]]);
  markSorting(heads, { column: "name", down: false });
  expect(orders()).toEqual(["ascending", "none"]);
  markSorting(heads, undefined);
  expect(orders()).toEqual(["none", "none"]);
});

function listed(shown: (places: number[]) => Promise<void> | void = () => undefined): ReturnType<typeof windowed> {
  const row = (place: number) => h("tr", { role: "row" }, h("td", {}, `${place}`));
  const made = windowed({ label: "Связи", looks: { scroller: "rows", table: "list" }, heads: [h("th")], row, shown, drawn: () => undefined, resized: () => undefined });
  document.body.append(made.element);
  return made;
}

it("has few rows all in the page, and nothing beside them", () => {
  const made = listed();
  made.show(60);
  expect([made.element.querySelectorAll("tbody tr").length, made.element.querySelector(".kit-gap"), made.element.matches(".kit-long")]).toEqual([60, null, false]);
  made.show(3);
  expect([...made.element.querySelectorAll("td")].map(({ textContent }) => textContent)).toEqual(["0", "1", "2"]);
  expect(made.element.querySelector("table")?.getAttribute("aria-rowcount")).toBe("4");
  made.stop();
});

it("has of many rows those on the screen, and room for the others", () => {
  const seen: number[][] = [];
  const made = listed((places) => void seen.push(places));
  made.show(1000);
  const rows = () => [...made.element.querySelectorAll("tbody:not(.kit-gap) tr")].map(({ textContent }) => Number(textContent));
  // Nothing has a height here: rows are taken for 41 pixels high, the window for one row, and eight are drawn beyond both edges.
  expect(rows()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const room = () => [...made.element.querySelectorAll<HTMLElement>(".kit-gap tr")].map(({ style }) => style.height);
  expect([room(), made.element.matches(".kit-long")]).toEqual([[`${990 * 41}px`], true]);
  made.element.scrollTop = 41 * 500;
  made.element.dispatchEvent(new Event("scroll"));
  expect([rows()[0], rows().length, room()]).toEqual([492, 18, [`${492 * 41}px`, `${490 * 41}px`]]);
  vi.advanceTimersByTime(100);
  expect([seen.length, seen[0]?.[0], seen[0]?.length]).toEqual([1, 492, 18]);
  dispatchEvent(new Event("beforeprint"));
  expect(rows()).toHaveLength(1000);
  made.stop();
});

it("is busy until it has a width, and what is on the screen has been told of", async () => {
  let lay = () => undefined as void;
  vi.stubGlobal("ResizeObserver", class {
    observe = () => undefined;
    disconnect = () => undefined;
    constructor(told: () => void) {
      lay = told;
    }
  });
  const ends: (() => void)[] = [];
  const made = listed(() => new Promise<void>((end) => ends.push(end)));
  vi.unstubAllGlobals();
  const said = () => made.element.getAttribute("aria-busy");
  made.show(3);
  await vi.advanceTimersByTimeAsync(100);
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe("true");
  Object.defineProperty(made.element, "clientWidth", { value: 300 });
  lay();
  await vi.advanceTimersByTimeAsync(100);
  made.redraw();
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(100);
  expect(said()).toBe("true");
  ends.shift()?.();
  await vi.advanceTimersByTimeAsync(0);
  expect(said()).toBe("false");
  made.stop();
});
