"""Taking in files: each is found, planned, read and accounted for; one that cannot be read never stops the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pobratim.errors import UnreadableDocumentError
from pobratim.fence import Fault, attempt
from pobratim.ground.fingerprint import fingerprint
from pobratim.load.loaded import Loaded
from pobratim.load.plan import ToRead, failed, name_of, plan
from pobratim.load.read import read_report
from pobratim.load.report import FileReport, LoadReport
from pobratim.load.settings import Settings
from pobratim.problems import Problem
from pobratim.progress import Step
from pobratim.readers.files import Found, converting_together, find_documents
from pobratim.wikidata import Endpoint, fetch

Keep = Callable[[bytes], None]
"""Takes the bytes of a document whose report is or will be in the store."""


def read_all(
    paths: Sequence[Path], known: Mapping[str, Loaded], settings: Settings, step: Step, keep: Keep | None = None
) -> tuple[list[Loaded], LoadReport]:
    """Read what is new or changed against ``known`` (by slug), and note every file in the report.

    Returns the reports read, in the order of the files; a known one that is unchanged is only noted.
    """
    report = LoadReport()
    read: dict[str, Loaded] = {}
    found = [*find_documents(paths), *([_live(settings, step)] if settings.live else [])]
    step("stage-read", 0, len(found))
    for done, document in enumerate(converting_together(found), start=1):
        if isinstance(document, Problem):
            report.problems.append(document)
        else:
            item = _fenced(document, known, read, settings, keep)
            report.files.append(item.file if isinstance(item, Loaded) else item)
            if isinstance(item, Loaded):
                read[item.entity.slug] = item
        step("stage-read", done, len(found))
    return list(read.values()), report


def _fenced(
    found: Found, known: Mapping[str, Loaded], read: Mapping[str, Loaded], settings: Settings, keep: Keep | None
) -> Loaded | FileReport:
    """Return what ``_taken_in`` does; a file that a reader or rule cannot cope with is refused, and it alone."""
    made = attempt(lambda: _taken_in(found, known, read, settings, keep))
    return failed(found.name, made.problem("file-fault", found.name)) if isinstance(made, Fault) else made


def _taken_in(
    found: Found, known: Mapping[str, Loaded], read: Mapping[str, Loaded], settings: Settings, keep: Keep | None
) -> Loaded | FileReport:
    """Return a report that is new or changed, or else only the line about its file."""
    name = name_of(found)
    if isinstance(name, Problem):
        return failed(found.name, name)
    try:
        data = found.load()
        planned = plan(found.name, name, fingerprint(data), known, read, settings)
        item = _as_planned(data, found.name, name, planned) if isinstance(planned, ToRead) else planned
    except UnreadableDocumentError as error:
        return failed(found.name, error.problem)
    if keep and settings.keep and (isinstance(item, Loaded) or item.state == "unchanged"):
        keep(data)
    return item


def _as_planned(data: bytes, file: str, name: str, planned: ToRead) -> Loaded:
    found = read_report(data, file, name, planned.settings)
    found.file.state = planned.state
    return found


def read_again(item: Loaded, data: bytes, settings: Settings) -> Loaded:
    """Return a report read anew from its document, told what the first reader was told.

    Raises UnreadableDocumentError where the rules of today refuse the document.
    """
    told = replace(settings, home=item.home, period=item.period, keep=item.kept)
    return _as_planned(data, item.entity.file, item.entity.slug, ToRead(told, "again"))


def _live(settings: Settings, step: Step) -> Found:
    """Return what a live source answers as one more file."""
    source = settings.source
    assert source is not None
    endpoint = Endpoint(settings.endpoint or source.wikidata.endpoint, source.wikidata)
    name = f"{source.name}-{settings.where.lower()}.json"
    return Found(name, lambda: fetch(settings.where, endpoint, source.wikidata, step))
