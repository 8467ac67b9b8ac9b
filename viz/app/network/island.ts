import { h, saveSvg } from "../../kit/dom";
import type { Frame } from "../../kit/picture/camera";
import type { Wording } from "../../kit/words";
import { filesOf } from "../files/folder";
import { documentOf } from "../files/parties";
import { wordsOf } from "../islands";
import { folding, opening, readAddress, writeAddress, type State, type ViewName } from "./address";
import { arranged } from "./arrange";
import { Chart, sizeOf } from "./chart";
import { BADGE } from "./draw";
import { begun, settled, start } from "./force";
import { History } from "./history";
import { Keeper } from "./kept";
import { Panel, type Links } from "./panel";
import { asSvg, saveFile, savePng } from "./save";
import { Files } from "./files";
import { Source, type Asks } from "./source";
import { paperTheme, screenTheme, type Theme } from "./theme";
import { treeOf } from "./tree";
import type { Ego } from "./types";
import { forceView, sectorView, type View } from "./views";

/** What the page tells the island, as JSON in the script element that `data-given` names. */
export interface Given {
  ego: Ego;
  /** Where a server makes pages: its addresses. */
  addresses?: { ego: string; expand: string; doc: string; pair: string; network: string };
  level: string;
  /** The view where the address names none. */
  usual: ViewName;
}

/** A whole network is laid out in a frame of this size, whatever the screen's is. */
const FORCE: Frame = { width: 1000, height: 640 };
const SECTORS_HEIGHT = 552;
/** With more nodes sectors cannot be read, whatever the address says (as SECTORS in site/explorer/network.py). */
const MOST_IN_SECTORS = 150;
/** Names need so much width; on a narrower screen the picture is moved about. */
const LEAST_WIDTH = 620;
/** As wide a picture is laid out for files and paper, whatever the screen. */
const PAPER_WIDTH = 832;

/** Grow the network of a page: a picture instead of its table, on phones on request. */
export function mount(element: HTMLElement): void {
  const given = JSON.parse(document.getElementById(element.dataset.given ?? "")?.textContent ?? "") as Given;
  startNetwork(element, given, wordsOf(element));
}

/** Draw what is given. */
export function startNetwork(element: HTMLElement, given: Given, words: Wording): void {
  new Network(element, given, words).start();
}

/** Addresses of the server, or of pages beside this one. */
function linksOf({ addresses }: Given): Links {
  const { doc = "", pair = "", network = "" } = addresses ?? {};
  const folder = filesOf(document);
  return {
    dossier: (ref) => (folder ? folder.to(documentOf(ref)) : `${doc}${documentOf(ref).slice("doc/".length).split("/").map(encodeURIComponent).join("/")}`),
    pair: (a, b) => (folder ? folder.to("pair", { a, b }) : `${pair}${encodeURIComponent(a)}/${encodeURIComponent(b)}`),
    network: (ref) => (folder ? folder.to("network/around", { seed: ref }) : `${network}${encodeURIComponent(ref)}`),
  };
}

class Network {
  private readonly source: Asks;
  private readonly keeper: Keeper;
  private readonly history: History<State>;
  private readonly panel: Panel;
  private readonly chart: Chart;
  private readonly stage: HTMLElement;
  private readonly said: HTMLElement;
  private ego: Ego;
  private chosen = "";
  private going = new AbortController();

  constructor(private readonly element: HTMLElement, private readonly given: Given, private readonly words: Wording) {
    const { ego, addresses, level, usual } = given;
    const state = readAddress(location.search, usual);
    this.ego = ego;
    const folder = filesOf(document);
    this.source = folder ? new Files(folder, words, ego.seed, level) : new Source(addresses?.ego ?? "", addresses?.expand ?? "", location.search);
    this.source.keep(state, ego);
    this.keeper = new Keeper(ego.generation, ego.seed, level);
    this.history = new History(state);
    this.stage = this.part("stage");
    this.said = this.part("said");
    this.chart = new Chart(words.t("pictureLabel"), this.part("how").id, {
      choose: (id) => this.choose(id),
      reached: (id) => (this.said.textContent = this.sentence(id)),
      key: (event) => this.key(event),
    });
    this.panel = new Panel(this.part("panel"), words, linksOf(given), {
      choose: (id) => this.choose(id),
      open: (opened) => this.go(opening(this.history.now, opened)),
      fold: (ref) => this.go(folding(this.history.now, ref)),
      counts: (ref) => this.source.expandOf(ref, this.history.now),
    });
  }

