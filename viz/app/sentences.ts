import { h } from "../kit/dom";
import { evidence } from "./evidence";
import { languageOf, wordsOf } from "./islands";
import { EVIDENCE, type EvidenceWanted } from "./network/panel";

/** Fill what others show of a tie with its sentences: whoever wants them says so by an event (`network/panel.ts`). */
export function mount(element: HTMLElement): void {
  const source = element.dataset.sentences ?? "";
  const words = wordsOf(element);
  element.addEventListener(EVIDENCE, (event) => {
    const { tie, host } = (event as CustomEvent<EvidenceWanted>).detail;
    event.preventDefault();
    const show = async (query: string, walked = ""): Promise<void> => {
      host.setAttribute("aria-busy", "true");
      try {
        host.replaceChildren(await evidence(source, query, languageOf(element)));
        if (walked) host.querySelector<HTMLElement>(`[data-walk="${walked}"]`)?.focus();
      } catch {
        host.replaceChildren(h("p", { class: "from" }, words.t("noAnswer")));
      }
      host.removeAttribute("aria-busy");
    };
    const turn = (link: HTMLAnchorElement) => void show(new URL(link.href).search.slice(1).replace(/&?format=html/, ""), link.dataset.walk);
    host.addEventListener("click", (click) => {
      const link = click.target instanceof Element ? click.target.closest<HTMLAnchorElement>("a[data-walk]") : null;
      if (!link) return;
      click.preventDefault();
      turn(link);
    });
    host.addEventListener("keydown", (key) => {
      const step = { ArrowUp: "-1", ArrowDown: "1" }[key.key];
      const link = step && host.querySelector<HTMLAnchorElement>(`a[data-walk="${step}"]`);
      if (!link) return;
      key.preventDefault();
      turn(link);
    });
    void show(`tie=${encodeURIComponent(tie)}`);
  });
}
