"""Whose reports there are for which days: without one, silence says nothing."""

from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from pobratim.compare.comparison import Line, listed


class Span(NamedTuple):
    """The first and last day of a report, and from which day on it surely tells.

    Where no period is told, that is the last: one row about an early day makes no report of what was before.
    """

    first: date
    last: date
    sure: date


class Coverage:
    """The reports of a store, by the municipalities and regions whose they are."""

    def __init__(self, reports: Iterable[Line], places: Iterable[Line]) -> None:
        """Take the rows of the tables of reports and places.

        A report of one municipality is its own; one of several, or of none that it names, is its region's as well.
        """
        self._region_of_place = {str(one["id"]): str(one["region"]) for one in places if one["region"]}
        self._region_of_report: dict[str, str] = {}
        self._spans: dict[str, list[Span]] = {}
        for one in reports:
            towns, region = listed(one["reporter_ids"]), one["region"]
            if region:
                self._region_of_report[str(one["id"])] = str(region)
            whose = {*towns, str(region)} if region and len(towns) != 1 else towns
            span = _span(one)
            if span is not None:
                for each in whose:
                    self._spans.setdefault(each, []).append(span)

    def tellers(self, towns: Set[str], reports: Iterable[str]) -> Set[str]:
        """Return whose reports would tell of what these reporters told in these reports: theirs, or their region's."""
        regions = {self._region_of_place.get(town, "") for town in towns}
        regions |= {self._region_of_report.get(report, "") for report in reports}
        return towns | regions - {""}

    def spans(self, tellers: Iterable[str]) -> list[Span]:
        """Return the days of each of their reports."""
        return [span for each in tellers for span in self._spans.get(each, ())]


def _span(report: Line) -> Span | None:
    """Return the days of a report, None where it has none or gathers more than a year.

    Who gathers what many sent in over years does not say that all reported for each: its silence proves nothing.
    """
    first, last = report["period_start"], report["period_end"]
    is_told = isinstance(first, date) and isinstance(last, date)
    if not is_told:
        first, last = report["events_start"], report["events_end"]
    if not isinstance(first, date) or not isinstance(last, date) or last >= _year_later(first):
        return None
    return Span(first, last, first if is_told else last)


def _year_later(day: date) -> date:
    return date(day.year + 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
