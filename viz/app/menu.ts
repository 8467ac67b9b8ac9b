/** A menu of links made of `details`: closed by Escape, by a click elsewhere and when the focus leaves it. */
export function mount(element: HTMLElement): void {
  if (!(element instanceof HTMLDetailsElement)) throw new Error("a menu is made of details");
  const summary = element.querySelector("summary");
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    element.open = false;
    summary?.focus();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) element.open = false;
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Node && !element.contains(event.target)) element.open = false;
  });
}
