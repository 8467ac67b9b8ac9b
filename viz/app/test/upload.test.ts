// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from "vitest";
import { mount } from "../upload";

const form = () => document.querySelector("form") as HTMLFormElement;
const field = () => document.querySelector("input") as HTMLInputElement;

function dragged(kind: string, files: File[], types = ["Files"]): Event {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  Object.defineProperty(event, "dataTransfer", { value: { files, types } });
  return event;
}

beforeEach(() => {
  document.body.innerHTML = `<form action="/reports/new"><input type="file" name="file" multiple></form>`;
  mount(form());
});

test("files dropped on the form are chosen and sent", () => {
  const sent = vi.spyOn(form(), "requestSubmit").mockImplementation(() => undefined);
  const files = [new File(["x"], "q1.docx")];
  let chosen: unknown;
  Object.defineProperty(field(), "files", { set: (value) => (chosen = value), get: () => chosen });
  form().dispatchEvent(dragged("dragenter", files));
  expect(form().classList.contains("over")).toBe(true);
  const drop = dragged("drop", files);
  form().dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
  expect(chosen).toBe(files);
  expect(sent).toHaveBeenCalledOnce();
  expect(form().classList.contains("over")).toBe(false);
});

test("text that is dragged over the form is none of its business", () => {
  const sent = vi.spyOn(form(), "requestSubmit").mockImplementation(() => undefined);
  const drop = dragged("drop", [], ["text/plain"]);
  form().dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(false);
  expect(sent).not.toHaveBeenCalled();
});
