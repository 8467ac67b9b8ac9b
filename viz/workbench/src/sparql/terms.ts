/** Types of parameters, as the headers of the queries name them. */
export type ParameterType = "string" | "iri" | "integer" | "date" | "lang" | Thing;

const THINGS = [
  "party", "place", "country", "region", "institution", "person", "agreement", "event", "series", "report", "topic", "event-kind", "thing",
] as const;
/** Types of parameters that stand for a thing: people write a name, the server says which IRI it means. */
export type Thing = (typeof THINGS)[number];

/** Tell whether a parameter of this type stands for a thing. */
export function isThing(type: ParameterType): type is Thing {
  return (THINGS as readonly string[]).includes(type);
}

/** A value that is not of its type; `message` is the key of the text that says so. */
export class ValueError extends Error {}

const XSD = "http://www.w3.org/2001/XMLSchema#";
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`\u0000-\u0020]+$/i;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/;

/** Write a value as a SPARQL term of its type, escaped. Throws ValueError. */
export function term(type: ParameterType, value: string): string {
  const text = value.trim();
  if (isThing(type)) return iri(text.replace(/^<(.*)>$/, "$1"));
  switch (type) {
    case "iri":
      return iri(text.replace(/^<(.*)>$/, "$1"));
    case "integer":
      return whole(/^[+-]?[0-9]+$/, text, "valueInteger") && BigInt(text.replace("+", "")).toString();
    case "date":
      return `${literal(day(text))}^^<${XSD}date>`;
    case "lang":
      return literal(whole(LANGUAGE, text.toLowerCase(), "valueLang"));
    default:
      return literal(value);
  }
}

/** Tell whether a person wrote an IRI rather than a name. */
export function isIri(value: string): boolean {
  return IRI.test(value.trim().replace(/^<(.*)>$/, "$1"));
}

/** Write an IRI; throws ValueError where it holds what SPARQL's IRIREF forbids. */
export function iri(value: string): string {
  return `<${whole(IRI, value, "valueIri")}>`;
}

/** Write a string as STRING_LITERAL2, with the escapes of SPARQL 1.1, section 19.7. */
export function literal(value: string): string {
  const names: Record<string, string> = { "\t": "t", "\n": "n", "\r": "r", "\b": "b", "\f": "f", '"': '"', "\\": "\\" };
  const escaped = value.replace(/[\u0000-\u001f"\\\u007f]/g, (character) => {
    const name = names[character];
    return name ? `\\${name}` : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

function day(text: string): string {
  whole(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/, text, "valueDate");
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) throw new ValueError("valueDate");
  return text;
}

function whole(pattern: RegExp, text: string, message: string): string {
  if (!pattern.test(text)) throw new ValueError(message);
  return text;
}
