import { h } from "../../kit/dom";
import { Pause } from "../../kit/pause";
import type { Wording } from "../../kit/words";
import { filesOf } from "../files/folder";
import { wordsOf } from "../islands";
import { ask, picked, type Answer } from "./answer";
import { groups } from "./list";

/** Milliseconds without a key before the server is asked: keys that come together ask once, and nobody waits for them. */
const PAUSE = 20;

/**
 * Make a form with a search field (`data-source` is where suggestions come from) a combobox with a listbox. What is
 * suggested leads to its page, or with `data-pick` to where the form would lead with it in the field.
 */
export function mount(form: HTMLElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=search]");
  if (!(form instanceof HTMLFormElement) || !field) throw new Error("suggestions belong to a form with a search field");
  new Suggestions(form, field, wordsOf(form)).listen();
}

/** A field whose suggestions are open or not, and of which one or none is active (WAI-ARIA combobox, list autocomplete). */
class Suggestions {
  private readonly pause = new Pause(PAUSE);
  private readonly list: HTMLElement;
  private readonly told = h("div", { class: "unseen", role: "status" });
  private active = -1;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly field: HTMLInputElement,
    private readonly words: Wording,
  ) {
    this.list = h("div", { class: "sug", role: "listbox", id: `${field.id}-list`, "aria-label": words.t("suggestions"), hidden: true });
    const given = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(given)) field.setAttribute(name, value);
    form.append(this.list, this.told);
  }

  listen(): void {
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener("focus", () => this.field.value.trim() && !this.isOpen && this.typed());
    this.form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.form.contains(event.relatedTarget))) this.close();
    });
    // A press on the list must not take the focus from the field: the list would close before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    // Who is quick has typed before the script was there.
    if (document.activeElement === this.field && this.field.value.trim()) this.typed();
  }

  private get isOpen(): boolean {
    return !this.list.hidden;
  }

  private get options(): HTMLAnchorElement[] {
    return [...this.list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  private typed(): void {
    const typed = this.field.value.trim();
    if (!typed) return this.close();
    this.pause.then((signal) => void this.asked(typed, signal).then((answer) => {
      if (!signal.aborted) this.show(answer && this.pick ? picked(answer, (ref) => this.address(ref)) : answer, typed);
    }));
  }

  /** Ask the server, or the files beside the page. */
  private async asked(typed: string, signal: AbortSignal): Promise<Answer | null> {
    const folder = filesOf(document);
    if (!folder) return ask(this.form.dataset.source ?? "", typed, signal);
    try {
      const { suggestedBy } = await import("../files/suggest");
      return await suggestedBy(folder, typed, this.words.lang, this.pick);
    } catch (error) {
      console.warn(error);
      return null;
    }
  }

  private show(answer: Answer | null, typed: string): void {
    const number = answer?.groups.reduce((sum, group) => sum + group.hits.length, 0) ?? 0;
    this.told.textContent = !answer ? "" : number ? this.words.counted(number, "suggested") : this.words.t("nothing");
    if (!answer || !number) return this.close(false);
    const all = { label: this.words.t("all", { q: typed }), page: this.address(this.field.value) };
    this.list.replaceChildren(...groups(answer, this.list.id, this.pick ? null : all));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.activate(-1);
  }

  private get pick(): boolean {
    return this.form.dataset.pick !== undefined;
  }

  /** Where the form leads with a value in its field. */
  private address(value: string): string {
    const address = new URL(this.form.action);
    const given = [...new FormData(this.form)];
    given.splice(given.findLastIndex(([name]) => name === this.field.name), 1);
    for (const [name, each] of given) address.searchParams.append(name, String(each));
    address.searchParams.append(this.field.name, value);
    return address.href;
  }

  private close(isSilent = true): void {
    this.pause.stop();
    if (isSilent) this.told.textContent = "";
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  private activate(index: number): void {
    this.active = index;
    const { options } = this;
    for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === index));
    const chosen = options[index];
    if (!chosen) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (!this.isOpen) {
      if (event.key === "ArrowDown" && this.field.value.trim()) this.typed();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.step(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.options[this.active]?.click();
    else return;
    event.preventDefault();
  }

  /** Below the last and above the first stands the field itself. */
  private step(by: number): void {
    const places = this.options.length + 1;
    this.activate(((this.active + 1 + by + places) % places) - 1);
  }
}
