"""``pobratim query``: a named question, a file, stdin, or a query written out."""

import re
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import click
from pyoxigraph import QuerySolutions

from pobratim.cli.answers import presented
from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import format_option, option, output_option, parameter_option, store_options
from pobratim.cli.root import screen_width, show, talk, talk_of_file, writing
from pobratim.errors import Told, UsageError
from pobratim.messages import Language, text
from pobratim.query.answers import BINARY, FORMATS, choose_format, write_result
from pobratim.query.counted import Beginning, counted
from pobratim.query.library import NamedQuery, find_query, library, parse_query, queries_root
from pobratim.query.tables import TEXTS, write_rows
from pobratim.search import index_of
from pobratim.search.references import said_of_nothing, told, understand
from pobratim.sparql.words import FORMS, PROLOGUE
from pobratim.store.backend import GraphReader
from pobratim.store.opening import open_store

_SPARQL = re.compile(rf"\s*(?:#[^\n]*\n\s*)*(?:{'|'.join(sorted(FORMS | PROLOGUE))})\b.*[\s{{<]", re.I | re.S)
"""How a query that is written out begins, and that more follows: no name of a question is so."""


class QueryCommand(LocalCommand):
    """The command, whose --help behind the name of a question tells of that question."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Show the question's own help where it is asked for."""
        if "--help" in args:
            named = library(queries_root())
            asked = next((named[arg] for arg in args if arg in named), None)
            if asked is not None:
                show(_about(asked, self.lang))
                ctx.exit()
        return super().parse_args(ctx, args)


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
        _answer(_query(target), reader, params, format_name, output, lang)

    return QueryCommand(
        "query",
        lang,
        callback=callback,
        params=[
            click.Argument(["target"], required=False, metavar=text("cli-metavar-query", lang)),
            option(lang, "--list", "listing"),
            *store_options(lang),
            parameter_option(lang),
            format_option(lang, FORMATS),
            output_option(lang),
        ],
    )


def _answer(
    question: NamedQuery,
    reader: GraphReader,
    params: dict[str, str],
    format_name: str | None,
    output: Path | None,
    lang: Language,
) -> None:
    """Ask a question and write the answer; say what was understood and, on a terminal and of a file, how many rows."""
    understood = understand(question, params, lambda: index_of(reader), lang)
    result = question.run(reader, understood.values, lang)
    chosen = choose_format(format_name, str(output) if output else None, result)
    width = screen_width(output)
    if width and chosen in BINARY:
        raise UsageError("format-needs-file", format=chosen)
    for line in told(understood.references, lang):
        talk(line)
    nothing = said_of_nothing(question, params, understood.references, lang)
    given = {parameter.name for parameter in question.parameters}
    with writing(output) as file, question.faults_told():
        out = Beginning(file)
        if width and chosen in TEXTS and isinstance(result, QuerySolutions):
            heads, rows = presented(result, reader, lang, given, whole=chosen == "lines")
            count: int | None = write_rows(heads, rows, chosen, file, lang, width, nothing)
        else:
            count = write_result(result, chosen, out, lang, width, given, nothing)
    kind = "rows"
    if count is None and (output or (nothing and out.whole is not None)):
        kind, count = counted(output or BytesIO(out.whole or b""), chosen)
    if nothing and count == 0 and (output or chosen not in TEXTS):
        talk(nothing)
    if output:
        talk_of_file(output, lang, count, kind)
    elif width and count:
        talk(text("answer-rows", lang, count=count))


def _query(target: str) -> NamedQuery:
    if target == "-":
        return parse_query(sys.stdin.buffer.read().decode("utf-8-sig"), "-", "-")
    if _SPARQL.match(target):
        return parse_query(target, "-", Told("the query", "syntax-inline"))
    path = Path(target)
    if path.suffix != ".rq":
        return find_query(target, queries_root())
    try:
        return parse_query(path.read_text(encoding="utf-8-sig"), path.stem, target)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("query-unreadable", file=target, cause=error) from error


def _listing(lang: Language) -> str:
    """Return a line a question: name, what it asks, its parameters; and an example of those that need one."""
    queries = library(queries_root()).values()
    width = max((len(query.name) for query in queries), default=0)
    lines = []
    for query in queries:
        lines.append(f"{query.name:<{width}}  {query.summary[lang]}{_parameters(query)}")
        if query.parameters and _example(query):
            lines.append(f"{'':<{width}}  {_example(query)}")
    return "\n".join(lines)


def _about(query: NamedQuery, lang: Language) -> str:
    """Return what a person should know to ask a question."""
    lines = [query.summary[lang], *filter(None, [query.description.get(lang, "").strip()]), ""]
    asked = [one for one in query.parameters if one.type != "lang"]
    heads = [one.name if one.required else f"[{one.name}]" for one in asked]
    width = max(map(len, heads), default=0)
    for head, one in zip(heads, asked, strict=True):
        example = query.example.get(one.name) or one.example
        shown = text("query-about-parameter", lang, label=one.label[lang], example=example or "…")
        lines.append(f"  {head:<{width}}  {shown}")
    return "\n".join([*lines, *([""] if asked else []), text("cli-example", lang), f"  {_example(query, always=True)}"])


def _example(query: NamedQuery, always: bool = False) -> str:
    """Return a command that asks a question with example values, "" where it needs none (unless ``always``)."""
    values = {
        one.name: query.example.get(one.name) or (one.example if one.required else "") for one in query.parameters
    }
    pairs = [f"--param {_quoted(f'{name}={value}')}" for name, value in values.items() if value]
    return " ".join(["pobratim query", query.name, *pairs]) if pairs or always else ""


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"[\s<>#&;()]", word) else word


def _parameters(query: NamedQuery) -> str:
    names = _names(query)
    return f" ({', '.join(names)})" if names else ""


def _names(query: NamedQuery) -> Sequence[str]:
    return [p.name if p.required else f"[{p.name}]" for p in query.parameters if p.type != "lang"]
