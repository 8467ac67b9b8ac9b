import { h } from "../../kit/dom";

/** A labelled select; `change` gets the chosen value. */
export function choice(
  label: string,
  options: readonly { value: string; text: string }[],
  chosen: string,
  change: (value: string) => void,
): HTMLLabelElement {
  const select = h(
    "select",
    { onchange: () => change(select.value) },
    ...options.map(({ value, text }) => h("option", { value, selected: value === chosen }, text)),
  );
  return h("label", { class: "wb-choice" }, h("span", {}, label), select);
}

export function button(text: string, click: () => void, properties: Record<string, string | boolean> = {}): HTMLButtonElement {
  return h("button", { type: "button", class: "wb-plain", onclick: click, ...properties }, text);
}
