/** A table wider than the window begins with its end: the newest is looked for first. */
export function mount(element: HTMLElement): void {
  element.scrollLeft = element.scrollWidth;
  element.addEventListener("scroll", () => keepHeads(element), { passive: true });
  new ResizeObserver(() => keepHeads(element)).observe(element);
}

/** The names stay in sight over the quarters. A head that they cover in part begins where its rest does, and is not shown where it finds no room. */
function keepHeads(element: HTMLElement): void {
  const names = element.querySelector<HTMLElement>("thead :first-child:is(td, th)")?.offsetWidth ?? 0;
  for (const head of element.querySelectorAll<HTMLElement>("thead th:not(:first-child)")) {
    const label = document.createRange();
    label.selectNodeContents(head);
    const { width } = label.getBoundingClientRect();
    const before = head.classList.contains("year") ? 0 : (head.offsetWidth - width) / 2;
    const covered = Math.max(0, element.scrollLeft + names - head.offsetLeft - before);
    const isRoom = before + covered + width <= head.offsetWidth;
    head.style.transform = covered && isRoom ? `translateX(${covered}px)` : "";
    head.style.opacity = isRoom ? "" : "0";
  }
}
