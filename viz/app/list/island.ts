import { h } from "../../kit/dom";
import { holds, wordsOf } from "../../kit/text";
import { wording, type Wording } from "../../kit/words";
import { mount as mountChips } from "../chips/island";
import { filesOf, type Folder } from "../files/folder";
import { Parties } from "../files/parties";
import { suggestedBy } from "../files/suggest";
import { languageOf } from "../islands";
import { mount as mountSuggestions } from "../suggest/island";
import { ListView } from "./list-view";
import { Named, SIDES, type Side } from "./named";
import { Agreements, Events, labelOf, readChosen, type Chosen, type Counted, type Field } from "./things";
import { Ties } from "./ties";
import { type Given, type View, type Way } from "./view";

/** Rows of a page (site/explorer/list_page.py). */
const ROWS = 50;
/** So many values a menu has beside those chosen, and so many where that is all of them (site/explorer/filter_bar.py). */
const [AT_ONCE, WHOLE] = [10, 12];
/** So many of those that were looked for. */
const FOUND = 40;

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

/** A value of a menu. */
interface Value {
  field: Field | "with";
  code: string;
  count: number;
  isChosen: boolean;
}

type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>;

class Filter implements Way {
  private standing: readonly Element[];
  /** All values of each menu, the first of which are in the page. */
  private readonly values = new Map<HTMLElement, readonly Value[]>();

  private constructor(
    private readonly bar: HTMLElement,
    private readonly view: View,
    private readonly folder: Folder,
    private readonly parties: Parties,
    private readonly words: Wording,
  ) {
    this.standing = view.replaced;
    addEventListener("popstate", () => void this.show());
    bar.addEventListener("click", (event) => this.pressed(event));
    bar.addEventListener("change", ({ target }) => target instanceof HTMLSelectElement && this.go(this.withYears()));
    bar.addEventListener("submit", (event) => this.submitted(event));
  }

  static async of(bar: HTMLElement, folder: Folder): Promise<Filter> {
    const parties = await Parties.of(folder, languageOf(bar));
    const words = wording(parties.lang, parties.about.lists[parties.lang]);
    return new Filter(bar, await viewOf({ bar, folder, words }, parties), folder, parties, words);
  }

  private get things(): View["things"] {
    return this.view.things;
  }

