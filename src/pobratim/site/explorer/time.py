"""``/time``: ties of two periods, by what became of them, with events by quarter."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from pobratim.compare.periods import Period, in_order, period_of
from pobratim.explore import Index, Selection
from pobratim.explore.changes import GROUPS, Change, Changes, Group, changes, usual_periods, years_told
from pobratim.explore.periods import quarter_of, quarters
from pobratim.messages import Language, texts
from pobratim.site.asking import Asker
from pobratim.site.explorer.filter_bar import ROMAN, Bars, period_text
from pobratim.site.explorer.list_page import ROWS, Made, list_at, offset, window, with_pairs
from pobratim.site.explorer.listed import pair_link
from pobratim.site.explorer.partners import level_links, on_one_level
from pobratim.site.explorer.unloaded import needs_reports
from pobratim.site.page import Page, Visit
from pobratim.site.words import counted, grouped

FIELDS = ("country", "region", "topic", "kind", "mode")
FIRST, WHOLE = 5, 8
"""So many ties of a group are shown before all of it is asked for, and so many as well where that is all of it."""
CELLS = 900
"""So many cells a page has at most: where there are many quarters it has fewer rows."""
LENGTHS = (1, 2, 3, 5)
"""Years that an earlier period may have, as a list offers them."""


@needs_reports
async def time_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page of changes between two periods."""
    del path
    return await list_at(asker, visit, "time.html", lambda index, selection: _made(index, selection, visit))


def _made(index: Index, selection: Selection, visit: Visit) -> Made:
    given, level = on_one_level(index, selection.without("since").without("until"))
    usual = usual_periods(index)
    bars = Bars(index, "tie", visit, own=("level",))
    common = {"level": level, "levels": level_links(index, level, visit)}
    if usual is None:
        return {**common, "bar": bars.bar(given, (0, 0), FIELDS, dated=False), "undated": True, "total": 0, "found": 0}
    asked = dict(visit.query)
    told = asked.get("a") or usual[0], asked.get("b") or usual[1]
    a, b = in_order(*(period_of(each.replace("..", "/")) for each in told))
    one = next((group for group in GROUPS if group == asked.get("group")), None)
    shown: list[Group] = [one] if one else list(GROUPS)
    rows, whole = _most(a, b)
    windows = dict.fromkeys(shown, (offset(visit, rows), rows) if one else (0, whole))
    found = changes(index, given, a, b, windows)
    return {
        **common,
        "undated": False,
        "bar": bars.bar(given, (found.chosen, found.total - found.chosen), FIELDS, dated=False),
        "unseen": found.chosen - found.found,
        "total": found.total,
        "found": found.found,
        "a": period_text(told[0], visit.lang),
        "b": period_text(told[1], visit.lang),
        "periods": _periods(index, told),
        "years": _years(found.quarters),
        "quarters": [ROMAN[int(each[-1]) - 1] for each in found.quarters],
        "summary": _summary(found, told, visit),
        "groups": [_group(each, found, told, None if one else whole, visit) for each in windows if found.counts[each]],
        "one": one or "",
        "all": with_pairs(visit, ("group", "page")),
        "window": window(visit, found.counts[one] if one else 0, rows),
    }


def _periods(index: Index, told: tuple[str, str]) -> Mapping[str, Sequence[tuple[str, bool]]]:
    """Return the periods that can be chosen with that of the page, and whether each is it."""
    years = years_told(index)
    later = [str(year) for year in reversed(years)]
    earlier = [
        str(last) if length == 1 else f"{last - length + 1}..{last}"
        for last in reversed(range(years[0] - 1, years[-1]))
        for length in LENGTHS
        if length == 1 or last - length + 1 >= years[0] - max(LENGTHS)
    ]
    named = {"a": earlier, "b": later}
    return {
        name: [(each, each == value) for each in dict.fromkeys([*named[name], value])]
        for name, value in zip(("a", "b"), told, strict=True)
    }


def _years(quarters: Sequence[str]) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for each in quarters:
        found[each[:4]] = found.get(each[:4], 0) + 1
    return list(found.items())


def _summary(found: Changes, told: tuple[str, str], visit: Visit) -> str:
    """Return the sentence that answers, as safe HTML."""
    lang = visit.lang
    a, b = (escape(period_text(each, lang)) for each in told)
    words, earliest = texts("lists", lang), found.states["first-known"]
    counts = {**found.counts, "new": found.states["new"]}
    said = {group: counted(group, counts[group], lang, "lists") for group in GROUPS}
    first = words["time-first"].format(number=grouped(earliest, lang)) if earliest else ""
    unsaid = words["time-unsaid"].format(**said) if counts["untold"] else ""
    return words["time-sum"].format(a=a, b=b, first=first, unsaid=unsaid, **said)


def _most(a: Period, b: Period) -> tuple[int, int]:
    """Return how many rows a page of one group has, and how many a group beside others where that is all of it."""
    cells = len(list(quarters(str(a.first), str(b.last)))) + 1
    return max(1, min(ROWS, CELLS // cells)), max(1, min(WHOLE, CELLS // (len(GROUPS) * cells)))


def _group(group: Group, found: Changes, told: tuple[str, str], whole: int | None, visit: Visit) -> dict[str, Any]:
    words, lang = texts("lists", visit.lang), visit.lang
    a, b = (period_text(each, lang) for each in told)
    note = words[f"group-{group}-note"].format(a=a, b=b)
    extra = {"new": found.states["new"], "untold": found.states["vague"]}.get(group, 0)
    if extra:
        note += words[f"group-{group}-extra"].format(count=extra)
    rows = found.rows[group]
    rows = rows if whole is None or found.counts[group] <= whole else rows[: min(FIRST, whole)]
    return {
        "name": group,
        "count": found.counts[group],
        "note": note,
        "rows": [_row(each, found.quarters, visit) for each in rows],
        "more": found.counts[group] - len(rows),
        "link": with_pairs(visit, ("page",), group=group),
    }


def _row(one: Change, quarters: Sequence[str], visit: Visit) -> dict[str, Any]:
    lang, words = visit.lang, texts("lists", visit.lang)
    last = one.tie.last
    remarks = [words["vague"]] if one.state == "vague" else []
    if one.unplaced:
        remarks.append(words["no-month"].format(number=one.unplaced))
    return {
        "left": one.tie.left.said_where(lang),
        "right": one.tie.right.said_where(lang),
        "link": pair_link(visit, one.tie.left, one.tie.right),
        "cells": [(count, period_text(quarter, lang)) for count, quarter in zip(one.cells, quarters, strict=True)],
        "last": _quarter(last, lang),
        "remarks": remarks,
    }


def _quarter(told: str, lang: Language) -> str:
    return period_text(quarter_of(told if len(told) > 7 else f"{told}-01"), lang) if len(told) > 4 else told
