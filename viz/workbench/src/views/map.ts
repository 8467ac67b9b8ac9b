import { max } from "d3-array";
import { geoGraticule10, geoMercator, geoPath, type GeoProjection } from "d3-geo";
import { scaleSqrt } from "d3-scale";
import { busy } from "../../../kit/busy";
import { h, svg } from "../../../kit/dom";
import { loadWorld, type World } from "../../../kit/land";
import { aimed, type Camera, type Frame } from "../../../kit/picture/camera";
import { ACCENT, CHOSEN, INK, TYPE } from "../../../kit/picture/colours";
import { Places, spotFor } from "../../../kit/picture/places";
import { short } from "../../../kit/text";
import { choice } from "../controls";
import { counted, number, t } from "../page";
import { numberIn, ofKind, shown, type Answer, type Row } from "../results/columns";
import { onEarth, point, type Point } from "../results/points";
import { room, saveButton, staged, tally, unfit, type Scene } from "./scene";

/** How much nearer a place is shown that was chosen in the list. */
const CLOSE = 3;

interface Place {
  label: string;
  at: Point;
  size: number;
}

type Land = World["land"];

/** Points on a map without a network: the land comes from this server, once. */
export function draw(scene: Scene): void {
  const places = (size: string) => scene.answer.rows.flatMap((row) => placeOf(scene.answer, row, size));
  if (!places("").length) return unfit(scene, "mapWants");
  const numbers = ofKind(scene.answer, "number").filter(({ name }) => !axis(name));
  const sizes = [...numbers.map(({ name, head }) => ({ value: name, text: head })), { value: "", text: t("sameSize") }];
  const figure = h("div", { class: "wb-figure" });
  const paint = (size: string) => {
    figure.replaceChildren(tally(places(size).length, scene.answer.rows.length), ...mapOf(places(size), scene, room(scene.host)));
  };
  const controls = numbers.length > 0 && h("div", { class: "wb-controls" }, choice(t("sizeColumn"), sizes, sizes[0]?.value ?? "", paint));
  scene.host.replaceChildren(...[controls, figure].filter((element) => element !== false));
  paint(sizes[0]?.value ?? "");
}

function mapOf(places: readonly Place[], { host, name }: Scene, frame: Frame): HTMLElement[] {
  const radius = scaleSqrt([0, max(places, ({ size }) => size) || 1], [0, 22]);
  const ordered = [...places].sort((a, b) => b.size - a.size);
  const base = projectionFor(places.map(({ at }) => at), frame);
  let outline: Land | undefined;
  let marked: Place | undefined;
  const repaint = (camera: Camera) => view.picture.replaceChildren(...paint(moved(base, camera, frame), frame, outline, ordered, radius, marked));
  const view = staged(t("mapLabel", { places: counted(places.length, "places") }), frame, 60, repaint);
  const mark = (place: Place) => {
    marked = place;
    const [x, y] = base(place.at) ?? [0, 0];
    const scale = Math.max(view.camera.scale, CLOSE);
    view.look(aimed({ x, y }, scale, { x: frame.width / 2, y: frame.height / 2 }));
  };
  repaint(view.camera);
  const landed = loadWorld().then((loaded) => {
    outline = loaded.land;
    repaint(view.camera);
  });
  void busy(host, landed);
  return [
    h("div", { class: "wb-split" }, view.element, list(ordered, mark)),
    h("p", { class: "wb-note" }, t("landNote"), " ", saveButton(() => view.picture, name)),
  ];
}

function list(places: readonly Place[], mark: (place: Place) => void): HTMLElement {
  const items = places.map((place) =>
    h("li", {}, h("button", { type: "button", class: "wb-row", onclick: () => mark(place) }, h("span", {}, place.label), h("b", {}, place.size > 0 ? number(place.size) : ""))),
  );
  return h("section", { class: "wb-list", "aria-label": t("placeList") }, h("h2", {}, t("placeList")), h("ul", {}, ...items));
}

