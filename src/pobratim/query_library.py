"""The library of questions: ``queries/*.rq``, each with a ``#+`` header that says what it asks and takes.

The header is YAML behind ``#+`` at the top of the file::

    #+ summary: {ru: "Связи города", en: "Ties of a city"}
    #+ parameters:
    #+   city: {type: string, required: true, label: {ru: "Город", en: "City"}, example: "Смоленск"}
    #+ tags: [ties]

A parameter is the SPARQL variable of the same name, given its value by binding (SEP-0007 of the SPARQL
community group), never by pasting text; one without a value stays unbound. What Oxigraph 0.5 makes of that,
as tried:

* It binds only what a query returns: every parameter stands in the SELECT list (and in GROUP BY), in the
CONSTRUCT
  template, or in the pattern of an ASK; and so in the SELECT list of each sub-select that uses it.
* ``BOUND($city)`` is taken for false before the value is there. It is refused here; say instead
  ``FILTER(COALESCE(?name = $city, true))``, which is true for an unbound ``$city``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args

import yaml
from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import NamedNode

from pobratim.content import content_root
from pobratim.errors import ContentError, PobratimError, UsageError
from pobratim.messages import Language
from pobratim.store import QueryResult, Reader, Term

ParameterType = Literal["string", "iri", "integer", "date", "lang", "country"]
Severity = Literal["error", "warning"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_HEADER_KEYS = {"summary", "description", "parameters", "example", "tags", "severity"}
_PARAMETER_KEYS = {"type", "required", "default", "label", "example"}
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_COUNTRY = re.compile(r"[A-Z]{2}|Q[1-9][0-9]*")
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
        type."""
        try:
            return _TERMS[self.type](value)
        except ValueError:
            raise UsageError("query-parameter-type", name=self.name, value=value, type=self.type) from None


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
    file: str = ""
    free: bool = False
    """True for a query without a header, which takes any parameter as it comes."""

    def bindings(self, values: Mapping[str, str], lang: Language) -> dict[str, Term]:
        """Return the terms by variable name; defaults filled in, ``lang`` as the default of language
        parameters.

        Raises UsageError for a parameter that is unknown, missing or not of its type.
        """
        if self.free:
            for name in filter(lambda name: _asks_whether_bound(self.text, name), values):
                raise UsageError("query-parameter-bound", name=name, file=self.file)
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

    def run(self, reader: Reader, values: Mapping[str, str], lang: Language) -> QueryResult:
        """Return the answer over ``reader``. Raises UsageError for wrong values.

        Raises ContentError where the query itself is wrong, UsageError where that query came without a
        header.
        """
        error: type[PobratimError] = UsageError if self.free else ContentError
        try:
            return reader.query(self.text, self.bindings(values, lang))
        except SyntaxError as cause:
            raise error("query-syntax", file=self.file, cause=_first_line(cause)) from cause
        except RuntimeError as cause:
            if "SELECT projection" in str(cause):
                raise error("query-parameter-not-returned", file=self.file, cause=cause) from cause
            raise error("query-failed", file=self.file, cause=cause) from cause


def queries_root() -> Path:
    """Return the folder ``queries/``."""
    return content_root() / "queries"


def library(root: Path, group: str = "") -> dict[str, NamedQuery]:
    """Return the queries of ``root`` (or of its folder ``group``: checks, views, derive) by name, sorted.

    Raises ContentError for the first file whose header is malformed.
    """
    files = sorted((root / group).glob("*.rq"))
    return {file.stem: parse_query(file.read_text(encoding="utf-8"), file.stem, file.name) for file in files}


def find_query(name: str, root: Path) -> NamedQuery:
    """Return the query called ``name`` of the main folder or a group. Raises UsageError with the nearest
    names."""
    for group in ("", "views", "checks", "derive"):
        found = library(root, group).get(name)
        if found:
            return found
    names = list(library(root))
    raise UsageError("query-unknown", name=name, near=", ".join(_nearest(name, names)) or "—")


def parse_query(text: str, name: str, file: str) -> NamedQuery:
    """Return the query in ``text``; without any ``#+`` line it is a free one. Raises ContentError."""
    header = "\n".join(_header_lines(text))
    if not header:
        return NamedQuery(name=name, text=text, file=file, free=True)
    try:
        fields = yaml.safe_load(header)
    except yaml.YAMLError as error:
        raise ContentError("query-header", file=file, cause=_first_line(error)) from error
    return _Header(file, fields).query(name, text)


