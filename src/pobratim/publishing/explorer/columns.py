"""The columns that a browser asks by itself (as ``explore/filling/columns.py`` tells), parted by who needs what.

``parties``, ``ties``, ``events`` and ``agreements`` are those of the server, events without their titles; ``grounds``
tells of each tie what it rests on, events in the order of their days, ``coverage`` for which days there are reports of
those who tell of it; ``titles-N`` are keys and titles of events, of ``PART`` rows each. Agreements stand among events,
and events among grounds, as places of rows.
"""

import gzip
import json
from collections.abc import Iterator, Mapping
from typing import Any

from pobratim.explore import Index
from pobratim.explore.columns import NAMES, columns, lists
from pobratim.explore.states import Tellers

PART = 4096
"""So many events have their titles in one file."""
_GROUNDS = """SELECT DISTINCT tie, {what} - 1 FROM ground WHERE {what} NOT NULL
ORDER BY tie, start IS NULL, start, {what}"""
_MORE: Mapping[str, Mapping[str, str]] = {
    "events": {
        "countries": "SELECT event, country FROM event_country ORDER BY event, country",
        "reporters": "SELECT event, reporter - 1 FROM account WHERE event NOT NULL AND reporter NOT NULL ORDER BY id",
        "reports": "SELECT DISTINCT event, report - 1 FROM account WHERE event NOT NULL ORDER BY event, report",
        "agreements": "SELECT event, agreement - 1 FROM event_agreement ORDER BY event, agreement",
    },
    "agreements": {
        "reports": "SELECT DISTINCT agreement, report - 1 FROM agreement_account JOIN account ON account.id = account"
        " ORDER BY agreement, report",
        "events": "SELECT agreement, event - 1 FROM event_agreement ORDER BY agreement, event",
    },
}
"""A file → its lists that the server's columns do not have."""
_OWN: Mapping[str, Mapping[str, str]] = {
    "events": {"accounts": "SELECT (SELECT COUNT(*) FROM account WHERE event = event.id) FROM event ORDER BY id"},
    "agreements": {
        "number": "SELECT number FROM agreement ORDER BY id",
        "prolonged": "SELECT prolonged FROM agreement ORDER BY id",
        "title": "SELECT subject FROM agreement ORDER BY id",
    },
}


def column_files(index: Index) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the files: name and what it holds."""
    for name in NAMES:
        told: dict[str, Any] = json.loads(gzip.decompress(columns(index, name)))
        # The number of a load says nothing here, and would make equal data differ.
        del told["generation"]
        held, total = told["columns"], told["total"]
        for column, sql in _MORE.get(name, {}).items():
            held[column] = lists(map(tuple, index.rows(sql)), total)
        for column, sql in _OWN.get(name, {}).items():
            held[column] = [row[0] for row in index.rows(sql)]
        if "iri" in held:
            held["key"] = [iri.rpartition("/")[2] for iri in held.pop("iri")]
        if name == "events":
            yield from _titles(held.pop("key"), held.pop("title"))
        yield name, told
    yield "grounds", _grounds(index)
    yield "coverage", _coverage(index)


def _titles(keys: list[str], titles: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, start in enumerate(range(0, len(keys), PART)):
        end = start + PART
        yield f"titles-{number}", {"columns": {"key": keys[start:end], "title": titles[start:end]}}


def _coverage(index: Index) -> Mapping[str, Any]:
    """Return days of reports (first, last, from which on it surely tells), sets of these, and the set of each tie."""
    sets, ties = index.once(Tellers).of_ties(index.sizes["tie"])
    places = {span: place for place, span in enumerate(sorted({span for each in sets for span in each}))}
    return {
        "spans": [[day.isoformat() for day in span] for span in places],
        "sets": [[places[span] for span in each] for each in sets],
        "ties": ties,
    }


def _grounds(index: Index) -> Mapping[str, Any]:
    size = index.sizes["tie"]
    held = {
        f"{what}s": lists(map(tuple, index.rows(_GROUNDS.format(what=what))), size) for what in ("event", "agreement")
    }
    return {"total": size, "columns": held}
