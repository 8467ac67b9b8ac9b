"""The store of what may go out, as several commands open it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

import click

from pobratim.cli.options import option
from pobratim.messages import Language
from pobratim.publishing.settings import People
from pobratim.store.backend import StoreBackend
from pobratim.store.directory import GenerationStore


def people_option(lang: Language) -> click.Option:
    """Return ``--people``, given to the command as a word or None."""
    return option(lang, "--people", metavar="people", type=click.Choice(get_args(People)))


def gated(store: StoreBackend, people: People, decisions: Path | None) -> GenerationStore:
    """Return what may go out of a store; ``decisions`` is the ledger, None for the usual one.

    Raises StoreError, UsageError and LedgerError.
    """
    from pobratim.load.pipeline import ledger_path  # imported here: a help text needs no lexicon
    from pobratim.load.workers import cores
    from pobratim.publishing.people.gated import gated_store
    from pobratim.resolve.decisions import read_decisions

    store.open()
    lines = read_decisions(ledger_path(store, decisions), wanted=decisions is not None)
    return gated_store(store, people, decisions=lines, jobs=cores())


@contextmanager
def kept_up(store: StoreBackend, state: Path | None, people: People, decisions: Path | None) -> Iterator[None]:
    """Have a process make what may go out anew whenever the store or the ledger changes, until this one goes on."""
    from pobratim.load.pipeline import ledger_path  # as above

    words = [store.name, str(state or ""), people, str(ledger_path(store, decisions))]
    command = [sys.executable, "-m", "pobratim.publishing.people", *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            yield
        finally:
            # It ends when its input does, also where this process is killed.
            process.communicate()
