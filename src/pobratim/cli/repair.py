"""``pobratim repair``: choose the data in force anew, in a store of which something was lost."""

from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import option, store_options
from pobratim.cli.root import talk
from pobratim.errors import UsageError
from pobratim.messages import Language, text
from pobratim.store.directory import GenerationStore
from pobratim.store.opening import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(store: str, state: Path | None, generation: int | None) -> int:
        target = open_store(store, state)
        if not isinstance(target, GenerationStore):
            raise UsageError("repair-remote", store=target.name)
        if generation is None and target.is_whole():
            talk(text("repair-whole", lang))
            return 0
        reader, damaged = target.repair(generation)
        for name in damaged:
            talk(text("repair-damaged", lang, name=name))
        reports = len(reader.manifest.get("reports", {}))
        talk(text("repair-done", lang, name=f"{reader.generation:06d}", reports=reports, quads=len(reader)))
        return int(bool(damaged))

    return LocalCommand(
        "repair",
        lang,
        callback=callback,
        params=[
            *store_options(lang),
            option(lang, "--generation", metavar="number", type=click.IntRange(min=1)),
        ],
    )
