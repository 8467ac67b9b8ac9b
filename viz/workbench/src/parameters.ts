import { h } from "../../kit/dom";
import { Pause } from "../../kit/pause";
import type { Question } from "./api";
import { compose, exampleValues, type Composed, type Values } from "./compose";
import { field, type Field } from "./fields";
import { guard } from "./guard";
import { learn, meaning } from "./meanings";
import type { Origins } from "./origins";
import { t } from "./page";
import type { Tab } from "./yasgui";

/** How long after the last letter the server is asked what a name means, in milliseconds. */
const REST = 200;

/** The form over the editor: each field rewrites the query, and a query edited by hand switches the fields off. */
export function form(tab: Tab, question: Question, origins: Origins): HTMLElement {
  const fields = question.parameters.map((parameter) => field(parameter, origins.get(tab.getId())?.values[parameter.name] ?? ""));
  const made = new Form(tab, question, origins, fields);
  guard(tab, () => made.isReady());
  return made.element;
}

class Form {
  readonly element: HTMLElement;
  private readonly pause = new Pause(REST);
  private readonly note: HTMLElement;
  private readonly set: HTMLFieldSetElement;

  constructor(
    private readonly tab: Tab,
    private readonly question: Question,
    private readonly origins: Origins,
    private readonly fields: readonly Field[],
  ) {
    const restore = h("button", { type: "button", class: "wb-link", onclick: () => this.restore() }, t("restore"));
    this.note = h("div", { class: "wb-changed", role: "status", hidden: true }, h("span", {}, t("changedByHand")), " ", restore);
    this.set = h("fieldset", { class: "wb-fields" }, h("legend", {}, t("parameters")), ...fields.map(({ element }) => element));
    const submit = (event: Event) => {
      event.preventDefault();
      void tab.query().catch(() => undefined); // shown by the results widget
    };
    this.element = h("form", { class: "wb-parameters", onsubmit: submit }, this.set, this.note, h("button", { type: "submit", class: "wb-hidden", tabindex: -1 }, t("run")));
    for (const { input } of fields) input.addEventListener("input", () => this.rewrite());
    tab.getYasqe()?.on("change" as never, (() => this.follow()) as never);
    this.follow();
    // What the values mean, or why they mean nothing, stands beside them from the beginning: a link may bring any values.
    const now = this.values();
    if (!this.isChanged()) void learn(question, now).then(() => this.isStill(now) && this.tell(now, compose(question, now).faults));
  }

  /** Whether what the fields hold can be run; if not, say why, and go to the first field that is wrong. It is first asked what
   *  names mean: Enter may follow the last letter before the server has said so. */
  async isReady(): Promise<boolean> {
    if (this.isChanged()) return true;
    const now = this.values();
    this.pause.stop();
    await learn(this.question, now);
    if (!this.isStill(now)) return false;
    const faults = this.write(now);
    const wrong = this.fields.find(({ name }) => name in faults);
    wrong?.input.focus();
    return wrong === undefined;
  }

  /** Write the query anew, now and once it is known what its names mean. */
  private rewrite(): void {
    const now = this.values();
    this.write(now);
    this.pause.then(async (signal) => {
      const isLearnt = await learn(this.question, now, signal);
      if (isLearnt && !signal.aborted) this.write(now);
    });
  }

  private restore(): void {
    const examples = exampleValues(this.question);
    for (const { name, input } of this.fields) input.value = examples[name] ?? "";
    this.rewrite();
  }

  private values(): Record<string, string> {
    return Object.fromEntries(this.fields.map(({ name, input }) => [name, input.value]));
  }

  private isStill(then: Values): boolean {
    const now = this.values();
    return Object.entries(then).every(([name, value]) => now[name] === value);
  }

  private write(now: Record<string, string>): Composed["faults"] {
    const { text, faults } = compose(this.question, now);
    this.tell(now, faults);
    this.origins.set(this.tab.getId(), { name: this.question.name, values: now, text });
    if (this.tab.getYasqe()?.getValue() !== text) {
      this.tab.setQuery(text);
      this.tab.getYasqe()?.collapsePrefixes(true);
    }
    this.follow();
    return faults;
  }

  private tell(now: Values, faults: Composed["faults"]): void {
    for (const { name, type, input, fault, understood } of this.fields) {
      fault.textContent = faults[name] ?? "";
      input.setAttribute("aria-invalid", String(Boolean(faults[name])));
      const found = meaning(type, now[name] ?? "");
      understood.textContent = found && "label" in found && found.label !== now[name]?.trim() ? found.label : "";
    }
  }

  private follow(): void {
    const isChanged = this.isChanged();
    this.note.hidden = !isChanged;
    this.set.disabled = isChanged;
  }

  private isChanged(): boolean {
    return this.tab.getYasqe()?.getValue() !== this.origins.get(this.tab.getId())?.text;
  }
}
