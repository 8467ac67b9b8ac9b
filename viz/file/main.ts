import { mount as menu } from "../app/menu";
import { readAddress, type Bar, type State, type ViewName } from "../app/network/address";
import { Network } from "../app/network/network";
import type { Source } from "../app/network/source";
import type { Ego } from "../app/network/types";
import { PagedRows } from "../app/paged";
import { h, save } from "../kit/dom";
import { holds, wordsOf as typedWords } from "../kit/text";
import { wording, type Wording } from "../kit/words";
import { Surroundings } from "./around";
import { FIELDS, filterOf } from "./filter";
import { read, type Held } from "./held";
import { listen } from "./sentences";
import { rowsOf } from "./table";

/** So many names are suggested for what was typed. */
const SUGGESTED = 20;

/** The state behind the "#" of the file's address: it can be sent and gone back to, and asks nobody for anything. */
class HashBar implements Bar {
  private held: string;
  private readonly acts: (() => void)[] = [];

  constructor(first: string) {
    this.held = location.hash.length > 1 ? `?${location.hash.slice(1)}` : first;
    addEventListener("popstate", () => this.set(location.hash.length > 1 ? `?${location.hash.slice(1)}` : first));
    // In a frame of a notebook a link to a part of the page would lead to the notebook itself.
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.go(link.getAttribute("href")?.slice(1) ?? "");
    });
  }

  /** Go where a link leads. */
  go(hash: string): void {
    this.push(`?${hash}`);
    this.set(`?${hash}`);
  }

  read(): string {
    return this.held;
  }

  push(search: string): void {
    this.put(search, (hash) => history.pushState(null, "", hash));
  }

  replace(search: string): void {
    this.put(search, (hash) => history.replaceState(null, "", hash));
  }

  listen(act: () => void): void {
    this.acts.push(act);
  }

  private set(search: string): void {
    this.held = search;
    for (const act of this.acts) act();
  }

  /** In a frame of a notebook an address cannot be changed; the state holds all the same. */
  private put(search: string, write: (hash: string) => void): void {
    this.held = search;
    try {
      write(`#${search.slice(1)}`);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
    }
  }
}

class Page {
  private readonly surroundings: Surroundings;
  private readonly bar: HashBar;
  private readonly network: Network;
  private readonly table: PagedRows | undefined;

  constructor(private readonly element: HTMLElement, private readonly held: Held, private readonly words: Wording) {
    this.surroundings = new Surroundings(held, words);
    this.bar = new HashBar(held.first);
    const source: Source = {
      egoOf: (state) => Promise.resolve(this.egoOf(state)),
      expandOf: (ref, state) => Promise.resolve(this.surroundings.expand(ref, this.egoOf(state))),
    };
    const ego = this.egoOf(this.stateOf(this.bar.read()));
    this.network = new Network(element, words, {
      ego, level: held.level, source, bar: this.bar, links: { network: (ref) => `#${new URLSearchParams({ seed: ref })}` },
      usual: (search) => this.usual(search), shown: (shown, state) => this.shown(shown, state),
    });
    listen(element, held, this.surroundings, words);
    const table = element.querySelector<HTMLTableElement>("table.t");
    this.table = table ? new PagedRows(table, words) : undefined;
    this.filters();
    this.finder();
    this.shown(ego, this.stateOf(this.bar.read()));
  }

  start(): void {
    for (const each of document.querySelectorAll<HTMLElement>("details.take")) menu(each);
    for (const each of document.querySelectorAll<HTMLElement>('[data-network="table"]')) each.addEventListener("click", () => this.saveTable());
    this.network.start();
  }

  private stateOf(search: string): State {
    return readAddress(search, this.usual(search));
  }

  private seedOf(search: string): string {
    return new URLSearchParams(search).get("seed") ?? "";
  }

  private usual(search: string): ViewName {
    return this.seedOf(search) || this.held.ego.seed ? "sectors" : "force";
  }

  private egoOf(state: State): Ego {
    const search = this.bar.read();
    const [seed, filter] = [this.seedOf(search), filterOf(search)];
    const isKnown = this.held.ego.nodes.some(({ id }) => id === seed);
    if (!isKnown || (seed === this.held.ego.seed && !state.opened.length)) return this.surroundings.whole(filter);
    return this.surroundings.around(seed, state.opened, filter);
  }

