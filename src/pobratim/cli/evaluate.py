"""``pobratim evaluate``: records against gold."""

import json
from pathlib import Path
from typing import Any

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, option, paths_argument
from pobratim.cli.root import show, talk
from pobratim.errors import UsageError
from pobratim.evaluate import as_json, error_lines, evaluate, read_jsonl, table
from pobratim.messages import Language, text


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(gold: tuple[Path, ...], errors: bool, format_name: str | None) -> int:
        if len(gold) < 2:
            raise UsageError("evaluate-two-files")
        *wanted, records = [_read(path) for path in gold]
        scores = evaluate([line for lines in wanted for line in lines], records)
        names = {side: ", ".join(found) or "—" for side, found in zip(("gold", "given"), scores.reports, strict=True)}
        if scores.strange:
            raise UsageError("evaluate-strange", **names)
        if format_name == "json":
            misses = {"errors": error_lines(scores)} if errors else {}
            show(json.dumps({**as_json(scores), **misses}, ensure_ascii=False, indent=2))
        else:
            show("\n".join([table(scores), *(error_lines(scores) if errors else ())]))
        if scores.renamed:
            talk(text("evaluate-renamed", lang, **names))
        for report in scores.unmet:
            talk(text("evaluate-unmet", lang, report=report))
        return int(bool(scores.unmet))

    return LocalCommand(
        "evaluate",
        lang,
        callback=callback,
        params=[
            paths_argument(lang, "gold"),
            option(lang, "--errors"),
            format_option(lang, ["table", "json"]),
        ],
    )


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        return read_jsonl(path)
    except (OSError, ValueError) as error:
        raise UsageError("evaluate-unreadable", file=path, cause=error) from error
