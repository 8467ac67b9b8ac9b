import { scaleLinear } from "d3-scale";
import { svg } from "../../../kit/dom";
import { FAINT, INK, SOFT, TYPE } from "../../../kit/picture/colours";
import { widthOf } from "../../../kit/picture/measure";
import { short } from "../../../kit/text";
import { lang, number, t } from "../page";
import type { Place, Plot, Series } from "../results/plot";
import type { Kind } from "./chart";
import { colourOf, nameOf, type Heads } from "./chart-legend";

const SIZE = 14;
const TEXT = { "font-family": TYPE, "font-size": SIZE, fill: SOFT };
const LEFT = 64;
const LINE = 24;

/** Columns (beside or on each other) or lines over time, with axes, their titles and the names of series. */
export function overTime(plot: Plot, kind: Kind, heads: Heads, width: number): SVGSVGElement {
  const names = plot.series.length > 1 || heads.series ? legendOf(plot.series, width) : { height: 0, marks: [] };
  const top = names.height + 40;
  const [height, bottom] = [top + Math.max(230, Math.min(330, width * 0.36)), 66];
  const y = scaleLinear(reach(plot, kind), [height - bottom, top]).nice(5);
  const step = (width - LEFT - 16) / plot.places.length;
  const x = (index: number) => LEFT + step * (index + 0.5);
  const ticks = y.ticks(5).filter((tick) => Number.isInteger(tick) || y.domain()[1]! < 5);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, class: "wb-picture", role: "img", "aria-label": summary(plot, heads) },
    svg("rect", { width, height, fill: "#fff" }),
    ...names.marks,
    svg("text", { x: 0, y: top - 16, ...TEXT, "font-weight": 600 }, heads.y),
    ...ticks.map((tick) => svg("g", {}, svg("line", { x1: LEFT, x2: width - 16, y1: y(tick), y2: y(tick), stroke: tick === 0 ? SOFT : FAINT }), svg("text", { x: LEFT - 10, y: y(tick) + 5, "text-anchor": "end", ...TEXT }, number(tick)))),
    ...(kind === "line" ? lines(plot, x, y) : columns(plot, kind, x, y, step)),
    ...axis(plot, x, step, height - bottom),
    svg("text", { x: width - 16, y: height - 6, "text-anchor": "end", ...TEXT, "font-weight": 600 }, heads.x),
  );
}

function reach({ series, places }: Plot, kind: Kind): [number, number] {
  const all = places.flatMap((_place, index) => {
    const values = series.flatMap(({ values }) => values[index] ?? []);
    return kind === "stacked" ? [values.reduce((sum, value) => sum + value, 0)] : values;
  });
  return [Math.min(0, ...all), Math.max(0, ...all) || 1];
}

type Scale = (value: number) => number;

function columns({ series, places }: Plot, kind: Kind, x: Scale, y: Scale, step: number): SVGElement[] {
  const wide = Math.min(64, step * 0.76);
  return places.flatMap((place, index) => {
    let base = 0;
    const own = kind === "grouped" ? wide / series.length : wide;
    return series.flatMap((each, order) => {
      const value = each.values[index];
      if (!value) return [];
      const from = kind === "stacked" ? base : 0;
      base += value;
      const [high, low] = [y(Math.max(from, from + value)), y(Math.min(from, from + value))];
      const left = x(index) - wide / 2 + (kind === "grouped" ? order * own : 0);
      return [svg("rect", { x: left, y: high, width: Math.max(1, own - (kind === "grouped" ? 1 : 0)), height: Math.max(1, low - high), fill: colourOf(each, order), stroke: "#fff", "stroke-width": kind === "stacked" ? 0.75 : 0 }, svg("title", {}, tip(place, each, value)))];
    });
  });
}

