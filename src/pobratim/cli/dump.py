"""``pobratim dump``: the graph as sorted N-Quads, without the names of persons unless asked for them."""

from pathlib import Path
from typing import get_args

import click

from pobratim.cli.gating import gated, people_option
from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import decisions_option, option, output_option, store_options
from pobratim.cli.root import talk, talk_of_file, writing
from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.publishing.settings import People
from pobratim.store.dumping import Evidence, dump
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        store: str,
        state: Path | None,
        output: Path | None,
        evidence: Evidence,
        people: People | None,
        whole: bool,
        decisions: Path | None,
    ) -> None:
        if whole and people:
            raise UsageError("dump-whole-people")
        opened = open_store(store, state)
        reader = opened.open() if whole else gated(opened, people or "none", decisions).open()
        with writing(output) as out:
            count = dump(reader, out, evidence)
        if whole:
            talk(text("dump-whole", lang))
        if output:
            talk_of_file(output, lang, count, "statements")

    forms = option(lang, "--evidence", metavar="evidence", default="slim", type=click.Choice(get_args(Evidence)))
    names = [people_option(lang), option(lang, "--whole"), decisions_option(lang)]
    return LocalCommand(
        "dump", lang, callback=callback, params=[*store_options(lang), forms, *names, output_option(lang)]
    )
