"""``pobratim query``: a named question, a file, or stdin."""

import shutil
import sys
from pathlib import Path

import click
from pyoxigraph import QuerySolutions

from pobratim.cli.localized import LocalCommand
from pobratim.cli.root import format_option, output_option, parameter_option, store_options, talk, writing
from pobratim.errors import UsageError
from pobratim.formats import BINARY, FORMATS, choose_format, write_result
from pobratim.messages import Language, text
from pobratim.query_library import NamedQuery, find_query, library, parse_query, queries_root
from pobratim.references import Understood, said_of_nothing, told, understand
from pobratim.search import index_of
from pobratim.store_backend import GraphReader
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
            click.echo(_listing(lang))
            return
        reader = open_store(store, state).open()
        question = _query(target)
        understood = understand(question, params, lambda: index_of(reader), lang)
        result = question.run(reader, understood.values, lang)
        chosen = choose_format(format_name, str(output) if output else None, result)
        to_screen = output is None and sys.stdout.isatty()
        if to_screen and chosen in BINARY:
            raise UsageError("format-needs-file", format=chosen)
        width = shutil.get_terminal_size().columns if to_screen else None
        for line in told(understood.references, lang):
            talk(line)
        nothing = _said_of_nothing(question, params, understood, reader, lang)
        with writing(output) as out, question.faults_told():
            given = {parameter.name for parameter in question.parameters}
            write_result(result, chosen, out, lang, width, given, nothing)
        if nothing and (output or chosen != "table"):
            talk(nothing)

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


def _said_of_nothing(
    question: NamedQuery, params: dict[str, str], understood: Understood, reader: GraphReader, lang: Language
) -> str:
    """Return what is to be said where the answer has no rows, "" where it has some or the question says nothing."""
    said = said_of_nothing(question, params, understood.references, lang)
    # An answer is read once, by whoever writes it; so whether there is one is asked apart.
    found = question.run(reader, understood.values, lang) if said else None
    return said if isinstance(found, QuerySolutions) and next(found, None) is None else ""


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
