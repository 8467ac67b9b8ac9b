import type { Grouping } from "./types";

export type ViewName = "sectors" | "force" | "table";

/** Whose neighbours were opened: all of them, or those of one group. In an address it is `REF` or `REF~by.key`. */
export interface Opened {
  ref: string;
  by?: Grouping;
  key?: string;
}

/** What of the page's address the picture owns; the other pairs are the filter, and stay as they are. */
export interface State {
  view: ViewName;
  opened: readonly Opened[];
}

const GROUPINGS: readonly string[] = ["country", "kind", "year"];

/** Read an address; `usual` is the view where it names none. */
export function readAddress(search: string, usual: ViewName): State {
  const pairs = new URLSearchParams(search);
  const view = pairs.get("view");
  return { view: view === "sectors" || view === "force" || view === "table" ? view : usual, opened: pairs.getAll("expanded").flatMap(readOpened) };
}

function readOpened(text: string): Opened[] {
  const [ref = "", group] = text.split("~", 2);
  if (!ref) return [];
  if (group === undefined) return [{ ref }];
  const [by = "", key] = [group.slice(0, group.indexOf(".")), group.slice(group.indexOf(".") + 1)];
  return GROUPINGS.includes(by) && key ? [{ ref, by: by as Grouping, key }] : [];
}

export function openedText({ ref, by, key }: Opened): string {
  return by ? `${ref}~${by}.${key ?? ""}` : ref;
}

/** The same address with another state of the picture. */
export function writeAddress(search: string, { view, opened }: State, usual: ViewName): string {
  const pairs = new URLSearchParams(search);
  pairs.delete("view");
  pairs.delete("expanded");
  if (view !== usual) pairs.set("view", view);
  for (const each of opened) pairs.append("expanded", openedText(each));
  const text = pairs.toString();
  return text ? `?${text}` : "";
}

/** The pairs for `/explore/ego`: those of the page less its view and language. */
export function egoPairs(search: string, { opened }: Pick<State, "opened">): URLSearchParams {
  const pairs = new URLSearchParams(search);
  pairs.delete("view");
  pairs.delete("expanded");
  for (const each of opened) pairs.append("expanded", openedText(each));
  return pairs;
}

/** More opened, behind what is open: so nobody goes, and what is opened again has the next of its rest drawn. */
export function opening(state: State, more: Opened): State {
  return { ...state, opened: [...state.opened, more] };
}

/** A party folded again. */
export function folding(state: State, ref: string): State {
  return { ...state, opened: state.opened.filter((each) => each.ref !== ref) };
}

/** Where the state of a picture stands, so that it can be sent and gone back to. */
export interface Bar {
  /** The pairs as they stand, with what begins them. */
  read(): string;
  push(search: string): void;
  replace(search: string): void;
  /** Tell of a state that somebody else set: the way back, or a link. */
  listen(act: () => void): void;
}

/** The address of a page of a server. */
export const PAGE_BAR: Bar = {
  read: () => location.search,
  push: (search) => history.pushState(null, "", location.pathname + search),
  replace: (search) => history.replaceState(null, "", location.pathname + search),
  listen: (act) => addEventListener("popstate", act),
};
