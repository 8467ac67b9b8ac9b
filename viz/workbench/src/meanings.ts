import { lookup, ProblemError, type Question } from "./api";
import { isIri, isThing, type ParameterType } from "./sparql/terms";

/** What a name means, as the server says: a thing with its label, or the sentence that says why there is none;
 *  `passing` where the server could not say, and is asked again. */
export type Meaning = { iri: string; label: string } | { fault: string; passing: boolean };

const known = new Map<string, Meaning>();

/** The meaning of a value that names a thing; undefined while it is not known. */
export function meaning(type: ParameterType, value: string): Meaning | undefined {
  return known.get(key(type, value));
}

/** Ask for the meanings of all names among the values; tells whether there was anything to ask. What is stopped by its signal is not known yet. */
export async function learn(question: Question, values: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<boolean> {
  const unknown = question.parameters
    .map(({ name, type }) => ({ type, value: values[name] ?? "" }))
    .filter(({ type, value }) => isThing(type) && value.trim() && !isIri(value) && !isSettled(meaning(type, value)));
  const answers = unknown.map(async ({ type, value }) => {
    const found = await asked(type, value, signal);
    if (found) known.set(key(type, value), found);
  });
  await Promise.all(answers);
  return unknown.length > 0;
}

async function asked(type: ParameterType, value: string, signal: AbortSignal | undefined): Promise<Meaning | undefined> {
  try {
    return await lookup(type, value.trim(), signal);
  } catch (error) {
    if (signal?.aborted) return undefined;
    if (!(error instanceof ProblemError)) throw error;
    const { detail, title, status } = error.problem;
    return { fault: detail ?? title, passing: status === undefined || status === 429 || status >= 500 };
  }
}

function isSettled(found: Meaning | undefined): boolean {
  return found !== undefined && !("passing" in found && found.passing);
}

function key(type: ParameterType, value: string): string {
  return `${type} ${value.trim()}`;
}
