import { mountAll, type Island } from "./islands";
import { listenForSlash } from "./shortcut";
import "./fonts.css";

/** Islands by the name in `data-island`; the script of each comes only to pages that have one. */
const ISLANDS: Readonly<Record<string, () => Promise<Island>>> = {
  suggest: () => import("./suggest/island"),
  sort: () => import("./sort"),
  network: () => import("./network/island"),
  map: () => import("./map/island"),
  spokes: () => import("./spokes"),
  drawer: () => import("./drawer"),
  sentences: () => import("./sentences"),
  chips: () => import("./chips/island"),
  newest: () => import("./newest"),
  menu: () => import("./menu"),
  offers: () => import("./offers"),
  upload: () => import("./upload"),
  names: () => import("./files/search"),
  list: () => import("./list/island"),
  pair: () => import("./pair/island"),
  event: () => import("./event/island"),
  around: () => import("./network/around"),
};

document.documentElement.dataset.app = "";
listenForSlash(document);
void mountAll(document, ISLANDS);
