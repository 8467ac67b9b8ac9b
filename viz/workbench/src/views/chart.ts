import { extent, max, min } from "d3-array";
import { scaleLinear } from "d3-scale";
import { choice, h, svg } from "../dom";
import { number, t } from "../page";
import { numberIn, ofKind, periodIn, shown, type Answer, type Row } from "../results/columns";
import { ACCENT, FAINT, INK, SOFT, TYPE, saveButton, short, tally, unfit, type Scene } from "./kit";

const MOST_BARS = 100;

interface Mark {
  label: string;
  value: number;
  time: number;
}

/** Bars or a line: one mark a row, with its name and number. */
export function draw(scene: Scene): void {
  const names = ofKind(scene.answer, "text", "date", "iri");
  const numbers = ofKind(scene.answer, "number");
  const [name] = [...ofKind(scene.answer, "text", "date"), ...names];
  const [value] = numbers;
  if (!name || !value || !scene.answer.rows.length) return unfit(scene, "chartWants");
  const chosen = { name: name.name, value: value.name, kind: name.kind === "date" && lone(scene.answer, name.name) ? "line" : "bars" };
  const figure = h("div", { class: "wb-figure" });
  const repaint = () => figure.replaceChildren(...paint(scene, chosen));
  const pick = (key: keyof typeof chosen) => (picked: string) => {
    chosen[key] = picked;
    repaint();
  };
  const options = (columns: readonly { name: string }[]) => columns.map((column) => ({ value: column.name, text: column.name }));
  const kinds = ["bars", "line"].map((kind) => ({ value: kind, text: t(kind) }));
  scene.host.replaceChildren(
    h(
      "div",
      { class: "wb-controls" },
      choice(t("labelColumn"), options(names), chosen.name, pick("name")),
      choice(t("valueColumn"), options(numbers), chosen.value, pick("value")),
      choice(t("chartKind"), kinds, chosen.kind, pick("kind")),
    ),
    figure,
  );
  repaint();
}

/** Whether each value of a column stands once; a line only makes sense over such times, and other names need a second one beside. */
function lone(answer: Answer, name: string): boolean {
  return new Set(answer.rows.map((row) => row[name]?.value)).size === answer.rows.length;
}

function paint(scene: Scene, chosen: { name: string; value: string; kind: string }): Element[] {
  const second = lone(scene.answer, chosen.name) ? [] : ofKind(scene.answer, "text", "date").filter(({ name }) => name !== chosen.name).slice(0, 1);
  const marks = scene.answer.rows.flatMap((row) => mark(scene.answer, row, { ...chosen, second: second.map(({ name }) => name) }));
  const values = `${chosen.name}, ${chosen.value}`;
  if (chosen.kind === "line") {
    const picture = line(marks, values, Math.min(1000, scene.host.clientWidth || 900));
    return [tally(marks.length, scene.answer.rows.length), picture, saveButton(() => picture, scene.name)];
  }
  return [tally(Math.min(marks.length, MOST_BARS), scene.answer.rows.length), bars(marks.slice(0, MOST_BARS), values)];
}

function mark(answer: Answer, row: Row, chosen: { name: string; value: string; second: readonly string[] }): Mark[] {
  const value = numberIn(row[chosen.value]);
  if (value === undefined) return [];
  const parts = [chosen.name, ...chosen.second].map((name) => shown(row[name], answer.prefixes));
  const time = periodIn(row[chosen.name])?.start.getTime() ?? Number.NaN;
  return [{ label: parts.filter(Boolean).join(" · ") || t("noValue"), value, time }];
}

function bars(marks: readonly Mark[], caption: string): HTMLElement {
  const scale = scaleLinear([Math.min(0, min(marks, ({ value }) => value) ?? 0), Math.max(0, max(marks, ({ value }) => value) ?? 0)], [0, 100]);
  return h(
    "table",
    { class: "wb-bars" },
    h("caption", { class: "wb-hidden" }, caption),
    h("tbody", {}, ...marks.map(({ label, value }) => bar(label, value, scale(0), scale(value)))),
  );
}

function bar(label: string, value: number, zero: number, end: number): HTMLElement {
  const strip = h("span", { class: "wb-bar" });
  strip.style.marginLeft = `${Math.min(zero, end)}%`;
  strip.style.width = `${Math.abs(end - zero)}%`;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h("td", { class: "wb-track" }, strip),
    h("td", { class: "wb-number" }, number(value)),
  );
}

function line(marks: readonly Mark[], label: string, width: number): SVGSVGElement {
  const [height, left, bottom] = [Math.max(260, Math.min(380, width * 0.5)), 64, 40];
  const timed = marks.every(({ time }) => !Number.isNaN(time));
  const ordered = timed ? [...marks].sort((a, b) => a.time - b.time) : marks;
  const [first = 0, last = 1] = timed ? extent(ordered, ({ time }) => time) : [0, ordered.length - 1];
  const x = scaleLinear([first, last === first ? first + 1 : last], [left, width - 40]);
  const y = scaleLinear([Math.min(0, min(ordered, ({ value }) => value) ?? 0), max(ordered, ({ value }) => value) || 1], [height - bottom, 20]).nice(5);
  const places = ordered.map((item, index) => ({ ...item, x: x(timed ? item.time : index), y: y(item.value) }));
  const every = Math.ceil(places.length / Math.max(2, Math.floor(width / 110)));
  const text = { "font-family": TYPE, "font-size": 14, fill: SOFT };
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "wb-picture", role: "img", "aria-label": `${label}: ${ordered.map((item) => `${item.label} ${item.value}`).join("; ")}` },
    ...y.ticks(5).map((tick) =>
      svg(
        "g",
        {},
        svg("line", { x1: left, x2: width - 20, y1: y(tick), y2: y(tick), stroke: FAINT }),
        svg("text", { x: left - 10, y: y(tick) + 5, "text-anchor": "end", ...text }, number(tick)),
      ),
    ),
    svg("polyline", { points: places.map((place) => `${place.x},${place.y}`).join(" "), fill: "none", stroke: ACCENT, "stroke-width": 2.5, "stroke-linejoin": "round" }),
    ...places.map((place) => svg("circle", { cx: place.x, cy: place.y, r: 4.5, fill: ACCENT }, svg("title", {}, `${place.label}: ${number(place.value)}`))),
    ...places.map((place, index) => index % every === 0 && svg("text", { x: place.x, y: height - 12, "text-anchor": "middle", ...text, fill: INK }, short(place.label.split(" · ")[0] ?? "", 14))),
  );
}
