import { h, saveSvg } from "../../kit/dom";
import type { Frame } from "../../kit/picture/camera";
import { canPaint } from "../../kit/picture/measure";
import type { Wording } from "../../kit/words";
import { folding, opening, readAddress, writeAddress, type Bar, type State, type ViewName } from "./address";
import { arranged } from "./arrange";
import { Chart, sizeOf } from "./chart";
import { BADGE } from "./draw";
import { begun, settled, start } from "./force";
import { History } from "./history";
import { Keeper } from "./kept";
import { Panel, type Links } from "./panel";
import { asSvg, savePng } from "./save";
import type { Source } from "./source";
import { paperTheme, screenTheme, type Theme } from "./theme";
import { treeOf } from "./tree";
import type { Ego } from "./types";
import { forceView, sectorView, type View } from "./views";

/** Where a network stands: on a page of a server, or in a file of its own. */
export interface Setting {
  ego: Ego;
  level: string;
  source: Source;
  bar: Bar;
  links: Links;
  /** The view where an address names none. */
  usual(search: string): ViewName;
  /** Somebody else has been put in the middle, or something was opened. */
  shown?(ego: Ego, state: State): void;
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

/** The picture of a network with what is told beside it. Its table stays where there is no canvas, on phones until the picture is asked for. */
export class Network {
  private history: History<State>;
  private readonly panel: Panel;
  private readonly chart: Chart;
  private readonly stage: HTMLElement;
  private readonly said: HTMLElement;
  private readonly phone = matchMedia("(max-width: 760px)");
  private ego: Ego;
  private chosen = "";
  private isRevealed = false;
  private going = new AbortController();

  constructor(private readonly element: HTMLElement, private readonly words: Wording, private readonly setting: Setting) {
    const { ego, source, bar, usual } = setting;
    this.ego = ego;
    this.history = new History(readAddress(bar.read(), usual(bar.read())));
    this.stage = this.part("stage");
    this.said = this.part("said");
    this.chart = new Chart(words.t("pictureLabel"), this.part("how").id, {
      choose: (id) => this.choose(id),
      reached: (id) => (this.said.textContent = this.sentence(id)),
      key: (event) => this.key(event),
    });
    this.panel = new Panel(this.part("panel"), words, setting.links, {
      choose: (id) => this.choose(id),
      open: (opened) => this.go(opening(this.history.now, opened)),
      fold: (ref) => this.go(folding(this.history.now, ref)),
      counts: (ref) => source.expandOf(ref, this.history.now),
    });
  }

  start(): void {
    this.buttons("undo", () => this.step(this.history.undo()));
    this.buttons("redo", () => this.step(this.history.redo()));
    this.buttons("svg", () => this.saveSvg());
    if (canPaint()) {
      this.buttons("png", () => savePng(this.paper().picture, this.paper().theme, this.title()));
      this.buttons("picture", () => this.reveal());
    }
    this.setting.bar.listen(() => {
      if (this.seed === this.ego.seed) this.history.go(this.asked());
      else this.history = new History(this.asked()); // another's picture has nothing to undo yet
      void this.load(this.history.now);
    });
    addEventListener("beforeprint", () => this.print());
    addEventListener("afterprint", () => this.stage.querySelector(".printed-picture")?.remove());
    // A frame that is not shown yet has no width.
    this.phone.addEventListener("change", () => this.arrange());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => void this.draw());
    this.arrange();
    this.showPanel();
  }

  /** Choose somebody or a tie, as a click on it does; "" for nothing. */
  choose(id: string): void {
    const known = id.startsWith(BADGE) ? id.slice(BADGE.length) : id;
    this.chosen = this.ego.nodes.some((node) => node.id === known) || this.ego.edges.some((edge) => edge.id === known) ? known : "";
    this.chart.mark(this.chosen);
    this.showPanel();
    if (!this.chosen) return;
    this.part("panel").querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    if (this.phone.matches) this.part("panel").scrollIntoView({ block: "start" });
  }

  /** Show what the state asks for anew, as after a filter. */
  again(): void {
    void this.load(this.history.now);
  }

  private buttons(name: string, act: () => void): void {
    for (const button of document.querySelectorAll<HTMLElement>(`[data-network="${name}"]`)) {
      button.hidden = false;
      button.addEventListener("click", act);
    }
  }

  /** Who is to be in the middle, where the address says so. */
  private get seed(): string {
    return new URLSearchParams(this.setting.bar.read()).get("seed") ?? this.ego.seed;
  }

  private asked(): State {
    const search = this.setting.bar.read();
    return readAddress(search, this.setting.usual(search));
  }

  /** The picture, or the table that tells the same: where the state asks for it, where there is no canvas, on a phone at first. */
  private arrange(): void {
    const isPicture = canPaint() && this.history.now.view !== "table" && (this.isRevealed || !this.phone.matches);
    if (isPicture) return this.reveal();
    delete this.element.dataset.shown;
    this.stage.hidden = true;
    if (canPaint()) return;
    this.said.textContent = this.words.t("noPicture");
    this.said.className = "note info"; // for everybody: the buttons above speak of a picture
  }

  /** Show the picture, and hide the table that tells the same. */
  private reveal(): void {
    this.element.dataset.shown = "picture";
    this.stage.hidden = false;
    if (this.isRevealed) return;
    this.isRevealed = true;
    const button = (name: string, text: string, act: () => void) => h("button", { type: "button", class: "btn small", "aria-label": this.words.t(name), title: this.words.t(name), onclick: act }, text);
    this.part("tools").replaceChildren(button("nearer", "+", () => this.chart.nearer()), button("farther", "−", () => this.chart.farther()), button("whole", "⤢", () => this.chart.fit()));
    this.stage.replaceChildren(this.chart.element);
    new ResizeObserver(() => void this.draw()).observe(this.stage);
    void document.fonts.ready.then(() => this.draw());
  }

  private get keeper(): Keeper {
    return new Keeper(this.ego.generation, this.ego.seed, this.setting.level);
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
    if (!this.isRevealed || this.stage.hidden) return;
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
    this.write((search) => this.setting.bar.push(search), state);
    void this.load(state);
  }

  /** Back or forth to a state that was there before. */
  private step(state: State): void {
    this.write((search) => this.setting.bar.replace(search), state);
    void this.load(state);
  }

  private write(put: (search: string) => void, state: State): void {
    const search = this.setting.bar.read();
    put(writeAddress(search, state, this.setting.usual(search)));
  }

  private async load(state: State): Promise<void> {
    try {
      this.ego = await this.setting.source.egoOf(state);
    } catch {
      this.said.textContent = this.words.t("noAnswer");
      return;
    }
    if (!this.ego.nodes.some(({ id }) => id === this.chosen)) this.chosen = "";
    this.setting.shown?.(this.ego, state);
    this.arrange();
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
