"""Taking in reports: which files, which of them are new, what their rows say, and what became of each row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from pobratim.content import content_root
from pobratim.entities import ReportEntity
from pobratim.errors import UnreadableDocumentError, UsageError
from pobratim.extract import Extraction, context_of, extract_report
from pobratim.extract.register import read_register
from pobratim.layout.columns import ColumnNamer, load_columns
from pobratim.layout.walk import Layout, lay_out
from pobratim.lexicon.edition import edition
from pobratim.load.report import FileReport, LoadReport
from pobratim.problems import Problem, errors
from pobratim.progress import Step
from pobratim.readers import read_bytes
from pobratim.readers.files import Found, converting_together, find_documents
from pobratim.record import Record
from pobratim.shapes import joined_again, register_of, reshape, split_rows
from pobratim.sources import MappedNamer, Source, expectation_faults, find_source, is_shipped
from pobratim.system.fence import Fault, attempt
from pobratim.table import Document
from pobratim.text.transliterate import slug
from pobratim.wikidata import Endpoint, fetch, read_wikidata

_HOME = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?|Q[1-9][0-9]*")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]*[^\s<>\"{}|\\^`/#?]")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to load: ``home`` is an ISO 3166 notation (RU, RU-SMO) or "" to read it from each report.

    ``base`` begins all IRIs; "" keeps the store's. ``force`` reads again what has not changed. ``source`` tells form,
    home and columns; ``live`` asks its endpoint (or ``endpoint``) too. ``loaders`` are the user's folders of sources,
    where that of a report to be read again is looked for. ``keep`` keeps the documents in the store. ``today``
    (YYYY-MM-DD, "" for the clock's) is the day from which addresses of this load lead nowhere.
    """

    home: str = ""
    base: str = ""
    force: bool = False
    source: Source | None = None
    live: bool = False
    endpoint: str = ""
    decisions: Path | None = None
    loaders: tuple[Path, ...] = ()
    keep: bool = True
    today: str = ""

    def __post_init__(self) -> None:
        """Raise UsageError for a home, base or endpoint of the wrong form, or live reading of what is not on line."""
        if self.home and not _HOME.fullmatch(self.home):
            raise UsageError("home-form", value=self.home)
        if self.base and not _BASE.fullmatch(self.base):
            raise UsageError("base-form", value=self.base)
        if self.endpoint and not _BASE.fullmatch(self.endpoint.rstrip("/")):
            raise UsageError("endpoint-form", value=self.endpoint)
        if self.live and (self.source is None or self.source.form != "wikidata"):
            raise UsageError("source-live-form", name=self.source.name if self.source else "–")
        if self.live and not self.where:
            raise UsageError("source-live-home")

    @property
    def where(self) -> str:
        """Return the home that is given, else the source's, "" if there is neither."""
        return self.home or (self.source.home if self.source else "")


@dataclass(slots=True)
class Loaded:
    """A report that is or will be in the store.

    ``records`` are those of the graph, ``aside`` those that a shape or a person's decision keeps out of it: with other
    reports beside it, or without the decision, they may come back. ``home`` is what the reader was told ("" for
    nothing), ``shipped`` tells that the source came with the program, ``kept`` that the document may stay in the store.
    ``lost`` tells that the stored records are of a form that is not understood any more.
    """

    entity: ReportEntity
    records: list[Record]
    file: FileReport
    home: str = ""
    shipped: bool = True
    kept: bool = True
    aside: list[Record] = field(default_factory=list)
    lost: bool = False

    @property
    def all_records(self) -> list[Record]:
        """Return the records of all rows that could be read, by row."""
        return sorted([*self.records, *self.aside], key=lambda record: record.row)


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
    """Return what ``_read_report`` does; a file that a reader or rule cannot cope with is refused, and it alone."""
    made = attempt(lambda: _read_report(found, known, read, settings, keep))
    return _failed(found.name, made.problem("file-fault", found.name)) if isinstance(made, Fault) else made


def _read_report(
    found: Found, known: Mapping[str, Loaded], read: Mapping[str, Loaded], settings: Settings, keep: Keep | None
) -> Loaded | FileReport:
    """Return a report that is new or changed, or else only the line about its file."""
    if not found.is_decoded:
        return _failed(found.name, Problem("error", "name-undecodable", found.name))
    name = slug(found.stem)
    if not name:
        return _failed(found.name, Problem("error", "slug-empty", found.name))
    try:
        data = found.load()
        item = _read_new(name, _document(data, found.name, settings.source), known, read, settings)
    except UnreadableDocumentError as error:
        return _failed(found.name, error.problem)
    if keep and settings.keep and (isinstance(item, Loaded) or item.state == "unchanged"):
        keep(data)
    return item


def _live(settings: Settings, step: Step) -> Found:
    """Return what a live source answers as one more file."""
    source = settings.source
    assert source is not None
    endpoint = Endpoint(settings.endpoint or source.wikidata.endpoint, source.wikidata)
    name = f"{source.name}-{settings.where.lower()}.json"
    return Found(name, lambda: fetch(settings.where, endpoint, source.wikidata, step))


def _document(data: bytes, file: str, source: Source | None) -> Document:
    if source and source.form == "wikidata":
        return read_wikidata(data, file)
    return read_bytes(data, file)


def read_again(item: Loaded, data: bytes, settings: Settings) -> Loaded:
    """Return a report read anew from its document, told what the first reader was told.

    Raises UnreadableDocumentError where the rules of today refuse the document.
    """
    file = item.entity.file
    settings = replace(settings, home=item.home, keep=item.kept)
    found = _read(_document(data, file, settings.source), item.entity.slug, settings)
    found.file.state = "again"
    return found


