"""Period, day and responsible body of a report: what people told, else its source, else the report itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from pobratim.entities import ReportEntity
from pobratim.extract.geography import Geographer
from pobratim.extract.report_facts import read_body, read_issued, read_period
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.record import Record
from pobratim.table import Document

_GIVEN = {"told": "--period", "source": "source.yml"}
"""Who gave a period that no words of the report tell."""


def told_of_itself(entity: ReportEntity, document: Document, settings: Settings) -> ReportEntity:
    """Return a report with its period, day and body, as far as they are known; what people told of the period wins."""
    geographer = Geographer(lexicon(), Gazetteer.load(), entity.home_country, entity.home_region)
    found = replace(
        entity,
        issued=read_issued(entity.title, document.preamble),
        body=read_body(entity.title, geographer),
    )
    given = settings.period or (settings.source.period if settings.source else "")
    if given:
        return replace(found, period=given, period_from="told" if settings.period else "source")
    period = read_period(entity.title, document.preamble, PurePath(document.name).stem)
    if period is None:
        return found
    return replace(found, period=period.edtf, period_words=period.words, period_from=period.origin)


def period_contradicted(entity: ReportEntity, records: Sequence[Record]) -> Problem | None:
    """Return a warning where the dates of most dated rows lie outside the report's period."""
    if not entity.period:
        return None
    start, _, end = entity.period.partition("/")
    last = end or start
    dated = [record for record in records if record.start and record.end]
    outside = [one for one in dated if not (_reaches(start, one.end) and _reaches(one.start, last))]
    if len(outside) * 2 <= len(dated):
        return None
    values = (
        ("period", entity.period),
        ("words", entity.period_words or _GIVEN[entity.period_from]),
        ("outside", str(len(outside))),
        ("dated", str(len(dated))),
    )
    return Problem("warning", "period-contradicted", entity.file, values=values)


def _reaches(first: str, last: str) -> bool:
    """Tell whether one EDTF date may be no later than another, as precisely as both tell."""
    length = min(len(first), len(last))
    return first[:length] <= last[:length]
