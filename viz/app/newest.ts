/** A table wider than the window begins with its end: the newest is looked for first. */
export function mount(element: HTMLElement): void {
  element.scrollLeft = element.scrollWidth;
}
