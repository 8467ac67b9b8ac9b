"""Reading one document: a pure function of its bytes and the settings, which can run in another process."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from pobratim.content import content_root
from pobratim.entities import ReportEntity
from pobratim.errors import UnreadableDocumentError
from pobratim.extract import Context, Extraction, context_of, extract_report
from pobratim.extract.doubts import lower_confidence
from pobratim.extract.register import read_register
from pobratim.layout.columns import ColumnNamer, load_columns
from pobratim.layout.headers import find_header
from pobratim.layout.walk import Layout, lay_out
from pobratim.lexicon.edition import edition
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.load.facts import period_contradicted, told_of_itself, with_identity
from pobratim.load.loaded import Loaded
from pobratim.load.report import FileReport
from pobratim.load.settings import Settings
from pobratim.problems import Problem, errors
from pobratim.readers import read_bytes
from pobratim.record import Record
from pobratim.shapes import Origin, Prose, joined_again, part_places, read_prose, register_of, reshape, split_rows
from pobratim.sources import MappedNamer, Source, expectation_faults, find_source, is_shipped
from pobratim.table import Document
from pobratim.text.folding import dictionary_form
from pobratim.wikidata import read_wikidata

_MUCH_TEXT = 400
"""Characters beside tables from which on a text may tell of events; titles and signatures of reports have fewer."""


def warm() -> None:
    """Load what reading needs beside a document, so that processes inherit it."""
    Gazetteer.load()
    _columns()
    dictionary_form(lexicon().concepts("event-kind")[0].label)


def read_report(data: bytes, file: str, name: str, settings: Settings) -> Loaded:
    """Return the report of a document: its records, and what became of every row.

    ``file`` is the document's name for messages, ``name`` the report's slug. The same bytes and settings give the same
    report, in any process. Raises UnreadableDocumentError for what is no report.
    """
    document = _document(data, file, settings.source)
    prose = _prose(document, settings)
    document = prose.document if prose else document
    layout, country, region, extraction = _extracted(document, name, settings, prose)
    lower_confidence(extraction.records, layout.rows)
    entity = ReportEntity(
        slug=name,
        title=layout.title,
        file=document.name,
        sha256=document.sha256,
        home_country=country,
        home_region=region,
        edition=edition(),
    )
    entity = told_of_itself(entity, document, settings)
    contradiction = period_contradicted(entity, extraction.records)
    problems = [*layout.problems, *extraction.problems, *([contradiction] if contradiction else [])]
    rows = [row.row for row in layout.rows]
    account = _file_report(file, name, rows, extraction.records, problems)
    if settings.source:
        entity = _of_source(entity, settings.source)
        account.expected = settings.source.expected.shares
        account.problems += expectation_faults(
            settings.source.expected, account.rows, extraction.records, document.name
        )
    entity = with_identity(entity, extraction.records)
    shipped = settings.source is None or is_shipped(settings.source)
    return Loaded(entity, extraction.records, account, settings.home, shipped, settings.keep, period=settings.period)


def _document(data: bytes, file: str, source: Source | None) -> Document:
    if source and source.form == "wikidata":
        return read_wikidata(data, file)
    return read_bytes(data, file, prose=source is None or source.form == "prose")


def _prose(document: Document, settings: Settings) -> Prose | None:
    """Return a report in prose, None for one in tables; a text is taken for one where the user or the text says so.

    Raises UnreadableDocumentError for a text without a table that is none.
    """
    told = settings.source is not None and settings.source.form == "prose"
    if not told and document.tables and (settings.source is not None or _has_report(document)):
        return None
    refusals = errors(document.problems)
    calm = replace(document, problems=tuple(one for one in document.problems if one.severity != "error"))
    found = read_prose(calm, _columns(), settings.where, told)
    if found is None and told:
        raise UnreadableDocumentError(Problem("error", "prose-no-event", document.name))
    if found is None and refusals:
        raise UnreadableDocumentError(refusals[0])
    return found


def _has_report(document: Document) -> bool:
    """Tell whether a table may be the report; of a document with little text beside its tables that is not asked."""
    if len(document.preamble) < _MUCH_TEXT:
        return True
    tables = reshape(document, _columns()).tables
    return bool(register_of(document)) or any(find_header(table, _columns()) for table in tables)


def _extracted(
    document: Document, name: str, settings: Settings, prose: Prose | None
) -> tuple[Layout, str, str, Extraction]:
    """Return layout, home country and region, and records of a document, as its source reads it."""
    source, home = settings.source, settings.where
    if prose is None and source is None and (recognised := register_of(document)):
        return _recognised(document, find_source(recognised), name, home)
    if source is not None and source.states_agreements:
        layout = _laid_out(document, source)
        country, region = home.partition("-")[0], home if "-" in home else ""
        return layout, country, region, read_register(layout, source, name, document.name, home)
    layout, origins, context = report_layout(document, source, home) if prose is None else _of_prose(prose, home)
    extraction = extract_report(layout, name, document.name, context)
    joined_again(extraction.records, origins)
    return layout, context.home_country, context.home_region, extraction


def report_layout(
    document: Document, source: Source | None, home: str
) -> tuple[Layout, dict[int, dict[str, Origin]], Context]:
    """Return the rows of a report of events, which rows were made of which, and what is known before they are read."""
    layout = lay_out(reshape(document, _columns()), _columns()) if source is None else _laid_out(document, source)
    layout, origins = split_rows(layout, document.name)
    context = context_of(layout, home)
    layout, origins = part_places(layout, origins, context, _columns())
    return layout, origins, context


def _of_prose(prose: Prose, home: str) -> tuple[Layout, dict[int, dict[str, Origin]], Context]:
    return prose.layout, prose.origins, context_of(prose.layout, home)


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


@cache
def _columns() -> ColumnNamer:
    return load_columns(content_root() / "ontology" / "columns.ttl")


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
