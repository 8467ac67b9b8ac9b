import { h } from "../kit/dom";
import { SOFT } from "../kit/picture/colours";
import { dot, sample } from "./marks";
import type { Page } from "./page";

/** What is asked, and how much of it is shown: parties, ties, events. */
export function summary({ data, words, ties, state, lang }: Page): (Node | string)[] {
  const shown = ties.shown(state.filters).flatMap((id) => data.ties[id] ?? []);
  const parties = new Set(shown.flatMap(({ a, b }) => [a, b]));
  const events = new Set(shown.flatMap(({ entries }) => entries.map((id) => data.entries[id]?.activity)));
  const counts = [["parties", parties.size], ["ties", shown.length], ["events", events.size]] as const;
  const pieces = counts.flatMap(([key, count], index) => [index ? " · " : "", h("b", {}, String(count)), ` ${words.noun(count, key)}`]);
  const given = data.parameters.map(({ label, value }) => `${label[lang]}: ${value}`).join(" · ");
  return given ? [given, " · ", ...pieces] : pieces;
}

/** What colours, shapes and lines mean, and whether the picture is cut. */
export function legend(page: Page): HTMLElement[] {
  const { data, words: { t } } = page;
  const parties = Object.values(data.parties);
  const types = new Set(parties.map(({ type }) => type));
  const shape = (type: string, isRound: boolean) => (types.has(type) && types.size > 1 ? [h("li", {}, dot(SOFT, isRound), t(type))] : []);
  const other = parties.find(({ country }) => !data.countries.some(({ id }) => id === country));
  const items = [
    ...data.countries.map(({ id, colour }) => h("li", {}, dot(colour), page.word(id))),
    ...(other ? [h("li", {}, dot(other.colour), t("otherCountries"))] : []),
    ...shape("organisation", true),
    ...shape("municipality", false),
    h("li", {}, sample(false), t("agreement")),
    h("li", {}, sample(true), t("contact")),
    h("li", {}, t("widthHint")),
  ];
  const [shown, all] = [data.drawing.nodes.length, data.total.nodes];
  const cut = all > shown ? [h("p", { class: "cut" }, t("shownNodes", { shown, all }))] : [];
  return [...cut, h("ul", { "aria-label": t("legend") }, ...items)];
}
