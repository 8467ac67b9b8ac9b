import { h } from "../../kit/dom";
import { wording, type Wording } from "../../kit/words";
import { mount as mountChips } from "../chips/island";
import { filesOf, type Folder } from "../files/folder";
import { Parties } from "../files/parties";
import { languageOf } from "../islands";
import { ListView } from "./list-view";
import { Agreements, Events, labelOf, readChosen, type Chosen, type Counted, type Field } from "./things";
import { Ties } from "./ties";
import { type Given, type View, type Way } from "./view";

/** Rows of a page (site/explorer/list_page.py). */
const ROWS = 50;
/** With more values a list of them has a field that looks for one. */
const LONG = 12;

/**
 * The filter of a page that lies as a file (`data-of` names it: a list, the map, time). Its columns are read once something
 * is chosen or the filter is opened; until then all is the page's own.
 */
export function mount(bar: HTMLElement): void {
  const folder = filesOf(bar.ownerDocument);
  if (!folder || !bar.nextElementSibling || bar.nextElementSibling.matches(".state")) return; // there is nothing to choose among
  const opening = h("button", { type: "button", class: "chip add" }, bar.dataset.label ?? "");
  const open = () => {
    bar.setAttribute("aria-busy", "true");
    opening.disabled = true;
    Filter.of(bar, folder).then((filter) => filter.show(), (error: unknown) => console.warn(error)).finally(() => bar.removeAttribute("aria-busy"));
  };
  opening.addEventListener("click", open);
  bar.prepend(opening);
  if (location.search) open();
}

class Filter implements Way {
  private standing: readonly Element[];

  private constructor(
    private readonly bar: HTMLElement,
    private readonly view: View,
    private readonly parties: Parties,
    private readonly words: Wording,
  ) {
    this.standing = view.replaced;
    addEventListener("popstate", () => void this.show());
    bar.addEventListener("click", (event) => this.pressed(event));
    bar.addEventListener("change", () => this.go(this.withYears()));
  }

  static async of(bar: HTMLElement, folder: Folder): Promise<Filter> {
    const parties = await Parties.of(folder, languageOf(bar));
    const words = wording(parties.lang, parties.about.lists[parties.lang]);
    return new Filter(bar, await viewOf({ bar, folder, words }, parties), parties, words);
  }

  private get things(): View["things"] {
    return this.view.things;
  }

  /** Show what the address chooses. */
  async show(): Promise<void> {
    const chosen = readChosen(location.search, this.view.fields, this.view.isDated);
    const found = this.things.counted(chosen);
    const page = Math.max(1, Number(new URLSearchParams(location.search).get("page")) || 1);
    this.bar.className = "chips pick";
    const period = this.view.isDated ? [this.period(chosen, found)] : [];
    this.bar.replaceChildren(h("div", { class: "row" }, ...this.chips(chosen), ...this.menus(chosen, found), ...period), this.said(chosen, found));
    mountChips(this.bar);
    const { parts, paged } = await this.view.shown(found, [(page - 1) * ROWS, page * ROWS], this);
    const nothing = h("div", { class: "state alone" }, h("h2", {}, this.words.t("all-hidden")));
    this.stand([...(found.rows.length ? parts : [nothing]), ...this.pages(page, paged)]);
  }

  private stand(next: readonly Element[]): void {
    const [first, ...others] = this.standing;
    for (const each of others) each.remove();
    first?.replaceWith(...next);
    this.standing = next;
    const levels = document.querySelectorAll<HTMLAnchorElement>(".head .seg a");
    const asked = this.asked({ page: "", group: "" });
    for (const link of [...next.flatMap((each) => [...each.querySelectorAll<HTMLAnchorElement>("a[data-turn]")])]) link.addEventListener("click", (event) => this.follow(event, link.href));
    for (const level of levels) level.search = new URL(asked, location.href).search;
  }

