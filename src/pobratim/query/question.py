"""A question with its parameters: how values become terms, and how the question is asked.

A parameter is the SPARQL variable of the same name, given its value by binding (SEP-0007 of the SPARQL
community group): the term is written into the text token by token (``binding.py``). One without a value stays
unbound. So

* a query returns its parameters: each stands in the SELECT list (and in GROUP BY), in the template of a CONSTRUCT, or
  in the pattern of an ASK; and so in the SELECT list of each sub-select that uses it;
* a parameter stands where a constant may and says the same. Headers refuse others (``parameter_places.py``); instead of
  ``BOUND($city)`` say ``FILTER(?name = COALESCE($city, ?name))``, which is true for an unbound ``$city``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, get_args

from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from pobratim.errors import ContentError, PobratimError, Told, UsageError
from pobratim.messages import Language
from pobratim.query.parameter_places import misplaced
from pobratim.sparql.binding import UnreturnedParameterError, among
from pobratim.sparql.mistakes import failure_told, mistake_of
from pobratim.sparql.terms import Term
from pobratim.store.backend import GraphReader, QueryResult

ThingType = Literal[
    "party", "place", "country", "region", "institution", "person", "agreement", "event", "series", "report", "topic",
    "event-kind", "thing",
]  # fmt: skip
"""Types of parameters that stand for a thing: people write a name, ``references.py`` makes it the IRI that is bound."""
ParameterType = Literal["string", "iri", "integer", "date", "lang", ThingType]
THINGS: frozenset[str] = frozenset(get_args(ThingType))
Severity = Literal["error", "warning"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing to fill in. ``default`` is None where an optional parameter simply stays unbound."""

    name: str
    type: ParameterType
    required: bool
    default: str | None
    label: Mapping[str, str]
    example: str

    def term(self, value: str) -> Term:
        """Return ``value`` as the RDF term that the query gets. Raises UsageError if it is not of the
        type: of a thing it must be the IRI."""
        try:
            return _iri(value) if self.type in THINGS else _TERMS[self.type](value)
        except ValueError:
            told = {"wanted": Told(self.type, f"type-{self.type}"), "example": self.example or _EXAMPLES[self.type]}
            raise UsageError("query-parameter-type", name=self.name, value=value, type=self.type, **told) from None


ColumnType = Literal["iri", "text", "list", "integer", "number", "date", "flag"]
"""What a column of a table holds; a list is texts with " | " between them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: the variable of the same name; ``label`` tells by language what stands there."""

    name: str
    type: ColumnType
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question of the library; ``text`` is the whole file, ``summary`` and ``description`` go by
    language."""

    name: str
    text: str
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    severity: Severity = "error"
    empty: Mapping[str, str] = field(default_factory=dict)
    """What is said of an answer without rows, by language, with labels for ``{parameter}``, or {}."""
    columns: tuple[Column, ...] = ()
    """The columns of a table (queries/tables) in the order of SELECT, () for a question."""
    file: str = ""
    free: bool = False
    """True for a query without a header, which takes any parameter as it comes."""

    def bindings(self, values: Mapping[str, str], lang: Language) -> dict[str, Term]:
        """Return the terms by variable name; defaults filled in, ``lang`` as the default of language
        parameters.

        Raises UsageError for a parameter that is unknown, missing or not of its type.
        """
        if self.free:
            for name in values:
                if place := misplaced(self.text, name, values):
                    raise UsageError("query-parameter-place", place=place, file=self.file)
            return {name: _loose_term(value) for name, value in values.items()}
        known = {parameter.name for parameter in self.parameters}
        for name in values:
            if name not in known:
                raise UsageError(
                    "query-parameter-unknown",
                    name=name,
                    query=self.name,
                    known=", ".join(sorted(known)) or "—",
                )
        terms = {}
        for parameter in self.parameters:
            value = values.get(parameter.name, _default(parameter, lang))
            if value is not None:
                terms[parameter.name] = parameter.term(value)
            elif parameter.required:
                raise UsageError(
                    "query-parameter-missing",
                    name=parameter.name,
                    query=self.name,
                    example=f"{parameter.name}={parameter.example or '…'}",
                )
        return terms

    def among(self, variable: str, iris: Iterable[str]) -> "NamedQuery":
        """Return the query about these things: its ``VALUES ?variable { UNDEF }``, which names none, names them.

        Raises ContentError where the query has no such place, ValueError for what is no IRI.
        """
        try:
            return replace(self, text=among(self.text, variable, map(NamedNode, iris)))
        except LookupError as error:
            raise ContentError("query-header", file=self.file, cause=error) from error

    def run(self, reader: GraphReader, values: Mapping[str, str], lang: Language) -> QueryResult:
        """Return the answer over ``reader``. Raises UsageError for wrong values.

        Raises ContentError where the query itself is wrong, UsageError where that query came without a
        header.
        """
        with self.faults_told():
            return reader.query(self.text, self.bindings(values, lang))

    @contextmanager
    def faults_told(self) -> Iterator[None]:
        """Raise what Oxigraph says of this query as an error that names its file.

        Answers are made while they are read: whoever reads one that ``run`` gave does it inside this context.
        """
        error: type[PobratimError] = UsageError if self.free else ContentError
        try:
            yield
        except SyntaxError as cause:
            mistake = mistake_of(self.text, str(cause))
            place = {"line": mistake.line, "column": mistake.column, "marked": mistake.marked(self.text)}
            raise error("query-syntax", file=self.file, cause=mistake.told, **place) from cause
        except RuntimeError as cause:
            unbound = isinstance(cause, UnreturnedParameterError)
            code = "query-parameter-not-returned" if unbound else "query-failed"
            raise error(code, file=self.file, cause=failure_told(str(cause))) from cause
        except OSError as cause:
            if cause.errno is not None:  # of writing the answer; a SERVICE that cannot be reached has no number
                raise
            raise error("query-failed", file=self.file, cause=cause) from cause


def _default(parameter: Parameter, lang: Language) -> str | None:
    return lang if parameter.type == "lang" and parameter.default is None else parameter.default


def _date(value: str) -> Term:
    return RdfLiteral(date.fromisoformat(value).isoformat(), datatype=NamedNode(f"{_XSD}date"))


def _integer(value: str) -> Term:
    return RdfLiteral(str(int(value)), datatype=NamedNode(f"{_XSD}integer"))


def _iri(value: str) -> Term:
    return NamedNode(_whole(_IRI, value.removeprefix("<").removesuffix(">")))


def _lang(value: str) -> Term:
    return RdfLiteral(_whole(_LANGUAGE, value.lower()))


def _whole(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value):
        raise ValueError(value)
    return value


_TERMS = {
    "string": RdfLiteral,
    "iri": _iri,
    "integer": _integer,
    "date": _date,
    "lang": _lang,
}


_EXAMPLES = {
    "string": "Смоленск",
    "iri": "https://example.org/1",
    "integer": "10",
    "date": "2023-02-15",
    "lang": "ru",
    "country": "BY",
}


def _loose_term(value: str) -> Term:
    return _iri(value) if value.startswith("<") and value.endswith(">") else RdfLiteral(value)


def first_line(error: BaseException) -> str:
    """Return an error's message on one line, at most 200 characters."""
    return " ".join(str(error).split())[:200]
