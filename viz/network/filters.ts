import { h } from "../kit/dom";
import type { Page } from "./page";
import { FILTERS, type Filter } from "./ties";

/** The selects by which ties are filtered; `changed` is called after each choice. */
export class FilterBar {
  private readonly selects: ReadonlyMap<Filter, HTMLSelectElement>;

  constructor(
    private readonly page: Page,
    find: (id: string) => HTMLElement,
    private readonly opener: HTMLElement,
    changed: () => void,
  ) {
    this.selects = new Map(FILTERS.map((name) => [name, find(`filter-${name}`) as HTMLSelectElement]));
    for (const [name, select] of this.selects) {
      select.addEventListener("change", () => {
        page.state.filters[name] = select.value;
        changed();
      });
    }
  }

  get isOn(): boolean {
    return FILTERS.some((name) => this.page.state.filters[name]);
  }

  clear(): void {
    this.page.state.filters = {};
    for (const select of this.selects.values()) select.value = "";
  }

  /** Fill the selects with words of the page's language. */
  speak(): void {
    const { page } = this;
    for (const [name, select] of this.selects) {
      const label = (value: string) => (name === "year" ? value : page.word(value));
      const items = page.ties.options(name).sort((a, b) => (name === "year" ? b.localeCompare(a) : page.compare(label(a), label(b))));
      select.replaceChildren(h("option", { value: "" }, page.words.t("all")), ...items.map((value) => h("option", { value }, label(value))));
      select.value = page.state.filters[name] ?? "";
      select.disabled = items.length === 0;
    }
  }

  /** Show which filters are on, and how many. */
  mark(): void {
    const { words: { t }, state } = this.page;
    for (const [name, select] of this.selects) select.classList.toggle("on", Boolean(state.filters[name]));
    const count = FILTERS.filter((name) => state.filters[name]).length;
    this.opener.textContent = count ? `${t("filters")} (${count})` : t("filters");
  }
}
