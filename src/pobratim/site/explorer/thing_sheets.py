"""An event, an agreement or a report as sheets of Excel: who took part, who tells of it, its rows."""

from collections.abc import Callable, Mapping

from pobratim.explore import Index
from pobratim.explore.agreements import agreements_at
from pobratim.explore.events import Event, events_at
from pobratim.explore.parties import Party
from pobratim.explore.register import reference_day
from pobratim.explore.reports import lines_of, reports_at
from pobratim.site.explorer.sheet_rows import (
    AGREEMENT,
    EVENT,
    MOST,
    Row,
    Sheet,
    agreement_row,
    bounded,
    event_row,
    sheet,
)
from pobratim.site.page import Visit
from pobratim.site.values import date_text

_PARTY = ("name", "what", "town", "region", "party-country", "role", "address")
_ACCOUNT = ("report", "row", "reporter", "title", "date", "address")
_LINE = ("row", "title", "date", "reporter", "address")
Make = Callable[[Index, str, Visit], list[Sheet] | None]


def thing_sheets(index: Index, kind: str, iri: str, visit: Visit) -> list[Sheet] | None:
    """Return the sheets of a thing of one of ``KINDS`` by its IRI, None where there is none.

    Raises UsageError where it has more rows than a sheet takes.
    """
    return KINDS[kind](index, iri, visit)


def _event(index: Index, iri: str, visit: Visit) -> list[Sheet] | None:
    number = index.value("SELECT id FROM event WHERE iri = ?", iri)
    if number is None:
        return None
    [event] = events_at(index, [number])
    people = [_party(each.party, visit, each.role.said(visit.lang)) for each in event.participants]
    return [
        sheet("events", [event_row(event, visit)], EVENT, visit),
        sheet("participants", people, _PARTY, visit),
        sheet("accounts", _accounts(event, visit), _ACCOUNT, visit),
    ]


def _accounts(event: Event, visit: Visit) -> list[Row]:
    return [
        {
            "report": each.report_title,
            "row": each.row,
            "reporter": each.reporter.said(visit.lang) if each.reporter else None,
            "title": each.title,
            "date": date_text(each.date, visit.lang) if each.date else None,
            "address": each.iri,
        }
        for each in event.accounts
    ]


def _agreement(index: Index, iri: str, visit: Visit) -> list[Sheet] | None:
    number = index.value("SELECT id FROM agreement WHERE iri = ?", iri)
    if number is None:
        return None
    [agreement] = agreements_at(index, [number], reference_day(index))
    return [
        sheet("agreements", [agreement_row(agreement, visit)], AGREEMENT, visit),
        sheet("parties", [_party(each, visit) for each in agreement.parties], _PARTY, visit),
    ]


def _report(index: Index, iri: str, visit: Visit) -> list[Sheet] | None:
    if iri not in reports_at(index, [iri]):
        return None
    lines, found, _ = lines_of(index, iri, MOST)
    bounded(found)
    rows: list[Row] = [
        {
            "row": line.number,
            "title": line.title,
            "date": date_text(line.date, visit.lang) if line.date else None,
            "reporter": line.reporter.said(visit.lang) if line.reporter else None,
            "address": line.iri,
        }
        for line in lines
    ]
    return [sheet("rows", rows, _LINE, visit)]


def _party(party: Party, visit: Visit, role: str = "") -> Row:
    lang = visit.lang
    return {
        "name": party.said(lang),
        "what": party.type.said(lang) if party.type else None,
        "town": party.town_name or None,
        "region": party.region.said(lang) if party.region else None,
        "party-country": party.country.said(lang) if party.country else None,
        "role": role or None,
        "address": party.iri,
    }


KINDS: Mapping[str, Make] = {"activity": _event, "agreement": _agreement, "report": _report}
"""Kinds of things, as IRIs name them, that there are sheets of."""
