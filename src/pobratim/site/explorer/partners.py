"""``/partners``: who works with whom, the strongest first; one level at a time."""

from collections.abc import Sequence
from typing import Any

from pobratim.explore import Index, Selection
from pobratim.explore.ties import SORTS, Sort, Tie, Ties, selected_ties
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import Bars
from pobratim.site.explorer.list_page import (
    ROWS,
    Made,
    country_of,
    list_at,
    offset,
    sorting,
    window,
    with_pairs,
)
from pobratim.site.explorer.listed import pair_link
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text

LEVELS = ("municipality", "institution", "region", "country")
"""The levels in the order in which they are offered."""
FIELDS = ("country", "region", "topic", "kind", "mode", "status")
TOPICS = 3
"""So many topics a row names."""


@needs_reports
async def partners_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of all ties of a level."""
    del path
    return await list_at(asker, visit, "partners.html", lambda index, selection: _made(index, selection, visit))


def _made(index: Index, selection: Selection, visit: Visit) -> Made:
    given, chosen_level = on_one_level(index, selection)
    order, sorts = sorting(visit, SORTS, "strength")
    sort: Sort = next(each for each in SORTS if each == order)
    ties = selected_ties(index, given, sort, ROWS, offset(visit))
    bars = Bars(index, "tie", visit, own=("level",))
    return {
        "level": chosen_level,
        "levels": level_links(index, chosen_level, visit),
        "bar": bars.bar(given, (ties.found, ties.hidden), FIELDS),
        "total": ties.total,
        "found": ties.found,
        "rows": rows_of(ties, visit),
        "sort": sort,
        "sorts": sorts,
        "window": window(visit, ties.found),
    }


def on_one_level(index: Index, selection: Selection) -> tuple[Selection, str]:
    """Return a selection of one level, the first that there are ties of where none is chosen, and that level."""
    there = index.facets.get(("tie", "level"), {})
    usual = next((level for level in LEVELS if level in there), LEVELS[0])
    level = next((each for each in LEVELS if each in selection.level), usual)
    return selection.without("level").with_(level=level), level


def level_links(index: Index, level: str, visit: Visit) -> list[tuple[str, bool, str]]:
    """Return the levels that there are ties of, whether it is that of the page, and the address of each."""
    there = index.facets.get(("tie", "level"), {})
    known = [each for each in LEVELS if each in there]
    links = {each: with_pairs(visit, ("page", "group"), level=each if each != known[0] else "") for each in known}
    return [(each, each == level, link) for each, link in links.items()]


def rows_of(ties: Ties, visit: Visit) -> list[dict[str, Any]]:
    """Return the rows of a table of ties; all bars are of the same years."""
    years = _years(ties.rows)
    most = max([1, *(count for tie in ties.rows for count in tie.years.values())])
    return [_row(tie, years, most, visit) for tie in ties.rows]


def _row(tie: Tie, years: Sequence[int], most: int, visit: Visit) -> dict[str, Any]:
    lang = visit.lang
    code, country = country_of(tie.right, visit)
    return {
        "partner": tie.right.said_briefly(lang),
        "partner_town": tie.right.town_name if tie.right.kind == "institution" else "",
        "ours": tie.left.said_where(lang),
        "link": pair_link(visit, tie.left, tie.right),
        "code": code,
        "country": country,
        "events": tie.events,
        "all_events": tie.all_events,
        "bars": [(year, tie.years.get(year, 0), -(-tie.years.get(year, 0) * 22 // most)) for year in years],
        "told": ", ".join(f"{year}: {count}" for year, count in sorted(tie.years.items())),
        "undated": tie.undated,
        "last": date_text(tie.last, lang) if tie.last else "",
        "topics": [topic.said(lang) for topic in tie.topics[:TOPICS]],
        "more_topics": [topic.said(lang) for topic in tie.topics[TOPICS:]],
        "agreements": tie.agreements,
        "all_agreements": tie.all_agreements,
    }


def _years(ties: Sequence[Tie]) -> list[int]:
    told = [year for tie in ties for year in tie.years]
    return list(range(max(min(told), max(told) - 11), max(told) + 1)) if told else []