/** Lines go from one period to the next; where one has no number there is no line. */
function lines({ series, places }: Plot, x: Scale, y: Scale): SVGElement[] {
  return series.flatMap((each, order) => {
    const colour = colourOf(each, order);
    const points = places.map((place, index) => ({ place, value: Number.isNaN(place.time) ? undefined : each.values[index], at: x(index) }));
    const path = points.map(({ value, at }, index) => (value === undefined ? "" : `${points[index - 1]?.value === undefined ? "M" : "L"}${at} ${y(value)}`)).join("");
    const dots = points.flatMap(({ place, value, at }) => (value === undefined ? [] : [svg("circle", { cx: at, cy: y(value), r: 4, fill: colour }, svg("title", {}, tip(place, each, value)))]));
    return [svg("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.5, "stroke-linejoin": "round" }), ...dots];
  });
}

function tip(place: Place, series: Series, value: number): string {
  return [nameOf(series), wordsOf(place), number(value)].filter(Boolean).join(" · ");
}

/** The names of periods as far as there is room, years below them; where there is little, the years alone. */
function axis({ places, unit }: Plot, x: Scale, step: number, base: number): SVGElement[] {
  const texts = places.map((place) => partOf(place, unit));
  const every = Math.max(1, Math.ceil((Math.max(...texts.map((text) => widthOf(text, SIZE))) + 12) / step));
  const year = unit === "quarter" ? 4 : unit === "month" ? 12 : 0;
  const january = places.findIndex(({ key }) => /-(Q1|01)$/.test(key));
  // What has no date stands at the end, and is always called so: its column must not be taken for the next period's.
  const undated = places.flatMap(({ time }, index) => (!Number.isNaN(time) ? [] : every > 1 ? [tick(x(index) + step / 2, base + 38, t("noDate"), "end")] : [tick(x(index), base + 20, t("noDate"))]));
  if (every > 1 && year && january >= 0) {
    const years = Math.max(1, Math.ceil(56 / (step * year))) * year;
    return places.flatMap(({ key, time }, index) => ((index - january) % years || Number.isNaN(time) ? [] : [tick(x(index), base + 20, key.slice(0, 4))])).concat(undated);
  }
  let lastYear = "";
  const marks = places.flatMap((place, index) => {
    if (index % every || Number.isNaN(place.time)) return [];
    const year = unit && unit !== "year" ? place.key.slice(0, 4) : "";
    const below = year !== lastYear ? year : "";
    lastYear = year || lastYear;
    return [tick(x(index), base + 20, texts[index] ?? ""), ...(below ? [tick(x(index), base + 38, below)] : [])];
  });
  return [...marks, ...undated];
}

function tick(x: number, y: number, text: string, anchor = "middle"): SVGElement {
  return svg("text", { x, y, "text-anchor": anchor, ...TEXT, fill: INK }, text);
}

const MONTH = new Intl.DateTimeFormat(lang, { month: "short", timeZone: "UTC" });

function partOf(place: Place, unit: Plot["unit"]): string {
  if (Number.isNaN(place.time)) return t("noDate");
  if (unit === "quarter") return t("quarterShort", { number: place.key.slice(-1) });
  return unit === "month" ? MONTH.format(place.time).replace(".", "") : unit === "year" ? place.key : short(place.label, 12);
}

function wordsOf(place: Place): string {
  if (Number.isNaN(place.time)) return t("noDate");
  return /^\d{4}-Q\d$/.test(place.key) ? t("quarterOf", { number: place.key.slice(-1), year: place.key.slice(0, 4) }) : place.label;
}

function legendOf(series: readonly Series[], width: number): { height: number; marks: SVGElement[] } {
  let [left, top] = [0, 0];
  const marks = series.flatMap((each, index) => {
    const text = short(nameOf(each), 40);
    const wide = widthOf(text, SIZE) + 40;
    if (left + wide > width && left) [left, top] = [0, top + LINE];
    const at = left;
    left += wide;
    return [svg("rect", { x: at, y: top + 4, width: 14, height: 14, rx: 2, fill: colourOf(each, index) }), svg("text", { x: at + 21, y: top + 16, ...TEXT, fill: INK }, text)];
  });
  return { height: top + LINE, marks };
}

function summary({ series, places }: Plot, heads: Heads): string {
  const rows = series.map((each) => `${nameOf(each)}: ${places.flatMap((place, index) => (each.values[index] === undefined ? [] : [`${wordsOf(place)} ${number(each.values[index])}`])).join(", ")}`);
  return `${heads.x}, ${heads.y}. ${rows.join("; ")}`.slice(0, 3000);
}