  /** Show what the address chooses. */
  async show(): Promise<void> {
    const chosen = readChosen(location.search, this.things, this.view);
    const named = await Named.of(this.folder, this.parties, this.things, chosen);
    const found = this.things.counted(chosen, named.rows);
    const counts = new Map<string, ReadonlyMap<string, number>>([...found.counts, ...SIDES.map((side) => [side, named.counts(side, found.rest)] as const)]);
    const page = Math.max(1, Number(new URLSearchParams(location.search).get("page")) || 1);
    this.bar.className = "chips pick";
    const period = this.view.isDated ? [this.period(chosen, found)] : [];
    this.bar.replaceChildren(h("div", { class: "row" }, ...this.chips(chosen, counts), ...this.menus(chosen, counts), ...period, this.names()), this.said(chosen, found));
    mountChips(this.bar, (list, typed) => Promise.resolve(this.finding(list, typed)));
    for (const form of this.bar.querySelectorAll<HTMLElement>("form[data-pick]")) mountSuggestions(form);
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

  private chips({ values, place, with: partners, from, to }: Chosen, counts: Counts): HTMLElement[] {
    const { words } = this;
    const chip = (label: string, link: string, count?: number) => h("a", { class: "chip on", href: link }, h("span", {}, label), count !== undefined && h("b", {}, ` ${words.number(count)}`), h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "unseen" }, `, ${words.t("without")}`));
    const one = (field: Field | Side, code: string) => chip(this.labelOf(field, code), this.turned(field, code), counts.get(field)?.get(code));
    const chosen = [...[...values].flatMap(([field, codes]) => [...codes].map((code) => one(field, code))), ...place.map((ref) => one("place", ref)), ...partners.map((ref) => one("with", ref))];
    const span = from && to ? (from === to ? from : words.t("chip-span", { since: from, until: to })) : from ? words.t("chip-from", { value: from }) : words.t("chip-to", { value: to });
    return from || to ? [...chosen, chip(span, this.asked({ from: "", to: "" }))] : chosen;
  }

  private menus(chosen: Chosen, counts: Counts): HTMLElement[] {
    this.values.clear();
    return [...this.view.fields, "with" as const].flatMap((field) => {
      const sorted = [...(counts.get(field) ?? [])].sort(([a, many], [b, less]) => Number(a === "none") - Number(b === "none") || less - many || (a < b ? -1 : 1));
      if (!sorted.length) return [];
      const all = sorted.map(([code, count]): Value => ({ field, code, count, isChosen: field === "with" ? chosen.with.includes(code) : (chosen.values.get(field)?.has(code) ?? false) }));
      const isLong = all.length > WHOLE;
      const items = all.filter(({ isChosen }, at) => !isLong || at < AT_ONCE || isChosen).map((value) => this.item(value));
      const list = h("div", { class: "list", "data-find": isLong && this.words.t("find-value"), "data-none": isLong && this.words.t("no-value") }, h("ul", {}, ...items));
      this.values.set(list, all);
      return [h("details", { class: "choose", "data-field": fieldOf(field) }, h("summary", { class: "chip add" }, this.words.t(`field-${fieldOf(field)}`)), list)];
    });
  }

  private item({ field, code, count, isChosen }: Value): HTMLElement {
    const inside = [h("span", {}, this.valueOf(field, code)), h("b", {}, this.words.number(count))];
    return h("li", {}, count || isChosen ? h("a", { href: this.turned(field, code), "aria-current": isChosen && "true" }, ...inside) : h("span", { class: "zero" }, ...inside));
  }

  private finding(list: HTMLElement, typed: string): HTMLElement[] {
    const words = wordsOf(typed);
    return (this.values.get(list) ?? []).filter(({ field, code }) => holds(this.valueOf(field, code), words)).slice(0, FOUND).map((value) => this.item(value));
  }

  private valueOf(field: Field | "with", code: string): string {
    return field === "with" ? this.nameOf(code) : this.labelOf(field, code);
  }

  /** Forms that ask for a party of the one side and of the other (`names_of` in chips.html). */
  private names(): HTMLElement {
    const { t } = this.words;
    const kept = [...new URLSearchParams(location.search)].filter(([name]) => name !== "page");
    const form = (side: Side) => h("form", { class: "wide", action: location.pathname, "data-pick": true, "data-words": this.bar.dataset.suggest },
      ...kept.map(([name, value]) => h("input", { type: "hidden", name, value })),
      h("label", { class: "f" }, `${t(`field-${fieldOf(side)}`)} `, h("input", { class: "in", type: "search", id: side, name: side, placeholder: t(`${side}-hint`), autocomplete: "off", required: true })),
      h("button", { class: "btn small main" }, t("apply")));
    return h("details", { class: "choose", "data-field": "place" }, h("summary", { class: "chip add", title: t("field-place") }, t("chip-place")), h("div", { class: "list" }, ...SIDES.map(form)));
  }

  /** Choose whom a typed name means best. */
  private submitted(event: SubmitEvent): void {
    event.preventDefault();
    const field = event.target instanceof HTMLFormElement ? event.target.querySelector<HTMLInputElement>("input[type=search]") : null;
    const side = SIDES.find((each) => each === field?.name);
    if (!field || !side) return;
    suggestedBy(this.folder, field.value, this.words.lang, true).then(({ groups: [best] }) => {
      const ref = best?.hits[0]?.ref;
      if (ref) return this.go(new URLSearchParams(location.search).getAll(side).includes(ref) ? this.asked({}) : this.turned(side, ref));
      field.setCustomValidity(this.words.t("name-unknown", { value: field.value }));
      field.reportValidity();
      field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
    }, (error: unknown) => console.warn(error));
  }

  private labelOf(field: Field | Side, code: string): string {
    if (field === "with") return this.words.t("chip-partner", { value: this.nameOf(code) });
    return field === "place" ? this.nameOf(code) : labelOf(this.parties, this.things, field, code, this.words);
  }

  private nameOf(ref: string): string {
    return this.parties.briefly(this.parties.of(ref));
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

  private said({ values, place, with: partners, from, to }: Chosen, { rows }: Counted): HTMLElement {
    const { t, number } = this.words;
    const text = `${t("shown", { shown: number(rows.length) })} · ${t("hidden", { hidden: number(this.things.total - rows.length) })}`;
    return h("span", { class: "hid", role: "status" }, text, ...(values.size || place.length || partners.length || from || to ? [" · ", h("a", { href: location.pathname }, t("clear"))] : []));
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
  private turned(field: Field | Side, code: string): string {
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

/** What words call a field. */
function fieldOf(field: Field | Side): string {
  return field === "with" ? "partner" : field;
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
