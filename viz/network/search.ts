import { h } from "../kit/dom";
import { wordsOf } from "../kit/text";
import { dotOf } from "./marks";
import type { Page } from "./page";

const MOST = 30;

/** The field in which a party is found by any part of its names, and the list of those found. */
export class Search {
  private hits: string[] = [];
  private at = -1;

  constructor(
    private readonly page: Page,
    private readonly field: HTMLInputElement,
    private readonly list: HTMLElement,
    private readonly acts: { choose: (id: string) => void; typed: () => void },
  ) {
    field.addEventListener("input", () => this.find());
    field.addEventListener("keydown", (event) => this.key(event));
    field.addEventListener("blur", () => this.close());
  }

  get typed(): string {
    return this.field.value;
  }

  clear(): void {
    this.field.value = "";
    this.close();
  }

  close(): void {
    this.hits = [];
    this.show(false);
  }

  private find(): void {
    const wanted = wordsOf(this.field.value);
    this.hits = wanted.length ? this.page.found(wanted, MOST) : [];
    this.at = this.hits.length ? 0 : -1;
    this.acts.typed();
    this.show(wanted.length > 0);
  }

  private show(isOpen: boolean): void {
    const items = this.hits.map((id, index) => this.option(id, index));
    this.list.replaceChildren(...(items.length ? items : [h("li", { class: "none" }, this.page.words.t("nothingFound"))]));
    this.list.hidden = !isOpen;
    this.field.setAttribute("aria-expanded", String(isOpen));
    const active = isOpen ? items[this.at] : undefined;
    if (active) this.field.setAttribute("aria-activedescendant", active.id);
    else this.field.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  private option(id: string, index: number): HTMLElement {
    const { page } = this;
    const press = (event: Event) => {
      event.preventDefault(); // the field keeps the focus, else the list would close before the choice
      this.choose(id);
    };
    const more = page.named(id) === page.nameOf(id) ? page.word(page.data.parties[id]?.country ?? "") : page.nameOf(id);
    return h("li", { role: "option", id: `hit-${index}`, "aria-selected": String(index === this.at), onmousedown: press }, h("span", {}, dotOf(page, id), " ", page.named(id)), h("div", { class: "small" }, more));
  }

  private choose(id: string): void {
    this.field.value = this.page.named(id);
    this.close();
    this.acts.choose(id);
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if ((step || event.key === "Enter") && !this.hits.length) this.find();
    if (step && this.hits.length) {
      event.preventDefault();
      this.at = (this.at + step + this.hits.length) % this.hits.length;
      this.show(true);
    } else if (event.key === "Enter") {
      const hit = this.hits[Math.max(this.at, 0)];
      if (hit) this.choose(hit);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close();
    }
  }
}
