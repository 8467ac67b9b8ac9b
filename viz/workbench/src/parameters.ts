import type { Parameter, Question } from "./api";
import { compose, exampleValues, type Composed, type Values } from "./compose";
import { h } from "./dom";
import type { Tab } from "./editor";
import { learn, meaning } from "./meanings";
import { t, word } from "./page";

/** What a tab knows of the question that it was opened from; `text` is the query as the fields last made it. */
export interface Origin {
  name: string;
  values: Record<string, string>;
  text: string;
}

const KEY = "pobratim-workbench-origins";

/** The origins of tabs by id, kept for the next visit where the browser lets us. */
export class Origins {
  private readonly known: Record<string, Origin>;

  constructor() {
    this.known = stored();
  }

  get(id: string): Origin | undefined {
    return Object.hasOwn(this.known, id) ? this.known[id] : undefined;
  }

  set(id: string, origin: Origin): void {
    this.known[id] = origin;
    this.write();
  }

  drop(id: string): void {
    delete this.known[id];
    this.write();
  }

  private write(): void {
    try {
      localStorage.setItem(KEY, JSON.stringify(this.known));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error; // no room, or storage is switched off: only this visit knows
    }
  }
}

/** The form over the editor: each field rewrites the query, and a query edited by hand switches the fields off. */
export function form(tab: Tab, question: Question, origins: Origins): HTMLElement {
  const note = h("div", { class: "wb-changed", role: "status", hidden: true }, h("span", {}, t("changedByHand")), " ");
  const fields = question.parameters.map((parameter) => field(parameter, origins.get(tab.getId())?.values[parameter.name] ?? ""));
  const values = () => Object.fromEntries(fields.map(({ name, input }) => [name, input.value]));
  const tell = (now: Values, faults: Composed["faults"]) => {
    for (const { name, type, input, fault, understood } of fields) {
      fault.textContent = faults[name] ?? "";
      input.setAttribute("aria-invalid", String(Boolean(faults[name])));
      const found = meaning(type, now[name] ?? "");
      understood.textContent = found && "label" in found && found.label !== now[name]?.trim() ? found.label : "";
    }
  };
  const write = (now: Record<string, string>) => {
    const { text, faults } = compose(question, now);
    tell(now, faults);
    origins.set(tab.getId(), { name: question.name, values: now, text });
    tab.setQuery(text);
    tab.getYasqe()?.collapsePrefixes(true);
  };
  const rewrite = async () => {
    const now = values();
    write(now);
    if ((await learn(question, now)) && same(now, values())) write(now);
  };
  const restore = () => {
    const examples = exampleValues(question);
    for (const { name, input } of fields) input.value = examples[name] ?? "";
    void rewrite();
  };
  /** Run the question once it is known what its names mean: Enter may follow the last letter before the server has said so. */
  const submit = async () => {
    const now = values();
    await learn(question, now);
    if (!same(now, values())) return;
    write(now);
    if (Object.keys(compose(question, now).faults).length === 0) await tab.query().catch(() => undefined); // shown by the results widget
  };
  note.append(h("button", { type: "button", class: "wb-link", onclick: restore }, t("restore")));
  const set = h("fieldset", { class: "wb-fields" }, h("legend", {}, t("parameters")), ...fields.map(({ element }) => element));
  const element = h("form", { class: "wb-parameters", onsubmit: (event: Event) => {
    event.preventDefault();
    void submit();
  } }, set, note, h("button", { type: "submit", class: "wb-hidden", tabindex: -1 }, t("run")));
  for (const { input } of fields) input.addEventListener("input", () => void rewrite());
  tab.getYasqe()?.on("change" as never, (() => {
    const changed = tab.getYasqe()?.getValue() !== origins.get(tab.getId())?.text;
    note.hidden = !changed;
    set.disabled = changed;
  }) as never);
  const changed = tab.getYasqe()?.getValue() !== origins.get(tab.getId())?.text;
  note.hidden = !changed;
  set.disabled = changed;
  // What the values mean, or why they mean nothing, stands beside them from the beginning: a link may bring any values.
  const first = values();
  if (!changed) void learn(question, first).then(() => same(first, values()) && tell(first, compose(question, first).faults));
  return element;
}

function same(one: Record<string, string>, other: Record<string, string>): boolean {
  return Object.entries(one).every(([name, value]) => other[name] === value);
}

interface Field {
  name: string;
  type: Parameter["type"];
  understood: HTMLElement;
  element: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement;
  fault: HTMLElement;
}

function field(parameter: Parameter, value: string): Field {
  const fault = h("span", { class: "wb-fault", role: "alert" });
  const understood = h("span", { class: "wb-understood", role: "status" });
  const input = parameter.type === "lang" ? languages(value) : box(parameter, value);
  const need = parameter.required && h("small", {}, t("required"));
  const element = h("label", { class: parameter.type === "lang" || parameter.type === "integer" ? "wb-narrow" : "" }, h("span", {}, word(parameter.label), " ", need), input, understood, fault);
  return { name: parameter.name, type: parameter.type, element, input, understood, fault };
}

function box({ name, type, example, required }: Parameter, value: string): HTMLInputElement {
  const hint = required ? (example ?? "") : t("optional");
  return h("input", {
    name,
    value,
    type: type === "date" ? "date" : "text",
    inputmode: type === "integer" ? "numeric" : undefined,
    placeholder: hint,
    "aria-required": String(required),
    autocomplete: "off",
    spellcheck: "false",
  });
}

function languages(value: string): HTMLSelectElement {
  return h("select", { name: "lang" }, ...["ru", "en"].map((code) => h("option", { value: code, selected: code === value }, code)));
}

function stored(): Record<string, Origin> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof found === "object" && found !== null ? (found as Record<string, Origin>) : {};
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return {};
    throw error;
  }
}
