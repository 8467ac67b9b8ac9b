import { h } from "../kit/dom";
import type { Language } from "../kit/words";
import { Chart } from "./chart";
import { read } from "./data";
import { FilterBar } from "./filters";
import { legend, summary } from "./head";
import { Page } from "./page";
import { Panel } from "./panel";
import { Search } from "./search";

const STEP = 1.3;

function find(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The page: all data stand in it, and nothing is fetched. */
class App {
  private readonly narrow = matchMedia("(max-width: 800px)");
  private readonly chart: Chart;
  private readonly panel: Panel;
  private readonly search: Search;
  private readonly filters: FilterBar;
  /** How far the list was scrolled when something was chosen in it. */
  private listAt = 0;

  constructor(private readonly page: Page) {
    this.chart = new Chart(page, find("canvas"), find("legend"), this.narrow, (id) => this.select(id, false));
    this.panel = new Panel(page, find("panel"), { select: (id) => this.select(id, true), save: () => this.save() });
    this.search = new Search(page, find("search") as HTMLInputElement, find("found"), { choose: (id) => this.choose(id), typed: () => this.mayReset() });
    this.filters = new FilterBar(page, find, find("filters-open"), () => {
      this.changed();
      this.chart.fit(false);
    });
  }

  start(): void {
    this.speak(this.page.lang);
    this.listen();
    this.chart.arrange();
    this.follow();
    document.documentElement.dataset.ready = "yes";
  }

  /** Put everything into a language. */
  private speak(lang: Language): void {
    const { page } = this;
    page.speak(lang);
    const { t } = page.words;
    const texts = (name: string, put: (element: HTMLElement, text: string) => void) => {
      for (const element of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) put(element, t(element.getAttribute(`data-${name}`) ?? ""));
    };
    document.documentElement.lang = lang;
    document.title = page.data.title[lang] ?? "";
    find("title").textContent = document.title;
    texts("t", (element, text) => (element.textContent = text));
    texts("t-label", (element, text) => element.setAttribute("aria-label", text));
    texts("t-title", (element, text) => (element.title = text));
    texts("t-placeholder", (element, text) => element.setAttribute("placeholder", text));
    for (const button of document.querySelectorAll<HTMLElement>("[data-lang]")) button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    this.chart.element.setAttribute("aria-label", t("mapLabel"));
    this.filters.speak();
    find("legend").replaceChildren(...legend(page));
    find("legend").hidden = page.data.drawing.nodes.length === 0;
    this.changed(true);
  }

  /** Show what the filters let through; what was chosen is let go where it is not among it. */
  private changed(keepsSelection = false): void {
    const { data, state, ties } = this.page;
    this.filters.mark();
    const isGone = data.ties[state.selected] ? !ties.isShown(state.selected, state.filters) : state.selected !== "" && !ties.of(state.selected, state.filters).length;
    if (isGone && !keepsSelection) this.select("", false);
    else this.show();
  }

  private show(): void {
    const { page } = this;
    this.chart.show();
    this.render();
    find("summary").replaceChildren(...summary(page));
    const isEmpty = page.ties.shown(page.state.filters).length === 0;
    find("empty").hidden = !isEmpty;
    find("empty-cause").textContent = page.words.t(Object.keys(page.data.ties).length ? "noTiesFilter" : "noTiesData");
    find("empty-reset").hidden = !this.filters.isOn;
    this.mayReset();
  }

  private render(): void {
    const panel = find("panel");
    const [isOpen, wasOpen] = [this.page.state.selected !== "", panel.classList.contains("open")];
    if (isOpen && !wasOpen) this.listAt = window.scrollY;
    this.panel.render();
    panel.classList.toggle("open", isOpen);
    document.body.classList.toggle("sheet", isOpen);
    panel.scrollTop = 0;
    if (!isOpen && wasOpen && this.narrow.matches) window.scrollTo(0, this.listAt);
  }

  private mayReset(): void {
    (find("reset") as HTMLButtonElement).disabled = !this.filters.isOn && !this.page.state.selected && !this.search.typed;
  }

  private reset(): void {
    this.filters.clear();
    this.search.clear();
    this.select("", false);
    this.changed();
    this.chart.fit(false);
  }

  /** Choose a party or a tie, "" for none; `bring` moves picture and focus to it. The address keeps the choice, so that Back works and a link can be sent. */
  private select(id: string, bring: boolean): void {
    const known = this.known(id);
    const isNew = known !== this.page.state.selected;
    this.page.state.selected = known;
    // Framed in a notebook (about:srcdoc) the page has no address of its own, and to set one is a SecurityError.
    if (isNew && location.protocol !== "about:") history.pushState(null, "", known ? `#${encodeURIComponent(known)}` : "#");
    this.choice(bring);
  }

  private choice(bring: boolean): void {
    this.show();
    const { selected } = this.page.state;
    if (!bring || !selected) return;
    if (this.narrow.matches) find("stage").scrollIntoView({ block: "start" });
    const height = find("canvas").clientHeight;
    const covered = this.narrow.matches ? Math.max(0, height - (window.innerHeight - find("panel").offsetHeight)) : 0;
    this.chart.focus(selected, covered);
    document.getElementById("panel-title")?.focus({ preventScroll: true });
  }

  private known(id: string): string {
    return this.page.tie(id) || this.page.isParty(id) ? id : "";
  }

  private follow(): void {
    let id = "";
    try {
      id = decodeURIComponent(location.hash.slice(1));
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
    }
    this.page.state.selected = this.known(id);
    this.choice(this.page.state.selected !== "");
  }

  /** Show who was found, even where the filters let none of their ties through. */
  private choose(id: string): void {
    const { ties, state } = this.page;
    if (!ties.of(id, state.filters).length) {
      this.filters.clear();
      this.changed(true);
    }
    this.select(id, true);
  }

  private save(): void {
    h("a", { download: `${this.page.data.title[this.page.lang] ?? ""}.png`, href: this.chart.image() }).click();
  }

  private listen(): void {
    const on = (id: string, act: () => void) => find(id).addEventListener("click", act);
    for (const button of document.querySelectorAll<HTMLElement>("[data-lang]")) button.addEventListener("click", () => this.speak(button.dataset.lang as Language));
    on("reset", () => this.reset());
    on("empty-reset", () => this.reset());
    on("filters-open", () => find("filters-open").setAttribute("aria-expanded", String(find("tools").classList.toggle("open"))));
    on("zoom-in", () => this.chart.zoom(STEP));
    on("zoom-out", () => this.chart.zoom(1 / STEP));
    on("fit", () => this.chart.fit(true));
    addEventListener("hashchange", () => this.follow());
    addEventListener("popstate", () => this.follow());
    addEventListener("beforeprint", () => this.print());
    addEventListener("afterprint", () => document.querySelector("#canvas .paper")?.remove());
    this.narrow.addEventListener("change", () => this.chart.arrange());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.page.state.selected) this.select("", true);
    });
  }

  /** Paper gets every row, and the picture as lines instead of the screen's dots. */
  private print(): void {
    for (const details of document.querySelectorAll("details")) details.open = true;
    if (!document.querySelector("#canvas .paper")) find("canvas").append(this.chart.forPaper());
  }
}

read(find("data")).then((data) => new App(new Page(data)).start());
