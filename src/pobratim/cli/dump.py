"""``pobratim dump``: the whole graph as sorted N-Quads."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import output_option, store_options
from pobratim.cli.root import talk_of_file, writing
from pobratim.messages import Language
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, output: Path | None) -> None:
        reader = open_store(store, state).open()
        with writing(output) as out:
            reader.dump(out)
        if output:
            talk_of_file(output, lang, len(reader), "statements")

    return LocalCommand("dump", lang, callback=callback, params=[*store_options(lang), output_option(lang)])
