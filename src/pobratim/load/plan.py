"""What is to be done with a file: whether its report is new, changed, or to be read again by the rules of today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pobratim.entities import ReportEntity
from pobratim.lexicon.edition import edition
from pobratim.load.loaded import Loaded
from pobratim.load.report import FileReport
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.readers.files import Found
from pobratim.resolve.keys import file_safe
from pobratim.text.transliterate import slug


@dataclass(frozen=True, slots=True)
class ToRead:
    """A file that is to be read: with which settings, and what is told of it then."""

    settings: Settings
    state: Literal["loaded", "again"]


def name_of(found: Found) -> str | Problem:
    """Return the slug of a file's report, or why it can have none."""
    if not found.is_decoded:
        return Problem("error", "name-undecodable", found.name)
    return file_safe(slug(found.stem), "report") or Problem("error", "slug-empty", found.name)


def plan(
    file: str, name: str, sha256: str, known: Mapping[str, Loaded], read: Mapping[str, Loaded], settings: Settings
) -> ToRead | FileReport:
    """Return how a file is to be read, or the line about one that is not.

    ``sha256`` is the hex digest of its bytes, ``name`` its slug; ``known`` are the reports of the store, ``read`` those
    of this load, both by slug. A known report that stays is told whether its document may be kept (``kept``).
    """
    for other in [*read.values(), *known.values()]:
        if other.entity.sha256 == sha256 and other.entity.slug != name:
            problem = Problem("warning", "same-content", file, values=(("other", other.entity.slug),))
            return FileReport(file, "unchanged", other.entity.slug, problems=[problem])
    if name in read:
        values = (("slug", name), ("other", read[name].file.file))
        return failed(file, Problem("error", "slug-taken", file, values=values))
    before = known.get(name)
    if before is None or settings.force or not _is_told_alike(before.entity, sha256, settings):
        return ToRead(settings, "loaded")
    before.kept = settings.keep
    if before.entity.edition == edition() and not before.lost:
        before.file.state = "unchanged"
        return before.file
    told = replace(settings, home=settings.home or before.home, period=settings.period or before.period)
    return ToRead(told, "again")


def failed(file: str, problem: Problem) -> FileReport:
    """Return the line about a file of which nothing is loaded."""
    return FileReport(file, "failed", problems=[problem])


def _is_told_alike(entity: ReportEntity, sha256: str, settings: Settings) -> bool:
    """Tell whether a report was read from these bytes and with what is told of it now."""
    home = settings.home in ("", entity.home_region, entity.home_country)
    source = (entity.source, entity.source_edition)
    same_source = source == ((settings.source.name, settings.source.edition) if settings.source else ("", ""))
    return entity.sha256 == sha256 and home and same_source and settings.period in ("", entity.period)
