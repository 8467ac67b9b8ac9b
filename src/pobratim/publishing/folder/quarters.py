"""Which reports, events and agreements belong to which quarter: a data set a quarter, whoever reported in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from pobratim.compare.comparison import lines
from pobratim.query.text_rows import Value
from pobratim.tables import Table

_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Reports of one period: ``name`` is "2023-q1", "2023" for a year, "2023-01-15--2023-02-20" for any other."""

    name: str
    start: date
    end: date
    reports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quarters:
    """All periods with their reports, in order. ``undated`` are the reports that tell no period."""

    every: tuple[Quarter, ...]
    undated: tuple[str, ...] = ()


def quarters_of(reports: Table) -> Quarters:
    """Return the periods of the table of reports."""
    found: dict[str, Quarter] = {}
    undated = []
    for row in lines(reports):
        iri, start, end = str(row["id"]), row["period_start"], row["period_end"]
        if not isinstance(start, date) or not isinstance(end, date) or end < start:
            undated.append(iri)
            continue
        name = period_name(start, end)
        known = found.setdefault(name, Quarter(name, start, end))
        found[name] = replace(known, reports=(*known.reports, iri))
    return Quarters(tuple(sorted(found.values(), key=lambda each: (each.start, each.end))), tuple(undated))


def period_name(start: date, end: date) -> str:
    """Return what a period is called in addresses."""
    quarter = (start.month - 1) // _MONTHS + 1
    if start == date(start.year, 1, 1) and end == date(start.year, 12, 31):
        return str(start.year)
    if start == date(start.year, _MONTHS * quarter - 2, 1) and end == _last_day(start.year, _MONTHS * quarter):
        return f"{start.year}-q{quarter}"
    return f"{start.isoformat()}--{end.isoformat()}"


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def parts_of(table: Table, quarters: Quarters) -> dict[str, Table]:
    """Return the rows of events or agreements that the reports of each period tell of, by its name, gone through once.

    Their column of rows ("smolensk-2023-q1/1 | …") names the reports.
    """
    periods = {iri.rpartition("/id/report/")[2]: one.name for one in quarters.every for iri in one.reports}
    found: dict[str, list[Sequence[Value]]] = {quarter.name: [] for quarter in quarters.every}
    place = table.columns.index("rows")
    for row in table.rows:
        reports = {each.rpartition("/")[0] for each in str(row[place] or "").split(" | ")}
        for name in {periods[report] for report in reports if report in periods}:
            found[name].append(row)
    return {name: Table(table.query, rows) for name, rows in found.items()}


def span_of(quarters: Sequence[Quarter]) -> tuple[date, date] | None:
    """Return the first and the last day of all periods, None where there is none."""
    if not quarters:
        return None
    return min(each.start for each in quarters), max(each.end for each in quarters)
