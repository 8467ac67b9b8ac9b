import type { Words } from "../../kit/words";
import { address, lang, t } from "./page";
import type { Row } from "./results/columns";
import type { ParameterType } from "./sparql/terms";

export interface Parameter {
  name: string;
  type: ParameterType;
  required: boolean;
  default?: string | null;
  label: Words;
  example?: string;
}

/** A question of the library, as `GET /queries` and `GET /queries/views` describe it. */
export interface Question {
  name: string;
  summary: Words;
  description: Words;
  tags: string[];
  parameters: Parameter[];
  example: Record<string, string>;
  text: string;
}

/** A class, property or concept that queries can use. */
export interface Term {
  iri: string;
  curie: string;
  kind: "class" | "property" | "concept";
  label: Words;
  definition: Words;
  count: number;
}

export interface Terms {
  terms: Term[];
  prefixes: Record<string, string>;
}

interface Results {
  results: { bindings: Row[] };
}

/** What went wrong, in the words of RFC 9457; all members but the title may be missing. */
export interface Problem {
  title: string;
  detail?: string;
  status?: number;
  /** The setting that was hit, as this server names it; other servers may write anything short. */
  limit?: { name: string; value: number } | string | number | null;
  /** Where in the query the mistake is, from 1; only this server says so. */
  line?: number;
  column?: number;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.title);
  }
}

export const ENDPOINT = address("sparql");

export async function questions(): Promise<Question[]> {
  const groups = (await Promise.all([json("queries"), json("queries/views")])) as { queries: Question[] }[];
  return groups.flatMap(({ queries }) => queries);
}

export async function terms(): Promise<Terms> {
  return (await json("workbench/terms.json")) as Terms;
}

/** Ask what a name means; throws ProblemError where it means nothing or several things. */
export async function lookup(type: ParameterType, q: string, signal?: AbortSignal): Promise<{ iri: string; label: string }> {
  return (await json(`lookup?${new URLSearchParams({ type, q })}`, signal)) as { iri: string; label: string };
}

/** Ask the endpoint and get the answer as SPARQL's JSON results. */
export async function ask(query: string): Promise<Results> {
  return (await post(query, "application/sparql-results+json")).json() as Promise<Results>;
}

/** Send a query; throws ProblemError where the answer is none. */
export async function post(query: string, accept: string): Promise<Response> {
  const headers = { Accept: accept, "Accept-Language": lang };
  return checked(fetch(ENDPOINT, { method: "POST", headers, body: new URLSearchParams({ query }) }));
}

/** Read a problem out of an error's body, whatever that is; an empty body means that no answer came. */
export function problem(body: string, status?: number): Problem {
  try {
    const found: unknown = JSON.parse(body);
    if (typeof found === "object" && found !== null) return { title: t("errorTitle"), ...(status ? { status } : {}), ...found };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const silent = !body || /^(Failed to fetch|NetworkError|Load failed)/.test(body);
  return { title: t("errorTitle"), detail: silent ? t("errorNetwork") : body, ...(status ? { status } : {}) };
}

async function json(path: string, signal?: AbortSignal): Promise<unknown> {
  const headers = { Accept: "application/json", "Accept-Language": lang };
  return (await checked(fetch(address(path), { headers, signal: signal ?? null }))).json();
}

async function checked(sent: Promise<Response>): Promise<Response> {
  const answer = await sent.catch((error: Error) => {
    throw new ProblemError(problem(error.message));
  });
  if (!answer.ok) throw new ProblemError(problem(await answer.text(), answer.status));
  return answer;
}