  private chips({ values, from, to }: Chosen): HTMLElement[] {
    const { words } = this;
    const chip = (label: string, link: string) => h("a", { class: "chip on", href: link }, h("span", {}, label), h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "unseen" }, `, ${words.t("without")}`));
    const chosen = [...values].flatMap(([field, codes]) => [...codes].map((code) => chip(labelOf(this.parties, this.things, field, code, words), this.turned(field, code))));
    const span = from && to ? (from === to ? from : words.t("chip-span", { since: from, until: to })) : from ? words.t("chip-from", { value: from }) : words.t("chip-to", { value: to });
    return from || to ? [...chosen, chip(span, this.asked({ from: "", to: "" }))] : chosen;
  }

  private menus({ values }: Chosen, { counts }: Counted): HTMLElement[] {
    return this.view.fields.flatMap((field) => {
      const all = [...(counts.get(field) ?? [])].sort(([a, many], [b, less]) => Number(a === "none") - Number(b === "none") || less - many || (a < b ? -1 : 1));
      if (!all.length) return [];
      const item = ([code, count]: [string, number]) => {
        const isChosen = values.get(field)?.has(code) ?? false;
        const inside = [h("span", {}, labelOf(this.parties, this.things, field, code, this.words)), h("b", {}, this.words.number(count))];
        return h("li", {}, count || isChosen ? h("a", { href: this.turned(field, code), "aria-current": isChosen && "true" }, ...inside) : h("span", { class: "zero" }, ...inside));
      };
      return [h("details", { class: "choose", "data-field": field }, h("summary", { class: "chip add" }, this.words.t(`field-${field}`)), h("div", { class: "list", "data-find": all.length > LONG && this.words.t("find-value") }, h("ul", {}, ...all.map(item))))];
    });
  }

  private period({ from, to }: Chosen, { years }: Counted): HTMLElement {
    const { t } = this.words;
    const every = [...years].sort(([a], [b]) => (a < b ? 1 : -1));
    const field = (name: "from" | "to", value: string) => {
      const known = value && !years.has(value) ? [[value, 0] as const] : [];
      const options = [...known, ...every].map(([year, count]) => h("option", { value: year, selected: year === value }, `${year} (${this.words.number(count)})`));
      return h("label", { class: "f" }, `${t(`period-${name}`)} `, h("select", { class: "in", name }, h("option", { value: "" }, t("period-open")), ...options));
    };
    return h("details", { class: "choose", "data-field": "period" }, h("summary", { class: "chip add" }, t("field-period")), h("form", { class: "list" }, field("from", from), field("to", to)));
  }

  private said({ values, from, to }: Chosen, { rows }: Counted): HTMLElement {
    const { t, number } = this.words;
    const text = `${t("shown", { shown: number(rows.length) })} · ${t("hidden", { hidden: number(this.things.total - rows.length) })}`;
    return h("span", { class: "hid", role: "status" }, text, ...(values.size || from || to ? [" · ", h("a", { href: location.pathname }, t("clear"))] : []));
  }

  private pages(page: number, found: number): HTMLElement[] {
    const pages = Math.max(1, Math.ceil(found / ROWS));
    if (pages < 2) return [];
    const { t, number } = this.words;
    const turn = (key: string, to: number) => h("a", { class: "btn small", href: this.asked({ page: to > 1 ? String(to) : "" }), "data-turn": "" }, t(key));
    return [h("nav", { class: "pages", "aria-label": t("pages") }, ...(page > 1 ? [turn("before", page - 1)] : []), " ", h("span", { class: "small dim" }, t("page-of", { number: number(page), pages: number(pages) })), " ", ...(page < pages ? [turn("after", page + 1)] : []))];
  }

  private pressed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link) this.follow(event, link.href);
  }

  private follow(event: MouseEvent, address: string): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    this.go(address);
  }

  go(address: string): void {
    history.pushState(null, "", address);
    void this.show();
  }

  private withYears(): string {
    const value = (name: string) => this.bar.querySelector<HTMLSelectElement>(`select[name=${name}]`)?.value ?? "";
    return this.asked({ from: value("from"), to: value("to") });
  }

  /** The address with a value chosen that is not, or no more chosen. */
  private turned(field: Field, code: string): string {
    const pairs = new URLSearchParams(location.search);
    const held = pairs.getAll(field);
    pairs.delete(field);
    for (const each of held.includes(code) ? held.filter((one) => one !== code) : [...held, code]) pairs.append(field, each);
    pairs.delete("page");
    return address(pairs);
  }

  asked(changed: Readonly<Record<string, string>>): string {
    const pairs = new URLSearchParams(location.search);
    if (!("page" in changed)) pairs.delete("page");
    for (const [name, value] of Object.entries(changed)) {
      if (value) pairs.set(name, value);
      else pairs.delete(name);
    }
    return address(pairs);
  }
}

/** The view of a page; scripts of the map and of time come only where they are shown. */
async function viewOf(given: Given, parties: Parties): Promise<View> {
  const { bar: { dataset: { of = "", level = "" } }, folder } = given;
  if (of === "events") return new ListView(await Events.of(folder, parties), given);
  if (of === "agreements") return new ListView(await Agreements.of(folder, parties), given);
  const ties = await Ties.of(folder, parties, level);
  if (of === "map") return new (await import("./map-view")).MapView(ties, given);
  return of === "time" ? (await import("./time-view")).TimeView.of(ties, given) : new ListView(ties, given);
}

function address(pairs: URLSearchParams): string {
  const text = pairs.toString();
  return location.pathname + (text ? `?${text}` : "");
}
