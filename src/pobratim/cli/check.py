"""``pobratim check``: the shapes and the check queries over the store; one row a fault."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, output_option, store_options
from pobratim.cli.root import screen_width, talk, talk_of_file, writing
from pobratim.messages import Language, text
from pobratim.query.answers import ROW_FORMATS, write_rows
from pobratim.query.checks import COLUMNS, check
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, format_name: str | None, output: Path | None) -> int:
        faults = check(open_store(store, state).open(), lang)
        grave = sum(fault.severity == "error" for fault in faults)
        if not faults:
            talk(text("check-clean", lang))
            return 0
        width = screen_width(output)
        with writing(output) as out:
            write_rows(COLUMNS, [fault.row() for fault in faults], format_name or "table", out, lang, width)
        if output:
            talk_of_file(output, lang, len(faults))
        talk(text("check-faults", lang, errors=grave, warnings=len(faults) - grave))
        return int(grave > 0)

    return LocalCommand(
        "check",
        lang,
        callback=callback,
        params=[*store_options(lang), format_option(lang, ROW_FORMATS), output_option(lang)],
    )
