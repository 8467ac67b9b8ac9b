"""Ties, events and agreements as rows of sheets: dates as told and as days beside each other."""

from collections.abc import Iterable, Sequence
from datetime import date

from pobratim.errors import UsageError
from pobratim.explore.agreements import Agreement
from pobratim.explore.events import Event
from pobratim.explore.parties import Party
from pobratim.explore.ties import Tie
from pobratim.messages import Language, texts
from pobratim.query.text_rows import Value
from pobratim.rdf.edtf import bounds
from pobratim.site.explorer.brief import WORDS
from pobratim.site.page import Visit
from pobratim.site.values import date_text

MOST = 20_000
"""Rows of one sheet: some seconds of work and some megabytes; all data are files of ``/tables``."""
Row = dict[str, Value]
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Value]]]

TIE = (
    *("level", "ours", "ours-country", "partner", "partner-town", "country", "events", "undated", "agreements"),
    *("first", "first-day", "last", "last-day", "topics", "address"),
)
EVENT = (
    *("title", "date", "start", "end", "kind", "mode", "places", "countries", "participants", "topics"),
    *("reporters", "reports", "address"),
)
AGREEMENT = (
    *("title", "number", "subject", "parties", "country", "status", "signed", "signed-day", "term", "until"),
    *("overdue", "ended", "address"),
)


def tie_row(tie: Tie, visit: Visit) -> Row:
    """Return a tie by the columns of its sheet."""
    lang = visit.lang
    return {
        "level": tie.level.said(lang),
        "ours": tie.left.said(lang),
        "ours-country": _country(tie.left, lang),
        "partner": tie.right.said(lang),
        "partner-town": tie.right.town_name,
        "country": _country(tie.right, lang),
        "events": tie.events,
        "undated": tie.undated,
        "agreements": tie.agreements,
        "first": date_text(tie.first, lang) if tie.first else None,
        "first-day": _day(tie.first, 0),
        "last": date_text(tie.last, lang) if tie.last else None,
        "last-day": _day(tie.last, 1),
        "topics": _joined(topic.said(lang) for topic in tie.topics),
        "address": tie.iri,
    }


def event_row(event: Event, visit: Visit) -> Row:
    """Return an event by the columns of its sheet."""
    lang = visit.lang
    people = [each.party for each in event.participants if each.party.kind in ("institution", "place", "group")]
    return {
        "title": event.title,
        "date": date_text(event.date, lang) if event.date else None,
        "start": _iso(event.start),
        "end": _iso(event.end),
        "kind": event.kind.said(lang),
        "mode": event.mode.said(lang) if event.mode else None,
        "places": _joined(place.said(lang) for place in event.places),
        "countries": _joined(country.said(lang) for country in event.countries),
        "participants": _joined(party.said(lang) for party in people),
        "topics": _joined(topic.said(lang) for topic in event.topics),
        "reporters": _joined(each.reporter.said(lang) for each in event.accounts if each.reporter),
        "reports": _joined(f"{each.report_title}, {each.row}" for each in event.accounts),
        "address": event.iri,
    }


def agreement_row(agreement: Agreement, visit: Visit) -> Row:
    """Return an agreement by the columns of its sheet."""
    lang = visit.lang
    return {
        "title": agreement.kind.said(lang),
        "number": agreement.told_number or None,
        "subject": agreement.subject or None,
        "parties": _joined(party.said(lang) for party in agreement.parties),
        "country": _joined(country.said(lang) for country in agreement.countries),
        "status": agreement.status.said(lang),
        "signed": date_text(agreement.date, lang) if agreement.date else None,
        "signed-day": _day(agreement.date, 0),
        "term": agreement.term.said(lang) if agreement.term else None,
        "until": _iso(agreement.until),
        "overdue": agreement.is_overdue,
        "ended": agreement.has_ended,
        "address": agreement.iri,
    }


def sheet(name: str, rows: Sequence[Row], columns: Sequence[str], visit: Visit) -> Sheet:
    """Return a sheet of some rows: its name, its heads and its cells, by ``columns``."""
    heads = texts(WORDS, visit.lang, "heads")
    made = [[row[column] for column in columns] for row in rows]
    return texts(WORDS, visit.lang)[name], [heads[column] for column in columns], made


def bounded(found: int) -> int:
    """Return how many rows a sheet has. Raises UsageError where that is more than ``MOST``."""
    if found > MOST:
        raise UsageError("download-too-many", found=found, most=MOST)
    return found


def _country(party: Party, lang: Language) -> str | None:
    return party.country.said(lang) if party.country else None


def _joined(names: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(names)) or None


def _iso(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


def _day(edtf: str, side: int) -> date | None:
    """Return the first (0) or the last (1) day of a date as told, None where it tells none."""
    first, _, last = edtf.partition("/")
    try:
        return bounds((last or first) if side else first)[side]
    except ValueError:
        return None
