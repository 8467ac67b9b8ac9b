import { h } from "../../kit/dom";
import { holds, wordsOf } from "../../kit/text";
import { questions, type Question } from "./api";
import { counted, t, word } from "./page";
import { pane } from "./sidebar";

/** Tags in the order in which their groups stand; others follow by name. */
const ORDER = ["ties", "agreements", "events", "countries", "institutions", "people", "map", "view", "search", "sources"];

/** The questions of the library, found by words and grouped by their first tag; a click opens one. */
export function gallery(load: Promise<readonly Question[]>, open: (question: Question) => void): HTMLElement {
  return pane({
    name: "gallery",
    title: t("gallery"),
    hint: t("gallerySearch"),
    load,
    reload: questions,
    list: (items, typed) => {
      const found = items.filter((question) => fits(question, typed));
      return { content: grouped(found).map(([tag, members]) => group(tag, members, open)), count: counted(found.length, "questions") };
    },
  });
}

function fits({ name, summary, description, tags }: Question, typed: string): boolean {
  return holds([name, ...Object.values(summary), ...Object.values(description), ...tags.map(tagName)].join("\n"), wordsOf(typed));
}

function grouped(found: readonly Question[]): [string, Question[]][] {
  const groups = new Map<string, Question[]>();
  for (const question of found) {
    const tag = question.tags[0] ?? "other";
    groups.set(tag, [...(groups.get(tag) ?? []), question]);
  }
  const place = (tag: string) => (ORDER.includes(tag) ? ORDER.indexOf(tag) : ORDER.length);
  return [...groups].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1));
}

function group(tag: string, members: readonly Question[], open: (question: Question) => void): HTMLElement {
  const items = members.map((question) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "wb-question", "data-question": question.name, onclick: () => open(question) },
        h("b", {}, word(question.summary)),
        h("span", {}, word(question.description)),
      ),
    ),
  );
  return h("section", {}, h("h2", {}, tagName(tag)), h("ul", {}, ...items));
}

function tagName(tag: string): string {
  const name = t(`tag_${tag}`);
  return name === `tag_${tag}` ? tag : name;
}
