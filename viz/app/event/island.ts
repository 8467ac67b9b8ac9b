import { h } from "../../kit/dom";
import type { Wording } from "../../kit/words";
import { dateText } from "../files/dates";
import { evidenceOf, tongue } from "../files/evidence";
import { filesOf, type Folder } from "../files/folder";
import { Parties } from "../files/parties";
import { languageOf, wordsOf } from "../islands";
import { eventIn, packOf, type Told } from "./pack";

/** An event whose page is made here, of its pack and of the rows that tell of it: `?key=KEY`. */
export function mount(element: HTMLElement): void {
  const folder = filesOf(element.ownerDocument);
  if (!folder) throw new Error("an event is made of files only");
  show(element, folder, wordsOf(element)).catch((error: unknown) => {
    console.warn(error);
    element.replaceChildren(h("p", { class: "note info" }, wordsOf(element).t("failed")));
  });
}

async function show(element: HTMLElement, folder: Folder, words: Wording): Promise<void> {
  const key = new URLSearchParams(location.search).get("key") ?? "";
  const parties = await Parties.of(folder, languageOf(element));
  const pack = packOf(key);
  const told = pack ? eventIn(await folder.text(pack).catch(() => ""), key) : undefined;
  if (!told) {
    const typed = key.replaceAll("-", " ");
    return element.replaceChildren(h("h1", {}, words.t("unknown")), h("p", {}, h("a", { class: "btn", href: folder.to("search", { q: typed }) }, parties.words.t("toSearch"))));
  }
  const title = told.titles[parties.lang] ?? told.titles.ru ?? key;
  const rows = [...new Set(told.rows.map(([report]) => report))];
  const based = await Promise.all(rows.map((report) => evidenceOf(folder, String(new URLSearchParams({ event: key, in: report })), parties.lang)));
  const drawers = based.map((parts) => h("article", { class: "drawer" }, ...parts));
  document.title = `${title} · ${document.title}`;
  element.replaceChildren(head(told, title, parties, words), h("div", { class: "cols" }, h("div", { class: "w7" }, facts(told, parties, words)), h("div", { class: "w5" }, ...drawers)));
}

function head(told: Told, title: string, parties: Parties, words: Wording): HTMLElement {
  const when = told.date ? dateText(told.date, parties.words) : words.t("no-date");
  const where = told.places.map((key) => parties.of(key)).filter((party) => party >= 0).map((party) => parties.said(party));
  return h("div", { class: "head" }, h("div", {}, h("p", { class: "crumb" }, labels("event-kind", told.kinds, parties)), h("h1", tongue(title, words), title), h("p", { class: "sum wide" }, h("b", {}, when), where.length ? `, ${where.join(", ")}` : "", ".")));
}

function facts(told: Told, parties: Parties, words: Wording): HTMLElement {
  const link = (party: number) => h("a", { href: parties.page(party), ...tongue(parties.said(party), words) }, parties.said(party));
  const listed = (refs: readonly string[]) => refs.map((ref) => parties.of(ref)).filter((party) => party >= 0).map((party) => h("li", {}, link(party)));
  const signed = told.agreements.map((key) => [key, parties.pageOf("agreement", key)] as const).map(([key, page]) => h("li", {}, page ? h("a", { href: page }, key) : key));
  const lines: [string, (HTMLElement | string)[]][] = [
    ["who", listed(told.participants)],
    ["where", listed(told.places)],
    ["topics", [labels("topic", told.topics, parties)].filter(Boolean)],
    ["mode", [labels("mode", told.modes, parties)].filter(Boolean)],
    ["agreements", signed],
  ];
  const shown = lines.filter(([, values]) => values.length);
  return h("section", { class: "flat" }, h("dl", { class: "facts lines" }, ...shown.flatMap(([name, values]) => [h("dt", {}, words.t(name)), h("dd", {}, typeof values[0] === "string" ? values[0] : h("ul", {}, ...values))])));
}

function labels(scheme: string, codes: readonly string[], parties: Parties): string {
  return codes.map((code) => parties.label(scheme, code)).join(", ");
}
