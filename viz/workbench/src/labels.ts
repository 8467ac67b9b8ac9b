import { Labels } from "../../kit/labels";
import { ask } from "./api";
import query from "./labels.rq?raw";
import { lang } from "./page";
import { iri, ValueError } from "./sparql/terms";

const store = new Labels(async (wanted) => {
  const terms = wanted.flatMap(safe);
  if (!terms.length) return [];
  const answer = await ask(query.replace("VALUES ?iri {}", () => `VALUES ?iri { ${terms.join(" ")} }`));
  const given = new Map<string, string>();
  for (const { iri: thing, label } of answer.results.bindings) {
    if (!thing || !label || (given.has(thing.value) && label["xml:lang"] !== lang)) continue;
    given.set(thing.value, label.value);
  }
  return given;
});

/** The labels known so far, by IRI. */
export const labels = store.known;

/** Take labels that came in another way. */
export function learn(found: Iterable<readonly [string, string]>): void {
  store.learn(found);
}

/** The labels of things, asked of the endpoint once each. */
export function labelsOf(iris: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  return store.of(iris);
}

function safe(value: string): string[] {
  try {
    return [iri(value)];
  } catch (error) {
    if (error instanceof ValueError) return [];
    throw error;
  }
}
