import type { Parameter, Question } from "./api";
import { lang, word } from "./page";
import { folded } from "./sparql/fold";
import { body, comment } from "./sparql/header";
import { substitute } from "./sparql/substitute";
import { term, ValueError } from "./sparql/terms";

export type Values = Readonly<Record<string, string>>;

/** A query ready to run, or for each field that is wrong the key of the text that says why. */
export interface Composed {
  text: string;
  faults: Record<string, string>;
}

/** The values that a question starts with: its example, else each parameter's own example or default. */
export function exampleValues(question: Question): Record<string, string> {
  return Object.fromEntries(question.parameters.map((parameter) => [parameter.name, question.example[parameter.name] ?? fallback(parameter)]));
}

/** Put the values into the question's text, each as a term of its type; a wrong value leaves its variable in place. */
export function compose(question: Question, values: Values): Composed {
  const faults: Record<string, string> = {};
  const terms: Record<string, string> = {};
  for (const parameter of question.parameters) {
    try {
      terms[parameter.name] = termOf(parameter, values[parameter.name] ?? "");
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      faults[parameter.name] = error.message;
    }
  }
  return { text: comment(word(question.summary), word(question.description)) + folded(substitute(body(question.text), terms)), faults };
}

function fallback(parameter: Parameter): string {
  if (parameter.type === "lang") return parameter.default ?? lang;
  return parameter.default ?? (parameter.required ? (parameter.example ?? "") : "");
}

function termOf(parameter: Parameter, value: string): string {
  if (value.trim()) return term(parameter.type, value);
  if (parameter.required) throw new ValueError("valueMissing");
  return "";
}
