import { h } from "../../kit/dom";
import { Pause } from "../../kit/pause";

/** Room that a list needs beside the edge of the window. */
const EDGE = 16;

/** How long nobody must have typed before a long list is asked for, in milliseconds. */
const REST = 150;
/** So many of those found are shown; who types on finds the others. */
const SHOWN = 40;

/** Finds the items of a long list whose names have what was typed. */
export type Finding = (list: HTMLElement, typed: string, signal: AbortSignal) => Promise<readonly HTMLElement[]>;

/**
 * The chips above a list: each `details` opens a list of links. Only one is open; the arrows walk through it, Escape
 * closes it and gives the focus back. Of a long list the first values stand there, and a field finds the others.
 */
export function mount(bar: HTMLElement, finding: Finding = listed): void {
  const all = [...bar.querySelectorAll<HTMLDetailsElement>("details.choose")];
  for (const one of all) {
    const find = fieldOf(one, finding);
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

/** The field that looks for a value, made where the list is long; nothing typed shows what stood there at first. */
function fieldOf(one: HTMLDetailsElement, finding: Finding): HTMLInputElement | null {
  const list = one.querySelector<HTMLElement>(".list");
  const label = list?.dataset.find;
  const values = list?.querySelector("ul");
  if (!list || !label || !values) return null;
  const first = [...values.children];
  const field = h("input", { class: "in", type: "search", "aria-label": label, placeholder: label, autocomplete: "off" });
  const none = h("p", { class: "small dim none", role: "status" });
  const rest = new Pause(REST);
  const show = (items: readonly Element[]) => {
    values.replaceChildren(...items);
    none.textContent = items.length ? "" : (list.dataset.none ?? "");
  };
  field.addEventListener("input", () => {
    const typed = field.value.trim();
    rest.then((signal) => {
      if (!typed) return show(first);
      finding(list, typed, signal).then((items) => !signal.aborted && show(items), (error: unknown) => !signal.aborted && console.warn(error));
    });
  });
  // Enter takes the first that was found, rather than nothing.
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") values.querySelector<HTMLAnchorElement>("a")?.click();
  });
  values.after(none);
  list.prepend(h("div", { class: "find-in" }, field));
  return field;
}

/** Ask the page that lists all values (values.html). */
async function listed(list: HTMLElement, typed: string, signal: AbortSignal): Promise<HTMLElement[]> {
  const address = new URL(list.dataset.all ?? "", location.href);
  address.searchParams.set("find", typed);
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${answer.status} for ${address.pathname}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return [...page.querySelectorAll<HTMLElement>("ul.values > li")].slice(0, SHOWN);
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
