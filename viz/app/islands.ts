import { wording, type Language, type Texts, type Wording } from "../kit/words";

/** A part of a page that works as plain HTML, and better once its script has come. */
export interface Island {
  mount(element: HTMLElement): void;
}

/** Mount every element with `data-island` (names parted by spaces). One whose script fails stays the plain HTML it was. */
export async function mountAll(root: ParentNode, known: Readonly<Record<string, () => Promise<Island>>>): Promise<void> {
  const elements = [...root.querySelectorAll<HTMLElement>("[data-island]")];
  await Promise.all(elements.flatMap((element) => namesOf(element).map((name) => mountOne(element, name, known[name]))));
}

function namesOf(element: HTMLElement): string[] {
  return (element.dataset.island ?? "").split(/\s+/).filter(Boolean);
}

async function mountOne(element: HTMLElement, name: string, load: (() => Promise<Island>) | undefined): Promise<void> {
  try {
    if (!load) throw new Error(`no island is called ${name}`);
    (await load()).mount(element);
    element.dataset.mounted = [element.dataset.mounted, name].filter(Boolean).join(" ");
  } catch (error) {
    console.warn(error);
  }
}

/** The words of an island: its `data-words`, texts by key as JSON, in the language of the page. */
export function wordsOf(element: HTMLElement): Wording {
  return wording(languageOf(element), JSON.parse(element.dataset.words ?? "{}") as Texts);
}

/** The language of the page. */
export function languageOf(element: Element): Language {
  return element.ownerDocument.documentElement.lang === "en" ? "en" : "ru";
}
