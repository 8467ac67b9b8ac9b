import { wording, type Texts } from "../../kit/words";
import { filesOf } from "../files/folder";
import { PAGE_BAR, readAddress } from "./address";
import { Files, linksIn } from "./files";
import { Network } from "./network";
import { docOf } from "./panel";
import { ServerSource } from "./source";
import type { Ego } from "./types";
import type { ViewName } from "./address";

/** What the page tells the island, as JSON in the script element that `data-given` names. */
interface Given {
  ego: Ego;
  /** Before a party's part of an address: its dossier, its pair with another, the picture around it; and where pictures are asked for. */
  addresses?: Addresses;
  level: string;
  /** The view where the address names none. */
  usual: ViewName;
}

interface Addresses {
  ego: string;
  expand: string;
  doc: string;
  pair: string;
  network: string;
}

/** Grow the network of a page: a picture instead of its table, on phones on request. */
export function mount(element: HTMLElement): void {
  const { ego, addresses, level, usual } = JSON.parse(document.getElementById(element.dataset.given ?? "")?.textContent ?? "") as Given;
  const words = wording(document.documentElement.lang === "en" ? "en" : "ru", JSON.parse(element.dataset.words ?? "{}") as Texts);
  const folder = filesOf(document);
  const source = addresses ? new ServerSource(addresses.ego, addresses.expand, location.search) : folder && new Files(folder, words, ego.seed, level);
  if (!source) throw new Error("a network is asked of a server or of files");
  source.keep(readAddress(location.search, usual), ego);
  const links = folder ? linksIn(folder) : {
    doc: (ref: string) => (addresses?.doc ?? "") + docOf(ref),
    pair: (a: string, b: string) => `${addresses?.pair ?? ""}${encodeURIComponent(a)}/${encodeURIComponent(b)}`,
    network: (ref: string) => (addresses?.network ?? "") + encodeURIComponent(ref),
  };
  new Network(element, words, { ego, level, source, bar: PAGE_BAR, links, usual: () => usual }).start();
}
