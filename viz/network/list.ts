import { h } from "../kit/dom";
import { heading, markSorting } from "../kit/table/heading";
import { windowed } from "../kit/table/window";
import { dotOf } from "./marks";
import type { Order, Page } from "./page";
import { otherEnd } from "./ties";

/** A table of ties: of a party, or of all where none is given. */
export interface List {
  element: HTMLElement;
  stop: () => void;
}

/** Draw the table; `select` is told which tie is to be shown. */
export function tieList(page: Page, ids: readonly string[], party: string, select: (id: string) => void): List {
  const { t } = page.words;
  let order = page.sorted(ids);
  const columns: readonly [Order, string, string][] = [["partners", t(party ? "partner" : "partners"), ""], ["events", t("eventsShort"), "number"], ["last", t("last"), "number"]];
  const sort = (name: Order) => {
    const { state } = page;
    state.down = state.sort === name ? !state.down : name !== "partners";
    state.sort = name;
    order = page.sorted(ids);
    show();
  };
  const heads = columns.map(([name, text, kind]) => heading({ name, text, kind }, () => sort(name)));
  const view = windowed({
    label: t("listTitle"),
    looks: { scroller: "rows", table: "list" },
    heads,
    row: (place) => row(page, order[place] ?? "", place, party, select),
    shown: () => undefined,
    drawn: () => undefined,
    resized: () => undefined,
  });
  const show = () => {
    markSorting(heads, { column: page.state.sort, down: page.state.down });
    view.show(order.length);
  };
  show();
  return view;
}

function row(page: Page, id: string, place: number, party: string, select: (id: string) => void): HTMLTableRowElement {
  const tie = page.tie(id);
  if (!tie) return h("tr");
  const ends = party ? [otherEnd(tie, party)] : page.ties.ends(tie);
  const kind = [page.word(tie.kind), tie.agreements.length ? page.words.t("agreement") : ""].filter(Boolean).join(" · ");
  const names = ends.map((end) => h("span", { class: "pair" }, dotOf(page, end), h("span", { class: "name" }, page.named(end))));
  return h(
    "tr",
    { role: "row", "aria-rowindex": place + 2 },
    h("td", { role: "cell" }, h("button", { type: "button", class: "row", "data-tie": id, onclick: () => select(id) }, ...names, kind && h("span", { class: "tag" }, kind))),
    h("td", { role: "cell", class: "number" }, String(tie.events)),
    h("td", { role: "cell", class: "number" }, tie.end.slice(0, 4) || "—"),
  );
}
