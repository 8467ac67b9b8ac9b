import { wording, type Texts } from "../../kit/words";
import { PAGE_BAR, readAddress } from "./address";
import { Network } from "./network";
import { docOf } from "./panel";
import { ServerSource } from "./source";
import type { Ego } from "./types";
import type { ViewName } from "./address";

/** What the page tells the island, as JSON in the script element that `data-given` names. */
interface Given {
  ego: Ego;
  /** Before a party's part of an address: its dossier, its pair with another, the picture around it; and where pictures are asked for. */
  addresses: { ego: string; expand: string; doc: string; pair: string; network: string };
  level: string;
  /** The view where the address names none. */
  usual: ViewName;
}

/** Grow the network of a page: a picture instead of its table, on phones on request. */
export function mount(element: HTMLElement): void {
  const { ego, addresses, level, usual } = JSON.parse(document.getElementById(element.dataset.given ?? "")?.textContent ?? "") as Given;
  const source = new ServerSource(addresses.ego, addresses.expand, location.search);
  source.keep(readAddress(location.search, usual), ego);
  const links = {
    doc: (ref: string) => addresses.doc + docOf(ref),
    pair: (a: string, b: string) => `${addresses.pair}${encodeURIComponent(a)}/${encodeURIComponent(b)}`,
    network: (ref: string) => addresses.network + encodeURIComponent(ref),
  };
  const words = wording(document.documentElement.lang === "en" ? "en" : "ru", JSON.parse(element.dataset.words ?? "{}") as Texts);
  new Network(element, words, { ego, level, source, bar: PAGE_BAR, links, usual: () => usual }).start();
}
