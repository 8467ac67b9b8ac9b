import { h, save, svg } from "../../kit/dom";
import { paint } from "../../kit/picture/canvas";
import type { Picture } from "../../kit/picture/marks";
import { elements } from "../../kit/picture/svg";
import type { Wording } from "../../kit/words";
import type { Theme } from "./theme";
import type { Ego } from "./types";

/** So many dots a pixel: sharp on paper and in a document. */
const SHARP = 2;

/** A picture as SVG, on the theme's ground. */
export function asSvg(picture: Picture, theme: Theme, label: string): SVGSVGElement {
  const { width, height } = picture;
  const made = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label });
  made.append(svg("rect", { width, height, fill: theme.surface }), ...elements(picture, true));
  return made;
}

/** Offer a picture as PNG. */
export function savePng(picture: Picture, theme: Theme, name: string): void {
  const canvas = h("canvas", { width: picture.width * SHARP, height: picture.height * SHARP });
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(SHARP, SHARP);
  pen.fillStyle = theme.surface;
  pen.fillRect(0, 0, picture.width, picture.height);
  paint(pen, picture);
  canvas.toBlob((made) => made && save(made, `${name}.png`));
}

const STYLE =
  "body{font:15px/1.5 'Golos Text','PT Sans','Segoe UI','Noto Sans',Arial,sans-serif;color:#1c2127;max-width:1100px;margin:24px auto;padding:0 16px}svg{width:100%;height:auto}" +
  "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:6px 8px;border-bottom:1px solid #e3dfd6}td.n,th.n{text-align:right}caption{text-align:left;font-weight:600;padding:16px 0 8px}";

/** Offer the picture with its ties as one file that opens from disk, asks for nothing and runs nothing. */
export function saveFile(picture: Picture, ego: Ego, theme: Theme, title: string, said: string, words: Wording): void {
  const doc = document.implementation.createHTMLDocument(title);
  doc.documentElement.lang = words.lang;
  doc.head.prepend(h("meta", { charset: "utf-8" }));
  doc.head.append(h("meta", { name: "viewport", content: "width=device-width,initial-scale=1" }), h("style", {}, STYLE));
  doc.body.append(h("h1", {}, title), asSvg(picture, theme, title), table(ego, words), h("p", {}, said));
  save(new Blob([`<!doctype html>${doc.documentElement.outerHTML}`], { type: "text/html" }), `${title}.html`);
}

function table(ego: Ego, words: Wording): HTMLElement {
  const names = new Map(ego.nodes.map((node) => [node.id, node]));
  const countries = new Map(ego.countries.map(({ code, name }) => [code, name]));
  const rows = ego.edges.filter(({ kind, out }) => kind === "tie" && !out).sort((a, b) => b.events - a.events).map(({ a, b, events, agreements, last }) => {
    const [one, other] = [names.get(a), names.get(b)];
    const far = one?.ours ? other : one;
    return h("tr", {}, h("td", {}, one?.name), h("td", {}, other?.name), h("td", {}, countries.get(far?.country ?? "") ?? ""), h("td", { class: "n" }, words.number(events)), h("td", { class: "n" }, words.number(agreements)), h("td", { class: "n" }, last));
  });
  const heads = ["participant", "partner", "countryHead", "eventsHead", "agreementsHead", "lastHead"].map((key, index) => h("th", { scope: "col", class: index > 2 ? "n" : undefined }, words.t(key)));
  return h("table", {}, h("caption", {}, words.t("tieList")), h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...rows));
}
