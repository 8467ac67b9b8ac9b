"""``pobratim extract``: records as JSON lines, without a store."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import (
    chosen_source,
    home_option,
    loaders_option,
    output_option,
    paths_argument,
    source_option,
)
from pobratim.cli.root import talk, talk_of_file, writing
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.messages import Language
from pobratim.progress import progress_bar
from pobratim.record import to_lines


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        paths: tuple[Path, ...], home: str, output: Path | None, source: str, loaders: tuple[Path, ...]
    ) -> int:
        settings = Settings(home.upper(), source=chosen_source(source, loaders))
        with progress_bar(lang) as step:
            records, report = extract(paths, settings, step)
        with writing(output) as out:
            out.write(to_lines(records).encode())
        for line in report.lines(lang):
            talk(line)
        if output:
            talk_of_file(output, lang, len(records))
        return report.exit_code

    return LocalCommand(
        "extract",
        lang,
        callback=callback,
        params=[
            paths_argument(lang),
            home_option(lang),
            output_option(lang),
            source_option(lang),
            loaders_option(lang),
        ],
    )
