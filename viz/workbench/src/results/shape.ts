import { numberIn, ofKind, type Answer, type Cell, type Column } from "./columns";

/** What a chart shows: `y` by `x`, where a series is named apart for each of its values. */
export interface Shape {
  x: string;
  y: string;
  series: string;
}

/** The columns that can stand along a chart, the ones of time first. */
export function keysOf(answer: Answer): Column[] {
  return [...ofKind(answer, "date"), ...ofKind(answer, "text"), ...ofKind(answer, "iri")];
}

/** The columns of numbers; coordinates measure nothing that a bar could show. */
export function measuresOf(answer: Answer): Column[] {
  return ofKind(answer, "number").filter(({ name }) => !/^(lat|latitude|lon|long|lng|longitude|широта|долгота)$/i.test(name));
}

/** The chart that fits an answer: time, else what has most values, along it, and a series where only two columns tell rows apart. */
export function shapeOf(answer: Answer): Shape | undefined {
  const keys = keysOf(answer);
  const [first] = keys;
  const [measure] = measuresOf(answer);
  if (!first || !measure || !answer.rows.length) return undefined;
  const y = measure.name;
  const alone = first.kind === "date" ? [first] : keys.filter(({ kind }) => kind === first.kind);
  const single = alone.find(({ name }) => tellsApart(answer, [name]));
  if (single) return { x: single.name, y, series: "" };
  const pairs = keys.flatMap((x, index) => keys.slice(index + 1).map((other) => [x, other] as const)).filter(([x]) => first.kind !== "date" || x.kind === "date");
  const pair = pairs.find(([x, other]) => tellsApart(answer, [x.name, other.name]));
  if (!pair) return { x: first.name, y, series: "" };
  const [x, other] = pair[0].kind === "date" || distinct(answer, pair[0].name) >= distinct(answer, pair[1].name) ? pair : [pair[1], pair[0]];
  return { x: x.name, y, series: other.name };
}

/** What a value is known by: two things of one name are two. */
export function keyOf(cell: Cell | undefined): string {
  return cell ? `${cell.type === "uri" ? "<" : ""}${cell.value}` : "";
}

/** How many different values a column has. */
export function distinct({ rows }: Answer, name: string): number {
  return new Set(rows.map((row) => keyOf(row[name]))).size;
}

/** Whether all numbers are whole, so that their sums mean something: counts can be added, shares cannot. */
export function areCounts({ rows }: Answer, name: string): boolean {
  return rows.every((row) => {
    const value = numberIn(row[name]);
    return value === undefined || (Number.isInteger(value) && value >= 0);
  });
}

function tellsApart({ rows }: Answer, names: readonly string[]): boolean {
  return new Set(rows.map((row) => names.map((name) => keyOf(row[name])).join("\n"))).size === rows.length;
}
