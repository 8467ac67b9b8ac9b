"""``/doc/activity/…`` and its like: an event, an agreement, a report, a series or a tie, its sentence first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pobratim.explore import Index
from pobratim.explore.agreements import Agreement, agreements_at
from pobratim.explore.events import events_at
from pobratim.explore.parties import Party
from pobratim.explore.register import reference_day
from pobratim.explore.reports import Report, lines_of, reports_at, reports_lately
from pobratim.explore.ties import Tie, ties_at
from pobratim.papers.card import Strong
from pobratim.site.asking import Asker
from pobratim.site.entity import Section, Subject, entity_page
from pobratim.site.evidence import ReportRow
from pobratim.site.explorer.evidence import named_agreement
from pobratim.site.explorer.listed import agreement_row, pair_link
from pobratim.site.explorer.take_away import Offer, brief, data_of, menu, table_of
from pobratim.site.explorer.thing_sheets import KINDS as SHEETS
from pobratim.site.explorer.wording import Piece, Wording, capital, meetings
from pobratim.site.page import Page, Visit
from pobratim.site.sharing import card
from pobratim.site.values import date_text

_ALL = "all"
_LINES, _MOST = 60, 1000
"""Rows of a report on its page, and on the page of all of them."""
_SERIES = "pob:series"
_ROWS = "pob:entry"
"""What the table of rows says better."""
Lead = Callable[[Index, str, Visit, Wording], dict[str, Any] | None]


async def told_page(asker: Asker, subject: Subject, visit: Visit, kind: str) -> Page:
    """Return the page about a thing of a kind, as its IRI names that. Raises as the asker does."""
    page, w = await entity_page(asker, subject, visit), Wording(visit.lang)
    rows: Sequence[ReportRow] = page.values["rows"]

    def found(index: Index) -> tuple[dict[str, Any], Mapping[str, Report]]:
        lead = _LEADS[kind](index, subject.iri, visit, w) if kind in _LEADS else None
        told = tuple(one.report for one in (*rows, *page.values["phrases"]))
        return lead or {}, reports_lately(index, told)

    lead, reports = await asker.explored(found)
    offers = [*([table_of(visit)] if lead and kind in SHEETS else []), *lead.pop("offers", ())]
    values = {
        "w": w,
        "crumb": page.values["kind"],
        "summary": _of_series(page.values["sections"], w) if kind == "series" else [],
        "actions": (),
        "take": menu(visit, *offers, *data_of(visit, page.forms)),
        "tag": None,
        "lines": (),
        "lines_more": None,
        **{name: value for name, value in page.values.items() if name != "kind"},
        **lead,
        "facts": [section for section in page.values["facts"] if not (lead.get("lines") and section.key == _ROWS)],
        "named": (named := {iri: report.said(visit.lang) for iri, report in reports.items()}),
        "reports": {**page.values["reports"], **named},
        "accounts": accounts(rows, reports, visit) if kind == "activity" and len(rows) > 1 else None,
    }
    return Page("thing.html", values, page.status, page.forms, values.pop("card", None))


def accounts(rows: Sequence[ReportRow], reports: Mapping[str, Report], visit: Visit) -> dict[str, Any]:
    """Return rows that tell of one thing beside each other: by column their texts, and whether these differ."""
    columns = list(dict.fromkeys(column for row in rows for _, column, _ in row.cells))
    headings = {column for row in rows for cell, column, _ in row.cells if cell.endswith("/section")}
    heads = [_head(row, reports, visit) for row in rows]
    lines = []
    for column in columns:
        cells = [next((pieces for _, name, pieces in row.cells if name == column), []) for row in rows]
        texts = {" ".join("".join(text for text, _ in pieces).split()).casefold() for pieces in cells}
        lines.append({"column": column, "cells": cells, "differs": len(texts) > 1 and column not in headings})
    return {"heads": heads, "lines": lines}


def _head(row: ReportRow, reports: Mapping[str, Report], visit: Visit) -> dict[str, str]:
    report = reports[row.report].said(visit.lang) if row.report in reports else row.title
    return {
        "who": row.municipality,
        "report": report,
        "page": visit.about(row.entry),
        "report_page": visit.about(row.report),
        "number": row.number,
    }


def _event(index: Index, iri: str, visit: Visit, w: Wording) -> dict[str, Any] | None:
    del visit
    number = index.value("SELECT id FROM event WHERE iri = ?", iri)
    if number is None:
        return None
    [event] = events_at(index, [number])
    when = w.date(event.date) if event.date else w("noYear")
    mode = event.mode.said(w.lang) if event.mode else ""
    places = ", ".join(place.said(w.lang) for place in event.places)
    told = [each.reporter for each in event.accounts if each.reporter]
    names = list(dict.fromkeys(party.said(w.lang) for party in told))
    sentence: list[Piece] = [(capital(when), True)]
    sentence += [(f", {part}", False) for part in (places, mode) if part]
    sentence.append((f". {capital(w.by(names))}." if names else ".", False))
    return {"title": event.title, "crumb": capital(event.kind.said(w.lang)), "summary": sentence}


def _agreement(index: Index, iri: str, visit: Visit, w: Wording) -> dict[str, Any] | None:
    agreement = index.lately(("agreement", iri), lambda: _agreement_at(index, iri))
    if agreement is None:
        return None
    row = agreement_row(agreement, visit, w)
    parties = " — ".join(party.said(w.lang) for party in agreement.parties)
    when = w.date(agreement.date) if agreement.date else w("noDate")
    sentence: list[Piece] = [(capital(when), True), (f": {parties}. {capital(row['term'])}.", False)]
    sides = [Strong(party.said(w.lang), "", party.country.code if party.country else "") for party in agreement.parties]
    kind = " · ".join(capital(label.said(w.lang)) for label in (agreement.kind, agreement.status))
    return {
        "title": named_agreement(agreement, w),
        "summary": sentence,
        "tag": (row["status"], row["tone"]),
        "card": card(w.lang, kind, named_agreement(agreement, w), sentence, strongest=("card-parties", sides)),
        "actions": _to_pair(agreement.parties, visit, w),
        "offers": _briefs(agreement.parties, visit),
    }


def _agreement_at(index: Index, iri: str) -> Agreement | None:
    number = index.value("SELECT id FROM agreement WHERE iri = ?", iri)
    return None if number is None else agreements_at(index, [number], reference_day(index))[0]


def _tie(index: Index, iri: str, visit: Visit, w: Wording) -> dict[str, Any] | None:
    tie = index.lately(("tie", iri), lambda: _tie_at(index, iri))
    if tie is None:
        return None
    sentence = meetings(w, tie.events, tie.years, tie.undated)
    if tie.agreements:
        sentence += [("; ", False), (w.counted("agreements", tie.agreements), True)]
    parties = (tie.left, tie.right)
    return {
        "title": " — ".join(party.said(w.lang) for party in parties),
        "summary": [*sentence, (".", False)],
        "actions": _to_pair(parties, visit, w),
        "offers": _briefs(parties, visit),
    }


def _tie_at(index: Index, iri: str) -> Tie | None:
    number = index.value("SELECT id FROM tie WHERE iri = ?", iri)
    return None if number is None else ties_at(index, [number])[0]


def _report(index: Index, iri: str, visit: Visit, w: Wording) -> dict[str, Any] | None:
    report = reports_at(index, [iri]).get(iri)
    if report is None:
        return None
    is_whole = dict(visit.query).get(_ALL) == "rows"
    lines, rows, events = lines_of(index, iri, _MOST if is_whole else _LINES)
    sentence: list[Piece] = [(w.counted("rows", rows), True), (", ", False), (w.counted("events", events), True)]
    if len(report.reporters) > 1:
        sentence += [(", ", False), (w.counted("municipalities", len(report.reporters)), True)]
    said = report.said(w.lang)
    return {
        "title": said,
        "subtitle": report.title if report.title != said else "",
        "summary": [*sentence, (".", False)],
        "lines": [
            {
                "number": line.number,
                "title": line.title,
                "page": visit.about(line.iri),
                "date": date_text(line.date, w.lang, is_short=True) if line.date else w("noDate"),
                "who": line.reporter.said(w.lang) if line.reporter else "",
            }
            for line in lines
        ],
        "lines_more": (rows - len(lines), f"{visit.addresses.root}{visit.path}?{_ALL}=rows")
        if rows > len(lines)
        else None,
        "sections": [],
    }


def _of_series(sections: Sequence[Section], w: Wording) -> list[Piece]:
    total = sum(section.total for section in sections if section.key == _SERIES)
    return [(w.counted("events", total), True), (w("inSeries"), False)] if total else []


def _briefs(parties: Sequence[Party], visit: Visit) -> list[Offer]:
    """Return the offer of the brief about two parties, nothing for more or fewer."""
    return [brief(visit, *parties)] if len(parties) == 2 else []


def _to_pair(parties: Sequence[Party], visit: Visit, w: Wording) -> list[tuple[str, str]]:
    return [(w("wholePair"), pair_link(visit, *parties))] if len(parties) == 2 else []


_LEADS: Mapping[str, Lead] = {"activity": _event, "agreement": _agreement, "tie": _tie, "report": _report}
KINDS = (*_LEADS, "series")
"""Kinds of things, as IRIs name them, that have such a page."""
