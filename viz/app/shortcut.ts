const TAKES_TEXT = "input, textarea, select, [contenteditable], [role=textbox]";

/** The key "/" leads to the search field (`data-slash`) from wherever no text is being written. */
export function listenForSlash(page: Document): void {
  page.addEventListener("keydown", (event) => {
    const isTaken = event.target instanceof Element && event.target.closest(TAKES_TEXT);
    if (event.key !== "/" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken) return;
    const field = page.querySelector<HTMLInputElement>("input[data-slash]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
