"""``pobratim yearly``: the external ties of a municipality in one year, for Excel or Word."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, option, output_option, store_options
from pobratim.cli.paper_sources import Source, wanted_ending
from pobratim.cli.root import talk, talk_of_file, writing
from pobratim.explore.yearly import yearly_of
from pobratim.messages import Language, text
from pobratim.papers.form import form
from pobratim.papers.word import word_file
from pobratim.query.workbook import write_sheets
from pobratim.site.explorer.yearly import YearlyTable, municipality_of
from pobratim.store.opening import open_store

_FIRST, _LAST = 1, 9999
"""Years that a date may have (EDTF level 0)."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(party: str, year: int, store: str, state: Path | None, template: Path | None, output: Path) -> None:
        ending = wanted_ending(output, ("xlsx", "docx"))
        source, shape = Source(open_store(store, state).open(), lang), form(template)
        place = source.party(party)
        for line in source.understood:
            talk(line)
        municipality_of(source.index, place.ref, source.visit)
        table = YearlyTable(yearly_of(source.index, place, year), shape, source.visit)
        with writing(output) as out:
            if ending == "docx":
                out.write(word_file(table.paper()))
            else:
                write_sheets(table.sheets(), out)
        if not table.told.lines:
            talk(table.words["yearly-none"])
        talk_of_file(output, lang)

    return LocalCommand(
        "yearly",
        lang,
        callback=callback,
        params=[
            click.Argument(["party"], metavar=text("cli-metavar-party", lang)),
            click.Argument(["year"], type=click.IntRange(_FIRST, _LAST), metavar=text("cli-metavar-year", lang)),
            *store_options(lang),
            option(lang, "--template", metavar="file", type=A_PATH),
            output_option(lang, required=True),
        ],
    )
