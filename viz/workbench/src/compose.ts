import type { Parameter, Question } from "./api";
import { meaning } from "./meanings";
import { lang, t, word } from "./page";
import { folded } from "./sparql/fold";
import { body, comment } from "./sparql/header";
import { substitute } from "./sparql/substitute";
import { isIri, isThing, term, ValueError } from "./sparql/terms";

export type Values = Readonly<Record<string, string>>;

/** A query ready to run, or for each field that is wrong the sentence that says why. */
export interface Composed {
  text: string;
  faults: Record<string, string>;
}

/** The values that a question starts with: its example, else each parameter's own example or default. */
export function exampleValues(question: Question): Record<string, string> {
  return Object.fromEntries(question.parameters.map((parameter) => [parameter.name, question.example[parameter.name] ?? fallback(parameter)]));
}

/** A name that means nothing, or not yet; `message` is the sentence that says so. */
class NameError extends ValueError {}

/** Put the values into the question's text, each as a term of its type; a wrong value leaves its variable in place.
 *  What names mean must have been learnt before. */
export function compose(question: Question, values: Values): Composed {
  const faults: Record<string, string> = {};
  const terms: Record<string, string> = {};
  for (const parameter of question.parameters) {
    try {
      terms[parameter.name] = termOf(parameter, values[parameter.name] ?? "");
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      faults[parameter.name] = error instanceof NameError ? error.message : t(error.message);
    }
  }
  return { text: comment(word(question.summary), word(question.description)) + folded(substitute(body(question.text), terms)), faults };
}

function fallback(parameter: Parameter): string {
  if (parameter.type === "lang") return parameter.default ?? lang;
  return parameter.default ?? (parameter.required ? (parameter.example ?? "") : "");
}

function termOf(parameter: Parameter, value: string): string {
  if (value.trim() && isThing(parameter.type) && !isIri(value)) return named(parameter, value);
  if (value.trim()) return term(parameter.type, value);
  if (parameter.required) throw new ValueError("valueMissing");
  return "";
}

function named(parameter: Parameter, value: string): string {
  const found = meaning(parameter.type, value);
  if (!found || "fault" in found) throw new NameError(found?.fault ?? "");
  return term(parameter.type, found.iri);
}
