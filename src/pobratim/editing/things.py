"""What pages of review tell of a thing: its facts by field, and what would move with it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pobratim.messages import Language
from pobratim.names.parts import parse
from pobratim.rdf.iris import EntityType, entity_iri
from pobratim.resolve.candidates import Side
from pobratim.site.asking import Asker, Row, Term, iri_term
from pobratim.site.labels import best
from pobratim.site.values import date_text

FIELDS = (
    "also", "kind", "place", "region", "country", "number", "date", "start", "end", "mode", "status", "term", "party",
    "topic", "series", "participant",
)  # fmt: skip
"""The fields in the order of the page; the name stands above."""
TELLING = ("country", "region", "place", "number", "kind", "date", "party")
"""Fields in which two things that are one seldom differ."""
MOVES = ("entry", "activity", "agreement", "organisation", "tie")
_SHOWN = 5
_DATES = ("date", "start", "end")
_BEGINS_KIND: Mapping[str, EntityType] = {
    "organisation": "organisation", "place": "place", "activity": "activity", "agreement": "agreement",
    "series": "series", "person": "person", "entry": "entry", "report": "report",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a field: in words, and what the ledger calls it (a key or code, "" where it has none)."""

    text: str
    code: str


@dataclass(frozen=True, slots=True)
class Moved:
    """So many things of one kind that go with another, the first of them by name, and the years they are of."""

    what: str
    count: int
    first: tuple[str, ...]
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A thing: ``link`` leads to its page, "" where the data do not tell of it under this key."""

    kind: str
    key: str
    name: str
    link: str
    facts: Mapping[str, tuple[Value, ...]]
    moves: Mapping[str, Moved]
    rows: tuple[str, ...] = ()

    @property
    def years(self) -> tuple[str, ...]:
        """Return the years in which it did something, sorted."""
        return tuple(sorted({year for one in self.moves.values() for year in one.years}))

    def texts(self, field: str) -> tuple[str, ...]:
        """Return the values of a field in words."""
        return tuple(one.text for one in self.facts.get(field, ()))


def iri_of_thing(base: str, kind: str, key: str) -> str | None:
    """Return the IRI of a thing, None for a type or key that nothing can have."""
    if kind not in _BEGINS_KIND:
        return None
    try:
        return entity_iri(base, _BEGINS_KIND[kind], key)
    except ValueError:
        return None


async def known(asker: Asker, kind: str, key: str, lang: Language, side: Side | None = None) -> Known | None:
    """Return what the data tell of a thing, None where nothing can have that type and key; ``side`` adds its rows."""
    iri = iri_of_thing(asker.data.base, kind, key)
    if iri is None:
        return None
    facts = _facts(await asker.rows("review-facts", iri=iri_term(iri)), lang)
    moves = _moves(await asker.rows("review-moves", iri=iri_term(iri)))
    names = [one.text for one in facts.pop("name", ())]
    name = names[0] if names else side.name if side else key
    if kind == "organisation":
        numbers = {number.text: None for one in names for number in parse(one).numbers}
        facts |= {"number": tuple(Value(number, number) for number in numbers)} if numbers else {}
    rows = side.rows if side else ()
    return Known(kind, key, name, f"/doc/{kind}/{key}" if names or facts else "", facts, moves, rows)


def differing(left: Known, right: Known) -> list[str]:
    """Return the telling fields that both have and in which they agree in nothing."""
    return [
        field
        for field in TELLING
        if left.facts.get(field) and right.facts.get(field)
        and not {one.code for one in left.facts[field]} & {one.code for one in right.facts[field]}
    ]  # fmt: skip


def _facts(rows: Sequence[Row], lang: Language) -> dict[str, tuple[Value, ...]]:
    named: dict[str, dict[Term, list[Term]]] = defaultdict(dict)
    for row in rows:
        named[row["field"].value].setdefault(row["value"], []).extend([row["label"]] if "label" in row else [])
    return {
        field: tuple(_value(field, term, labels, lang) for term, labels in values.items())
        for field, values in named.items()
    }


def _value(field: str, term: Term, labels: Sequence[Term], lang: Language) -> Value:
    code = code_of(term.value) if term.is_iri else term.value
    words = date_text(term.value, lang) if field in _DATES else term.value
    return Value(best(labels, lang) or (code if term.is_iri else words), code)


def code_of(iri: str) -> str:
    """Return what the ledger calls a thing or concept with this IRI, where it is one of ours; else the IRI's end."""
    return iri.rstrip("/").rpartition("/")[2]


def _moves(rows: Sequence[Row]) -> dict[str, Moved]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    years: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        what = row["what"].value
        found[what].setdefault(row["thing"].value, row["label"].value if "label" in row else "")
        if "date" in row:
            years[what].add(row["date"].value[:4])
    return {
        what: Moved(what, len(things), _first(things), tuple(sorted(years[what]))) for what, things in found.items()
    }


def _first(things: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({name for name in things.values() if name})[:_SHOWN])
