"""Facets: how many there would be for each value of a field under what is chosen in the other fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.explore import grounds
from pobratim.explore.chosen import GROUNDS, OWN_KIND, Chosen, chosen, having
from pobratim.explore.concepts import Label
from pobratim.explore.filling.facets import NONE
from pobratim.explore.index import Index, Subject
from pobratim.explore.parties import party_of
from pobratim.explore.party_facets import party_counts
from pobratim.explore.selection import KIND_SCHEMES, LISTED, PARTIES, Selection
from pobratim.messages import text

FIELDS = (*LISTED, *PARTIES, "year")


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field with its count; 0 where nothing is left of it under the other choices."""

    label: Label
    count: int
    is_chosen: bool


def facets(
    index: Index, subject: Subject, selection: Selection, within: int | None = None
) -> Mapping[str, tuple[Value, ...]]:
    """Return the values of each field that anything of the subject has, counted; years in order, others by count.

    ``within`` are the numbers to count among (``bits.py``), all of the subject where it is None. A code "none" counts
    what has no value.
    """
    kept = chosen(index, subject, selection, within)
    told = _OfGrounds(index, selection, kept) if subject == "tie" else None
    found = {
        field: told.values(field) if told and _asks_grounds(field) else _values(index, subject, field, selection, kept)
        for field in (*LISTED, "year")
    }
    return found | {
        field: tuple(sorted((_party(index, *each, field, selection) for each in counts), key=_by_count))
        for field, counts in party_counts(index, subject, selection, kept).items()
    }


def _party(index: Index, ref: str, count: int, field: str, selection: Selection) -> Value:
    party = party_of(index, ref)
    names = (party.said_briefly("ru"), party.said_briefly("en")) if party else (ref, ref)
    return Value(Label(ref, *names), count, selection.has(field, ref))


def _values(index: Index, subject: Subject, field: str, selection: Selection, kept: Chosen) -> tuple[Value, ...]:
    scheme = OWN_KIND[subject] if field == "kind" else field
    rest = kept.but("period" if field == "year" else field)
    picked = () if field == "year" else getattr(selection, field)
    sets = {**index.facets.get((subject, scheme), {}), **{code: having(index, subject, field, code) for code in picked}}
    found = [
        Value(_label(index, scheme, code), (rest & each).bit_count(), code in picked)
        for code, each in sets.items()
        if each & kept.all or code in picked
    ]
    return tuple(sorted(found, key=_by_year if field == "year" else _by_count))


def _asks_grounds(field: str) -> bool:
    return field == "year" or field in grounds.FIELDS


class _OfGrounds:
    """Counts ties by the fields of what they rest on, each under the other fields."""

    def __init__(self, index: Index, selection: Selection, kept: Chosen) -> None:
        self._index, self._selection = index, selection
        self._slots = grounds.slots_of(index)
        self._rest = self._slots.at(kept.but(GROUNDS))
        self._all = self._slots.at(kept.all)

    def values(self, field: str) -> tuple[Value, ...]:
        """Return the values of a field."""
        scheme = "tie-kind" if field == "kind" else field
        picked = () if field == "year" else getattr(self._selection, field)
        sets = dict(self._index.facets.get(("ground", scheme), {}))
        sets |= {code: grounds.having(self._index, field, code) for code in picked}
        base, whole = self._others(field), grounds.everything(self._index)
        found = [
            Value(_label(self._index, scheme, code), self._count(base.only(field, each)), code in picked)
            for code, each in sets.items()
            if code in picked or self._all & self._slots.having(whole.part(field, each))
        ]
        return tuple(sorted(found, key=_by_year if field == "year" else _by_count))

    def _others(self, field: str) -> grounds.Wanted:
        names = ("since", "until") if field == "year" else (field,)
        other = self._selection
        for name in names:
            other = other.without(name)
        return grounds.wanted(self._index, other) or grounds.everything(self._index)

    def _count(self, wanted: grounds.Wanted) -> int:
        return (self._slots.of(wanted) & self._rest).bit_count()


def _label(index: Index, scheme: str, code: str) -> Label:
    schemes = (scheme, *KIND_SCHEMES) if scheme in KIND_SCHEMES else (scheme,)
    if code == NONE:
        return Label(NONE, text("explore-untold", "ru"), text("explore-untold", "en"))
    found = next((index.labels[each, code] for each in schemes if (each, code) in index.labels), None)
    return found or Label(code, code, code)


def _by_count(value: Value) -> tuple[object, ...]:
    return value.label.code == NONE, -value.count, value.label.ru


def _by_year(value: Value) -> tuple[object, ...]:
    return value.label.code == NONE, value.label.code
