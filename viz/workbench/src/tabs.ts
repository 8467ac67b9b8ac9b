import { h } from "../../kit/dom";
import { t } from "./page";

/** Say to screen readers which tabs there are: the editor's own list of tabs holds a button, which a tab list may not. */
export function announceTabs(root: HTMLElement): void {
  const list = root.querySelector(".tabsList");
  if (!list) throw new Error("the editor has no list of tabs");
  list.removeAttribute("role");
  const owner = h("div", { role: "tablist", "aria-label": t("openQueries") });
  list.before(owner);
  const own = () => owner.setAttribute("aria-owns", [...list.querySelectorAll("[role=tab]")].map((tab, index) => (tab.id ||= `wb-query-${index}`)).join(" "));
  new MutationObserver(own).observe(list, { childList: true });
  own();
}
