"""``pobratim brief``: two pages in Word about a partner or a pair."""

import asyncio
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import output_option, store_options
from pobratim.cli.paper_sources import Source, wanted_ending
from pobratim.cli.root import talk, talk_of_file, writing
from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.papers.word import word_file
from pobratim.site.explorer.brief import pair_brief, party_brief
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(party: str, other: str | None, store: str, state: Path | None, output: Path) -> None:
        wanted_ending(output, ("docx",))
        source = Source(open_store(store, state).open(), lang)
        one, beside = source.party(party), source.party(other) if other else None
        if beside == one:
            raise UsageError("paper-same", name=one.said(lang))
        for line in source.understood:
            talk(line)
        asker, visit = source.asker, source.visit
        paper = asyncio.run(pair_brief(asker, one, beside, visit) if beside else party_brief(asker, one, visit))
        with writing(output) as out:
            out.write(word_file(paper))
        talk_of_file(output, lang)

    return LocalCommand(
        "brief",
        lang,
        callback=callback,
        params=[
            click.Argument(["party"], metavar=text("cli-metavar-party", lang)),
            click.Argument(["other"], required=False, metavar=text("cli-metavar-other-party", lang)),
            *store_options(lang),
            output_option(lang, required=True),
        ],
    )
