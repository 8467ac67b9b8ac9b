import { h } from "../../kit/dom";
import { mount as mountDrawer } from "../drawer";
import { evidenceOf } from "../files/evidence";
import { filesOf, type Folder } from "../files/folder";
import { Parties } from "../files/parties";
import { titlesOf } from "../files/tables";
import { languageOf, wordsOf } from "../islands";
import { pairOf, tablesOf } from "./model";
import { View } from "./view";

/** Two parties whose page is made here, of the files beside it: `?a=REF&b=REF`. */
export function mount(element: HTMLElement): void {
  const folder = filesOf(element.ownerDocument);
  if (!folder) throw new Error("a pair is made of files only");
  show(element, folder).catch((error: unknown) => {
    console.warn(error);
    element.replaceChildren(h("p", { class: "note info" }, wordsOf(element).t("failed")));
  });
}

async function show(element: HTMLElement, folder: Folder): Promise<void> {
  const [parties, tables] = await Promise.all([Parties.of(folder, languageOf(element)), tablesOf(folder)]);
  const asked = new URLSearchParams(location.search);
  const { words } = parties;
  const refs = ["a", "b"].map((name) => asked.get(name) ?? "");
  const unknown = refs.find((ref) => parties.of(ref) < 0);
  if (unknown !== undefined) {
    const search = folder.to("search", unknown ? { q: unknown } : {});
    const heading = words.t(unknown ? "unknownPair" : "nobodyChosen");
    const reason = unknown ? words.t("unknownParty", { name: unknown }) : words.t("nobodyChosenAbout");
    element.replaceChildren(h("h1", {}, heading), h("p", { class: "sum" }, reason), h("p", {}, h("a", { class: "btn", href: search }, words.t("toSearch"))));
    return;
  }
  const [one = -1, other = -1] = refs.map((ref) => parties.of(ref));
  const pair = pairOf(parties, tables, one, other);
  const view = new View(parties, tables, pair);
  const titles = await titlesOf(folder, parties.about.part, view.events);
  element.replaceChildren(...view.parts(titles));
  document.title = `${view.title} · ${document.title}`;
  await fillDrawer(element, folder, parties);
}

/** Show the evidence of the row that the address names, and let the drawer walk on from there. */
async function fillDrawer(element: HTMLElement, folder: Folder, parties: Parties): Promise<void> {
  const drawer = element.querySelector<HTMLElement>("aside.drawer");
  const rows = [...element.querySelectorAll<HTMLAnchorElement>("a[data-evidence]")];
  if (!drawer || !rows.length) return;
  const at = Math.max(0, rows.findIndex(({ dataset }) => dataset.at === new URLSearchParams(location.search).get("evidence")));
  drawer.dataset.at = rows[at]?.dataset.at ?? "1";
  rows[at]?.closest("[data-at]:not(a)")?.classList.add("on");
  rows[at]?.closest("details")?.setAttribute("open", "");
  drawer.replaceChildren(...(await evidenceOf(folder, rows[at]?.dataset.evidence ?? "", parties.lang)));
  mountDrawer(drawer);
}
