"""The selection: the one filter of all views, the same object as the query string of an address.

A thing is selected where it has, in every field that is given, one of the values. A tie has what its events and
agreements have, an event and an agreement what the ties have that rest on them (``filling/facets.py``).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from typing import Any

from pobratim.compare.periods import period_of
from pobratim.errors import UsageError, similar
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index
from pobratim.explore.parties import party_of
from pobratim.text.folding import folded_words

KIND_SCHEMES = ("tie-kind", "event-kind", "agreement-kind")
LISTED: Mapping[str, tuple[str, ...]] = {
    "country": ("country",),
    "region": ("region",),
    "kind": KIND_SCHEMES,
    "level": ("level",),
    "topic": ("topic",),
    "mode": ("mode",),
    "status": ("status",),
}
"""Fields whose values are codes, and the schemes that have these."""
PARTIES = ("place", "partner")
"""Fields that take references of parties."""
LAST = date(9999, 9, 30)
"""After all days that anybody tells of; it ends a quarter, and a day follows."""
_BEGUN = 5
"""Letters with which a reference must begin like an unknown one to be looked at as what was meant."""
_NAMES = {"partner": "with", "since": "from", "until": "to"}
"""Fields that an address calls otherwise, since ``with`` and ``from`` are words of the language."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen: values of each field, all of them where there is none.

    With a ``place`` and a ``partner`` what is between these two is chosen, with either alone what concerns it.
    ``since`` and ``until`` are periods as people name them ("2023", "2023-Q1", "2023-05-09"), of which the first and
    the last day count; ``q`` are words that names or titles must have.
    """

    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    q: str = ""

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]], index: Index) -> "Selection":
        """Return the selection of the names and values of a query string; other names say nothing of it.

        Raises UsageError with the nearest for a value that nothing has, and for what is no period.
        """
        found: dict[str, Any] = {}
        for name, value in pairs:
            field, given = _FIELDS.get(name, ""), value.strip()
            if not field or not given:
                continue
            if field in LISTED or field in PARTIES:
                found[field] = (*found.get(field, ()), _known(index, field, given))
            else:
                found[field] = given if field == "q" else _period(given)
        return cls(**{name: _once(value) for name, value in found.items()})

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Yield the fields and values, in an order that depends on the values alone."""
        for field in _FIELDS.values():
            value = getattr(self, field)
            yield from ((field, each) for each in ((value,) if isinstance(value, str) else value) if each)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the names and values that an address has, in the order of ``chosen``."""
        return tuple((name_of(field), value) for field, value in self.chosen())

    def with_(self, **values: str) -> "Selection":
        """Return the selection with a further value of fields that take several, another one of the others."""
        changed: dict[str, Any] = {}
        for name, value in values.items():
            held = getattr(self, name)
            changed[name] = value if isinstance(held, str) else _once((*held, value))
        return replace(self, **changed)

    def between(self, one: str, other: str) -> "Selection":
        """Return the selection of what is between two parties, given by reference, instead of any that it names."""
        return replace(self, place=(one,), partner=(other,))

    def without(self, name: str, value: str = "") -> "Selection":
        """Return the selection without a value of a field, or without all of its values."""
        held = getattr(self, name)
        kept: Any = "" if isinstance(held, str) else tuple(each for each in held if value and each != value)
        return replace(self, **{name: kept})

    def has(self, name: str, value: str) -> bool:
        """Tell whether a value of a field is chosen."""
        held = getattr(self, name)
        return bool(value == held if isinstance(held, str) else value in held)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """Return the first and the last day that count, None where there is no bound."""
        first = period_of(self.since).first if self.since else None
        return first, period_of(self.until).last if self.until else None

    @property
    def bounds(self) -> tuple[date, date]:
        """Return the first and the last day that count; where there is no bound, days before and after all others."""
        first, last = self.span
        return first or date.min, last or LAST

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that names and titles must have, as they are searched."""
        return folded_words(self.q)

    def __bool__(self) -> bool:
        """Tell whether anything is chosen."""
        return bool(self.pairs())


def name_of(field: str) -> str:
    """Return what an address calls a field."""
    return _NAMES.get(field, field)


_FIELDS = {name_of(field.name): field.name for field in fields(Selection)}
"""Names in an address → fields."""


def selection_names() -> tuple[str, ...]:
    """Return the names in an address that are the selection's."""
    return tuple(_FIELDS)


def _known(index: Index, field: str, value: str) -> str:
    if field in PARTIES:
        party = party_of(index, value)
        return party.ref if party else _named(index, field, value)
    codes = {code.lower(): code for scheme, code in index.labels if scheme in LISTED[field]} | {NONE: NONE}
    return codes.get(value.lower()) or _unknown(field, value, codes.values())


def _named(index: Index, field: str, name: str) -> str:
    """Return the reference of the party of a name, of several that of most events.

    Raises UsageError with the nearest.
    """
    folded = " ".join(folded_words(name))
    sql = "SELECT ref FROM party WHERE kind IN ('place', 'region', 'country', 'institution') AND "
    for which, wanted in (("folded = ?", folded), ("folded LIKE ?", f"{folded} %")):
        found = index.value(f"{sql}{which} ORDER BY events DESC, id LIMIT 1", wanted) if folded else None
        if found:
            return str(found)
    begun = folded[:2], f"{name.lower()[:_BEGUN]}%"
    near = index.rows(
        "SELECT name FROM party WHERE kind IN ('place', 'region', 'country') AND substr(folded, 1, 2) = ?1"
        " UNION SELECT ref FROM party WHERE ref LIKE ?2",
        *begun,
    )
    return _unknown(name_of(field), name, (row[0] for row in near))


def _unknown(field: str, value: str, known: Iterable[str]) -> str:
    near = get_close_matches(value, list(known), n=3, cutoff=0.5)
    raise UsageError("selection-value", name=field, value=value, near=similar(near))


def _period(value: str) -> str:
    period_of(value)
    return value


def _once(values: Any) -> Any:
    return values if isinstance(values, str) else tuple(sorted(set(values)))
