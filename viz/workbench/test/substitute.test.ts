import { describe, expect, it } from "vitest";
import { substitute } from "../src/sparql/substitute";
import { tokens } from "../src/sparql/tokens";

const city = { city: '"Смоленск"' };

describe("substitute", () => {
  it("puts the term into the pattern, for both marks of a variable", () => {
    expect(substitute("ASK { ?x ?p $city . ?y ?p ?city }", city)).toBe('ASK { ?x ?p "Смоленск" . ?y ?p "Смоленск" }');
  });

  it("leaves the column out of SELECT and keeps the rest", () => {
    expect(substitute("SELECT ?a (COUNT(?b) AS ?n) $city\nWHERE { ?a ?b $city }", city)).toBe(
      'SELECT ?a (COUNT(?b) AS ?n)\nWHERE { ?a ?b "Смоленск" }',
    );
  });

  it("gives the column its value where SELECT had nothing else", () => {
    expect(substitute("SELECT DISTINCT $city WHERE { ?a ?b $city }", city)).toBe(
      'SELECT DISTINCT ("Смоленск" AS $city) WHERE { ?a ?b "Смоленск" }',
    );
  });

  it("handles sub-selects", () => {
    expect(substitute("SELECT ?a $city { { SELECT ?a $city WHERE { ?a ?b $city } } FILTER(STR($city) != ?a) }", city)).toBe(
      'SELECT ?a { { SELECT ?a WHERE { ?a ?b "Смоленск" } } FILTER(STR("Смоленск") != ?a) }',
    );
  });

  it("leaves GROUP BY and ORDER BY, but not the calls in them", () => {
    expect(substitute("SELECT ?a WHERE { } GROUP BY ?a $city ORDER BY DESC($city) $city LIMIT 3", city)).toBe(
      'SELECT ?a WHERE { } GROUP BY ?a ORDER BY DESC("Смоленск") LIMIT 3',
    );
  });

  it("groups and sorts by the term where there is nothing else", () => {
    expect(substitute("SELECT (COUNT(*) AS ?n) { } GROUP BY $city\nORDER BY $city", city)).toBe(
      'SELECT (COUNT(*) AS ?n) { } GROUP BY ("Смоленск")\nORDER BY ("Смоленск")',
    );
  });

  it("leaves comments, strings, IRIs and names alone", () => {
    const text = "# $city\nASK { <urn:?city> ex:city\\$city \"\"\"$city \" ?city\"\"\" , '$city' }";
    expect(substitute(text, city)).toBe(text);
  });

  it("does not touch longer names, AS and VALUES", () => {
    const text = "SELECT ?cityName { VALUES $city { 1 } BIND(1 AS ?city) VALUES (?a $city) { (1 2) } }";
    expect(substitute(text, city)).toBe(text);
  });

  it("replaces inside expressions of the SELECT list", () => {
    expect(substitute("SELECT (COALESCE($city, ?x) AS ?y) { }", city)).toBe('SELECT (COALESCE("Смоленск", ?x) AS ?y) { }');
  });

  it("takes a value for no pattern of its own", () => {
    expect(substitute("ASK { ?a ?b $city }", { city: '"$& $1 ?city"' })).toBe('ASK { ?a ?b "$& $1 ?city" }');
  });

  it("takes a parameter without a value out of the SELECT list only", () => {
    expect(substitute("SELECT ?a $year { ?a ?b $year } GROUP BY ?a $year", { year: "" })).toBe("SELECT ?a { ?a ?b $year } GROUP BY ?a $year");
    expect(substitute("SELECT $year { ?a ?b $year }", { year: "" })).toBe("SELECT $year { ?a ?b $year }");
  });

  it("leaves what has no value, also names of Object", () => {
    const text = "SELECT $lang $constructor { FILTER(COALESCE($lang, 'ru') = 'en') }";
    expect(substitute(text, city)).toBe(text);
  });
});

describe("tokens", () => {
  it("give the text back", () => {
    for (const text of ["SELECT * { ?a < ?b && ?c > 'x' }", "PREFIX : <urn:a#>\n:b a :c.d , _:e ; !^:f|g:\\~h", "\"open", "'''a''b'''", "🙂 ?é·1"]) {
      expect(tokens(text).map((token) => token.text).join("")).toBe(text);
    }
  });

  it("know an IRI from a comparison", () => {
    expect(tokens("?a <?b").map((token) => token.kind)).toEqual(["variable", "space", "other", "variable"]);
    expect(tokens("<urn:a#b> #c").map((token) => token.kind)).toEqual(["iri", "space", "comment"]);
  });
});
