"""``pobratim review``: what the data leave undecided, and people's decisions on it."""

import json
import sys
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import decisions_option, format_option, option, output_option, store_options
from pobratim.cli.root import screen_width, talk, writing
from pobratim.errors import UsageError, similar
from pobratim.load.pipeline import ledger_path
from pobratim.messages import LANGUAGES, Language, text
from pobratim.query.answers import ROW_FORMATS, write_rows
from pobratim.rdf.iris import entity_iri
from pobratim.resolve import Candidate, Decision, add_decisions, read_decisions, undecided
from pobratim.resolve.candidates import Side
from pobratim.resolve.decisions import NAMED, key_of
from pobratim.resolve.ledger import Verdict
from pobratim.store.backend import GraphReader
from pobratim.store.opening import open_store

_SIDES = ("left", "left_name", "left_rows", "right", "right_name", "right_rows")
COLUMNS = ("type", "score", "why", "reason", "shared", *_SIDES)
_ANSWERS = ("same", "not-same", "skip", "quit")
Pairs = tuple[tuple[str, str], ...]


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        store: str,
        state: Path | None,
        decisions: Path | None,
        same: Pairs,
        not_same: Pairs,
        rename: Pairs,
        correct: Pairs,
        why: str,
        date: str,
        ask: bool,
        format_name: str | None,
        output: Path | None,
    ) -> None:
        target = open_store(store, state)
        reader, ledger = target.open(), ledger_path(target, decisions)
        found = [Candidate.from_json(one) for one in reader.manifest.get("candidates", [])]
        chosen: list[tuple[Verdict, Pairs]] = [
            ("same", same), ("not-same", not_same), ("rename", rename), ("correct", correct),
        ]  # fmt: skip
        made = [
            _decision(verdict, left, right, (why, date), found, reader)
            for verdict, pairs in chosen
            for left, right in pairs
        ]
        left_open = undecided(found, read_decisions(ledger))
        count = len(made)
        if made:
            add_decisions(ledger, made)
        elif ask:
            count = _ask(left_open, ledger, (why, date), lang)
        else:
            _list(left_open, format_name, output, lang)
        if count:
            talk(text("review-written", lang, count=count, file=ledger, store=target.name))

    return LocalCommand("review", lang, callback=callback, params=_options(lang))


def _options(lang: Language) -> list[click.Parameter]:
    def pair(name: str, metavar: str) -> click.Option:
        return option(lang, f"--{name}", metavar=metavar, nargs=2, multiple=True)

    def words(name: str, metavar: str) -> click.Option:
        return option(lang, f"--{name}", metavar=metavar, default="")

    return [
        *store_options(lang),
        decisions_option(lang),
        pair("same", "keys"),
        pair("not-same", "keys"),
        pair("rename", "key-name"),
        pair("correct", "key-value"),
        words("why", "text"),
        words("date", "date"),
        option(lang, "--ask"),
        format_option(lang, ROW_FORMATS),
        output_option(lang),
    ]


def _decision(
    verdict: Verdict, left: str, right: str, said: tuple[str, str], found: Sequence[Candidate], reader: GraphReader
) -> Decision:
    """Return a decision with the types of its keys looked up. Raises UsageError for keys that nothing has."""
    kind, key = _thing(left, found, reader)
    if verdict in ("same", "not-same"):
        other_kind, other = _thing(right, found, reader)
        if kind != other_kind:
            raise UsageError("review-two-types", left=left, right=right)
        right = other
    return Decision(verdict, kind, key, right, *said)


def _thing(name: str, found: Sequence[Candidate], reader: GraphReader) -> tuple[str, str]:
    """Return type and key of what a person names: a key, TYPE:KEY or an IRI."""
    by_key = {side.key: one.type for one in found for side in (one.left, one.right)}
    given, _, rest = name.partition(":")
    wanted, key = (given, rest) if given in {*NAMED, "agreement"} else ("", name)
    kinds = [wanted] if wanted else [*dict.fromkeys([by_key.get(key, ""), *NAMED, "agreement"])]
    base = reader.manifest.get("base", "")
    for kind in filter(None, kinds):
        plain = key_of(key, kind)
        if plain != key or by_key.get(plain) == kind:
            return kind, plain
        if plain.isascii() and _exists(reader, base, kind, plain):
            return kind, plain
    raise UsageError("review-unknown-key", key=name, near=similar(get_close_matches(key, by_key, n=3)))


def _exists(reader: GraphReader, base: str, kind: str, key: str) -> bool:
    try:
        return reader.describes(entity_iri(base, kind, key))  # type: ignore[arg-type]
    except ValueError:
        return False


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


def _ask(found: Sequence[Candidate], ledger: Path, said: tuple[str, str], lang: Language) -> int:
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
            add_decisions(ledger, [Decision(verdict, one.type, one.left.key, one.right.key, *said)])
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
