"""``pobratim new-source``: begin a folder for a source."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import A_PATH, loaders_option, option
from pobratim.cli.root import talk
from pobratim.messages import Language, text
from pobratim.sources import find_source, new_source


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(name: str, like: str, directory: Path, loaders: tuple[Path, ...]) -> None:
        made = new_source(name, directory, find_source(like, loaders))
        talk(text("sources-made", lang, file=made.file, name=made.name))

    return LocalCommand(
        "new-source",
        lang,
        callback=callback,
        params=[
            click.Argument(["name"], metavar=text("cli-metavar-name", lang)),
            option(lang, "--like", metavar="name", default="event-report"),
            option(lang, "--dir", "directory", metavar="folder", type=A_PATH, default=Path("loaders")),
            loaders_option(lang),
        ],
    )
