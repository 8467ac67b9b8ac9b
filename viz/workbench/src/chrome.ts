import { chrome, counted, number, t } from "./page";

const NAMES = ["title", "aria-label", "placeholder"];

/** Put the editor's own English words into the page's language, now and whenever it draws something. */
export function translateChrome(root: HTMLElement): void {
  const text = (node: Node) => {
    const found = chrome.get(node.nodeValue ?? "") ?? sentence(node.nodeValue ?? "");
    if (found !== undefined && found !== node.nodeValue) node.nodeValue = found;
  };
  const element = (item: Element) => {
    for (const name of NAMES) {
      const given = item.getAttribute(name) ?? "";
      const found = chrome.get(given) ?? view(given);
      if (found !== undefined && found !== given) item.setAttribute(name, found);
    }
    if (!item.closest(".CodeMirror-lines, .yasr_results, .wb-view")) for (const child of item.childNodes) if (child.nodeType === Node.TEXT_NODE) text(child);
  };
  const all = (item: Element) => {
    element(item);
    item.querySelectorAll("*").forEach(element);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Element) element(target);
      else if (target.parentElement) element(target.parentElement);
      for (const node of addedNodes) if (node instanceof Element) all(node);
    }
  }).observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: NAMES });
  all(root);
}

/** "35 results in 0.2 seconds", as the results widget says it. */
function sentence(english: string): string | undefined {
  const found = /^(\d+) results?(?: in ([\d.]+) seconds?)?$/.exec(english);
  if (found?.[2]) return t("found", { count: counted(Number(found[1]), "rows"), seconds: number(Number(found[2])) });
  if (found) return counted(Number(found[1]), "rows");
  const time = /^Response in ([\d.]+) seconds?$/.exec(english);
  return time ? t("responded", { seconds: number(Number(time[1])) }) : undefined;
}

function view(english: string): string | undefined {
  return /^Shows (.+) view$/.exec(english)?.[1];
}
