"""``pobratim dump``: the whole graph as sorted N-Quads."""

from pathlib import Path
from typing import get_args

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import option, output_option, store_options
from pobratim.cli.root import talk_of_file, writing
from pobratim.messages import Language
from pobratim.store.dumping import Evidence, dump
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, output: Path | None, evidence: Evidence) -> None:
        reader = open_store(store, state).open()
        with writing(output) as out:
            count = dump(reader, out, evidence)
        if output:
            talk_of_file(output, lang, count, "statements")

    choice = click.Choice(get_args(Evidence))
    forms = option(lang, "--evidence", metavar="evidence", default="slim", type=choice)
    return LocalCommand("dump", lang, callback=callback, params=[*store_options(lang), forms, output_option(lang)])
