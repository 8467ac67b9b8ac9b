"""Make one row of a report and read it: what the tests of the extraction share."""

from pobratim.extract import Context
from pobratim.extract.geography import Geographer
from pobratim.extract.row import read_row
from pobratim.layout.walk import ReportRow
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.problems import Problem
from pobratim.record import Record

FAR_EAST = Context("RU", "RU-KHA", 0)


def read(
    name: str = "Встреча",
    *,
    place: str = "г. Хабаровск",
    dates: str = "12 апреля 2024 года",
    purpose: str = "",
    participants: str = "",
    section: str = "Город Хабаровск",
    context: Context = FAR_EAST,
) -> tuple[Record, list[Problem]]:
    """Return the record of a row with these cells, and its problems."""
    cells = {
        "section": section,
        "name": name,
        "place": place,
        "dates": dates,
        "purpose": purpose,
        "participants": participants,
    }
    row = ReportRow(row=1, table=1, section=section, cells={k: v for k, v in cells.items() if v}, index=1)
    geographer = Geographer(lexicon(), Gazetteer.load(), context.home_country, context.home_region)
    return read_row(row, "test", "test.docx", geographer, context)


def record(name: str = "Встреча", **cells: str) -> Record:
    """Return the record only."""
    return read(name, **cells)[0]  # type: ignore[arg-type]
