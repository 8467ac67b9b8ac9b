import { h } from "../../kit/dom";
import { t } from "./page";

/** One tab of the sidebar: a search field over a list that `list` makes anew for each thing typed. */
export interface Pane<Item> {
  name: string;
  title: string;
  hint: string;
  load: Promise<readonly Item[]>;
  reload: () => Promise<readonly Item[]>;
  list: (items: readonly Item[], typed: string) => { content: HTMLElement[]; count: string };
}

/** Draw a pane: loading, failed with a way to try again, or the list under its search field. */
export function pane<Item>({ name, title, hint, load, reload, list }: Pane<Item>): HTMLElement {
  const content = h("div", { class: "wb-pane-list" }, h("p", { class: "wb-soft" }, t("loading")));
  const count = h("p", { class: "wb-tally", role: "status" });
  const search = h("input", { type: "search", placeholder: hint, "aria-label": hint, autocomplete: "off" });
  const wait = (promised: Promise<readonly Item[]>) =>
    promised.then(
      (items) => {
        const show = () => {
          const found = list(items, search.value);
          content.replaceChildren(...(found.content.length ? found.content : [h("p", { class: "wb-soft" }, t("nothingFound"))]));
          count.textContent = found.count;
        };
        search.oninput = show;
        show();
      },
      () => content.replaceChildren(h("p", { role: "alert" }, t("loadFailed")), h("button", { type: "button", class: "wb-plain", onclick: () => wait(reload()) }, t("retry"))),
    );
  void wait(load);
  return h("section", { class: "wb-pane", role: "tabpanel", id: `wb-pane-${name}`, "aria-label": title }, search, count, content);
}

/** The panes behind tabs; arrow keys go from tab to tab. */
export function sidebar(panes: readonly { name: string; title: string; element: HTMLElement }[]): HTMLElement {
  const tabs = panes.map(({ name, title }) => h("button", { type: "button", role: "tab", id: `wb-tab-${name}`, "aria-controls": `wb-pane-${name}` }, title));
  const choose = (chosen: number) => {
    tabs.forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    });
    panes.forEach(({ element }, index) => (element.hidden = index !== chosen));
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(index));
    tab.addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (!step) return;
      const next = (index + step + tabs.length) % tabs.length;
      choose(next);
      tabs[next]?.focus();
    });
  });
  choose(0);
  return h("div", { class: "wb-sidebar-body", id: "wb-helpers" }, h("div", { class: "wb-tabs", role: "tablist", "aria-label": t("helpers") }, ...tabs), ...panes.map(({ element }) => element));
}
