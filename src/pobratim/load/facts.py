"""Period, day and responsible body of a report: what people told, else its source, else the report itself."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from pobratim.entities import ReportEntity
from pobratim.extract.geography import geographer_of
from pobratim.extract.report_facts import read_body, read_issued, read_period
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.settings import Settings
from pobratim.names.normalisation import folded
from pobratim.problems import Problem
from pobratim.rdf.inputs import digest_of
from pobratim.record import Record
from pobratim.table import Document

_IDENTITY_DIGITS = 8
_GIVEN = {"told": "--period", "source": "source.yml"}
"""Who gave a period that no words of the report tell."""


def told_of_itself(entity: ReportEntity, document: Document, settings: Settings) -> ReportEntity:
    """Return a report with its period, day and body, as far as they are known; what people told of the period wins."""
    geographer = geographer_of(lexicon(), Gazetteer.load(), entity.home_country, entity.home_region)
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


def with_identity(entity: ReportEntity, records: Sequence[Record]) -> ReportEntity:
    """Return a report with what tells it from other reports, whatever its file is called.

    Two reports of one title, region and period are one, or parts of one. Where no words tell the period, the towns that
    report and the first and the last day must be the same as well; a report without a title is known by all its words.
    What a town reports alone is that town's. A corrected version mostly keeps it, and with it the keys made of it.
    """
    said: list[object] = [folded(entity.title), entity.home_country, entity.home_region, entity.source]
    towns = sorted({one.reporter for one in records})
    if not entity.title and not entity.source:
        said.append([sorted(one.cells.items()) for one in records])
    elif entity.period and entity.period_from != "file":
        said += [entity.period, towns if len(towns) == 1 else []]
    else:
        days = [day for one in records if one.form == "events" for day in (one.start, one.end) if day]
        said += [towns, min(days, default=""), max(days, default="")]
    return replace(entity, identity=digest_of(said)[:_IDENTITY_DIGITS])


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
