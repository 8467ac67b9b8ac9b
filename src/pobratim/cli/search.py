"""``pobratim search``: find a thing by its name, written in any way."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, option, output_option, store_options
from pobratim.cli.root import screen_width, talk, writing
from pobratim.messages import Language, text
from pobratim.query.answers import write_rows
from pobratim.search import TYPES, Hit, open_or_build
from pobratim.store.opening import open_store

FORMATS = ("table", "json")


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        query: tuple[str, ...],
        store: str,
        state: Path | None,
        types: tuple[str, ...],
        limit: int,
        format_name: str | None,
        output: Path | None,
    ) -> None:
        index = open_or_build(open_store(store, state))
        hits = index.find(" ".join(query), limit=limit, types=types, lang=lang)
        width = screen_width(output)
        with writing(output) as out:
            if format_name == "json":
                out.write(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=2).encode() + b"\n")
            else:
                columns = [text(f"search-{name}", lang) for name in ("type", "label", "place", "country", "iri")]
                write_rows(columns, [_row(hit, lang) for hit in hits], "table", out, lang, width)
        if width and hits:
            talk(text("answer-rows", lang, count=len(hits)))

    listed = {"types": ", ".join(TYPES)}
    return LocalCommand(
        "search",
        lang,
        callback=callback,
        values=listed,
        params=[
            click.Argument(["query"], nargs=-1, required=True, metavar=text("cli-metavar-words", lang)),
            *store_options(lang),
            option(lang, "--type", "types", metavar="type", values=listed, multiple=True, type=click.Choice(TYPES)),
            option(lang, "--limit", metavar="number", type=click.IntRange(1, 1_000), default=20),
            format_option(lang, FORMATS),
            output_option(lang),
        ],
    )


def _row(hit: Hit, lang: Language) -> tuple[str, ...]:
    return text(f"search-{hit.type}", lang), hit.label, hit.place, hit.country, hit.iri
