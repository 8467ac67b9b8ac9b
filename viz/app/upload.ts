/** A form that takes files dropped anywhere on it; without this script its field of files takes them alone. */
export function mount(form: HTMLElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  if (!(form instanceof HTMLFormElement) || !field) return;
  const chosen = form.querySelector<HTMLElement>('[data-part="chosen"]');
  const none = chosen?.textContent ?? "";
  field.addEventListener("change", () => {
    if (chosen) chosen.textContent = [...(field.files ?? [])].map(({ name }) => name).join(", ") || none;
  });
  const over = (event: DragEvent, is: boolean) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    form.classList.toggle("over", is);
  };
  form.addEventListener("dragenter", (event) => over(event, true));
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    over(event, false);
    if (!files?.length) return;
    field.files = files;
    form.requestSubmit();
  });
}

function hasFiles(event: DragEvent): boolean {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}
