"""``pobratim evaluate``: records against gold."""

import json
from pathlib import Path
from typing import Any

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.root import format_option, show
from pobratim.errors import UsageError
from pobratim.evaluate import as_json, error_lines, evaluate, read_jsonl, table
from pobratim.messages import Language, text


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(files: tuple[Path, ...], errors: bool, format_name: str | None) -> None:
        if len(files) < 2:
            raise UsageError("evaluate-two-files")
        *gold, records = [_read(path) for path in files]
        scores = evaluate([line for lines in gold for line in lines], records)
        if format_name == "json":
            misses = {"errors": error_lines(scores)} if errors else {}
            show(json.dumps({**as_json(scores), **misses}, ensure_ascii=False, indent=2))
            return
        show(table(scores))
        if errors:
            show("\n".join(error_lines(scores)))

    return LocalCommand(
        "evaluate",
        lang,
        callback=callback,
        params=[
            click.Argument(
                ["files"],
                nargs=-1,
                required=True,
                type=click.Path(path_type=Path),
                metavar=text("cli-metavar-gold", lang),
            ),
            click.Option(["--errors"], is_flag=True, help=text("cli-opt-errors", lang)),
            format_option(lang, ["table", "json"]),
        ],
    )


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return read_jsonl(path)
    except (OSError, ValueError) as error:
        raise UsageError("evaluate-unreadable", file=path, cause=error) from error
