"""``pobratim withdraw``: take a report, a row or a thing out of the graph again, by a line of the ledger."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

import click

from pobratim.cli.localized import LocalCommand
from pobratim.cli.options import decisions_option, loaders_option, option, store_options
from pobratim.cli.root import talk
from pobratim.errors import UsageError, similar
from pobratim.load.pipeline import ledger_path, load
from pobratim.load.settings import Settings
from pobratim.load.trial import leaving_with
from pobratim.load.withdrawing import iris_of_things
from pobratim.messages import Language, text
from pobratim.progress import progress_bar
from pobratim.resolve import Decision, add_decisions, read_decisions
from pobratim.resolve.decisions import WITHDRAWABLE
from pobratim.store.backend import StoreBackend
from pobratim.store.opening import open_store
from pobratim.store.tombstones import this_day

_IRI = re.compile(r"https?://\S+/(?:id|doc)/([a-z]+)/(\S+)")
_ROW = re.compile(r"(.+)/([0-9]+)")
_BY_ROW = frozenset({"cell", "mention", "group", "contact", "participation", "tie"})
"""Types of what rows say in so many words: who wants it gone withdraws the rows."""


def command(lang: Language) -> click.Command:
    """Return the command with help in ``lang``."""

    def callback(
        things: tuple[str, ...],
        reason: str,
        date: str,
        store: str,
        state: Path | None,
        decisions: Path | None,
        loaders: tuple[Path, ...],
        dry_run: bool,
    ) -> int:
        target = open_store(store, state)
        target.open()
        ledger = ledger_path(target, decisions)
        with target.writing():
            made = _decisions(things, (reason, this_day(date)), target, ledger)
            leaving = leaving_with(target, read_decisions(ledger), made)
            talk(text("withdraw-leaves", lang, counts=_counts(leaving, lang)))
            if dry_run:
                for iri in iris_of_things(leaving, target.manifest().get("base", "")):
                    click.echo(iri)
                return 0
            add_decisions(ledger, made)
            with progress_bar(lang) as step:
                result = load((), target, Settings(decisions=decisions and ledger, loaders=loaders), step)
        for line in result.lines(lang):
            talk(line)
        talk(text("withdraw-written", lang, count=len(made), file=ledger, store=target.name))
        return result.exit_code

    return LocalCommand("withdraw", lang, callback=callback, params=_options(lang))


def _options(lang: Language) -> list[click.Parameter]:
    return [
        click.Argument(["things"], nargs=-1, required=True, metavar=text("cli-metavar-things", lang)),
        option(lang, "--reason", metavar="text", required=True),
        option(lang, "--date", metavar="date", told="withdraw-date", default=""),
        option(lang, "--dry-run"),
        *store_options(lang),
        decisions_option(lang),
        loaders_option(lang),
    ]


def _decisions(things: Sequence[str], said: tuple[str, str], store: StoreBackend, ledger: Path) -> list[Decision]:
    """Return a decision for each name. Raises UsageError for what is unknown, withdrawn already or never withdrawn."""
    manifest, known = store.manifest(), read_decisions(ledger)
    made: list[Decision] = []
    for name in things:
        kind, key = _thing(name, manifest)
        one = Decision("withdrawn", kind, key, "", *said)
        if any((old.verdict, old.type, old.left) == ("withdrawn", kind, key) for old in [*known, *made]):
            raise UsageError("withdraw-already", name=name, file=ledger)
        if not leaving_with(store, known, [*made, one]):
            raise UsageError("withdraw-unknown", name=name, near=similar(_near(name, manifest)))
        made.append(one)
    return made


def _thing(name: str, manifest: Mapping[str, Any]) -> tuple[str, str]:
    """Return type and key of what a person names: a report, one of its rows, TYPE:KEY or an IRI."""
    iri = _IRI.fullmatch(name)
    given, _, rest = name.partition(":")
    if iri:
        return _withdrawable(iri[1], iri[2], name)
    if rest and not rest.startswith("//"):
        return _withdrawable(given, rest, name)
    report = _report(name, manifest)
    if report:
        return "report", report
    row = _ROW.fullmatch(name)
    report = _report(row[1], manifest) if row else ""
    if row and report:
        return "entry", f"{report}/{row[2]}"
    raise UsageError("withdraw-unknown", name=name, near=similar(_near(name, manifest)))


def _withdrawable(kind: str, key: str, name: str) -> tuple[str, str]:
    kind = "person" if kind == "post" else kind
    if kind in WITHDRAWABLE:
        return kind, key
    code = "withdraw-rows" if kind in _BY_ROW else "withdraw-type"
    raise UsageError(code, name=name, type=kind, known=", ".join(WITHDRAWABLE))


def _report(name: str, manifest: Mapping[str, Any]) -> str:
    """Return the slug of the report that a person calls so, by its slug or its file, "" for none."""
    reports = manifest.get("reports", {})
    if name in reports:
        return name
    wanted = PurePosixPath(name.replace("\\", "/"))
    for slug, facts in reports.items():
        file = PurePosixPath(facts["entity"]["file"])
        if str(file) == name or wanted.name in (file.name, file.stem):
            return str(slug)
    return ""


def _near(name: str, manifest: Mapping[str, Any]) -> list[str]:
    """Return the slugs and files of reports that are most like a name; none where none is."""
    reports = manifest.get("reports", {})
    known = [*reports, *(facts["entity"]["file"] for facts in reports.values())]
    return get_close_matches(name, known, n=3)


def _counts(leaving: Sequence[tuple[str, str]], lang: Language) -> str:
    counted = Counter(kind for kind, _ in leaving)
    return ", ".join(
        f"{text(f'withdraw-{kind}', lang)} {counted[kind]}"
        for kind in (*WITHDRAWABLE, "contact", "group")
        if counted[kind]
    )
