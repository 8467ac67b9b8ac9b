"""SHACL Core constraints as plain checks: each tells whether a focus node's values are all right."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.index import Index, Term

Check = Callable[[Index, str, Sequence[Term]], bool]
Value = date | Decimal | str

_XSD = "http://www.w3.org/2001/XMLSchema#"
_FORMS = {
    _XSD + "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    _XSD + "integer": re.compile(r"[+-]?[0-9]+"),
    _XSD + "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
}
_KINDS: dict[str, type[NamedNode] | type[Literal]] = {
    "http://www.w3.org/ns/shacl#IRI": NamedNode,
    "http://www.w3.org/ns/shacl#Literal": Literal,
}


def typed_value(literal: Literal) -> Value | None:
    """Return the value of an xsd:date or number, the text of any other literal; None where text and type disagree.

    Dates have no time zone here: a municipality reports days, not moments.
    """
    form = _FORMS.get(literal.datatype.value)
    if form is None:
        return literal.value
    if not form.fullmatch(literal.value):
        return None
    if literal.datatype.value != _XSD + "date":
        return Decimal(literal.value)
    try:
        return date.fromisoformat(literal.value)
    except ValueError:
        return None


def compile_constraint(name: str, arguments: Sequence[str]) -> Check:
    """Return the check of a constraint by its SHACL name. Raises KeyError for a constraint or node kind not known."""
    return _in(arguments) if name == "in" else _CHECKS[name](arguments[0])


def _each(test: Callable[[Index, Term], bool]) -> Check:
    """Return the check that each value passes a test."""

    # Written out: nearly all values are single, and ``all`` with a generator takes twice as long.
    def check(index: Index, _focus: str, values: Sequence[Term]) -> bool:
        for value in values:  # noqa: SIM110
            if not test(index, value):
                return False
        return True

    return check


def _in(allowed: Sequence[str]) -> Check:
    listed = frozenset(allowed)
    return _each(lambda _index, v: isinstance(v, NamedNode) and v.value in listed)


def _min_count(number: str) -> Check:
    least = int(number)
    return lambda _index, _focus, values: len(values) >= least


def _max_count(number: str) -> Check:
    most = int(number)
    return lambda _index, _focus, values: len(values) <= most


def _datatype(iri: str) -> Check:
    if iri not in _FORMS:
        return _each(lambda _index, v: isinstance(v, Literal) and v.datatype.value == iri)
    return _each(lambda _index, v: isinstance(v, Literal) and v.datatype.value == iri and typed_value(v) is not None)


def _class(iri: str) -> Check:
    return _each(lambda index, v: isinstance(v, NamedNode) and index.is_a(v.value, iri))


def _node_kind(iri: str) -> Check:
    kind = _KINDS[iri]
    return _each(lambda _index, v: isinstance(v, kind))


def _pattern(text: str) -> Check:
    expression = re.compile(text)
    return _each(lambda _index, v: expression.search(v.value) is not None)


def _min_length(number: str) -> Check:
    least = int(number)
    return _each(lambda _index, v: len(v.value) >= least)


def _less_than_or_equals(iri: str) -> Check:
    return lambda index, focus, values: all(_ordered(v, other) for v in values for other in index.values(focus, iri))


def _ordered(left: Term, right: Term) -> bool:
    """Tell whether ``left <= right``; values that cannot be compared are not ordered."""
    if not isinstance(left, Literal) or not isinstance(right, Literal):
        return False
    match typed_value(left), typed_value(right):
        case (date() as first, date() as second):
            return first <= second
        case (Decimal() as first, Decimal() as second):
            return first <= second
        case (str() as first, str() as second) if left.datatype == right.datatype:
            return first <= second
    return False


_CHECKS: dict[str, Callable[[str], Check]] = {
    "minCount": _min_count,
    "maxCount": _max_count,
    "datatype": _datatype,
    "class": _class,
    "nodeKind": _node_kind,
    "pattern": _pattern,
    "minLength": _min_length,
    "lessThanOrEquals": _less_than_or_equals,
}