def _read_new(
    name: str,
    document: Document,
    known: Mapping[str, Loaded],
    read: Mapping[str, Loaded],
    settings: Settings,
) -> Loaded | FileReport:
    for other in [*read.values(), *known.values()]:
        if other.entity.sha256 == document.sha256 and other.entity.slug != name:
            problem = Problem("warning", "same-content", document.name, values=(("other", other.entity.slug),))
            return FileReport(document.name, "unchanged", other.entity.slug, problems=[problem])
    if name in read:
        values = (("slug", name), ("other", read[name].file.file))
        return _failed(document.name, Problem("error", "slug-taken", document.name, values=values))
    before = known.get(name)
    if before is None or settings.force or not _is_told_alike(before.entity, document.sha256, settings):
        return _read(document, name, settings)
    before.kept = settings.keep
    if before.entity.edition == edition() and not before.lost:
        before.file.state = "unchanged"
        return before.file
    found = _read(document, name, replace(settings, home=settings.home or before.home))
    found.file.state = "again"
    return found


def _read(document: Document, name: str, settings: Settings) -> Loaded:
    layout, country, region, extraction = _extracted(document, name, settings)
    entity = ReportEntity(
        slug=name,
        title=layout.title,
        file=document.name,
        sha256=document.sha256,
        home_country=country,
        home_region=region,
        edition=edition(),
    )
    problems = [*layout.problems, *extraction.problems]
    rows = [row.row for row in layout.rows]
    file = _file_report(document.name, name, rows, extraction.records, problems)
    if settings.source:
        entity = _of_source(entity, settings.source)
        file.expected = settings.source.expected.shares
        file.problems += expectation_faults(settings.source.expected, file.rows, extraction.records, document.name)
    shipped = settings.source is None or is_shipped(settings.source)
    return Loaded(entity, extraction.records, file, settings.home, shipped, settings.keep)


def _extracted(document: Document, name: str, settings: Settings) -> tuple[Layout, str, str, Extraction]:
    """Return layout, home country and region, and records of a document, as its source reads it."""
    source, home = settings.source, settings.where
    if source is None and (recognised := register_of(document)):
        return _recognised(document, find_source(recognised), name, home)
    if source is None:
        layout = lay_out(reshape(document, _columns()), _columns())
    else:
        layout = _laid_out(document, source)
        if source.states_agreements:
            country, region = home.partition("-")[0], home if "-" in home else ""
            return layout, country, region, read_register(layout, source, name, document.name, home)
    layout, origins = split_rows(layout, document.name)
    context = context_of(layout, home)
    extraction = extract_report(layout, name, document.name, context)
    joined_again(extraction.records, origins)
    return layout, context.home_country, context.home_region, extraction


def _recognised(document: Document, source: Source, name: str, home: str) -> tuple[Layout, str, str, Extraction]:
    """Read a list of agreements or twin towns as the source that its headings ask for, and say so."""
    layout = _laid_out(document, source)
    told = Problem("warning", "register-recognised", document.name, values=(("source", source.name),))
    layout = replace(layout, problems=(told, *layout.problems))
    context = context_of(layout, home)
    where = home or context.home_region or context.home_country
    extraction = read_register(layout, source, name, document.name, where)
    return layout, context.home_country, context.home_region, extraction


def _laid_out(document: Document, source: Source) -> Layout:
    try:
        return lay_out(document, MappedNamer(source, content_root() / "ontology" / "columns.ttl"))
    except UnreadableDocumentError as error:
        if error.problem.code != "layout-no-report":
            raise
        values = (("source", source.name), *error.problem.values)
        raise UnreadableDocumentError(replace(error.problem, code="source-no-table", values=values)) from error


def _of_source(entity: ReportEntity, source: Source) -> ReportEntity:
    return replace(
        entity,
        title=entity.title or source.title["ru"],
        source=source.name,
        source_edition=source.edition,
        publisher=source.publisher["ru"],
        publisher_en=source.publisher["en"],
        homepage=source.homepage,
        licence=source.licence,
    )


def _is_told_alike(entity: ReportEntity, sha256: str, settings: Settings) -> bool:
    """Tell whether a report was read from these bytes and with what is told of it now."""
    home = settings.home in ("", entity.home_region, entity.home_country)
    source = (entity.source, entity.source_edition)
    same_source = source == ((settings.source.name, settings.source.edition) if settings.source else ("", ""))
    return entity.sha256 == sha256 and home and same_source


@cache
def _columns() -> ColumnNamer:
    return load_columns(content_root() / "ontology" / "columns.ttl")


def _failed(file: str, problem: Problem) -> FileReport:
    return FileReport(file, "failed", problems=[problem])


def _file_report(
    file: str, name: str, rows: Iterable[int], records: Iterable[Record], problems: Sequence[Problem]
) -> FileReport:
    """Account for every row: stored, set aside for a known fault, or (which should not be) not read."""
    faults = {problem.row: problem for problem in reversed(errors(problems)) if problem.row is not None}
    stored = {record.row for record in records}
    rows_in = {*rows, *faults, *stored}
    left_out = {row: faults.get(row, Problem("error", "row-not-read", file, row)) for row in rows_in - stored}
    told = [problem for problem in problems if problem.row not in left_out or problem.severity == "warning"]
    headings = [dict(problem.values)["heading"] for problem in problems if problem.code == "layout-unknown-column"]
    return FileReport(file, "loaded", name, len(rows_in), len(stored), left_out, told, list(dict.fromkeys(headings)))
