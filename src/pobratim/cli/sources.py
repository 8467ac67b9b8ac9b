"""``pobratim sources``: which sources there are."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, loaders_option, output_option
from pobratim.cli.root import screen_width, talk, writing
from pobratim.messages import Language, text
from pobratim.query.answers import ROW_FORMATS, write_rows
from pobratim.sources import Source, list_sources

_COLUMNS = ("name", "form", "home", "title", "publisher", "file")


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(loaders: tuple[Path, ...], format_name: str | None, output: Path | None) -> None:
        found = list_sources(loaders)
        for folder in loaders:
            if not any(source.folder.parent == folder for source in found):
                talk(text("source-none-in-folder", lang, folder=folder))
        with writing(output) as out:
            if format_name == "json":
                listing = [_plain(source) for source in found]
                out.write(json.dumps(listing, ensure_ascii=False, indent=2).encode() + b"\n")
                return
            width = screen_width(output)
            heads = [text(f"sources-head-{name}", lang) for name in _COLUMNS]
            write_rows(heads, [_row(source, lang) for source in found], format_name or "table", out, lang, width)

    return LocalCommand(
        "sources",
        lang,
        callback=callback,
        params=[loaders_option(lang), format_option(lang, ROW_FORMATS), output_option(lang)],
    )


def _row(source: Source, lang: Language) -> Sequence[str]:
    return [source.name, source.form, source.home, source.title[lang], source.publisher[lang], str(source.file)]


def _plain(source: Source) -> dict[str, Any]:
    """Return what a source says as plain JSON values."""
    return {
        "name": source.name,
        "form": source.form,
        "title": dict(source.title),
        "publisher": dict(source.publisher),
        "homepage": source.homepage,
        "home": source.home,
        "licence": source.licence,
        "expected": {
            "rows": {"min": source.expected.rows_min, "max": source.expected.rows_max},
            "shares": dict(source.expected.shares),
        },
        "columns": {column: list(headings) for column, headings in source.columns.items()},
        "constants": dict(source.constants),
        "values": {kind: dict(meant) for kind, meant in source.values.items()},
        "wikidata": asdict(source.wikidata) if source.form == "wikidata" else None,
        "file": str(source.file),
        "edition": source.edition,
    }
