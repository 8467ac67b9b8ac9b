"""Which parties are ours: what the setting ``home`` names, else the towns, districts and regions that reports are of.

With a town its institutions, its region and its country are ours, with a region its towns and their institutions.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pobratim.text.folding import folded_words

_REPORTING = """SELECT reporter FROM account WHERE reporter NOT NULL
UNION SELECT party.id FROM report JOIN party ON party.ref = 'region:' || lower(report.region)"""


class Rows(Protocol):
    """What gives the rows of statements: an index (``index.py``)."""

    def rows(self, sql: str, *parameters: object) -> list[sqlite3.Row]:
        """Return the rows of a statement."""

    def among(self, sql: str, values: Iterable[int] | Iterable[str]) -> Iterator[sqlite3.Row]:
        """Yield the rows of a statement about some numbers or texts."""


@dataclass(frozen=True, slots=True)
class Home:
    """Ours, by number: ``named`` are the places and regions that the setting names, ``all`` all parties of ours.

    ``unknown`` are names of the setting that no place or region of the data has; ``country`` is the one that most of
    the named are in; ``is_set`` tells that the setting names any.
    """

    named: frozenset[int]
    all: frozenset[int]
    unknown: tuple[str, ...] = ()
    country: str = ""
    is_set: bool = False


def names_in(setting: str) -> tuple[str, ...]:
    """Return the names of a setting, which commas part."""
    return tuple(name.strip() for name in setting.split(",") if name.strip())


def home_of(index: Rows, names: Sequence[str]) -> Home:
    """Return who is ours in an index: whom the setting ``names``, where that is nobody known whose the reports are."""
    known, unknown = _named(index, names)
    found = known or {row[0] for row in index.rows(_REPORTING)}
    lands = Counter(
        row[0] for row in index.among("SELECT country FROM party WHERE id IN ({}) AND country NOT NULL", found)
    )
    country = min(lands, key=lambda code: (-lands[code], code), default="")
    return Home(frozenset(found), frozenset(_with_theirs(index, found)), unknown, country, bool(known))


def _named(index: Rows, names: Sequence[str]) -> tuple[set[int], tuple[str, ...]]:
    found: set[int] = set()
    unknown = []
    for name in names:
        folded = " ".join(folded_words(name))
        rows = index.rows(
            "SELECT id FROM party WHERE kind IN ('place', 'region') AND (ref IN (?, ?) OR folded = ? OR folded LIKE ?)",
            *(name.lower(), f"region:{name.lower()}", folded, f"{folded} %"),
        )
        exact = rows or index.rows("SELECT id FROM party WHERE iri = ?", name)
        found |= {row[0] for row in exact}
        unknown += [] if exact else [name]
    return found, tuple(unknown)


def _with_theirs(index: Rows, found: Iterable[int]) -> set[int]:
    """Return some places and regions with what is in them and what they are in."""
    rows = list(index.among("SELECT id, kind, region, country FROM party WHERE id IN ({})", found))
    ours = {row["id"] for row in rows}
    for region in {row["region"] for row in rows if row["kind"] == "region"}:
        ours |= {row[0] for row in index.rows("SELECT id FROM party WHERE region = ? AND kind = 'place'", region)}
        ours |= {row[0] for row in index.rows("SELECT id FROM party WHERE region = ? AND kind = 'institution'", region)}
    ours |= {row[0] for row in index.among("SELECT id FROM party WHERE town IN ({})", ours)}
    areas = {f"region:{str(row['region']).lower()}" for row in rows if row["region"]}
    areas |= {f"country:{str(row['country']).lower()}" for row in rows if row["country"]}
    for ref in areas:
        ours |= {row[0] for row in index.rows("SELECT id FROM party WHERE ref = ?", ref)}
    return ours
