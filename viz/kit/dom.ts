type Value = string | number | boolean | undefined | ((event: never) => void);
type Child = Node | string | undefined | null | false;

/** Make an HTML element: `on…` are listeners, `true` is an attribute without a value, `false` and undefined none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), properties, children);
}

/** Make an SVG element. Looks are attributes, so that a saved picture needs no style sheet. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  properties: Record<string, Value> = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

/** A text none of whose ranges («16–26 января») is broken, as `whole` in site/render.py: a line may end behind any dash. */
export function whole(text: string): (HTMLElement | string)[] {
  return text.split(/(\d+–\d+)/).map((part, at) => (at % 2 ? h("span", { class: "nw" }, part) : part));
}

function fill<E extends Element>(element: E, properties: Record<string, Value>, children: Child[]): E {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Offer bytes to the browser as a file. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Offer an SVG picture as a file of its own. */
export function saveSvg(picture: SVGSVGElement, name: string): void {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  save(new Blob([copy.outerHTML], { type: "image/svg+xml" }), name);
}
