import { h } from "../../kit/dom";
import type { Parameter } from "./api";
import { t, word } from "./page";

/** A field of the form, with the line that says what is wrong with it, and the one that says what its name means. */
export interface Field {
  name: string;
  type: Parameter["type"];
  understood: HTMLElement;
  element: HTMLElement;
  input: HTMLInputElement | HTMLSelectElement;
  fault: HTMLElement;
}

/** Make the field of a parameter. */
export function field(parameter: Parameter, value: string): Field {
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
