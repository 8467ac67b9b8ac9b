import { h } from "../../kit/dom";
import { wording, type Wording } from "../../kit/words";
import { dateText } from "../files/dates";
import { Egos } from "../files/ego";
import { filesOf, type Folder } from "../files/folder";
import { wordsOf } from "../islands";
import { PagedRows } from "../paged";
import { PAGE_BAR, readAddress } from "./address";
import { Files, linksIn } from "./files";
import { Network } from "./network";
import type { Ego, EgoNode } from "./types";

/** With more nodes than this sectors cannot be read (as SECTORS in site/explorer/network.py). */
const MOST_IN_SECTORS = 150;

/** The network around a party that has no page of its own: `?seed=REF&level=…`, made of the files beside it. */
export function mount(element: HTMLElement): void {
  const folder = filesOf(element.ownerDocument);
  if (!folder) throw new Error("this page is made of files only");
  const words = wordsOf(element);
  show(element, folder, words).catch((error: unknown) => {
    console.warn(error);
    element.replaceChildren(h("p", { class: "note info" }, words.t("noAnswer")));
  });
}

async function show(element: HTMLElement, folder: Folder, words: Wording): Promise<void> {
  const egos = await Egos.of(folder, words);
  const { parties } = egos;
  const asked = new URLSearchParams(location.search);
  const ref = asked.get("seed") ?? "";
  const seed = parties.of(ref);
  const heading = document.querySelector("h1");
  if (seed < 0) {
    if (heading) heading.textContent = parties.words.t(ref ? "unknownName" : "nobodyChosen");
    const reason = ref ? parties.words.t("unknownParty", { name: ref }) : parties.words.t("nobodyChosenAbout");
    const search = folder.to("search", ref ? { q: ref } : {});
    element.replaceChildren(h("p", { class: "sum" }, reason, " ", h("a", { href: search }, parties.words.t("toSearch"))));
    return;
  }
  const levels = egos.levelsOf(seed);
  const level = egos.levelOf(seed, asked.get("level") ?? "");
  const { opened } = readAddress(location.search, "sectors");
  const ego = egos.ego({ seed: parties.ref(seed), level, opened });
  const name = words.t("seedHeading", { name: parties.briefly(seed) });
  if (heading) heading.textContent = name;
  document.title = `${name} · ${document.title}`;
  const chips = document.querySelector<HTMLElement>("[data-part=levels]");
  if (levels.length > 1) {
    chips?.replaceChildren(...levels.map((each) => h("a", { class: each === level ? "chip on" : "chip", href: `?${new URLSearchParams({ seed: parties.ref(seed), level: each })}`, "aria-current": each === level && "true" }, words.t(`level-${each}`))));
  }
  table(ego, folder, parties.words);
  const source = new Files(folder, words, ego.seed, level);
  source.keep(readAddress(location.search, "sectors"), ego);
  new Network(element, words, { ego, level, source, bar: PAGE_BAR, links: linksIn(folder), usual: () => (ego.nodes.length <= MOST_IN_SECTORS ? "sectors" : "force") }).start();

  /** The same as a table, the strongest first, for whoever does without the picture. */
  function table(told: Ego, files: Folder, dates: Wording): void {
    const nodes = new Map(told.nodes.map((node) => [node.id, node]));
    const link = (node: EgoNode | undefined) => h("a", { href: files.to("network/around", { seed: node?.ref ?? "" }) }, node?.short ?? "");
    const ties = told.edges.filter(({ kind }) => kind === "tie").sort((a, b) => b.events - a.events);
    const rows = ties.map(({ a, b, events, agreements, last }) => h("tr", {}, h("td", {}, link(nodes.get(a))), h("td", { class: "name" }, link(nodes.get(b))), h("td", { class: "num" }, words.number(events)), h("td", { class: agreements ? "num hide-s" : "num hide-s dim" }, words.number(agreements)), h("td", { class: "num hide-s" }, last ? dateText(last, dates) : "")));
    const heads = [["participant", ""], ["partner", ""], ["eventsHead", "num"], ["agreementsHead", "num hide-s"], ["lastHead", "num hide-s"]] as const;
    const made = h("table", { class: "t" }, h("thead", {}, h("tr", {}, ...heads.map(([key, look]) => h("th", { scope: "col", class: look }, words.t(key))))), h("tbody"));
    element.querySelector("[data-part=twin]")?.append(made);
    new PagedRows(made, wording(parties.lang, parties.about.lists[parties.lang])).show(rows);
  }
}
