"""``pobratim diff``: two periods, two reports or two generations of a store compared."""

from collections.abc import Sequence
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, option, output_option, store_options
from pobratim.cli.root import screen_width, talk, talk_of_file, writing
from pobratim.compare import generations, periods, reports, ties
from pobratim.compare.comparison import Comparison, table_source
from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.query.tables import ROW_FORMATS, TEXTS, write_rows
from pobratim.search import index_of
from pobratim.search.references import look_up
from pobratim.store.backend import GraphReader
from pobratim.store.directory import GenerationStore
from pobratim.store.opening import open_store

_FOR_PEOPLE = {*TEXTS, "xlsx", "csv-excel"}
"""The formats whose heads are words; in the others columns bear their lasting names."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        store: str,
        state: Path | None,
        told: tuple[str, ...],
        named: tuple[str, ...],
        numbers: tuple[int, ...],
        level: ties.Level,
        format_name: str | None,
        output: Path | None,
    ) -> None:
        if bool(told) + bool(named) + bool(numbers) > 1:
            raise UsageError("compare-one-thing")
        backend = open_store(store, state)
        if told:
            a, b = periods.in_order(*map(periods.period_of, _two(told, "--period")))
            found = ties.compared(table_source(backend.open()), level, a, b, lang)
        elif named:
            found = _reports(backend.open(), _two(named, "--report"), lang)
        elif isinstance(backend, GenerationStore):
            before, after = (table_source(backend.opened(each)) for each in _numbers(backend, numbers))
            found = generations.compared(before, after, lang)
        else:
            raise UsageError("compare-generations-here", store=store)
        _write(found, format_name, output, text("compare-nothing-seen" if told else "compare-nothing", lang), lang)

    levels = {"levels": ", ".join(ties.LEVELS)}
    return LocalCommand(
        "diff",
        lang,
        callback=callback,
        params=[
            *store_options(lang),
            option(lang, "--period", "told", metavar="period", told="two-periods", multiple=True),
            option(lang, "--report", "named", metavar="report", told="report-compared", multiple=True),
            option(
                lang, "--generation", "numbers", metavar="number", told="generation-compared", multiple=True, type=int
            ),
            option(
                lang, "--level", metavar="level", values=levels, type=click.Choice(ties.LEVELS), default="municipality"
            ),
            format_option(lang, ROW_FORMATS),
            output_option(lang),
        ],
    )  # fmt: skip


def _two(given: Sequence[str], option_name: str) -> tuple[str, str]:
    if len(given) != 2:
        raise UsageError("compare-two", option=option_name)
    return given[0], given[1]


def _numbers(store: GenerationStore, given: Sequence[int]) -> tuple[int, int]:
    """Return the earlier and the later generation that are meant."""
    held = store.numbers()
    if len(given) > 2:
        raise UsageError("compare-two", option="--generation")
    if not given and len(held) < 2:
        raise UsageError("compare-one-generation")
    one, other = sorted(given) if len(given) == 2 else (given[0], held[-1]) if given else held[-2:]
    return one, other


def _reports(reader: GraphReader, given: tuple[str, str], lang: Language) -> Comparison:
    one, other = (look_up("report", each, index_of(reader), lang).iri for each in given)
    return reports.compared(table_source(reader), one, other, lang)


def _write(found: Comparison, format_name: str | None, output: Path | None, nothing: str, lang: Language) -> None:
    """Write a comparison in the format asked for, else in that of the file's name."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    name = format_name or (ending if ending in ROW_FORMATS else "table")
    width = screen_width(output)
    heads = found.heads(lang) if name in _FOR_PEOPLE else found.columns
    with writing(output) as out:
        write_rows(heads, found.rows, name, out, lang, width, nothing)
    if output:
        talk_of_file(output, lang, len(found.rows))
    elif width and found.rows:
        talk(text("answer-rows", lang, count=len(found.rows)))