function paint(projection: GeoProjection, frame: Frame, land: Land | undefined, places: readonly Place[], radius: (size: number) => number, marked?: Place): Element[] {
  const path = geoPath(projection);
  const free = new Places();
  const spots = places.map((place) => ({ place, at: projection(place.at) ?? [-99, -99], r: place.size > 0 ? Math.max(4, radius(place.size)) : 5 }));
  for (const { at: [x, y], r } of spots.filter(({ place }) => place.size > 0)) free.block(x - r * 0.7, y - r * 0.7, r * 1.4, r * 1.4);
  const labelled = [...spots].sort((a, b) => Number(b.place === marked) - Number(a.place === marked));
  return [
    svg("rect", { ...frame, fill: "#e9eff4" }),
    svg("path", { d: path(geoGraticule10()) ?? "", fill: "none", stroke: "#d8e1e9", "stroke-width": 0.8 }),
    ...(land ? [svg("path", { d: path(land) ?? "", fill: "#fbfaf6", stroke: "#c3ccd4", "stroke-width": 0.8 })] : []),
    ...spots.map(({ place, at: [x, y], r }) =>
      svg("circle", { cx: x, cy: y, r, fill: place === marked ? CHOSEN : ACCENT, "fill-opacity": 0.62, stroke: "#fff", "stroke-width": 1 }, svg("title", {}, caption(place))),
    ),
    ...labelled.flatMap(({ place, at, r }) => label(free, frame.width, place, at, r, place === marked)),
  ];
}

function label(free: Places, width: number, place: Place, at: readonly [number, number], r: number, marked: boolean): SVGTextElement[] {
  const text = short(place.label, Math.min(28, width / 14));
  const spot = spotFor(free, text, 14, at, r, width);
  if (!spot) return [];
  const looks = { "font-family": TYPE, "font-size": 14, fill: marked ? "#8f320a" : INK, "font-weight": marked ? 700 : 400 };
  return [svg("text", { ...spot, stroke: "#fff", "stroke-width": 3.5, "paint-order": "stroke", "stroke-linejoin": "round", ...looks }, text)];
}

function caption(place: Place): string {
  return place.size > 0 ? `${place.label}: ${number(place.size)}` : place.label;
}

/** Mercator around all points; a lone point is shown with some 600 km around it. */
function projectionFor(points: readonly Point[], { width, height }: Frame): GeoProjection {
  const right = Math.min(150, width / 4);
  const projection = geoMercator().fitExtent([[40, 64], [width - right, height - 40]], { type: "MultiPoint", coordinates: [...points] });
  return projection.scale() > 9000 || !Number.isFinite(projection.scale())
    ? geoMercator().center(middle(points)).scale(9000).translate([width / 2, height / 2])
    : projection;
}

function middle(points: readonly Point[]): Point {
  const mean = (index: 0 | 1) => points.reduce((sum, at) => sum + at[index], 0) / points.length;
  return [mean(0), mean(1)];
}

function moved(base: GeoProjection, { scale, x, y }: Camera, { width, height }: Frame): GeoProjection {
  const [left, top] = base.translate();
  return geoMercator()
    .center(base.center())
    .scale(base.scale() * scale)
    .translate([left * scale + x, top * scale + y])
    .clipExtent([[-20, -20], [width + 20, height + 20]]);
}

function placeOf(answer: Answer, row: Row, size: string): Place[] {
  const at = pointIn(answer, row);
  const name = ofKind(answer, "text", "iri", "date").find((column) => row[column.name]);
  return at ? [{ label: shown(name && row[name.name], answer.prefixes) || t("noValue"), at, size: numberIn(row[size]) ?? 0 }] : [];
}

function pointIn(answer: Answer, row: Row): Point | undefined {
  const [wkt] = ofKind(answer, "point");
  if (wkt) return point(row[wkt.name]?.value ?? "");
  const [longitude, latitude] = (["long", "lat"] as const).map((wanted) => {
    const column = ofKind(answer, "number").find(({ name }) => axis(name) === wanted);
    return column && numberIn(row[column.name]);
  });
  return longitude === undefined || latitude === undefined ? undefined : onEarth([longitude, latitude]);
}

function axis(name: string): "lat" | "long" | undefined {
  if (/^(lat|latitude|широта)$/i.test(name)) return "lat";
  return /^(lon|long|lng|longitude|долгота)$/i.test(name) ? "long" : undefined;
}
