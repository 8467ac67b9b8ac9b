"""What pages say of more than their thing: the day that all is judged by, who is ours, who reports, what areas have a
page.

A report of a town that was never heard of makes it ours, and one of a later quarter moves the day. Neither alters more
than the pages near those towns, and near the agreements that are judged otherwise.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from pobratim.explore import Index
from pobratim.explore.agreements import ENDS
from pobratim.explore.register import reference_day
from pobratim.site.areas import area_path

_DAY, _COUNTRY, _OURS, _HEARD, _AREAS = "day", "country", "ours", "heard", "areas"
_REPORTING = "SELECT iri FROM party WHERE id IN (SELECT reporter FROM account)"
_JUDGED = f"""SELECT iri FROM agreement
WHERE {ENDS} >= ?1 AND {ENDS} < ?2 OR status = 'planned' AND end >= ?1 AND end < ?2"""
"""Agreements that have ended, or are overdue, by one of two days and not by the other (``explore/agreements.py``)."""


class Altered(NamedTuple):
    """What a change of surroundings alters: IRIs of things that count as changed, and those of whose pages alone do."""

    things: frozenset[str]
    pages: frozenset[str]


def surroundings(index: Index, areas: Collection[str]) -> dict[str, str]:
    """Return what all pages of an index have in common; ``areas`` are paths of those with a page."""
    ours = index.among("SELECT iri FROM party WHERE id IN ({})", index.home.all)
    return {
        _DAY: reference_day(index),
        _COUNTRY: index.home.country,
        _OURS: " ".join(sorted(row["iri"] for row in ours)),
        _HEARD: " ".join(sorted(row["iri"] for row in index.rows(_REPORTING))),
        _AREAS: " ".join(sorted(areas)),
    }


def altered_by(index: Index, former: Mapping[str, str], now: Mapping[str, str]) -> Altered | None:
    """Return what differs between former surroundings and those of an index, None where that may be all pages."""
    old, new = (frozenset(each.get(_AREAS, "").split()) for each in (former, now))
    if former.keys() != now.keys() or former[_COUNTRY] != now[_COUNTRY] or old - new:
        return None
    turned, heard = (frozenset(former[name].split()) ^ frozenset(now[name].split()) for name in (_OURS, _HEARD))
    pages = frozenset((*heard, *_of_towns(index, heard), *_within(index, new - old)))
    return Altered(turned.union(_judged(index, former[_DAY], now[_DAY])), pages)


def _judged(index: Index, *days: str) -> Iterator[str]:
    yield from (row["iri"] for row in index.rows(_JUDGED, *sorted(days)))


def _of_towns(index: Index, towns: Collection[str]) -> Iterator[str]:
    """Yield the institutions of some towns: their pages tell whether the town reports."""
    numbers = [row["id"] for row in index.among("SELECT id FROM party WHERE iri IN ({})", towns)]
    yield from (row["iri"] for row in index.among("SELECT iri FROM party WHERE town IN ({})", numbers))


def _within(index: Index, areas: Collection[str]) -> Iterator[str]:
    """Yield the parties that are in one of some areas: their pages lead to those of the areas that have one."""
    rows = index.rows("SELECT iri, ref FROM party WHERE kind IN ('region', 'country')") if areas else []
    refs = {row["ref"] for row in rows if area_path(row["iri"]) in areas}
    for kind in ("region", "country"):
        sql = f"SELECT iri FROM party WHERE '{kind}:' || lower({kind}) IN ({{}})"
        yield from (row["iri"] for row in index.among(sql, refs))
