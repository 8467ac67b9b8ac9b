import { h } from "../../kit/dom";
import { wording, type Wording } from "../../kit/words";
import { dateText } from "../files/dates";
import { tongue } from "../files/evidence";
import { wordsOf } from "../islands";
import { draw } from "../map/island";
import { mount as mountSort } from "../sort";
import { givenOf, mapOf, type TieMap } from "./points";
import { swatch } from "./rows";
import { NONE, type Counted } from "./things";
import type { Ties } from "./ties";
import { following, type Given, type Shown, type View, type Way } from "./view";

/** So many rows the table has, so many countries the list, so many places off the map are named (site/explorer/map.py). */
const [ROWS, COUNTRIES, OFF] = [50, 12, 12];

/** The map of ties as `map.html` has it, in the words of the page. */
export class MapView implements View {
  readonly isDated = true;
  readonly replaced: readonly Element[];
  private readonly m: Wording;
  private readonly legend: Element | null | undefined;
  private readonly how: Element | null | undefined;
  private readonly all: HTMLAnchorElement | null | undefined;

  constructor(readonly things: Ties, { bar }: Given) {
    this.replaced = following(bar, ":scope > .cols.map, :scope > section");
    const [page] = this.replaced;
    this.m = page instanceof HTMLElement ? wordsOf(page) : wording("ru", {});
    [this.legend, this.how] = [page?.querySelector(".legend"), page?.querySelector("[data-part=how]")];
    this.all = this.replaced.at(-1)?.querySelector<HTMLAnchorElement>(":scope > p.small > a");
  }

  get fields(): View["fields"] {
    return this.things.fields;
  }

  async shown(found: Counted, _page: readonly [number, number], way: Way): Promise<Shown> {
    const map = mapOf(this.things, found.rows);
    const given = givenOf(this.things, map);
    const body = h("div", { class: "cols map" }, this.stage(map, found.rows.length), h("div", { class: "w3" }, ...this.side(map, found, way)));
    // A map is drawn where it stands: its room has no width before.
    if (given.arcs.length) requestAnimationFrame(() => draw(body, given, this.m));
    return { parts: [body, ...this.table(map, found.rows.length)], paged: 0 };
  }

  private stage(map: TieMap, found: number): HTMLElement {
    const { m } = this;
    const drawn = m.t("drawn", { drawn: m.number(map.drawn), found: `${m.number(found)} ${m.noun(found, "ties-of")}` });
    const off = [...(map.off.length ? [` ${m.t("offPointless")} `, ...this.named(map.off), "."] : []), ...(map.far.length ? [` ${m.t("offFar")} `, ...this.named(map.far), "."] : [])];
    const cut = map.drawn < found - map.pointless ? `${m.t("cut", { count: m.number(map.drawn) })} ` : "";
    const picture = map.lines.length ? [h("div", { class: "stage", "data-part": "stage" }), this.how, this.legend] : [h("p", { class: "sum" }, m.t("emptyPoints"))];
    return h("div", { class: "w9" }, ...picture, h("p", { class: "small strip" }, h("span", { class: "drawn" }, drawn), ...(off.length ? [" ", h("b", {}, `${m.t("offHeading")}.`)] : []), ...off), map.lines.length > 0 && h("p", { class: "small dim drawn" }, cut + m.t("outlines")));
  }

  private named(places: TieMap["off"]): (HTMLElement | string)[] {
    const { parties } = this.things;
    const name = ([at, ties]: readonly [number, number]) => [h("a", { href: parties.page(at), ...tongue(parties.briefly(at), this.m) }, parties.briefly(at)), ties > 1 ? `\u00a0(${this.m.number(ties)})` : ""];
    const shown = places.slice(0, OFF).flatMap((each, number) => [...(number ? [", "] : []), ...name(each)]);
    return places.length > OFF ? [...shown, ` ${this.m.t("andMore", { count: this.m.number(places.length - OFF) })}`] : shown;
  }

  private side({ lines, far }: TieMap, { counts }: Counted, way: Way): HTMLElement[] {
    const { m, things: { parties } } = this;
    const chosen = new URLSearchParams(location.search).getAll("country");
    const lands = [...(counts.get("country") ?? [])].filter(([code, count]) => code !== NONE && code !== parties.about.home && (count || chosen.includes(code)));
    lands.sort(([a, many], [b, less]) => less - many || (a < b ? -1 : 1));
    const row = ([code, count]: [string, number]) => h("tr", {}, h("td", {}, h("a", { href: way.asked({ country: chosen.includes(code) ? "" : code }), "data-turn": "", "aria-current": chosen.includes(code) && "true" }, swatch(code, parties.label("country", code)))), h("td", { class: "num" }, m.number(count)));
    return [
      ...(lines.length ? [h("aside", { class: "drawer", "data-part": "panel", "aria-live": "polite", "aria-label": m.t("chosen") }, h("p", { class: "from" }, m.t("hint")))] : []),
      ...(far.length ? [section("far", m.t("farHeading"), h("div", { class: "stage", "data-part": "far", hidden: true }))] : []),
      ...(lands.length ? [section("", m.t("countriesHeading"), h("table", { class: "t counts" }, h("tbody", {}, ...lands.slice(0, COUNTRIES).map(row))))] : []),
    ];
  }

  private table({ lines }: TieMap, found: number): HTMLElement[] {
    const { m, all, things: { parties } } = this;
    if (!lines.length) return [];
    const rows = lines.slice(0, ROWS);
    const row = ({ left, right, events, agreements, last }: TieMap["lines"][number]) => {
      const code = parties.code("country", right);
      return h("tr", {},
        h("td", {}, h("a", { class: "name", href: parties.pair(left, right), ...tongue(parties.briefly(right), m) }, parties.briefly(right)), h("span", { class: "sub", ...tongue(parties.briefly(left), m) }, parties.briefly(left))),
        h("td", { class: "hide-s" }, swatch(code, parties.country(right))),
        h("td", { class: "num", "data-sort": events }, m.number(events)),
        h("td", { class: agreements ? "num hide-s" : "num hide-s dim", "data-sort": agreements }, m.number(agreements)),
        h("td", { class: "date", "data-sort": last }, last ? dateText(last, parties.words) : ""));
    };
    const heads = [["partner", ""], ["country", "hide-s"], ["eventsHead", "num"], ["agreementsHead", "num hide-s"], ["lastHead", ""]] as const;
    const head = h("thead", {}, h("tr", {}, ...heads.map(([key, look]) => h("th", { scope: "col", class: look || false, "aria-sort": key === "eventsHead" && "descending" }, m.t(key)))));
    const made = h("table", { class: "t" }, head, h("tbody", {}, ...rows.map(row)));
    mountSort(made);
    const more = all && found > rows.length && h("p", { class: "small" }, h("a", { href: all.pathname + location.search }, m.t("allTies", { ties: m.counted(found, "ties") })));
    return [section("", m.t("tableHeading"), made, more)];
  }
}

function section(look: string, heading: string, ...children: (Node | false | null | undefined)[]): HTMLElement {
  return h("section", { class: look || false }, h("div", { class: "hd" }, h("h2", {}, heading)), ...children);
}
