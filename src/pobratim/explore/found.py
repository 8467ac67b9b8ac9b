"""What is known of things that a search found, by their IRIs: kind, country, date, how many ties and events."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pobratim.explore.concepts import Label
from pobratim.explore.index import Index, Row


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a thing: ``kind`` is that of an institution or event, of an agreement its status; ``date`` is in
    EDTF, of a report the first and last day it covers. ``ties``, ``events`` and ``rows`` are counts, 0 for what has
    none."""

    kind: Label | None = None
    country: Label | None = None
    date: str = ""
    ties: int = 0
    events: int = 0
    rows: int = 0


def known(index: Index, iris: Collection[str]) -> Mapping[str, Known]:
    """Return what is known of things by their IRIs; what the index does not have is left out."""
    return dict(found for read in (_parties, _events, _agreements, _reports) for found in read(index, iris))


def _parties(index: Index, iris: Collection[str]) -> Iterator[tuple[str, Known]]:
    for row in index.among("SELECT iri, type, country, ties, events FROM party WHERE iri IN ({})", iris):
        kind = index.label("party-kind", row["type"]) if row["type"] else None
        yield row["iri"], Known(kind, _country(index, row), ties=row["ties"], events=row["events"])


def _events(index: Index, iris: Collection[str]) -> Iterator[tuple[str, Known]]:
    for row in index.among("SELECT iri, kind, date FROM event WHERE iri IN ({})", iris):
        yield row["iri"], Known(index.label("event-kind", row["kind"]), date=row["date"] or "")


def _agreements(index: Index, iris: Collection[str]) -> Iterator[tuple[str, Known]]:
    for row in index.among("SELECT iri, status, date FROM agreement WHERE iri IN ({})", iris):
        yield row["iri"], Known(index.label("status", row["status"]), date=row["date"] or "")


def _reports(index: Index, iris: Collection[str]) -> Iterator[tuple[str, Known]]:
    sql = "SELECT iri, country, period_start, period_end, rows FROM report WHERE iri IN ({})"
    for row in index.among(sql, iris):
        span = f"{row['period_start']}/{row['period_end']}" if row["period_start"] and row["period_end"] else ""
        yield row["iri"], Known(country=_country(index, row), date=span, rows=row["rows"] or 0)


def _country(index: Index, row: Row) -> Label | None:
    return index.label("country", row["country"]) if row["country"] else None
