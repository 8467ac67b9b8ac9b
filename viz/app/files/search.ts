import { h } from "../../kit/dom";
import type { Language, Wording } from "../../kit/words";
import { languageOf, wordsOf } from "../islands";
import { shape } from "../suggest/list";
import { filesOf, type Folder } from "./folder";
import { Names, type Named } from "./names";
import { countryOf } from "./suggest";

/** So many hits are looked for, and shown at first. */
const [MOST, SHOWN] = [500, 50];
/** The tabs in their order, each with the kinds that it takes (site/search_results.py). */
const TABS: Readonly<Record<string, readonly string[]>> = { towns: ["towns"], organisations: ["organisations"], areas: ["countries", "regions"], events: ["events"], agreements: ["agreements"], reports: ["reports"], people: ["people"] };
/** Kinds that stand behind all others, however well they answer. */
const LAST = "reports";

/** The page of results, made of the files beside it: `?q=…&kind=TAB`. */
export function mount(element: HTMLElement): void {
  const folder = filesOf(element.ownerDocument);
  if (!folder) throw new Error("names are looked up in files only");
  const asked = new URLSearchParams(location.search);
  const typed = asked.get("q")?.trim() ?? "";
  const words = wordsOf(element);
  const field = document.querySelector<HTMLInputElement>("input[data-slash]");
  if (field) field.value = typed;
  if (!typed) return element.replaceChildren(h("h1", { class: "asked" }, words.t("search")), h("p", { class: "sum" }, words.t("search-empty")), h("p", { class: "small dim" }, words.t("search-forms")));
  element.setAttribute("aria-busy", "true");
  const done = () => element.removeAttribute("aria-busy");
  found(folder, typed, languageOf(element)).then(
    (hits) => element.replaceChildren(...results(folder, { typed, hits, tab: asked.get("kind") ?? "", page: Number(asked.get("page") ?? 1) || 1 }, words)),
    (error: unknown) => {
      console.warn(error);
      element.replaceChildren(h("p", { class: "note info" }, words.t("failed")));
    },
  ).finally(done);
}

async function found(folder: Folder, typed: string, lang: Language): Promise<Named[]> {
  const every = await Promise.all(["names", "names-of-events"].map((name) => Names.of(folder, lang, name)));
  const hits = every.flatMap((names) => names.find(typed, MOST)).sort((a, b) => b.score - a.score);
  return [...hits.filter(({ kind }) => kind !== LAST), ...hits.filter(({ kind }) => kind === LAST)].slice(0, MOST);
}

interface Results {
  typed: string;
  hits: readonly Named[];
  tab: string;
  page: number;
}

function results(folder: Folder, { typed, hits, tab, page }: Results, words: Wording): HTMLElement[] {
  const { t } = words;
  const shown = hits.filter(({ kind }) => !tab || TABS[tab]?.includes(kind));
  const link = (name: string, number = 1) => folder.to("search", { q: typed, ...(name ? { kind: name } : {}), ...(number > 1 ? { page: String(number) } : {}) });
  const heading = [h("p", { class: "crumb" }, t("search")), h("h1", { class: "asked" }, typed, ...(shown.length ? [" ", h("small", {}, `— ${words.counted(shown.length, "found")}`)] : []))];
  if (!hits.length) return [...heading, h("p", { class: "sum" }, t("search-none")), h("p", { class: "small dim" }, t("search-forms"))];
  const tabOf = (name: string, kinds: readonly string[] | undefined) => {
    const number = kinds ? hits.filter(({ kind }) => kinds.includes(kind)).length : hits.length;
    const inside = [`${t(name ? `search-tab-${name}` : "search-all")} `, h("b", {}, words.number(number))];
    return number ? h("a", { href: link(name), "aria-current": name === tab && "page" }, ...inside) : h("span", { class: "none" }, ...inside);
  };
  const tabs = h("nav", { class: "tabs", "aria-label": t("search-kinds") }, tabOf("", undefined), ...Object.entries(TABS).map(([name, kinds]) => tabOf(name, kinds)));
  const list = h("ol", { class: "hits" }, ...shown.slice((page - 1) * SHOWN, page * SHOWN).map((hit) => row(folder, hit, words)));
  const turn = (name: string, number: number) => h("a", { class: "btn", href: link(tab, number) }, t(name));
  const turns = [...(page > 1 ? [turn("search-before", page - 1)] : []), ...(page * SHOWN < shown.length ? [turn("search-after", page + 1)] : [])];
  const walk = turns.length ? h("nav", { class: "acts start", "aria-label": t("search-pages") }, ...turns) : "";
  return [...heading, tabs, h("div", { class: "cols results" }, h("div", { class: "w8" }, list, walk))];
}

function row(folder: Folder, { kind, page, ref, label, note }: Named, words: Wording): HTMLElement {
  const line = [words.t(`kind-${kind}`), note].filter(Boolean).join(" · ");
  const isForeign = words.lang === "en" && /[А-Яа-яЁё]/.test(label);
  const item = h("li", {}, shape(kind), h("div", {}, h("a", { href: folder.to(`doc/${page}`), lang: isForeign && "ru" }, label), h("span", { class: "sub" }, line)));
  item.style.setProperty("--k", `var(--c-${countryOf(ref)}, var(--c-x))`);
  return item;
}
