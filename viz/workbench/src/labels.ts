import { ask } from "./api";
import { lang } from "./page";
import { iri, ValueError } from "./sparql/terms";
import query from "./labels.rq?raw";

const known = new Map<string, string>();
const asked = new Set<string>();

/** How many things one query asks the labels of. */
const BATCH = 200;

/** The labels known so far, by IRI. */
export const labels: ReadonlyMap<string, string> = known;

/** Take labels that came in another way. */
export function learn(found: Iterable<readonly [string, string]>): void {
  for (const [thing, label] of found) if (label && !known.has(thing)) known.set(thing, label);
}

/** The labels of things, asked of the endpoint once each; an IRI without one is left out, as all are where the endpoint fails. */
export async function labelsOf(iris: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(iris)].filter((item) => !known.has(item) && !asked.has(item));
  for (let at = 0; at < wanted.length; at += BATCH) await fetchLabels(wanted.slice(at, at + BATCH));
  return known;
}

async function fetchLabels(wanted: readonly string[]): Promise<void> {
  const terms = wanted.flatMap(safe);
  for (const thing of wanted) asked.add(thing);
  if (!terms.length) return;
  const answer = await ask(query.replace("VALUES ?iri {}", () => `VALUES ?iri { ${terms.join(" ")} }`)).catch(() => undefined);
  if (!answer) for (const thing of wanted) asked.delete(thing);
  const given = new Set<string>();
  for (const { iri: thing, label } of answer?.results.bindings ?? []) {
    if (!thing || !label || (given.has(thing.value) && label["xml:lang"] !== lang)) continue;
    known.set(thing.value, label.value);
    given.add(thing.value);
  }
}

function safe(value: string): string[] {
  try {
    return [iri(value)];
  } catch (error) {
    if (error instanceof ValueError) return [];
    throw error;
  }
}