class _Header:
    """A parsed header on its way to a NamedQuery; every fault is a ContentError that names the file."""

    def __init__(self, file: str, fields: object) -> None:
        self.file = file
        self.fields = self.mapping("header", fields)

    def query(self, name: str, text: str) -> NamedQuery:
        self.only(_HEADER_KEYS, self.fields, "header")
        parameters = self.mapping("parameters", self.fields.get("parameters", {}))
        example = self.mapping("example", self.fields.get("example", {}))
        self.only(set(parameters), example, "example")
        severity = self.fields.get("severity", "error")
        if severity not in get_args(Severity):
            raise self.fault(f"severity: {severity}")
        query = NamedQuery(
            name=name,
            text=text,
            summary=self.words("summary", self.fields.get("summary")),
            description=self.words("description", self.fields.get("description", {}), needed=False),
            parameters=tuple(self.parameter(key, value, text) for key, value in parameters.items()),
            example={key: str(value) for key, value in example.items()},
            tags=tuple(str(tag) for tag in self.fields.get("tags", [])),
            severity=severity,
            file=self.file,
        )
        self.try_examples(query)
        return query

    def parameter(self, name: str, value: object, text: str) -> Parameter:
        fields = self.mapping(name, value)
        self.only(_PARAMETER_KEYS, fields, name)
        kind = fields.get("type", "string")
        if kind not in get_args(ParameterType):
            raise self.fault(f"{name}: type {kind}")
        if not _NAME.fullmatch(name) or not re.search(rf"[$?]{name}\b", text):
            raise self.fault(f"{name}: no variable ${name}")
        if _asks_whether_bound(text, name):
            raise self.fault(f"BOUND(${name}) → COALESCE(… ${name} …, true)")
        required, default = fields.get("required", False), fields.get("default")
        if not isinstance(required, bool) or (required and default is not None):
            raise self.fault(f"{name}: required {required}, default {default}")
        return Parameter(
            name=name,
            type=kind,
            required=required,
            default=None if default is None else str(default),
            label=self.words(f"{name}: label", fields.get("label")),
            example=str(fields.get("example", "")),
        )

    def try_examples(self, query: NamedQuery) -> None:
        """Check that defaults and examples are of their types."""
        try:
            for parameter in query.parameters:
                for value in filter(None, (parameter.default, parameter.example)):
                    parameter.term(value)
            if query.example:
                query.bindings(query.example, "en")
        except UsageError as error:
            raise self.fault(", ".join(error.values.values())) from error

    def words(self, what: str, value: object, needed: bool = True) -> dict[str, str]:
        words = self.mapping(what, value if value is not None else {})
        self.only({"ru", "en"}, words, what)
        if (needed or words) and set(words) != {"ru", "en"}:
            raise self.fault(f"{what}: ru, en")
        return {lang: str(text) for lang, text in words.items()}

    def mapping(self, what: str, value: object) -> dict[str, Any]:
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.fault(f"{what}: {value!r}")
        return value

    def only(self, known: set[str], fields: Mapping[str, object], what: str) -> None:
        unknown = sorted(set(fields) - known)
        if unknown:
            raise self.fault(f"{what}: {', '.join(unknown)}?")

    def fault(self, cause: str) -> ContentError:
        return ContentError("query-header", file=self.file, cause=cause)


def _header_lines(text: str) -> Iterator[str]:
    for line in text.lstrip("\ufeff").splitlines():
        if line.startswith("#+"):
            yield line[2:].removeprefix(" ")
        elif line.strip():
            return


def _asks_whether_bound(sparql: str, name: str) -> bool:
    return re.search(rf"\bBOUND\s*\(\s*[$?]{re.escape(name)}\s*\)", sparql, re.IGNORECASE) is not None


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


def _country(value: str) -> Term:
    return RdfLiteral(_whole(_COUNTRY, value.upper()))


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
    "country": _country,
}


def _loose_term(value: str) -> Term:
    return _iri(value) if value.startswith("<") and value.endswith(">") else RdfLiteral(value)


def _first_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def _nearest(name: str, names: list[str]) -> list[str]:
    return get_close_matches(name, names, n=3, cutoff=0.5)
