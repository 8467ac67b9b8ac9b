import type { Wording } from "../../kit/words";
import type { Folder } from "../files/folder";
import type { Counted, Field, Things } from "./things";

/** How a view leads to another choice: the address with some pairs changed ("" takes one away), and going there. */
export interface Way {
  asked(changed: Readonly<Record<string, string>>): string;
  go(address: string): void;
}

/** What a view is made of; `bar` is the filter's element on the page. */
export interface Given {
  bar: HTMLElement;
  folder: Folder;
  words: Wording;
}

/** What stands on the page under a choice; `paged` rows are shown in pages of a list, 0 where there are none. */
export interface Shown {
  parts: readonly Element[];
  paged: number;
}

/** What a filter changes on a page: rows of a list, a map, or what became of ties. */
export interface View {
  readonly things: Things;
  /** The fields that have a menu, and whether a first and a last year can be chosen. */
  readonly fields: readonly Field[];
  readonly isDated: boolean;
  /** What of the page as it came is replaced. */
  readonly replaced: readonly Element[];
  /** What stands there where anything is chosen: `from` and `to` are the rows of the page of the list. */
  shown(found: Counted, [from, to]: readonly [number, number], way: Way): Promise<Shown>;
}

/** What of the page follows the filter. */
export function following(bar: Element, of: string): Element[] {
  return [...(bar.parentElement?.querySelectorAll(of) ?? [])];
}