  start(): void {
    const isNarrow = matchMedia("(max-width: 760px)").matches;
    const on = (name: string, act?: () => void) => {
      for (const button of document.querySelectorAll<HTMLElement>(`[data-network="${name}"]`)) {
        button.hidden = false;
        if (act) button.addEventListener("click", act);
      }
    };
    on("take");
    on("undo", () => this.step(this.history.undo()));
    on("redo", () => this.step(this.history.redo()));
    on("png", () => savePng(this.paper().picture, this.paper().theme, document.title));
    on("svg", () => this.saveSvg());
    on("file", () => saveFile(this.paper().picture, this.ego, this.paper().theme, this.title(), this.element.dataset.said ?? "", this.words));
    on("picture", () => this.reveal());
    addEventListener("popstate", () => {
      this.history.go(readAddress(location.search, this.given.usual));
      void this.load(this.history.now);
    });
    addEventListener("beforeprint", () => this.print());
    addEventListener("afterprint", () => this.stage.querySelector(".printed-picture")?.remove());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void this.draw());
    if (!isNarrow && this.history.now.view !== "table") this.reveal();
    else this.showPanel();
  }

  /** Show the picture, and hide the table that tells the same. */
  private reveal(): void {
    this.element.dataset.shown = "picture";
    const button = (name: string, text: string, act: () => void) => h("button", { type: "button", class: "btn small", "aria-label": this.words.t(name), title: this.words.t(name), onclick: act }, text);
    this.part("tools").replaceChildren(button("nearer", "+", () => this.chart.nearer()), button("farther", "−", () => this.chart.farther()), button("whole", "⤢", () => this.chart.fit()));
    this.stage.hidden = false;
    this.stage.replaceChildren(this.chart.element);
    new ResizeObserver(() => void this.draw()).observe(this.stage);
    void document.fonts.ready.then(() => this.draw());
    this.showPanel();
  }

  private part(name: string): HTMLElement {
    const found = this.element.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!found) throw new Error(`the network has no part ${name}`);
    return found;
  }

  private title(): string {
    return document.querySelector("h1")?.textContent ?? document.title;
  }

  /** Draw the ego of now. Whoever was laid out before stays; a whole network is shown at once where it starts, and again once it has come to rest. */
  private async draw(): Promise<void> {
    this.going.abort();
    const { signal } = (this.going = new AbortController());
    const theme = screenTheme();
    const width = Math.max(LEAST_WIDTH, this.stage.clientWidth);
    if (this.isSectors()) {
      const view = this.sectors(width, theme);
      if (view) return this.chart.show(view, sizeOf(view.frame, this.stage.clientWidth), theme, this.chosen);
    }
    const size = { width: this.stage.clientWidth, height: Math.round(Math.max(420, Math.min(width, 1000) * 0.65)) };
    const show = (view: View) => this.chart.show(view, size, theme, this.chosen);
    const beginning = start(this.ego, FORCE, this.keeper.places);
    show(forceView(this.ego, begun(beginning), FORCE, theme));
    if (beginning.drawn.every(({ isFixed }) => isFixed)) return;
    const places = await settled(beginning, this.ego.edges, FORCE, signal);
    if (!places) return;
    this.keeper.places = places;
    show(forceView(this.ego, places, FORCE, theme));
  }

  private isSectors(): boolean {
    return this.history.now.view === "sectors" && this.ego.seed !== "" && this.ego.nodes.length <= MOST_IN_SECTORS;
  }

  private sectors(width: number, theme: Theme): View | undefined {
    const tree = treeOf(this.ego);
    if (!tree) return undefined;
    const { scene, turn } = arranged(tree, { width, height: SECTORS_HEIGHT }, theme.family, this.keeper.turn);
    this.keeper.turn = turn;
    return sectorView(scene, theme);
  }

  /** The whole picture for files and paper. */
  private paper(): { picture: ReturnType<View["picture"]>; theme: Theme } {
    const theme = paperTheme();
    const view = (this.isSectors() && this.sectors(PAPER_WIDTH, theme)) || this.whole(theme);
    return { picture: view.picture({ scale: 1, x: 0, y: 0 }, view.frame, true), theme };
  }

  private whole(theme: Theme): View {
    return forceView(this.ego, begun(start(this.ego, FORCE, this.keeper.places)), FORCE, theme);
  }

  private print(): void {
    if (this.stage.querySelector(".printed-picture") || this.stage.hidden) return;
    const { picture, theme } = this.paper();
    const made = asSvg(picture, theme, this.title());
    made.classList.add("printed-picture");
    this.stage.append(made);
  }

  private saveSvg(): void {
    const { picture, theme } = this.paper();
    saveSvg(asSvg(picture, theme, this.title()), `${this.title()}.svg`);
  }

  private key(event: KeyboardEvent): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    const letter = event.code; // Z lies on one key in all layouts of our users
    if (isCommand && letter === "KeyZ" && !event.shiftKey) this.step(this.history.undo());
    else if (isCommand && (letter === "KeyY" || (letter === "KeyZ" && event.shiftKey))) this.step(this.history.redo());
    else if (event.key === "Backspace") this.fold();
    else if (event.key === "Escape") this.choose("");
    else return false;
    return true;
  }

  /** Fold whoever is pointed at or chosen; where they have nothing open, what was opened last. */
  private fold(): void {
    const { opened } = this.history.now;
    const node = this.ego.nodes.find(({ id }) => id === (this.chart.pointed || this.chosen));
    const ref = opened.some((each) => each.ref === node?.ref) ? node?.ref : opened.at(-1)?.ref;
    if (ref) this.go(folding(this.history.now, ref));
  }

  private choose(id: string): void {
    const known = id.startsWith(BADGE) ? id.slice(BADGE.length) : id;
    this.chosen = this.ego.nodes.some((node) => node.id === known) || this.ego.edges.some((edge) => edge.id === known) ? known : "";
    this.chart.mark(this.chosen);
    this.showPanel();
    if (this.chosen) this.part("panel").querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
  }

  private showPanel(): void {
    this.panel.show(this.ego, this.chosen, new Set(this.history.now.opened.map(({ ref }) => ref)));
    for (const [name, can] of [["undo", this.history.canUndo], ["redo", this.history.canRedo]] as const) {
      for (const button of document.querySelectorAll<HTMLButtonElement>(`[data-network="${name}"]`)) button.disabled = !can;
    }
  }

  /** Go on to a new state, with an address of its own. */
  private go(state: State): void {
    if (state === this.history.now) return;
    this.history.go(state);
    history.pushState(null, "", location.pathname + writeAddress(location.search, state, this.given.usual));
    void this.load(state);
  }

  /** Back or forth to a state that was there before. */
  private step(state: State): void {
    history.replaceState(null, "", location.pathname + writeAddress(location.search, state, this.given.usual));
    void this.load(state);
  }

  private async load(state: State): Promise<void> {
    try {
      this.ego = await this.source.egoOf(state);
    } catch {
      this.said.textContent = this.words.t("noAnswer");
      return;
    }
    if (!this.ego.nodes.some(({ id }) => id === this.chosen)) this.chosen = "";
    this.showPanel();
    await this.draw();
    this.said.textContent = this.words.t("nowShown", { parties: this.words.counted(this.ego.nodes.length, "parties"), ties: this.words.counted(this.ego.edges.length, "ties") });
  }

  private sentence(id: string): string {
    const node = this.ego.nodes.find((each) => each.id === id);
    if (!node) return "";
    const { words } = this;
    const country = this.ego.countries.find(({ code }) => code === node.country)?.name;
    const more = node.hidden ? [words.t("notShown", { count: words.number(node.hidden) })] : [];
    return [node.name, country, words.counted(node.events, "events"), ...more].filter(Boolean).join(", ");
  }
}
