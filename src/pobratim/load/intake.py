"""Taking in files: each is found, planned, read and accounted for; one that cannot be read never stops the others."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pobratim.errors import UnreadableDocumentError
from pobratim.fence import Fault, attempt
from pobratim.ground.fingerprint import fingerprint
from pobratim.load.journal import Journal
from pobratim.load.loaded import Loaded
from pobratim.load.plan import ToRead, failed, name_of, plan
from pobratim.load.read import read_report, warm
from pobratim.load.report import FileReport, LoadReport
from pobratim.load.settings import Settings
from pobratim.load.workers import LostError, attempts, cores
from pobratim.problems import Problem
from pobratim.progress import Step
from pobratim.readers.files import Found, converting_together, find_documents, is_old_word
from pobratim.wikidata import Endpoint, fetch

_FEWEST = 8
"""So many files at least are worth processes of their own."""
Keep = Callable[[bytes], None]
"""Takes the bytes of a document whose report is or will be in the store."""


def read_all(
    paths: Sequence[Path],
    known: Mapping[str, Loaded],
    settings: Settings,
    step: Step,
    keep: Keep | None = None,
    journal: Journal | None = None,
) -> tuple[list[Loaded], LoadReport]:
    """Read what is new or changed against ``known`` (by slug), and note every file in the report.

    Returns the reports read, in the order of the files; a known one that is unchanged is only noted. Many files are
    read in several processes. What is in the ``journal`` need not be read, and what is read goes into it.
    """
    report = LoadReport()
    read: dict[str, Loaded] = {}
    found = [*find_documents(paths), *([_live(settings, step)] if settings.live else [])]
    step("stage-read", 0, len(found))
    jobs = (settings.jobs or cores()) if len(found) >= _FEWEST else 1
    documents = converting_together(found)
    for done, (document, made) in enumerate(_read_ahead(documents, known, settings, jobs, journal), start=1):
        if isinstance(document, Problem):
            report.problems.append(document)
        else:
            item = _fenced(document, made, known, read, settings, keep)
            report.files.append(item.file if isinstance(item, Loaded) else item)
            if isinstance(item, Loaded):
                read[item.entity.slug] = item
        step("stage-read", done, len(found))
    return list(read.values()), report


def glance(paths: Sequence[Path], known: Mapping[str, Loaded], settings: Settings, keep: Keep) -> LoadReport | None:
    """Return what ``read_all`` tells of files of which none is to be read, None where one is: then nothing was done."""
    report, documents = LoadReport(), list[_Document]()
    for found in find_documents(paths):
        if isinstance(found, Problem):
            report.problems.append(found)
            continue
        documents.append(_at_hand(found, known, settings))
        if documents[-1].planned is not None:
            return None
    for document in documents:
        item = _fenced(document, None, known, {}, settings, keep)
        assert isinstance(item, FileReport)
        report.files.append(item)
    return report


@dataclass(frozen=True, slots=True)
class _Document:
    """A document at hand: its ``name`` for messages, its bytes or why there are none, and how it is to be read."""

    name: str
    slug: str
    data: bytes | Problem
    sha256: str = ""
    planned: ToRead | None = None


def _read_ahead(
    documents: Iterator[Found | Problem],
    known: Mapping[str, Loaded],
    settings: Settings,
    jobs: int,
    journal: Journal | None,
) -> Iterator[tuple[_Document | Problem, Loaded | BaseException | None]]:
    """Yield each document with what reading it gave: nothing for one that need not be read, as far as can be told."""
    waiting: deque[_Document | Problem] = deque()
    seen: set[str] = set()

    def pieces() -> Iterator[_Document | None]:
        for found in documents:
            document = found if isinstance(found, Problem) else _at_hand(found, known, settings)
            waiting.append(document)
            if isinstance(document, Problem):
                yield None
                continue
            # Old Word documents share one run of LibreOffice, in this process.
            is_here = document.sha256 in seen or (jobs > 1 and is_old_word(document.name))
            yield None if is_here or document.planned is None else document
            seen.add(document.sha256)

    def read(document: _Document | None) -> Loaded | None:
        return _as_planned(document, document.planned, journal) if document and document.planned else None

    if jobs > 1:
        warm()
    for made in attempts(read, pieces(), jobs):
        yield waiting.popleft(), made


def _at_hand(found: Found, known: Mapping[str, Loaded], settings: Settings) -> _Document:
    name = name_of(found)
    if isinstance(name, Problem):
        return _Document(found.name, "", name)
    data = attempt(lambda: _loaded(found))
    if isinstance(data, Fault):
        return _Document(found.name, name, data.problem("file-fault", found.name))
    if isinstance(data, Problem):
        return _Document(found.name, name, data)
    sha256 = fingerprint(data)
    planned = plan(found.name, name, sha256, known, {}, settings)
    return _Document(found.name, name, data, sha256, planned if isinstance(planned, ToRead) else None)


def _loaded(found: Found) -> bytes | Problem:
    try:
        return found.load()
    except UnreadableDocumentError as error:
        return error.problem


def _fenced(
    document: _Document,
    made: Loaded | BaseException | None,
    known: Mapping[str, Loaded],
    read: Mapping[str, Loaded],
    settings: Settings,
    keep: Keep | None,
) -> Loaded | FileReport:
    """Return what ``_taken_in`` does; a file that a reader or rule cannot cope with is refused, and it alone."""
    if isinstance(made, LostError):
        return failed(document.name, Problem("error", "file-lost", document.name))
    found = attempt(lambda: _taken_in(document, made, known, read, settings, keep))
    return failed(document.name, found.problem("file-fault", document.name)) if isinstance(found, Fault) else found


def _taken_in(
    document: _Document,
    made: Loaded | BaseException | None,
    known: Mapping[str, Loaded],
    read: Mapping[str, Loaded],
    settings: Settings,
    keep: Keep | None,
) -> Loaded | FileReport:
    """Return a report that is new or changed, or else only the line about its file.

    ``made`` is what was read of it ahead, before it was known what the files in front of it are.
    """
    if isinstance(document.data, Problem):
        return failed(document.name, document.data)
    item: Loaded | FileReport
    planned = plan(document.name, document.slug, document.sha256, known, read, settings)
    try:
        if not isinstance(planned, ToRead):
            item = planned
        elif isinstance(made, BaseException):
            raise made
        else:
            item = made or _as_planned(document, planned, None)
    except UnreadableDocumentError as error:
        return failed(document.name, error.problem)
    if keep and settings.keep and (isinstance(item, Loaded) or item.state == "unchanged"):
        keep(document.data)
    return item


def _as_planned(document: _Document, planned: ToRead, journal: Journal | None) -> Loaded:
    assert isinstance(document.data, bytes)
    key = journal.key(document.sha256, document.name, document.slug, planned.settings) if journal else ""
    found = journal.find(key) if journal else None
    if found is None:
        found = read_report(document.data, document.name, document.slug, planned.settings)
        found.written = journal.keep(key, found) if journal else None
    found.file.state = planned.state
    return found


def read_again(item: Loaded, data: bytes, settings: Settings) -> Loaded:
    """Return a report read anew from its document, told what the first reader was told.

    Raises UnreadableDocumentError where the rules of today refuse the document.
    """
    told = ToRead(replace(settings, home=item.home, period=item.period, keep=item.kept), "again")
    return _as_planned(_Document(item.entity.file, item.entity.slug, data), told, None)


def _live(settings: Settings, step: Step) -> Found:
    """Return what a live source answers as one more file."""
    source = settings.source
    assert source is not None
    endpoint = Endpoint(settings.endpoint or source.wikidata.endpoint, source.wikidata)
    name = f"{source.name}-{settings.where.lower()}.json"
    return Found(name, lambda: fetch(settings.where, endpoint, source.wikidata, step))
