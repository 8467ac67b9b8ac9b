"""Lines of N-Quads as Oxigraph writes them: taken apart, and literals with another text."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

_OF_TEXT = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[A-Za-z0-9-]+))?', re.DOTALL)
"""A literal that is text for people: with a language or without a type."""


class Line(NamedTuple):
    """A quad of a graph: each term as it is written, and the line itself."""

    subject: str
    predicate: str
    object: str
    line: str

    def with_object(self, term: str) -> "Line":
        """Return the quad with another object."""
        begin = len(self.subject) + len(self.predicate) + 2
        return self._replace(object=term, line=self.line[:begin] + term + self.line[begin + len(self.object) :])


class Text(NamedTuple):
    """A literal that is text: what it says, and its language, "" without one."""

    text: str
    lang: str


def ending(graph: str) -> str:
    """Return how the lines of a graph end, "" being the nameless one."""
    return f" {node(graph)} .\n" if graph else " .\n"


def taken_apart(line: str, end: str) -> Line:
    """Return a line as a quad; ``end`` is how the lines of its graph end."""
    subject, predicate, rest = line.split(" ", 2)
    return Line(subject, predicate, rest.removesuffix(end), line)


def text_of(term: str) -> Text | None:
    """Return a literal's text where it is one for people, None for an IRI, a number or a date."""
    match = _OF_TEXT.fullmatch(term)
    if match is None:
        return None
    text = match["text"]
    if "\\" in text:
        [quad] = parse(f"<urn:s> <urn:p> {term} .", format=RdfFormat.N_TRIPLES)
        assert isinstance(quad.object, Literal)
        text = quad.object.value
    return Text(text, (match["lang"] or "").lower())


def term_of(text: Text) -> str:
    """Return a text as a literal is written."""
    return str(Literal(text.text, language=text.lang) if text.lang else Literal(text.text))


def in_order(lines: Iterable[Line]) -> Iterator[str]:
    """Yield lines whose objects may have changed, sorted, each once: subjects and predicates come in order."""
    for _, group in groupby(lines, key=lambda line: (line.subject, line.predicate)):
        found = [line.line for line in group]
        yield from sorted(set(found)) if len(found) > 1 else found


def iri_of(term: str) -> str:
    """Return the IRI of a term, "" for a literal."""
    return term[1:-1] if term.startswith("<") else ""


def node(iri: str) -> str:
    """Return an IRI as it is written."""
    return str(NamedNode(iri))
