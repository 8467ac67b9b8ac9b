"""``/agreements``: the register: what is signed, in force, planned, overdue; until when it holds."""

from typing import Any
from urllib.parse import urlencode

from pobratim.explore import Index, Selection
from pobratim.explore.agreements import Agreement
from pobratim.explore.filling.facets import NONE
from pobratim.explore.register import SORTS, STATES, Register, Sort, State, months_overdue, selected_agreements
from pobratim.messages import texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import Bars
from pobratim.site.explorer.list_page import ROWS, Made, list_at, offset, sorting, window, with_pairs
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.labels import key_of
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import counted, grouped

FIELDS = ("country", "region", "status", "kind")
OFFERED: tuple[State, ...] = ("overdue", "undated", "told", "ending", "ended")
"""States that stand above the list; "planned" is a status, "untold" is all without a term."""

UNTOLD, FIXED = "not-stated", "fixed"
"""Terms that say nothing beside the last day."""
GOOD = ("signed", "in-force")
"""Statuses that are as they should be."""


@needs_reports
async def agreements_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of all agreements."""
    del path
    return await list_at(asker, visit, "agreements.html", lambda index, selection: _made(index, selection, visit))


def _made(index: Index, selection: Selection, visit: Visit) -> Made:
    given = [value for name, value in visit.query if name == "state"]
    states = tuple(state for state in STATES if state in given)
    order, sorts = sorting(visit, SORTS, "date")
    sort: Sort = next(each for each in SORTS if each == order)
    found = selected_agreements(index, selection, sort, ROWS, offset(visit), states=states)
    bar = Bars(index, "agreement", visit).bar(selection, (found.found, found.hidden), FIELDS)
    return {
        "bar": bar,
        "clear": with_pairs(visit, ("state", "page", *(name for name, _ in selection.pairs()))),
        "states": [_state(each, states, found, visit) for each in STATES if each in OFFERED or each in states],
        "total": found.total,
        "found": found.found,
        "summary": _summary(index, found, visit),
        "day": date_text(found.day, visit.lang) if found.day else "",
        "rows": [_row(one, found.day, index.home.country, visit) for one in found.rows],
        "sort": sort,
        "sorts": sorts,
        "window": window(visit, found.found),
    }


def _summary(index: Index, found: Register, visit: Visit) -> str:
    """Return how many agreements there are, of each status, overdue, and with a term, as safe HTML."""
    words, lang = texts("lists", visit.lang), visit.lang
    statuses = [
        words.get(f"status-{code}", words["status-other"]).format(
            status=index.label("status", code).said(lang), number=grouped(count, lang)
        )
        for code, count in sorted(found.statuses.items(), key=lambda one: -one[1])
        if count and code != NONE
    ]
    whole = counted("agreements", sum(found.statuses.values()), lang, "lists")
    told = [f"<b>{whole}</b>: {', '.join(statuses)}." if statuses else f"<b>{whole}</b>."]
    for state in ("overdue", "told"):
        count = found.counts[state]
        code = f"register-{state}" if count else f"register-none-{state}"
        told.append(words[code].format(number=grouped(count, lang)))
    return " ".join(told)


def _state(state: State, chosen: tuple[State, ...], found: Register, visit: Visit) -> dict[str, Any]:
    label = texts("lists", visit.lang)[f"state-{state}"].format(year=found.day[:4])
    others = [each for each in chosen if each != state]
    wanted = others if state in chosen else [*chosen, state]
    pairs = [(name, value) for name, value in visit.query if name not in ("state", "page", "lang")]
    link = visit.addresses.root + visit.path
    asked = [*pairs, *(("state", each) for each in STATES if each in wanted)]
    return {
        "label": label,
        "count": found.counts[state],
        "is_chosen": state in chosen,
        "link": visit.link(link + ("?" + urlencode(asked) if asked else "")),
    }


def _row(one: Agreement, day: str, home: str, visit: Visit) -> dict[str, Any]:
    lang = visit.lang
    lands = {party.country.code: party.country.said(lang) for party in one.parties if party.country}
    abroad = {code: name for code, name in lands.items() if code != home} or lands
    until = one.valid.rpartition("/")[2] or one.until
    return {
        "title": one.kind.said(lang),
        "subject": one.subject,
        "number": one.told_number,
        "link": visit.link(visit.addresses.page(one.iri) or ""),
        "parties": [party.said_where(lang) for party in one.parties],
        "lands": list(abroad.items()),
        "date": date_text(one.date, lang) if one.date else "",
        "is_year": one.precision == "year",
        "is_planned": one.status.code == "planned",
        "key": key_of(one.iri),
        "until": date_text(until, lang) if one.until else "",
        "is_until_year": len(until) == len("2030"),
        "term": one.term.said(lang) if one.term and one.term.code not in (UNTOLD, FIXED) else "",
        "is_prolonged": one.is_prolonged,
        "status": one.status.said(lang),
        "is_good": one.status.code in GOOD,
        "overdue": months_overdue(one, day),
        "has_ended": one.has_ended,
    }
