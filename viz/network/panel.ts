import { spoken } from "../kit/date-words";
import { h } from "../kit/dom";
import { fold } from "../kit/text";
import type { Agreement, Party, Tie } from "./data";
import { eventItem } from "./evidence";
import { tieList, type List } from "./list";
import { dotOf, facts } from "./marks";
import type { Page } from "./page";
import { yearsOf } from "./ties";

/** What the panel asks for: show a party or a tie ("" for the list), save the picture. */
export interface Acts {
  select: (id: string) => void;
  save: () => void;
}

/** Beside the picture, the same in words: the list of ties, one party, or one tie with its rows. */
export class Panel {
  private list: List | undefined;

  constructor(
    private readonly page: Page,
    private readonly element: HTMLElement,
    private readonly acts: Acts,
  ) {}

  render(): void {
    const id = this.page.state.selected;
    const tie = this.page.tie(id);
    const party = this.page.data.parties[id];
    this.list?.stop();
    this.list = undefined;
    this.element.replaceChildren(...(tie ? this.ofTie(tie) : party ? this.ofParty(id, party) : this.ofAll()));
  }

  private ties(ids: readonly string[], party: string): HTMLElement {
    this.list = tieList(this.page, ids, party, this.acts.select);
    return this.list.element;
  }

  private link(text: string, click: () => void, id?: string): HTMLElement {
    return h("button", { type: "button", class: "link", id, onclick: click }, text);
  }

  private bar(): HTMLElement {
    const { t } = this.page.words;
    const back = () => this.acts.select("");
    return h("div", { class: "bar" }, this.link(`← ${t("back")}`, back, "back"), this.link(t("close"), back, "close"));
  }

  private ofAll(): HTMLElement[] {
    const { words: { t }, ties, state, data } = this.page;
    const ids = ties.shown(state.filters);
    const all = Object.keys(data.ties).length;
    const title = h("h2", { class: "bar", id: "panel-title" }, `${t("listTitle")}: ${ids.length === all ? all : t("shown", { shown: ids.length, all })}`);
    if (!ids.length) return [title, h("p", { class: "small" }, t("noTies"))];
    const actions = h("div", { class: "actions" }, this.link(t("savePng"), this.acts.save, "save"), this.link(t("print"), () => window.print()));
    return [title, this.ties(ids, ""), actions];
  }

  private ofParty(id: string, party: Party): HTMLElement[] {
    const { page } = this;
    const { words: { t } } = page;
    const own = page.ties.of(id, page.state.filters);
    const known = facts([
      [t("organisationKind"), page.word(party.kind) || (party.type in page.data.strings.ru ? t(party.type) : "")],
      [t("seat"), party.type === "organisation" ? party.place : ""],
      [t("country"), page.word(party.country)],
      [t("alsoNamed"), party.others.map((name) => h("div", {}, name))],
    ]);
    return [this.bar(), h("p", { class: "small" }, t("partner")), h("h2", { id: "panel-title", tabindex: -1 }, page.nameOf(id)), known, h("h3", {}, `${t("tiesOf")}: ${own.length}`), this.ties(own, id)];
  }

  private ofTie(tie: Tie): HTMLElement[] {
    const { page } = this;
    const { words: { t } } = page;
    const events = page.ties.events(tie);
    const known = facts([
      [t("kind"), page.word(tie.kind)],
      [t("period"), yearsOf(tie)],
      [t("topics"), tie.topics.map((topic) => page.word(topic)).join(", ")],
      [t("reported"), tie.sides ? t(tie.sides > 1 ? "sides2" : "sides1") : ""],
    ]);
    const agreements = tie.agreements.length ? [h("h3", {}, t("agreements")), h("ul", { class: "agreements" }, ...tie.agreements.map((item) => agreement(page, item)))] : [];
    return [
      this.bar(),
      h("p", { class: "small" }, t("tie")),
      h("h2", { id: "panel-title", tabindex: -1 }, ...page.ties.ends(tie).map((end) => this.lead(end))),
      known,
      ...agreements,
      h("h3", {}, `${t("eventsTitle")}: ${events.length}`),
      h("ol", { class: "events" }, ...events.map((entries, index) => eventItem(page, entries, tie, index === 0))),
    ];
  }

  private lead(id: string): HTMLElement {
    return h("p", { class: "lead" }, dotOf(this.page, id), this.link(this.page.nameOf(id), () => this.acts.select(id)));
  }
}

function agreement(page: Page, { label, kind, status, edtf }: Agreement): HTMLElement {
  const name = fold(label).startsWith(fold(page.word(kind))) ? "" : page.word(kind);
  return h("li", {}, h("div", { class: "small" }, [name, page.word(status), spoken(edtf, page.words)].filter(Boolean).join(" · ")), label);
}
