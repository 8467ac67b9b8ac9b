import { spoken } from "../kit/date-words";
import { h } from "../kit/dom";
import type { Cell, Entry, Tie } from "./data";
import type { Page } from "./page";
import { pieces } from "./ties";

/** An event of a tie: when, what, who did what in it, and the rows that tell of it. */
export function eventItem(page: Page, entries: readonly [Entry, ...Entry[]], tie: Tie, open: boolean): HTMLElement {
  const [first] = entries;
  const wanted = new Set([tie.a, tie.b]);
  const roles = page.ties.ends(tie).flatMap((id) => (first.roles[id] ? [[page.named(id), first.roles[id].map((role) => page.word(role)).join(", ")] as const] : []));
  const isTelling = new Set(roles.map(([, role]) => role)).size > 1;
  return h(
    "li",
    {},
    h("p", { class: "when" }, [dated(page, first), page.word(first.kind)].filter(Boolean).join(" · ")),
    h("p", { class: "what" }, first.title),
    isTelling && h("p", { class: "small" }, roles.map((pair) => pair.join(" — ")).join("; ")),
    ...entries.map((entry) => account(page, entry, wanted, open)),
  );
}

/** When something was, as the report says it, else from its first day to its last. */
function dated({ words }: Page, { edtf, start, end }: Entry): string {
  const [from, to] = [start || end, end || start];
  return spoken(edtf || (from === to ? from : `${from}/${to}`), words) || words.t("undated");
}

function account(page: Page, entry: Entry, wanted: ReadonlySet<string>, open: boolean): HTMLElement {
  const { t } = page.words;
  const where = [t("row", { number: entry.number }), entry.reporter, entry.report].filter(Boolean).join(" · ");
  return h(
    "details",
    { open },
    h("summary", {}, `${t("source")}: ${t("row", { number: entry.number })}, ${entry.reporter}`),
    h("blockquote", { class: "cells" }, h("p", { class: "small" }, where), h("dl", {}, ...entry.cells.flatMap((cell) => [h("dt", {}, page.word(cell.column)), h("dd", {}, ...marked(cell, wanted))]))),
  );
}

/** The cell's text with what it says of the tie's parties marked. */
function marked({ text, marks }: Cell, wanted: ReadonlySet<string>): (string | HTMLElement)[] {
  return pieces(text, marks, wanted).map(({ text, isMarked }) => (isMarked ? h("mark", {}, text) : text));
}
