/** The small picture of a dossier: what ties a partner is told while it is pointed at or has the focus; arrows lead from one to the next. */
export function mount(element: HTMLElement): void {
  const links = [...element.querySelectorAll<SVGAElement>("a[data-at]")];
  const said = element.querySelector<HTMLElement>('[data-part="said"]');
  if (!said) throw new Error("the picture has no place for what it says");
  const tell = (at: string | undefined) => {
    for (const part of element.querySelectorAll<SVGElement>("[data-at]")) part.classList.toggle("faded", at !== undefined && part.dataset.at !== at);
    said.textContent = links.find(({ dataset }) => dataset.at === at)?.dataset.said ?? said.dataset.hint ?? "";
  };
  const atOf = ({ target }: Event) => (target instanceof Element ? target.closest<SVGElement>("[data-at]")?.dataset.at : undefined);
  const focused = () => links.find((link) => link === document.activeElement)?.dataset.at;
  element.addEventListener("pointerover", (event) => tell(atOf(event) ?? focused()));
  element.addEventListener("pointerleave", () => tell(focused()));
  element.addEventListener("focusin", (event) => tell(atOf(event)));
  element.addEventListener("focusout", () => tell(undefined));
  element.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = links.findIndex((link) => link === document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    links[(here + step + links.length) % links.length]?.focus();
  });
  // A line leads where its end does.
  element.addEventListener("click", ({ target }) => {
    const at = target instanceof SVGPathElement && !target.closest("a") ? target.dataset.at : undefined;
    const link = links.find(({ dataset }) => dataset.at === at);
    if (at !== undefined && link) location.assign(link.href.baseVal);
  });
  said.hidden = false;
  tell(undefined);
}
