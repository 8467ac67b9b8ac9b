"""``pobratim dump``: the whole graph as sorted N-Quads."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.root import output_option, store_option, writing
from pobratim.messages import Language
from pobratim.store import GenerationStore


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: Path, output: Path | None) -> None:
        reader = GenerationStore(store).open()
        with writing(output) as out:
            reader.dump(out)

    return LocalCommand("dump", lang, callback=callback, params=[store_option(lang), output_option(lang)])
