"""Reports as people name them: whose they are, and for which time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pobratim.explore.concepts import Label
from pobratim.explore.index import Index
from pobratim.explore.parties import Party, parties_of
from pobratim.messages import Language, texts

_ROMAN = ("", "I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Report:
    """A report: ``reporters`` are the municipalities that tell in it, ``areas`` the regions they are in.

    ``start`` and ``end`` are the first and the last day that it covers, "" where that is not told.
    """

    iri: str
    title: str
    start: str
    end: str
    reporters: tuple[Party, ...]
    areas: tuple[Label, ...]
    rows: int

    def said(self, lang: Language) -> str:
        """Return whose it is and for which time («Смоленская область, I квартал 2023»), else its title."""
        parts = (self.whose(lang), self.when(lang))
        return ", ".join(part for part in parts if part) if all(parts) else self.title

    def whose(self, lang: Language) -> str:
        """Return the one municipality or region that reports, or the first of several regions and their number."""
        if len(self.reporters) == 1:
            return self.reporters[0].said(lang)
        if not self.areas:
            return ""
        first, *others = (area.said(lang) for area in self.areas)
        return texts("dossier", lang)["andOthers"].format(name=first, count=len(others)) if others else first

    def when(self, lang: Language) -> str:
        """Return the time that it covers: a quarter, half a year, years, or two days; "" where none is told."""
        if not self.start or not self.end:
            return ""
        first, last = date.fromisoformat(self.start), date.fromisoformat(self.end)
        words, months = texts("dossier", lang), (last.year - first.year) * 12 + last.month - first.month + 1
        is_whole = first.day == 1 and (last + timedelta(1)).day == 1
        if is_whole and months == 3 and first.month % 3 == 1:
            return words["quarter"].format(number=_ROMAN[first.month // 3 + 1], year=first.year)
        if is_whole and months == 6 and first.month in (1, 7):
            return words["half"].format(number=_ROMAN[first.month // 6 + 1], year=first.year)
        if is_whole and months % 12 == 0 and first.month == 1:
            return words["oneYear"].format(year=first.year) if months == 12 else f"{first.year}–{last.year}"
        return f"{first:%d.%m.%Y}–{last:%d.%m.%Y}"


def reports_at(index: Index, iris: Iterable[str]) -> Mapping[str, Report]:
    """Return reports by their IRIs; what is none is left out."""
    wanted = sorted(set(iris))
    marks = ",".join("?" * len(wanted))
    rows = index.rows(f"SELECT * FROM report WHERE iri IN ({marks})", *wanted)
    told: dict[int, list[int]] = {}
    for row in index.among(
        "SELECT report, party FROM report_reporter WHERE report IN ({})", [row["id"] for row in rows]
    ):
        told.setdefault(row["report"], []).append(row["party"])
    parties = parties_of(index, [number for each in told.values() for number in each])
    found = {}
    for row in rows:
        reporters = tuple(parties[number] for number in told.get(row["id"], ()))
        areas = tuple(dict.fromkeys(party.region for party in reporters if party.region))
        days = (row["period_start"] or "", row["period_end"] or "")
        found[row["iri"]] = Report(row["iri"], row["title"], *days, reporters, areas, row["rows"])
    return found


def reports_lately(index: Index, iris: tuple[str, ...]) -> Mapping[str, Report]:
    """Return the same, of those asked for lately as it was found then: pages that follow each other name the same."""
    return index.lately(("reports", iris), lambda: reports_at(index, iris))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a report: its number, what it calls its event and when that was (EDTF), and who reports it."""

    iri: str
    number: int
    title: str
    date: str
    reporter: Party | None


def lines_of(index: Index, report: str, most: int) -> tuple[tuple[Line, ...], int, int]:
    """Return the first rows of a report by its IRI, how many there are, and of how many events they tell."""
    rows = index.rows(
        """SELECT account.* FROM account JOIN report ON report.id = account.report WHERE report.iri = ?
        ORDER BY account.row, account.id""",
        report,
    )
    parties = parties_of(index, {row["reporter"] for row in rows if row["reporter"]})
    shown = tuple(
        Line(row["iri"], row["row"], row["title"] or "", row["date"] or "", parties.get(row["reporter"]))
        for row in rows[:most]
    )
    return shown, len(rows), len({row["event"] for row in rows if row["event"]})