  /** What stands around the picture goes with it: heading, ways to look, table, how much is hidden. */
  private shown(ego: Ego, state: State): void {
    const { words } = this;
    const search = this.bar.read();
    const node = ego.nodes.find(({ id }) => id === ego.seed);
    const heading = document.querySelector("h1");
    if (heading) heading.textContent = node ? words.t("seedHeading", { name: node.name }) : (heading.dataset.whole ?? "");
    const strongest = [...this.held.ego.nodes].filter(({ ours, level }) => ours && level !== "more").sort((a, b) => b.events - a.events)[0] ?? this.held.ego.nodes[0];
    const seed = ego.seed || strongest?.id || "";
    const hrefs: Record<ViewName, string> = { sectors: this.link({ seed, view: "" }), force: this.link({ seed: "", view: "force" }), table: this.link({ view: "table" }) };
    const here = state.view === "table" ? "table" : ego.seed && state.view === "sectors" ? "sectors" : "force";
    for (const [name, href] of Object.entries(hrefs)) {
      const link = document.querySelector<HTMLAnchorElement>(`[data-view="${name}"]`);
      link?.setAttribute("href", href);
      link?.toggleAttribute("aria-current", name === here);
      if (name === here) link?.setAttribute("aria-current", "true");
    }
    const rows = rowsOf(ego, words, (tie) => this.network.choose(tie), (ref) => `#${new URLSearchParams({ seed: ref })}`);
    this.table?.show(rows);
    const cut = this.element.querySelector<HTMLElement>('[data-part="cut"]');
    if (cut) [cut.hidden, cut.textContent] = [rows.length > 0, words.t("noTies")];
    const tally = document.querySelector('[data-part="tally"]');
    if (tally) tally.textContent = words.t("tally", { events: words.counted(ego.events, "events"), hidden: words.number(ego.hidden) });
    const filter = filterOf(search);
    for (const select of this.selects()) select.value = filter[select.name as (typeof FIELDS)[number]] ?? "";
  }

  private link(changes: Readonly<Record<string, string>>): string {
    const pairs = new URLSearchParams(this.bar.read());
    for (const [name, value] of Object.entries(changes)) {
      if (value) pairs.set(name, value);
      else pairs.delete(name);
    }
    return `#${pairs.toString()}`;
  }

  private selects(): NodeListOf<HTMLSelectElement> {
    return document.querySelectorAll<HTMLSelectElement>("[data-part=filters] select");
  }

  private filters(): void {
    for (const select of this.selects()) {
      select.addEventListener("change", () => {
        this.bar.push(`?${this.link({ [select.name]: select.value }).slice(1)}`);
        this.network.again();
      });
    }
  }

  /** The field finds a party by a part of its name: in the picture it is chosen, else it is put in the middle. */
  private finder(): void {
    const field = document.querySelector<HTMLInputElement>('[data-part="find"]');
    const names = [...new Set(this.held.ego.nodes.filter(({ level }) => level !== "more").map(({ name }) => name))].sort();
    field?.addEventListener("input", () => {
      const typed = typedWords(field.value);
      const found = typed.length ? names.filter((name) => holds(name, typed)).slice(0, SUGGESTED) : [];
      field.list?.replaceChildren(...found.map((name) => h("option", {}, name)));
    });
    field?.addEventListener("change", () => {
      const typed = typedWords(field.value);
      if (!typed.length) return;
      const { nodes } = this.held.ego;
      const found = nodes.find(({ name, short }) => name === field.value || short === field.value) ?? nodes.find(({ name }) => holds(name, typed));
      field.setAttribute("aria-invalid", String(!found));
      if (!found) return;
      const isHere = this.egoOf(this.stateOf(this.bar.read())).nodes.some(({ id, out }) => id === found.id && !out);
      if (isHere) this.network.choose(found.id);
      else this.bar.go(this.link({ seed: found.id, view: "" }).slice(1));
    });
  }

  /** The table as a file that spreadsheets open; a semicolon parts what a comma would in numbers. */
  private saveTable(): void {
    const search = this.bar.read();
    const ego = this.egoOf(this.stateOf(search));
    const names = new Map(ego.nodes.map(({ id, name }) => [id, name]));
    const countries = new Map(ego.nodes.map(({ id, country }) => [id, ego.countries.find(({ code }) => code === country)?.name ?? ""]));
    const heads = ["participant", "partner", "countryHead", "eventsHead", "agreementsHead", "lastHead"].map((key) => this.words.t(key));
    const rows = ego.edges.filter(({ kind, out }) => kind === "tie" && !out).map(({ a, b, events, agreements, last }) => [names.get(a), names.get(b), countries.get(b), events, agreements, last]);
    const text = [heads, ...rows].map((cells) => cells.map((cell) => `"${String(cell ?? "").replaceAll('"', '""')}"`).join(";")).join("\r\n");
    save(new Blob([`\ufeff${text}\r\n`], { type: "text/csv" }), `${document.title}.csv`);
  }
}

async function begin(): Promise<void> {
  const [data, element] = [document.getElementById("network-held"), document.querySelector<HTMLElement>(".net")];
  if (!data || !element) return;
  const held = await read(data);
  const lang = document.documentElement.lang === "en" ? "en" : "ru";
  document.documentElement.dataset.app = "";
  new Page(element, held, wording(lang, held.words)).start();
  document.documentElement.dataset.ready = "";
}

void begin();
