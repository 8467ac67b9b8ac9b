import { h } from "../kit/dom";
import { evidence } from "./evidence";
import { languageOf, wordsOf } from "./islands";

/** Grow the drawer of a page: a press on a row shows its evidence beside the list, ↑ and ↓ walk it, without leaving the page. */
export function mount(element: HTMLElement): void {
  new Drawer(element).start();
}

class Drawer {
  private readonly words;
  private readonly links: HTMLAnchorElement[];
  private at: number;
  private going = new AbortController();
  private readonly kept = new Map<string, DocumentFragment>();

  constructor(private readonly element: HTMLElement) {
    this.words = wordsOf(element);
    this.links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-evidence]")];
    this.at = Math.max(0, this.links.findIndex(({ dataset }) => dataset.at === element.dataset.at));
  }

  start(): void {
    if (!this.links.length) return;
    document.addEventListener("click", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  private pressed(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || !(event.target instanceof Element)) return;
    const step = event.target.closest<HTMLElement>("[data-walk]");
    const inside = step && this.element.contains(step) ? Number(step.dataset.walk) : 0;
    const link = event.target.closest<HTMLAnchorElement>("a[data-evidence]") ?? this.rowsLink(event.target);
    const place = link ? this.links.indexOf(link) : -1;
    if (!inside && place < 0) return;
    event.preventDefault();
    void this.show(inside ? this.at + inside : place, inside);
    if (!inside && matchMedia("(max-width: 760px)").matches) this.element.scrollIntoView({ block: "start" });
  }

  /** A row opens its evidence as a whole, but for the other links in it. */
  private rowsLink(target: Element): HTMLAnchorElement | null {
    return target.closest("a, button") ? null : (target.closest("[data-at]:not(aside)")?.querySelector<HTMLAnchorElement>("a[data-evidence]") ?? null);
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0;
    const { target } = event;
    const isOurs = target instanceof Element && (this.element.contains(target) || target.matches("a[data-evidence]"));
    if (!step || !isOurs || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const follows = target.matches("a[data-evidence]");
    void this.show(this.at + step).then(() => follows && this.links[this.at]?.focus());
  }

  /** Show the evidence at a place of the lists, which go round; `walked` keeps the focus on the button that was pressed. */
  private async show(place: number, walked = 0): Promise<void> {
    const { links } = this;
    this.at = (place + links.length) % links.length;
    this.mark();
    this.going.abort();
    const { signal } = (this.going = new AbortController());
    this.element.setAttribute("aria-busy", "true");
    try {
      const shown = await this.fragment(links[this.at]?.dataset.evidence ?? "", signal);
      if (signal.aborted) return;
      this.fill(shown, walked);
    } catch (error) {
      if (signal.aborted) return;
      this.element.replaceChildren(h("p", { class: "from", role: "status" }, this.words.t("failed")), this.walk());
    }
    this.element.removeAttribute("aria-busy");
  }

  private async fragment(asked: string, signal: AbortSignal): Promise<Node> {
    const isOpen = this.element.querySelector("details")?.open ?? true;
    const query = asked + (isOpen ? "&row=1" : "");
    const known = this.kept.get(query) ?? (await evidence(this.element.dataset.source ?? "", query, languageOf(this.element), signal));
    this.kept.set(query, known);
    return known.cloneNode(true);
  }

  private fill(shown: Node, walked: number): void {
    this.element.replaceChildren(shown, this.walk());
    if (walked) this.element.querySelector<HTMLElement>(`[data-walk="${walked}"]`)?.focus();
    const link = this.links[this.at];
    // Where pages lie as files a link leads to the page about its thing: this one has no address for each.
    if (link && link.pathname === location.pathname) history.replaceState(history.state, "", link.href.replace(/#.*$/, ""));
  }

  private walk(): HTMLElement {
    const [labelBack, labelOn] = [this.element.dataset.back ?? "", this.element.dataset.on ?? ""];
    const button = (step: number, label: string, sign: string) => h("button", { type: "button", class: "btn small", "data-walk": step, "aria-label": label }, sign);
    const told = h("span", {}, this.words.t("at", { at: this.at + 1, total: this.links.length }));
    return h("div", { class: "walk" }, told, button(-1, labelBack, "↑"), button(1, labelOn, "↓"));
  }

  private mark(): void {
    this.links.forEach((link, place) => {
      const isHere = place === this.at;
      link.closest("[data-at]:not(a)")?.classList.toggle("on", isHere);
      if (!isHere) return link.removeAttribute("aria-current");
      link.setAttribute("aria-current", "true");
      link.closest("details")?.setAttribute("open", "");
    });
  }
}
