import type { Question } from "../api";

/** Tags of questions that say in which view an answer is best seen. */
const VIEWS: Readonly<Record<string, string>> = { map: "map", view: "network", timeline: "timeline", chart: "chart" };

/** The view in which the answer to a question opens. */
export function viewOf({ tags }: Pick<Question, "tags">): string {
  return tags.map((tag) => VIEWS[tag]).find((view) => view !== undefined) ?? "table";
}
