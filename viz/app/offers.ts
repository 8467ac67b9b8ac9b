import { h } from "../kit/dom";
import { Pause } from "../kit/pause";

/** Milliseconds without a key before the server is asked. */
const PAUSE = 60;

interface Offer {
  name: string;
  note: string;
}

/** A field into which a name is written offers what may be meant (`data-source`), in the browser's own list. */
export function mount(field: HTMLElement): void {
  if (!(field instanceof HTMLInputElement)) throw new Error("names are offered in a field");
  const list = h("datalist", { id: `offers-${document.querySelectorAll("datalist").length}` });
  const pause = new Pause(PAUSE);
  field.setAttribute("list", list.id);
  field.after(list);
  field.addEventListener("input", () => {
    const typed = field.value.trim();
    // What was chosen of the list needs no further list.
    if (!typed || [...list.children].some((option) => (option as HTMLOptionElement).value === typed)) return;
    pause.then((signal) => void offered(field.dataset.source ?? "", typed, signal).then((offers) => {
      if (!signal.aborted) list.replaceChildren(...offers.map(({ name, note }) => h("option", { value: name, label: note || name })));
    }));
  });
}

async function offered(source: string, typed: string, signal: AbortSignal): Promise<Offer[]> {
  const url = new URL(source, document.baseURI);
  url.searchParams.set("q", typed);
  try {
    const answer = await fetch(url, { signal, headers: { Accept: "application/json" } });
    return answer.ok ? ((await answer.json()) as { names: Offer[] }).names : [];
  } catch {
    return [];
  }
}
