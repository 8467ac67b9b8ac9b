import { ask } from "./api";
import { lang } from "./page";
import { iri, ValueError } from "./sparql/terms";
import query from "./labels.rq?raw";

const known = new Map<string, string>();

/** The labels of things, asked of the endpoint; an IRI without one is left out, as all are where the endpoint fails. */
export async function labelsOf(iris: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = iris.filter((item) => !known.has(item)).flatMap(safe);
  if (!wanted.length) return known;
  const answer = await ask(query.replace("VALUES ?iri {}", () => `VALUES ?iri { ${wanted.join(" ")} }`)).catch(() => undefined);
  for (const { iri: thing, label } of answer?.results.bindings ?? []) {
    if (thing && label && (!known.has(thing.value) || label["xml:lang"] === lang)) known.set(thing.value, label.value);
  }
  return known;
}

function safe(value: string): string[] {
  try {
    return [iri(value)];
  } catch (error) {
    if (error instanceof ValueError) return [];
    throw error;
  }
}
