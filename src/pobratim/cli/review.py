"""``pobratim review``: what the data leave undecided, and people's decisions on it."""

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from getpass import getuser
from pathlib import Path
from typing import Any

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import decisions_option, format_option, option, output_option, store_options
from pobratim.cli.root import screen_width, talk, writing
from pobratim.errors import UsageError
from pobratim.load import preview_words as preview
from pobratim.load.deciding import Deciding, Said, Wishes
from pobratim.load.pipeline import ledger_path
from pobratim.load.trial import changes_with
from pobratim.messages import LANGUAGES, Language, text
from pobratim.query.answers import ROW_FORMATS, write_rows
from pobratim.resolve import Candidate, Decision, add_decisions, read_decisions, undecided
from pobratim.resolve.candidates import Side
from pobratim.resolve.decisions import checked
from pobratim.resolve.ledger import Verdict
from pobratim.store.backend import StoreBackend
from pobratim.store.opening import open_store

_SIDES = ("left", "left_name", "left_rows", "right", "right_name", "right_rows")
COLUMNS = ("type", "score", "why", "reason", "shared", *_SIDES)
_ANSWERS = ("same", "not-same", "skip", "quit")


def _login() -> str:
    """Return the name under which somebody is logged in, "" where the system does not tell."""
    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # Windows has no database of accounts
        return ""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        store: str,
        state: Path | None,
        decisions: Path | None,
        why: str,
        date: str,
        author: str,
        time: str,
        ask: bool,
        dry_run: bool,
        format_name: str | None,
        output: Path | None,
        **wishes: Any,
    ) -> None:
        target = open_store(store, state)
        reader, ledger = target.open(), ledger_path(target, decisions)
        found = [Candidate.from_json(one) for one in reader.manifest.get("candidates", [])]
        said = Said(why, date, author or _login(), time or datetime.now().astimezone().isoformat(timespec="seconds"))
        deciding = Deciding(found, reader)
        made = [said.beside(one) for one in deciding.decisions(Wishes(**wishes))]
        left_open = undecided(found, read_decisions(ledger))
        count = 0
        if made:
            made = checked(ledger, made)
            for one, fields in deciding.mismatches(made):
                named = ", ".join(text(f"fact-{field}", lang) for field in fields)
                talk(text("review-mismatch", lang, left=one.left, right=one.right, fields=named))
            count = _preview(target, ledger, made, lang) if dry_run else _write(ledger, made)
        elif ask:
            count = _ask(left_open, ledger, said, lang)
        else:
            _list(left_open, format_name, output, lang)
        if count:
            talk(text("review-written", lang, count=count, file=ledger, store=target.name))

    return LocalCommand("review", lang, callback=callback, params=_options(lang))


def _options(lang: Language) -> list[click.Parameter]:
    def pair(name: str, metavar: str) -> click.Option:
        return option(lang, f"--{name}", metavar=metavar, nargs=2, multiple=True)

    def words(name: str, metavar: str, **settings: Any) -> click.Option:
        return option(lang, f"--{name}", metavar=metavar, default="", **settings)

    return [
        *store_options(lang),
        decisions_option(lang),
        pair("same", "keys"),
        option(lang, "--keep", metavar="key", multiple=True),
        pair("not-same", "keys"),
        pair("rename", "key-name"),
        pair("correct", "key-value"),
        pair("tie", "keys"),
        pair("not-tie", "keys"),
        words("at", "key"),
        option(lang, "--not-organisation", metavar="key", multiple=True),
        words("why", "text"),
        words("date", "date"),
        words("author", "text", envvar="POBRATIM_AUTHOR"),
        words("time", "time"),
        option(lang, "--dry-run", told="review-dry-run"),
        option(lang, "--ask"),
        format_option(lang, ROW_FORMATS),
        output_option(lang),
    ]


def _write(ledger: Path, made: Sequence[Decision]) -> int:
    add_decisions(ledger, made)
    return len(made)


def _preview(target: StoreBackend, ledger: Path, made: Sequence[Decision], lang: Language) -> int:
    """Tell what decisions would change; none is written."""
    found = changes_with(target, read_decisions(ledger), made)
    for line in preview.told(found, lang):
        click.echo(line)
    talk(preview.counts(found, lang))
    talk(text("preview-unwritten", lang))
    return 0


def _list(found: Sequence[Candidate], format_name: str | None, output: Path | None, lang: Language) -> None:
    if not found and format_name in (None, "table"):
        talk(text("review-none", lang))
        return
    with writing(output) as out:
        if format_name == "json":
            listing = [{**one.to_json(), "question": text(one.reason, lang), "found": _why(one, lang)} for one in found]
            out.write(json.dumps(listing, ensure_ascii=False, indent=2).encode() + b"\n")
        else:
            width = screen_width(output)
            heads = [text(f"review-head-{column}", lang) for column in COLUMNS]
            write_rows(heads, [_row(one, lang) for one in found], format_name or "table", out, lang, width)
    talk(text("review-left", lang, count=len(found)))


def _row(one: Candidate, lang: Language) -> list[str | float]:
    sides = [value for side in (one.left, one.right) for value in (side.key, side.name, _rows(side))]
    return [one.type, one.score, _why(one, lang), text(one.reason, lang), _shared(one, lang), *sides]


def _rows(side: Side) -> str:
    return ", ".join(side.rows) + (" …" if side.count > len(side.rows) else "")


def _why(one: Candidate, lang: Language) -> str:
    """Return what the rules found, "" where a store made by an earlier release does not say."""
    return text(one.why, lang) if one.why else ""


def _shared(one: Candidate, lang: Language) -> str:
    return ", ".join(text(code, lang) for code in one.shared)


def _ask(found: Sequence[Candidate], ledger: Path, said: Said, lang: Language) -> int:
    """Ask about one pair after the other, write each answer at once, and return how many there were."""
    if not sys.stdin.isatty():
        raise UsageError("review-no-terminal")
    written = 0
    for number, one in enumerate(found, start=1):
        if one not in undecided([one], read_decisions(ledger)):
            continue
        values = {"type": one.type, "score": one.score, "why": _why(one, lang), "shared": _shared(one, lang)}
        values["reason"] = text(one.reason, lang)
        talk(text("review-pair", lang, number=number, total=len(found), **values))
        for side in (one.left, one.right):
            talk(text("review-side", lang, name=side.name, key=side.key, count=side.count, rows=_rows(side)))
        answer = _answer(lang)
        if answer == "quit":
            break
        if answer != "skip":
            verdict: Verdict = "same" if answer == "same" else "not-same"
            add_decisions(ledger, [said.beside(Decision(verdict, one.type, one.left.key, one.right.key))])
            written += 1
    return written


def _answer(lang: Language) -> str:
    """Return same, not-same, skip or quit, as a person answers in either language."""
    meanings = {letter: answer for answer in _ANSWERS for letter in _letters(answer)}
    while True:
        given = click.prompt(text("review-question", lang), default="", show_default=False, err=True).strip().lower()
        if meaning := meanings.get(given or "skip"):
            return meaning
        talk(text("review-answer-again", lang))


def _letters(answer: str) -> list[str]:
    """Return the letters for an answer in both languages: the keyboard may be left in either."""
    return [letter for lang in LANGUAGES for letter in text(f"review-letters-{answer}", lang).split()]
