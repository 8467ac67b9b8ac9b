import { scaleLinear } from "d3-scale";
import { h } from "../../../kit/dom";
import { number, t } from "../page";
import type { Plot, Series } from "../results/plot";
import type { Kind } from "./chart";
import { colourOf, nameOf, type Heads } from "./chart-legend";

/** Names with bars beside them; the bars of series stand in one row, or below each other. */
export function bars(plot: Plot, kind: Kind, heads: Heads): HTMLElement {
  const totals = plot.places.map((_place, index) => valuesAt(plot, index).reduce((sum, value) => sum + value, 0));
  const each = plot.places.flatMap((_place, index) => valuesAt(plot, index));
  const all = kind === "stacked" ? totals : each;
  const scale = scaleLinear([Math.min(0, ...all), Math.max(0, ...all) || 1], [0, 100]);
  const rows = plot.places.map(({ label }, index) => row(label, plot.series, index, kind, scale, kind === "stacked" ? (totals[index] ?? 0) : undefined));
  const head = h("thead", {}, h("tr", {}, h("th", { scope: "col" }, heads.x), h("th", { scope: "col", colspan: 2 }, heads.y)));
  return h("table", { class: "wb-bars" }, head, h("tbody", {}, ...rows));
}

function valuesAt({ series }: Plot, index: number): number[] {
  return series.flatMap(({ values }) => values[index] ?? []);
}

type Scale = (value: number) => number;

function row(label: string, series: readonly Series[], index: number, kind: Kind, scale: Scale, total: number | undefined): HTMLElement {
  const parts = series.map((each, place) => ({ each, value: each.values[index], colour: colourOf(each, place) }));
  const filled = parts.flatMap(({ each, value, colour }) => (value === undefined ? [] : [{ name: nameOf(each), value, colour }]));
  const strips = filled.map(({ name, value, colour }) => strip(scale, value, colour, series.length > 1 ? `${name}: ${number(value)}` : ""));
  const values = total !== undefined ? number(total) : filled.map(({ value }) => number(value)).join("\n");
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, label),
    h("td", { class: `wb-track${kind === "stacked" ? " wb-stacked" : ""}` }, ...strips),
    h("td", { class: "wb-number" }, values || t("noValue")),
  );
}

function strip(scale: Scale, value: number, colour: string, told: string): HTMLElement {
  const strip = h("span", { class: "wb-bar", title: told || undefined });
  strip.style.background = colour;
  strip.style.width = `${Math.abs(scale(value) - scale(0))}%`;
  strip.style.marginLeft = value < 0 || scale(0) > 0 ? `${Math.min(scale(0), scale(value))}%` : "";
  return told ? h("span", { class: "wb-part", style: `width: ${strip.style.width}; margin-left: ${strip.style.marginLeft || 0}` }, fill(strip), h("span", { class: "wb-hidden" }, `${told}; `)) : strip;
}

function fill(strip: HTMLElement): HTMLElement {
  strip.style.width = "100%";
  strip.style.marginLeft = "";
  return strip;
}
