import { busy } from "../../../kit/busy";
import { h } from "../../../kit/dom";
import { choice } from "../controls";
import { labels, labelsOf } from "../labels";
import { countedOf, number, t } from "../page";
import { shown, type Answer, type Cell } from "../results/columns";
import { plot, type Plot } from "../results/plot";
import { areCounts, distinct, keysOf, measuresOf, shapeOf, type Shape } from "../results/shape";
import { bars } from "./chart-bars";
import { legend, type Heads } from "./chart-legend";
import { overTime } from "./chart-time";
import { saveButton, unfit, type Scene } from "./scene";

const MOST = { places: 100, series: 7 };
const MOST_THINGS = 500;

export type Kind = "stacked" | "grouped" | "line";

/** A chart: bars of names, or columns and lines over time; a series for each value of a second column. */
export function draw(scene: Scene): void {
  const shape = shapeOf(scene.answer);
  if (!shape) return unfit(scene, "chartWants");
  let kind = kindFor(scene.answer, shape);
  const figure = h("div", { class: "wb-figure" });
  const controls = h("div", { class: "wb-controls" });
  const repaint = () => {
    controls.replaceChildren(...pickers(scene.answer, shape, kind, change));
    figure.replaceChildren(...paint(scene, shape, kind));
  };
  const change = ({ kind: wanted, ...columns }: Change) => {
    Object.assign(shape, columns);
    kind = wanted ?? kindFor(scene.answer, shape);
    repaint();
  };
  scene.host.replaceChildren(controls, figure);
  repaint();
  const unnamed = thingsOf(scene.answer).filter((iri) => !labels.has(iri));
  if (unnamed.length) void busy(scene.host, labelsOf(unnamed).then(() => figure.isConnected && figure.replaceChildren(...paint(scene, shape, kind))));
}

/** Lines over time for one series and for what cannot be added up; else bars, on each other where they can. */
function kindFor(answer: Answer, { x, y, series }: Shape): Kind {
  if (isTime(answer, x) && !series) return "line";
  if (areCounts(answer, y)) return "stacked";
  return isTime(answer, x) ? "line" : "grouped";
}

/** The things in an answer that a chart may name. */
function thingsOf({ columns, rows }: Answer): string[] {
  const names = columns.filter(({ kind }) => kind === "iri").map(({ name }) => name);
  return rows.slice(0, MOST_THINGS).flatMap((row) => names.flatMap((name) => (row[name]?.type === "uri" ? [row[name].value] : [])));
}

function isTime(answer: Answer, name: string): boolean {
  return answer.columns.some((column) => column.name === name && column.kind === "date");
}

type Change = Partial<Shape> & { kind?: Kind };

function pickers(answer: Answer, { x, y, series }: Shape, kind: Kind, change: (change: Change) => void): HTMLElement[] {
  const options = (columns: readonly { name: string; head: string }[]) => columns.map(({ name, head }) => ({ value: name, text: head }));
  const others = keysOf(answer).filter(({ name }) => name !== x && distinct(answer, name) > 1);
  const kinds: Kind[] = isTime(answer, x) ? ["stacked", "grouped", "line"] : ["stacked", "grouped"];
  const names = kinds.map((value) => ({ value, text: t(value === "line" ? "line" : series ? value : "bars") }));
  return [
    choice(t("labelColumn"), options(keysOf(answer)), x, (name) => change({ x: name, ...(name === series ? { series: "" } : {}) })),
    choice(t("valueColumn"), options(measuresOf(answer)), y, (name) => change({ y: name })),
    ...(others.length ? [choice(t("seriesColumn"), [{ value: "", text: t("noSeries") }, ...options(others)], series, (name) => change({ series: name }))] : []),
    ...(series || isTime(answer, x) ? [choice(t("chartKind"), series ? names : names.filter(({ value }) => value !== "grouped"), kind, (name) => change({ kind: name as Kind }))] : []),
  ];
}

function paint(scene: Scene, shape: Shape, kind: Kind): Element[] {
  const read = (cell: Cell | undefined) => (cell?.type === "uri" && labels.get(cell.value)) || shown(cell, scene.answer.prefixes) || t("noValue");
  const found = plot(scene.answer, shape, read, MOST);
  const head = (name: string) => scene.answer.columns.find((column) => column.name === name)?.head ?? name;
  const heads: Heads = { x: head(shape.x), y: head(shape.y), series: shape.series && head(shape.series) };
  const notes = h("p", { class: "wb-tally", role: "status" }, told(found, kind, heads));
  if (!isTime(scene.answer, shape.x)) return [notes, ...(shape.series ? [legend(found.series, heads)] : []), bars(found, kind, heads)];
  const picture = overTime(found, kind, heads, Math.min(1100, scene.host.clientWidth || 900));
  return [notes, picture, h("p", { class: "wb-note" }, saveButton(() => picture, scene.name))];
}

/** What is drawn, what is left out, and what was added up. */
function told({ rows, used, added, series, allSeries, places, allPlaces }: Plot, kind: Kind, heads: Heads): string {
  const drawn = series.filter(({ isRest }) => !isRest).length;
  const undated = kind === "line" && places.some(({ time }) => Number.isNaN(time));
  return [
    t("shownRows", { shown: number(used), all: countedOf(rows, "rows") }) + ".",
    allPlaces > places.length && t("cutPlaces", { shown: number(places.length), all: number(allPlaces) }),
    drawn < allSeries && t(series.some(({ isRest }) => isRest) ? "restSeries" : "cutSeries", { shown: number(drawn), all: number(allSeries), column: heads.series }),
    added > 0 && t("addedRows", { count: number(added) }),
    undated && t("undatedLeft"),
  ].filter(Boolean).join(" ");
}
