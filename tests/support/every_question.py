"""Every question of the product with values that the example knows, and answers in a form that can be compared."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from pobratim.query.library import library, queries_root
from pobratim.rdf.iris import COUNTRY, DEFAULT_BASE, VOCABULARY, graph_iri
from pobratim.sparql.binding import bind
from pobratim.sparql.terms import Term
from pobratim.sparql.text import tokens
from pobratim.store.reader import Reader
from tests.support.asking import terms

ADDED_UP = {"property-use"}
"""Its rows are grouped by classes written one after another, in an order that nobody promises; pages add them up."""
FILES = sorted(file for file in queries_root().rglob("*.rq") if file.stem not in ADDED_UP)
DATA = f"{DEFAULT_BASE}/id/"
GRAPH = graph_iri(DEFAULT_BASE, "report/smolensk-2023-q1")
THINGS = [
    f"{DATA}place/ru-smolensk", f"{DATA}place/by-vitebsk", f"{COUNTRY}BLR", f"{DATA}report/smolensk-2023-q1",
    f"{DATA}organisation/ru-smolensk-school-8", f"{DATA}entry/smolensk-2023-q1/9", f"{VOCABULARY}Activity", GRAPH,
]  # fmt: skip
VALUES: Mapping[str, Term] = {
    "lang": Literal("ru"), "city": NamedNode(THINGS[0]), "partner": NamedNode(THINGS[1]),
    "country": NamedNode(THINGS[2]),
    "report": NamedNode(THINGS[3]), "graph": NamedNode(GRAPH), "space": Literal(DATA), "after": Literal(""),
    "class": NamedNode(f"{VOCABULARY}Activity"), "property": NamedNode(f"{VOCABULARY}party"), "part": Literal("0"),
    "definitions": Literal(f"{DEFAULT_BASE}/def"), "doc": NamedNode(f"{DEFAULT_BASE}/doc/x"),
}  # fmt: skip
LIBRARY = {name: query for group in ("", "views", "checks") for name, query in library(queries_root(), group).items()}


def texts(file: Path, reader: Reader) -> Iterator[str]:
    """Yield a question with values: those of its example, or each of some things."""
    text = file.read_text(encoding="utf-8")
    if file.stem in LIBRARY:
        query = LIBRARY[file.stem]
        yield bind(query.text, terms(query, reader, query.example))
    names = {token.variable for token in tokens(text) if token.text.startswith("$")}
    for thing in THINGS:
        named = {**VALUES, "iri": NamedNode(thing), "thing": NamedNode(thing), "name": NamedNode(thing)}
        values = {name: term for name, term in named.items() if name in names}
        yield bind(text, values)
        if not names & {"iri", "thing", "name"}:
            return


def in_order(rows: list[str]) -> list[list[str]]:
    """Return rows in an order that is theirs, and so the words of each: GROUP_CONCAT promises none."""
    return sorted(sorted(re.split(r"[ ,|=]+", row)) for row in rows)
