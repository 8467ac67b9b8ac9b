"""``pobratim tables``: the flat tables of a store, for pandas, Excel and DuckDB."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, option, store_options
from pobratim.cli.root import talk_of_file
from pobratim.messages import Language
from pobratim.store.opening import open_store
from pobratim.tables.files import FORMATS, write_folder

_USUAL = ("parquet", "csv", "xlsx")


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, output: Path, formats: tuple[str, ...]) -> None:
        for file in write_folder(open_store(store, state).open(), output, formats or _USUAL, lang):
            talk_of_file(file, lang)

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
