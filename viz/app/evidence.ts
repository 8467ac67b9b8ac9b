import type { Language } from "../kit/words";
import { filesOf } from "./files/folder";

/** What something is based on, as a part of a page: from the server at `source`, or from the files beside the page. Rejects where there is none. */
export async function evidence(source: string, asked: string, lang: Language, signal?: AbortSignal): Promise<DocumentFragment> {
  const folder = filesOf(document);
  const made = document.createElement("template");
  if (folder) {
    const { evidenceOf } = await import("./files/evidence");
    made.content.append(...(await evidenceOf(folder, asked, lang)));
    return made.content;
  }
  const answer = await fetch(`${source}${source.includes("?") ? "&" : "?"}${asked}&format=html`, signal ? { signal } : {});
  if (!answer.ok) throw new Error(String(answer.status));
  made.innerHTML = await answer.text();
  return made.content;
}
