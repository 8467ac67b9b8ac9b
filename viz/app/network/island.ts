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
  addresses: Addresses;
  level: string;
  /** The view where the address names none. */
  usual: ViewName;
}

/** `file` stands behind the address of a page that lies as a file: its name in its folder; "" where a server makes pages. */
interface Addresses {
  ego: string;
  expand: string;
  doc: string;
  pair: string;
  network: string;
  file: string;
}

/** Grow the network of a page: a picture instead of its table, on phones on request. */
export function mount(element: HTMLElement): void {
  const { ego, addresses, level, usual } = JSON.parse(document.getElementById(element.dataset.given ?? "")?.textContent ?? "") as Given;
  const source = new ServerSource(addresses.ego, addresses.expand, location.search);
  source.keep(readAddress(location.search, usual), ego);
  const { file } = addresses;
  // Folders have no colons.
  const step = (ref: string) => encodeURIComponent(file ? ref.replace(":", ".") : ref);
  const links = {
    doc: (ref: string) => addresses.doc + docOf(ref) + file,
    pair: (a: string, b: string) => `${addresses.pair}${step(a)}/${step(b)}${file}`,
    network: (ref: string) => addresses.network + step(ref) + file,
  };
  const words = wording(document.documentElement.lang === "en" ? "en" : "ru", JSON.parse(element.dataset.words ?? "{}") as Texts);
  new Network(element, words, { ego, level, source, bar: PAGE_BAR, links, usual: () => usual }).start();
}
