"""``pobratim tables``: the flat tables of a store, for pandas, Excel and DuckDB."""

import asyncio
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, option, store_options
from pobratim.cli.root import talk_of_file, writing
from pobratim.messages import Language
from pobratim.query.tables import write_rows
from pobratim.site.asking import DataSet
from pobratim.site.dictionary import COLUMNS, dictionary
from pobratim.site.reading import ReaderAsker
from pobratim.store.opening import open_store
from pobratim.tables.files import FORMATS, write_folder

_USUAL = ("parquet", "csv", "xlsx")
_TERMS = "terms.csv"
"""The dictionary of the terms of the graph, for those who ask it in SPARQL; ``columns.csv`` is that of the tables."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, output: Path, formats: tuple[str, ...]) -> None:
        reader = open_store(store, state).open()
        for file in write_folder(reader, output, formats or _USUAL, lang):
            talk_of_file(file, lang)
        rows = asyncio.run(dictionary(ReaderAsker(reader, DataSet("file"))))
        with writing(output / _TERMS) as out:
            write_rows(COLUMNS, rows, "csv", out, lang)
        talk_of_file(output / _TERMS, lang, len(rows))

    return LocalCommand(
        "tables",
        lang,
        callback=callback,
        params=[
            *store_options(lang),
            option(lang, "-o", "--output", metavar="folder", told="output-folder", required=True, type=A_PATH),
            option(
                lang, "--format", "formats", metavar="format", told="tables-format", multiple=True,
                type=click.Choice(FORMATS), values={"formats": ", ".join(FORMATS)},
            ),
        ],
    )  # fmt: skip
