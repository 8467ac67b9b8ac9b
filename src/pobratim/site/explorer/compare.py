"""One party beside several others: a column each, the same measures in the rows."""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from pobratim.explore import Index, Selection
from pobratim.explore.pair import Pair, pair_of
from pobratim.explore.parties import Party
from pobratim.explore.selection import PARTIES
from pobratim.messages import texts
from pobratim.site.explorer.filter_bar import Bars
from pobratim.site.explorer.list_page import values_page
from pobratim.site.explorer.listed import lists_between, pair_link
from pobratim.site.explorer.take_away import menu
from pobratim.site.explorer.wording import Piece, Wording
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import grouped

_TOPICS, _REPORTERS = 3, 6
FIELDS = ("kind", "topic", "mode")
"""What events between parties are chosen by."""


def comparison(index: Index, first: Party, others: Sequence[Party], selection: Selection, visit: Visit) -> Page:
    """Return the page of one party beside others, or the whole list of what they may be chosen by."""
    w = Wording(visit.lang)
    pairs = [pair_of(index, first, other, selection) for other in others]
    years = sorted({year for pair in pairs for year in pair.years})
    top = max((count for pair in pairs for count in pair.years.values()), default=1)
    lists = [lists_between(selection, first, other, visit) for other in others]
    columns = [
        {**_column(pair, first, other, others, years, top, visit, w), "all": links}
        for pair, other, links in zip(pairs, others, lists, strict=True)
    ]
    told = [each for pair in pairs for each in (pair.events, pair.agreements)]
    counts = sum(each.found for each in told), sum(each.hidden for each in told)
    around = reduce(or_, (pair.around for pair in pairs))
    bar = Bars(index, "event", visit, path=PARTIES).bar(selection, counts, FIELDS, within=around)
    values: dict[str, Any] = {
        "w": w,
        "title": w("comparing", name=first.said_briefly(visit.lang)),
        "first": {"name": first.said_briefly(visit.lang), "ref": first.ref, "page": visit.about(first.iri)},
        "columns": columns,
        "summary": _summary(pairs, others, w),
        "take": menu(visit),
        "years": years,
        "bar": bar,
        "lists": texts("lists", visit.lang),
    }
    return values_page(bar, visit) or Page("compare.html", values)


def _column(
    pair: Pair,
    first: Party,
    other: Party,
    others: Sequence[Party],
    years: Sequence[int],
    top: int,
    visit: Visit,
    w: Wording,
) -> dict[str, Any]:
    rest = [each for each in others if each.ref != other.ref]
    return {
        "ref": other.ref,
        "name": other.said_briefly(w.lang),
        "where": other.region.said(w.lang) if other.region else "",
        "code": other.country.code if other.country else "",
        "country": other.country.said(w.lang) if other.country else "",
        "link": pair_link(visit, first, other),
        "page": visit.about(other.iri),
        "without": pair_link(visit, first, *rest),
        "events": grouped(pair.events.found, w.lang),
        "bars": [(year, pair.years.get(year, 0), round(20 * pair.years.get(year, 0) / top)) for year in years],
        "has_years": bool(pair.years),
        "last": date_text(pair.last, w.lang) if pair.last else w("none"),
        "agreements": grouped(pair.agreements.found, w.lang),
        "couples": grouped(pair.found, w.lang),
        "schools": grouped(pair.schools, w.lang),
        "topics": ", ".join(topic.said(w.lang) for topic in pair.topics[:_TOPICS]) or w("none"),
        "reporters": _reporters(pair, w),
    }


def _summary(pairs: Sequence[Pair], others: Sequence[Party], w: Wording) -> list[Piece]:
    """Return the sentence that answers: with whom there was most, and with whom last."""
    told = list(zip(pairs, others, strict=True))
    most, strongest = max(told, key=lambda one: one[0].events.found)
    if not most.events.found:
        return [(w("noEvents") + ".", False)]
    found = [(w("mostEvents", name=strongest.said_briefly(w.lang)), False), (grouped(most.events.found, w.lang), True)]
    last, latest = max(told, key=lambda one: one[0].last)
    if last.last:
        found.append((w("lastWith", name=latest.said_briefly(w.lang), date=w.date(last.last)), False))
    return [*found, (".", False)]


def _reporters(pair: Pair, w: Wording) -> str:
    """Return who told of the events, of very many the first."""
    names = [party.said(w.lang) for party in pair.reporters]
    told = ", ".join(names[:_REPORTERS])
    rest = len(names) - _REPORTERS
    return f"{told} {w('more', count=grouped(rest, w.lang))}" if rest > 0 else told or w("none")
