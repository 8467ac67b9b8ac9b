import { h } from "../../kit/dom";

/** Room that a list needs beside the edge of the window. */
const EDGE = 16;

/**
 * The chips above a list: each `details` opens a list of links. Only one is open; the arrows walk through it, Escape
 * closes it and gives the focus back, a long list has a field that looks for a value in it.
 */
export function mount(bar: HTMLElement): void {
  const all = [...bar.querySelectorAll<HTMLDetailsElement>("details.choose")];
  for (const one of all) {
    const find = fieldOf(one);
    one.addEventListener("toggle", () => {
      if (!one.open) return;
      for (const other of all) if (other !== one) other.open = false;
      place(one);
      (find ?? one.querySelector<HTMLElement>("input:not([type=hidden]), select"))?.focus({ preventScroll: true });
    });
    one.addEventListener("keydown", (event) => pressed(one, event));
    one.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !one.contains(relatedTarget)) one.open = false;
    });
  }
  document.addEventListener("click", ({ target }) => {
    for (const one of all) if (target instanceof Node && !one.contains(target)) one.open = false;
  });
}

/** Open a list to the left where it would leave the window at the right. */
function place(one: HTMLDetailsElement): void {
  const list = one.querySelector<HTMLElement>(".list");
  one.classList.remove("to-left");
  if (list && list.getBoundingClientRect().right > document.documentElement.clientWidth - EDGE) one.classList.add("to-left");
}

/** The field that looks for a value, made where the list is long. */
function fieldOf(one: HTMLDetailsElement): HTMLInputElement | null {
  const list = one.querySelector<HTMLElement>(".list");
  const label = list?.dataset.find;
  if (!list || !label) return null;
  const field = h("input", { class: "in", type: "search", "aria-label": label, placeholder: label, autocomplete: "off" });
  field.addEventListener("input", () => narrow(list, field.value));
  list.prepend(h("div", { class: "find-in" }, field));
  return field;
}

function narrow(list: HTMLElement, typed: string): void {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  for (const item of list.querySelectorAll<HTMLElement>("li")) {
    const name = folded(item.textContent ?? "");
    item.hidden = !words.every((word) => name.includes(word));
  }
}

function folded(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е");
}

function pressed(one: HTMLDetailsElement, event: KeyboardEvent): void {
  const summary = one.querySelector("summary");
  if (event.key === "Escape" && one.open) {
    one.open = false;
    summary?.focus();
    return event.preventDefault();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !(event.target instanceof HTMLElement) || event.target instanceof HTMLSelectElement) return;
  const links = [...one.querySelectorAll<HTMLAnchorElement>("li:not([hidden]) > a")];
  if (!links.length) return;
  event.preventDefault();
  one.open = true;
  const at = links.indexOf(event.target as HTMLAnchorElement);
  const next = at + step;
  if (next < 0 && at >= 0) return (one.querySelector<HTMLInputElement>(".find-in input") ?? summary)?.focus();
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
}
