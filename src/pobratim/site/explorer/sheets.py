"""Lists of the explorer as sheets of Excel: what the selection chooses, dates as told and as days beside each other."""

from collections.abc import Callable, Mapping

from pobratim.compare.periods import in_order, period_of
from pobratim.errors import UsageError
from pobratim.explore import Index, Selection, bits
from pobratim.explore.changes import GROUPS, changes, usual_periods
from pobratim.explore.chosen import chosen
from pobratim.explore.dossier import Limits, dossier_of
from pobratim.explore.events import selected_events
from pobratim.explore.parties import party_of
from pobratim.explore.points import tie_map
from pobratim.explore.register import STATES, selected_agreements
from pobratim.explore.ties import selected_ties, strongest, ties_at
from pobratim.messages import texts
from pobratim.site.explorer.network import asked, level_of
from pobratim.site.explorer.partners import on_one_level
from pobratim.site.explorer.sheet_rows import (
    AGREEMENT,
    EVENT,
    TIE,
    Row,
    Sheet,
    agreement_row,
    bounded,
    event_row,
    sheet,
    tie_row,
)
from pobratim.site.page import Visit

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
    found = selected_ties(index, given, limit=bounded(chosen_ties(index, given)))
    return [sheet("ties", [tie_row(tie, visit) for tie in found.rows], TIE, visit)]


def chosen_ties(index: Index, selection: Selection) -> int:
    """Return how many ties a selection chooses."""
    return selected_ties(index, selection, limit=0).found


def _events(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    most = bounded(selected_events(index, selection, 0).found)
    rows = [event_row(event, visit) for event in selected_events(index, selection, most).rows]
    return [sheet("events", rows, EVENT, visit)]


def _agreements(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    given = [value for name, value in visit.query if name == "state"]
    states = tuple(state for state in STATES if state in given)
    most = bounded(selected_agreements(index, selection, limit=0, states=states).found)
    found = selected_agreements(index, selection, limit=most, states=states)
    return [sheet("agreements", [agreement_row(each, visit) for each in found.rows], AGREEMENT, visit)]


def _time(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    given, _ = on_one_level(index, selection.without("since").without("until"))
    usual = usual_periods(index)
    columns = ("state", *TIE, "before", "after")
    if usual is None:
        return [sheet("ties", [], columns, visit)]
    asked = dict(visit.query)
    told = (asked.get("a") or usual[0], asked.get("b") or usual[1])
    a, b = in_order(*(period_of(each.replace("..", "/")) for each in told))
    groups = [group for group in GROUPS if asked.get("group", group) == group] or list(GROUPS)
    most = bounded(chosen_ties(index, given))
    found, words = changes(index, given, a, b, dict.fromkeys(groups, (0, most))), texts("lists", visit.lang)
    rows: list[Row] = [
        {"state": words[f"group-{group}"], **tie_row(each.tie, visit), "before": each.in_a, "after": each.in_b}
        for group in groups
        for each in found.rows[group]
    ]
    return [sheet("ties", rows, columns, visit)]


def _dossier(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    ref = dict(visit.query).get(OF, "")
    party = party_of(index, ref)
    if party is None:
        raise UsageError("paper-nothing", name=ref)
    counted = dossier_of(index, party, selection, Limits(0, 0, 0, 0))
    found = (counted.found, counted.events.found, counted.agreements.found)
    ties, events, agreements = map(bounded, found)
    told = dossier_of(index, party, selection, Limits(ties, events, agreements, 0))
    return [
        sheet("ties", [tie_row(tie, visit) for tie in told.ties], TIE, visit),
        sheet("events", [event_row(event, visit) for event in told.events.rows], EVENT, visit),
        sheet("agreements", [agreement_row(each, visit) for each in told.agreements.rows], AGREEMENT, visit),
    ]


def _network(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    """Return the ties of a picture: of the party in its middle, or all, at its level."""
    del selection
    what = asked(index, visit.query)
    given = what.selection.without("level").with_(level=level_of(index, what))
    if what.seed is None:
        found = selected_ties(index, given, limit=bounded(chosen_ties(index, given))).rows
    else:
        within = index.numbers("SELECT tie FROM tie_of WHERE party = ?", what.seed.number)
        kept = chosen(index, "tie", given, within).bits
        numbers = bits.first(kept, strongest(index), 0, bounded(kept.bit_count()))
        found = ties_at(index, numbers, what.seed, given)
    return [sheet("ties", [tie_row(tie, visit) for tie in found], TIE, visit)]


def _map(index: Index, selection: Selection, visit: Visit) -> list[Sheet]:
    """Return the ties of a map: of the level that it shows."""
    given = selection.without("level").with_(level=tie_map(index, selection, 0).level)
    found = selected_ties(index, given, limit=bounded(chosen_ties(index, given)))
    return [sheet("ties", [tie_row(tie, visit) for tie in found.rows], TIE, visit)]


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
