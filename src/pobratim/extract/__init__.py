"""Rows of a report to records, by rules over the lexicon. A pure function of row, lexicon and context."""

from collections.abc import Callable
from dataclasses import dataclass, field

from pobratim.extract.cells import CellText
from pobratim.extract.context import Context
from pobratim.extract.dates import years
from pobratim.extract.geo import Geo
from pobratim.extract.geography import geographer_of
from pobratim.extract.recurring import note_named, note_recurring
from pobratim.extract.reporter import detect_home
from pobratim.extract.row import read_row
from pobratim.fence import Fault, attempt
from pobratim.layout.walk import Layout, ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import Lexicon, lexicon
from pobratim.problems import Problem
from pobratim.record import Place, Record

_TOWN = 20_000
"""People who live in a town that a title names without a type word."""

__all__ = ["Context", "Extraction", "context_of", "extract_report", "titled_municipality"]


@dataclass(slots=True)
class Extraction:
    """The records of a report, in row order, and what was wrong; rows with an error have no record here.

    ``quarantined`` are the row numbers left out because of an error in a value.
    """

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    quarantined: list[int] = field(default_factory=list)

    def take(self, row: ReportRow, file: str, read: Callable[[], tuple[Record, list[Problem]]]) -> None:
        """Add what ``read`` makes of a row; where it finds an error, or raises one, only what is wrong."""
        made = attempt(read)
        record, problems = (None, [made.problem("row-fault", file, row.row)]) if isinstance(made, Fault) else made
        self.problems.extend(problems)
        if record is None or any(problem.severity == "error" for problem in problems):
            self.quarantined.append(row.row)
        else:
            self.records.append(record)


def context_of(layout: Layout, home: str = "") -> Context:
    """Return the context of a report: home from ``home`` ("RU-SMO", "BY") or its headings; the year of its title.

    A year completes dates that lack one only where the title names exactly one.
    """
    named = sorted(set(years(layout.title)))
    year = named[0] if len(named) == 1 else 0
    if home:
        country, region = home.split("-")[0], home if "-" in home else ""
        return Context(country, region, year, titled_municipality(layout.title, country, region))
    headings = list(dict.fromkeys(row.section for row in layout.rows))
    country, region = detect_home([layout.title, *headings], lexicon())
    reporter = titled_municipality(layout.title, country, region)
    if reporter is not None and reporter.country != country:
        # The headings are partners' («Брестская область»): they tell nothing of who reports.
        country, region = detect_home([layout.title], lexicon())
        reporter = titled_municipality(layout.title, country, region)
    return Context(country, region, year, reporter)


def titled_municipality(title: str, country: str, region: str) -> Place | None:
    """Return the municipality that a report's title names, None where it names none or several; not «с городом …».

    A town without a type word («связях Вологды») counts where none has one.
    """
    geographer = geographer_of(lexicon(), Gazetteer.load(), country, region)
    cell = CellText("title", title)
    told = [g for g in geographer.find(cell) if g.kind in {"settlement", "district"}]
    found = [g for g in told if g.marked] or [g for g in told if _is_large(g, country)]
    found = [g for g in found if cell.low(g.first - 1) not in {"с", "со"}]
    named = {geo.name: Place(geo.name, geo.country or country, geo.region or region, geo.kind) for geo in found}
    return next(iter(named.values())) if len(named) == 1 else None


def _is_large(geo: Geo, country: str) -> bool:
    """Tell whether a town of a title needs no type word: «связях Вологды»; villages are named like much else."""
    town = geo.settlement
    return town is not None and geo.country == country and town.population >= _TOWN


def extract_report(layout: Layout, slug: str, file: str, context: Context, using: Lexicon | None = None) -> Extraction:
    """Read all rows of a report. ``slug`` names the report in records, ``file`` in messages."""
    geographer = geographer_of(using or lexicon(), Gazetteer.load(), context.home_country, context.home_region)
    extraction = Extraction()
    for row in layout.rows:
        extraction.take(row, file, lambda row=row: read_row(row, slug, file, geographer, context))  # type: ignore[misc]
    note_recurring(extraction.records)
    note_named(extraction.records)
    return extraction
