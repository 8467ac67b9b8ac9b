import { h } from "../../kit/dom";
import { terms, type Term } from "./api";
import { counted, t, word } from "./page";
import { pane } from "./sidebar";
import { matching } from "./vocabulary";

const KINDS = [["class", "classes"], ["property", "properties"], ["concept", "concepts"]] as const;
const MOST = 40;

/** The vocabulary with labels and definitions; a click writes the term where the cursor stands in the query. */
export function dictionary(load: Promise<readonly Term[]>, insert: (term: Term) => void): HTMLElement {
  return pane({
    name: "dictionary",
    title: t("dictionary"),
    hint: t("dictionarySearch"),
    load,
    reload: async () => (await terms()).terms,
    list: (items, typed) => {
      const found = matching(items, typed);
      const groups = KINDS.map(([kind, title]) => [title, found.filter((term) => term.kind === kind)] as const);
      return {
        content: groups.filter(([, members]) => members.length).map(([title, members]) => group(t(title), members, insert)),
        count: counted(found.length, "terms"),
      };
    },
  });
}

function group(title: string, members: readonly Term[], insert: (term: Term) => void): HTMLElement {
  const rest = members.length - MOST;
  const list = h("ul", {}, ...members.slice(0, MOST).map((term) => entry(term, insert)));
  const more = h("button", { type: "button", class: "wb-link", onclick: () => {
    list.append(...members.slice(MOST).map((term) => entry(term, insert)));
    more.remove();
  } }, `+ ${counted(rest, "terms")}`);
  return h("section", {}, h("h2", {}, title), list, rest > 0 && more);
}

function entry(term: Term, insert: (term: Term) => void): HTMLElement {
  return h(
    "li",
    {},
    h(
      "button",
      { type: "button", class: "wb-question", title: t("insert"), "data-term": term.iri, onclick: () => insert(term) },
      h("b", {}, word(term.label) || term.curie),
      h("code", {}, term.curie, term.count ? h("small", {}, ` · ${counted(term.count, "uses")}`) : ""),
      h("span", {}, word(term.definition)),
    ),
  );
}
