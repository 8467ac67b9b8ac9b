import { fold } from "../../kit/text";
import type { Term } from "./api";

/** The terms that fit what was typed (part of the prefixed name, the IRI, or a word of a label), best first. */
export function matching(terms: readonly Term[], typed: string): Term[] {
  const wanted = fold(typed.replace(/^</, ""));
  return terms
    .map((term) => ({ term, rank: rank(term, wanted) }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank || b.term.count - a.term.count || (a.term.curie < b.term.curie ? -1 : 1))
    .map(({ term }) => term);
}

function rank(term: Term, wanted: string): number {
  if (!wanted) return 0;
  const curie = fold(term.curie);
  const local = curie.slice(curie.indexOf(":") + 1);
  const labels = Object.values(term.label).map(fold);
  if (curie === wanted) return 0;
  if (curie.startsWith(wanted) || local.startsWith(wanted) || labels.some((label) => label.startsWith(wanted))) return 1;
  if (labels.some((label) => label.includes(` ${wanted}`)) || term.iri.toLowerCase().startsWith(wanted)) return 2;
  return local.includes(wanted) || labels.some((label) => label.includes(wanted)) ? 3 : 9;
}
