"""``pobratim gaps``: what no rule has recognised, with proposals of a model if asked for."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import (
    chosen_source,
    format_option,
    home_option,
    loaders_option,
    option,
    output_option,
    paths_argument,
    source_option,
    store_options,
)
from pobratim.cli.root import screen_width, talk, writing
from pobratim.errors import UsageError
from pobratim.load.pipeline import survey, survey_store
from pobratim.load.report import LoadReport
from pobratim.load.report_files import survey_of
from pobratim.load.settings import Settings
from pobratim.messages import Language
from pobratim.progress import progress_bar
from pobratim.quality.gaps import KINDS, PROPOSED, GapKind
from pobratim.quality.measures import GapGroup, group_gaps
from pobratim.quality.page import to_html
from pobratim.query.answers import BINARY
from pobratim.query.tables import ROW_FORMATS, write_rows
from pobratim.query.text_rows import Value
from pobratim.record import Record
from pobratim.store.backend import StoreBackend
from pobratim.store.opening import open_store

FORMATS = (*ROW_FORMATS, "html")
COLUMNS = ("kind", "text", "count", "report", "row", "column", "context", "origin")


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        paths: tuple[Path, ...],
        store: str,
        state: Path | None,
        home: str,
        source: str,
        loaders: tuple[Path, ...],
        ner: bool,
        kinds: tuple[GapKind, ...],
        format_name: str | None,
        output: Path | None,
    ) -> int:
        form = _format(format_name, output)
        settings = Settings(home.upper(), source=chosen_source(source, loaders))
        records, report = _read(paths, open_store(store, state), settings, lang)
        if ner:
            _propose(records, report)
        _keep(report, kinds)
        _write(report, form, output, lang)
        told = LoadReport([replace(file, quality=None) for file in report.files], report.problems)
        for line in told.lines(lang) if paths else ():
            talk(line)
        return report.exit_code if paths else 0

    return LocalCommand("gaps", lang, callback=callback, params=_options(lang))


def _options(lang: Language) -> list[click.Parameter]:
    kinds = [*KINDS, *PROPOSED]
    listed = {"kinds": ", ".join(kinds)}
    return [
        paths_argument(lang, required=False),
        *store_options(lang),
        home_option(lang),
        source_option(lang),
        loaders_option(lang),
        option(lang, "--ner"),
        option(lang, "--kind", "kinds", metavar="kind", values=listed, multiple=True, type=click.Choice(kinds)),
        format_option(lang, FORMATS),
        output_option(lang),
    ]


def _read(
    paths: Sequence[Path], store: StoreBackend, settings: Settings, lang: Language
) -> tuple[list[Record], LoadReport]:
    if not paths:
        return survey_store(store)
    with progress_bar(lang) as step:
        return survey(paths, settings, step)


def _propose(records: Sequence[Record], report: LoadReport) -> None:
    """Add the model's proposals to the quality of each report."""
    from pobratim.quality.second_opinion import proposals  # imported here: the model's libraries are an extra

    found = [gap for record in records for gap in proposals(record)]
    for file in report.files:
        if file.quality:
            own = group_gaps(gap for gap in found if gap.report == file.slug)
            file.quality = replace(file.quality, proposals=own)


def _keep(report: LoadReport, kinds: Sequence[GapKind]) -> None:
    """Leave only the gaps of some kinds, all if none are named."""
    for file in report.files if kinds else ():
        if file.quality:
            gaps, seen = (
                tuple(group for group in groups if group.example.kind in kinds)
                for groups in (file.quality.gaps, file.quality.proposals)
            )
            file.quality = replace(file.quality, gaps=gaps, proposals=seen)


def _format(wanted: str | None, output: Path | None) -> str:
    """Return the format asked for, else that of the file's extension, else a table. Raises UsageError."""
    extension = output.suffix.removeprefix(".").lower() if output else ""
    chosen = wanted or {"txt": "table", "": "table"}.get(extension, extension)
    if chosen not in FORMATS:
        raise UsageError("format-unknown", format=chosen, known=", ".join(FORMATS))
    if output is None and chosen in BINARY and sys.stdout.isatty():
        raise UsageError("format-needs-file", format=chosen)
    return chosen


def _write(report: LoadReport, form: str, output: Path | None, lang: Language) -> None:
    with writing(output) as out:
        if form == "html":
            out.write(to_html(survey_of(report, lang), lang).encode())
            return
        qualities = [file.quality for file in report.files if file.quality]
        groups = [group for one in qualities for group in (*one.gaps, *one.proposals)]
        width = screen_width(output)
        write_rows(COLUMNS, map(_row, groups), form, out, lang, width)


def _row(group: GapGroup) -> list[Value]:
    one = group.example
    return [one.kind, one.text, group.count, one.report, one.row, one.column, one.context, one.origin]
