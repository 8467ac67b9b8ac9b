import { h } from "../../kit/dom";
import { problem, ProblemError, type Problem } from "./api";
import { number, t } from "./page";

/** An error of the endpoint as people read it: what happened, which limit, and the server's own words. */
export function problemOf(body: string, status?: number): HTMLElement {
  if (/\babort/i.test(body)) return h("p", { role: "status" }, t("stopped"));
  return drawn(problem(body, status));
}

/** One line that says what went wrong. */
export function cause(error: unknown): string {
  if (!(error instanceof ProblemError)) throw error;
  const { title, detail } = error.problem;
  return [title, detail].filter(Boolean).join(" — ");
}

/** A limit by the name of its setting: "seconds = 5". */
function limitText(limit: Problem["limit"]): string {
  if (limit === undefined || limit === null) return "";
  return typeof limit === "object" ? `${limit.name} = ${number(limit.value)}` : String(limit);
}

function drawn({ title, detail, status, limit }: Problem): HTMLElement {
  const facts = [
    [t("errorLimit"), limitText(limit)],
    [t("errorStatus"), status ? String(status) : ""],
  ].filter(([, value]) => value);
  return h(
    "div",
    { class: "wb-problem", role: "alert" },
    h("p", { class: "wb-problem-title" }, title),
    detail && h("p", { class: "wb-problem-detail" }, detail),
    facts.length > 0 && h("dl", {}, ...facts.flatMap(([name = "", value = ""]) => [h("dt", {}, name), h("dd", {}, value)])),
  );
}
