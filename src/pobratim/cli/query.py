"""``pobratim query``: a named question, a file, or stdin."""

import shutil
import sys
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.root import format_option, output_option, parameter_option, show, store_options, writing
from pobratim.errors import UsageError
from pobratim.formats import BINARY, FORMATS, choose_format, write_result
from pobratim.messages import Language, text
from pobratim.query_library import NamedQuery, find_query, library, parse_query, queries_root
from pobratim.stores import open_store


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        target: str | None,
        listing: bool,
        store: str,
        state: Path | None,
        params: dict[str, str],
        format_name: str | None,
        output: Path | None,
    ) -> None:
        if listing or target is None:
            show(_listing(lang))
            return
        reader = open_store(store, state).open()
        question = _query(target)
        result = question.run(reader, params, lang)
        chosen = choose_format(format_name, str(output) if output else None, result)
        to_screen = output is None and sys.stdout.isatty()
        if to_screen and chosen in BINARY:
            raise UsageError("format-needs-file", format=chosen)
        width = shutil.get_terminal_size().columns if to_screen else None
        with writing(output) as out, question.faults_told():
            given = {parameter.name for parameter in question.parameters}
            write_result(result, chosen, out, lang, width, given)

    return LocalCommand(
        "query",
        lang,
        callback=callback,
        params=[
            click.Argument(["target"], required=False, metavar=text("cli-metavar-query", lang)),
            click.Option(["--list", "listing"], is_flag=True, help=text("cli-opt-list", lang)),
            *store_options(lang),
            parameter_option(lang),
            format_option(lang, FORMATS),
            output_option(lang),
        ],
    )


def _query(target: str) -> NamedQuery:
    if target == "-":
        return parse_query(sys.stdin.buffer.read().decode("utf-8-sig"), "-", "-")
    path = Path(target)
    if path.suffix != ".rq":
        return find_query(target, queries_root())
    try:
        return parse_query(path.read_text(encoding="utf-8"), path.stem, target)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("query-unreadable", file=target, cause=error) from error


def _listing(lang: Language) -> str:
    queries = library(queries_root()).values()
    width = max((len(query.name) for query in queries), default=0)
    return "\n".join(f"{query.name:<{width}}  {query.summary[lang]}{_parameters(query)}" for query in queries)


def _parameters(query: NamedQuery) -> str:
    names = [p.name if p.required else f"[{p.name}]" for p in query.parameters if p.type != "lang"]
    return f" ({', '.join(names)})" if names else ""
