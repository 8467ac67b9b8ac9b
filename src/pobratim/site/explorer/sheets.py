"""Lists of the explorer as sheets of Excel: what the selection chooses, dates as told and as days beside each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from pobratim.compare.periods import in_order, period_of
from pobratim.errors import UsageError
from pobratim.explore import Index, Selection, bits
from pobratim.explore.agreements import Agreement
from pobratim.explore.changes import GROUPS, changes, usual_periods
from pobratim.explore.chosen import chosen
from pobratim.explore.dossier import Limits, dossier_of
from pobratim.explore.events import Event, selected_events
from pobratim.explore.parties import Party, party_of
from pobratim.explore.points import tie_map
from pobratim.explore.register import STATES, selected_agreements
from pobratim.explore.ties import Tie, selected_ties, strongest, ties_at
from pobratim.messages import Language, texts
from pobratim.query.text_rows import Value
from pobratim.rdf.edtf import bounds
from pobratim.site.explorer.brief import WORDS
from pobratim.site.explorer.network import asked, level_of
from pobratim.site.explorer.partners import on_one_level
from pobratim.site.page import Visit
from pobratim.site.values import date_text

MOST = 20_000
"""Rows of one sheet: some seconds of work and some megabytes; all data are files of ``/tables``."""
Row = dict[str, Value]
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Value]]]
Make = Callable[[Index, Selection, Visit], list[Sheet]]
OF = "of"
_PICTURE = ("seed", "view", "expanded")
"""The parameter that names the party of a dossier."""


def sheets(index: Index, name: str, visit: Visit) -> list[Sheet]:
    """Return the sheets of one of ``LISTS`` under the selection of the address.

    Raises UsageError for what the address does not mean, and where more than ``MOST`` rows are selected.
    """
    return LISTS[name](
        index, Selection.read(((key, value) for key, value in visit.query if key not in _PICTURE), index), visit
    )


def _partners(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    given, _ = on_one_level(index, selection)
    found = selected_ties(index, given, limit=_bounded(chosen_ties(index, given)))
    return [_sheet("ties", [_tie(tie, visit) for tie in found.rows], _TIE, visit)]


def chosen_ties(index: Index, selection: Selection) -> int:
    """Return how many ties a selection chooses."""
    return selected_ties(index, selection, limit=0).found


def _events(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    most = _bounded(selected_events(index, selection, 0).found)
    rows = [_event(event, visit) for event in selected_events(index, selection, most).rows]
    return [_sheet("events", rows, _EVENT, visit)]


def _agreements(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    given = [value for name, value in visit.query if name == "state"]
    states = tuple(state for state in STATES if state in given)
    most = _bounded(selected_agreements(index, selection, limit=0, states=states).found)
    found = selected_agreements(index, selection, limit=most, states=states)
    return [_sheet("agreements", [_agreement(each, visit) for each in found.rows], _AGREEMENT, visit)]


def _time(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    given, _ = on_one_level(index, selection.without("since").without("until"))
    usual = usual_periods(index)
    columns = ("state", *_TIE, "before", "after")
    if usual is None:
        return [_sheet("ties", [], columns, visit)]
    asked = dict(visit.query)
    told = (asked.get("a") or usual[0], asked.get("b") or usual[1])
    a, b = in_order(*(period_of(each.replace("..", "/")) for each in told))
    groups = [group for group in GROUPS if asked.get("group", group) == group] or list(GROUPS)
    most = _bounded(chosen_ties(index, given))
    found, words = changes(index, given, a, b, dict.fromkeys(groups, (0, most))), texts("lists", visit.lang)
    rows: list[Row] = [
        {"state": words[f"group-{group}"], **_tie(each.tie, visit), "before": each.in_a, "after": each.in_b}
        for group in groups
        for each in found.rows[group]
    ]
    return [_sheet("ties", rows, columns, visit)]


def _dossier(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    ref = dict(visit.query).get(OF, "")
    party = party_of(index, ref)
    if party is None:
        raise UsageError("paper-nothing", name=ref)
    counted = dossier_of(index, party, selection, Limits(0, 0, 0, 0))
    found = (counted.found, counted.events.found, counted.agreements.found)
    ties, events, agreements = map(_bounded, found)
    told = dossier_of(index, party, selection, Limits(ties, events, agreements, 0))
    return [
        _sheet("ties", [_tie(tie, visit) for tie in told.ties], _TIE, visit),
        _sheet("events", [_event(event, visit) for event in told.events.rows], _EVENT, visit),
        _sheet("agreements", [_agreement(each, visit) for each in told.agreements.rows], _AGREEMENT, visit),
    ]


def _network(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    """Return the ties of a picture: of the party in its middle, or all, at its level."""
    del selection
    what = asked(index, visit.query)
    given = what.selection.without("level").with_(level=level_of(index, what))
    if what.seed is None:
        found = selected_ties(index, given, limit=_bounded(chosen_ties(index, given))).rows
    else:
        within = index.numbers("SELECT tie FROM tie_of WHERE party = ?", what.seed.number)
        kept = chosen(index, "tie", given, within).bits
        numbers = bits.first(kept, strongest(index), 0, _bounded(kept.bit_count()))
        found = ties_at(index, numbers, what.seed, given)
    return [_sheet("ties", [_tie(tie, visit) for tie in found], _TIE, visit)]


def _map(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    """Return the ties of a map: of the level that it shows."""
    given = selection.without("level").with_(level=tie_map(index, selection, 0).level)
    found = selected_ties(index, given, limit=_bounded(chosen_ties(index, given)))
    return [_sheet("ties", [_tie(tie, visit) for tie in found.rows], _TIE, visit)]


LISTS: Mapping[str, Make] = {
    "partners": _partners,
    "events": _events,
    "agreements": _agreements,
    "time": _time,
    "dossier": _dossier,
    "network": _network,
    "map": _map,
}
"""The lists that there are sheets of."""


def _bounded(found: int) -> int:
    if found > MOST:
        raise UsageError("download-too-many", found=found, most=MOST)
    return found


_TIE = (
    *("level", "ours", "ours-country", "partner", "partner-town", "country", "events", "undated", "agreements"),
    *("first", "first-day", "last", "last-day", "topics", "address"),
)
_EVENT = (
    *("title", "date", "start", "end", "kind", "mode", "places", "countries", "participants", "topics"),
    *("reporters", "reports", "address"),
)
_AGREEMENT = (
    *("title", "number", "subject", "parties", "country", "status", "signed", "signed-day", "term", "until"),
    *("overdue", "ended", "address"),
)


def _tie(tie: Tie, visit: Visit) -> Row:
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


def _event(event: Event, visit: Visit) -> Row:
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


def _agreement(agreement: Agreement, visit: Visit) -> Row:
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


def _sheet(name: str, rows: Sequence[Row], columns: Sequence[str], visit: Visit) -> Sheet:
    heads = texts(WORDS, visit.lang, "heads")
    made = [[row[column] for column in columns] for row in rows]
    return texts(WORDS, visit.lang)[name], [heads[column] for column in columns], made


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
