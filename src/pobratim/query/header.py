"""Read the ``#+`` header of a query file: YAML at the top, strictly, so that a slip is an error and no
default."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args

import yaml

from pobratim.errors import ContentError, UsageError
from pobratim.messages import LANGUAGES
from pobratim.query.parameter_places import misplaced
from pobratim.query.question import (
    THINGS,
    Column,
    ColumnType,
    NamedQuery,
    Parameter,
    ParameterType,
    Severity,
    first_line,
)

_HEADER_KEYS = {"summary", "description", "parameters", "example", "tags", "severity", "empty", "columns"}
_COLUMN_KEYS = {"type", "label"}
_PARAMETER_KEYS = {"type", "required", "default", "label", "example"}
_KEPT = 500
"""Queries whose headers are read once: the library has some hundred, a user's folder may have more."""
_NAME = re.compile(r"[a-z][a-z0-9_]*", re.IGNORECASE)
_ANY_THING = "urn:pobratim:any"


@lru_cache(maxsize=_KEPT)
def parse_query(text: str, name: str, file: str) -> NamedQuery:
    """Return the query in ``text``; without any ``#+`` line it is a free one. Raises ContentError."""
    header = "\n".join(_header_lines(text))
    if not header:
        return NamedQuery(name=name, text=text, file=file, free=True)
    try:
        fields = yaml.safe_load(header)
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date of no calendar, brackets without end
        raise ContentError("query-header", file=file, cause=first_line(error)) from error
    return _Header(file, fields).query(name, text)


class _Header:
    """A parsed header on its way to a NamedQuery; every fault is a ContentError that names the file."""

    def __init__(self, file: str, fields: object) -> None:
        self.file = file
        self.fields = self.mapping("header", fields)

    def query(self, name: str, text: str) -> NamedQuery:
        self.only(_HEADER_KEYS, self.fields, "header")
        parameters = self.mapping("parameters", self.fields.get("parameters", {}))
        columns = self.mapping("columns", self.fields.get("columns", {}))
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
            tags=self.tags(self.fields.get("tags", [])),
            severity=severity,
            empty=self.sentences("empty", self.fields.get("empty", {}), parameters),
            columns=tuple(self.column(name, told) for name, told in columns.items()),
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
        if place := misplaced(text, name, self.fields["parameters"]):
            raise ContentError("query-parameter-place", place=place, file=self.file)
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

    def column(self, name: str, value: object) -> Column:
        fields = self.mapping(name, value)
        self.only(_COLUMN_KEYS, fields, name)
        if fields.get("type") not in get_args(ColumnType):
            raise self.fault(f"{name}: type {fields.get('type')}")
        return Column(name, fields["type"], self.words(f"{name}: label", fields.get("label")))

    def try_examples(self, query: NamedQuery) -> None:
        """Check that defaults and examples are of their types; what a name means, only the data tell."""
        things = {parameter.name for parameter in query.parameters if parameter.type in THINGS}
        try:
            for parameter in query.parameters:
                for value in filter(None, (parameter.default, parameter.example)):
                    parameter.term(_ANY_THING if parameter.name in things else value)
            if query.example:
                given = {name: _ANY_THING if name in things else value for name, value in query.example.items()}
                query.bindings(given, "en")
        except UsageError as error:
            raise self.fault(", ".join(error.values.values())) from error

    def sentences(self, what: str, value: object, parameters: Mapping[str, object]) -> dict[str, str]:
        """Return sentences by language whose slots are parameters."""
        found = self.words(what, value, needed=False)
        try:
            for sentence in found.values():
                sentence.format(**dict.fromkeys(parameters, ""))
        except (KeyError, IndexError, ValueError) as error:
            raise self.fault(f"{what}: {error}") from error
        return found

    def words(self, what: str, value: object, needed: bool = True) -> dict[str, str]:
        words = self.mapping(what, value if value is not None else {})
        self.only(set(LANGUAGES), words, what)
        if (needed or words) and set(words) != set(LANGUAGES):
            raise self.fault(f"{what}: ru, en")
        return {lang: str(text) for lang, text in words.items()}

    def tags(self, value: object) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self.fault(f"tags: {value!r}")
        return tuple(str(tag) for tag in value)

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
