"""The group of all commands, and how they all write and talk."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import IO

import click

from pobratim import __version__
from pobratim.cli.localized import LocalGroup
from pobratim.errors import UsageError, cause_of
from pobratim.ground.characters import visible
from pobratim.messages import Language, text

MODULES = {
    name: f"pobratim.cli.{name.replace('-', '_')}"
    for name in (
        "load",
        "gaps",
        "extract",
        "query",
        "tables",
        "diff",
        "search",
        "network",
        "brief",
        "yearly",
        "serve",
        "check",
        "evaluate",
        "dump",
        "publish",
        "repair",
        "review",
        "withdraw",
        "sources",
        "new-source",
    )
}
"""The commands in the order of the help, each with the module that makes it."""


def root(lang: Language) -> click.Group:
    """Return the command ``pobratim`` with help in ``lang``."""
    group = LocalGroup("pobratim", lang, MODULES)
    return click.version_option(
        __version__, prog_name="pobratim", message="%(prog)s %(version)s", help=text("cli-opt-version", lang)
    )(group)


@contextmanager
def writing(output: Path | None) -> Iterator[IO[bytes]]:
    """Yield stdout, or the file ``output``, which appears only once it is whole.

    A terminal gets control characters written out. Raises UsageError where the file cannot be written.
    """
    if output is None:
        with _screen() as out:
            yield out
        return
    draft = output.with_name(f".{output.name}.part")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(output)
    except OSError as error:
        raise UsageError("output-unwritable", file=output, cause=cause_of(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


@contextmanager
def _screen() -> Iterator[IO[bytes]]:
    """Yield stdout; where it is a terminal, what makes everything visible before it goes there."""
    try:
        if sys.stdout.isatty():
            held = BytesIO()
            yield held
            sys.stdout.buffer.write(visible(held.getvalue().decode(errors="replace")).encode())
        else:
            yield from _whole(sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        # What could not be written would be tried again, and complained of, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError("stdout-unwritable", cause=cause_of(error)) from error


def _whole(out: IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield what writes all that it is given: stdout without a buffer (PYTHONUNBUFFERED) may take but a part."""
    if not isinstance(out, RawIOBase):
        yield out
        return
    with os.fdopen(os.dup(out.fileno()), "wb") as buffered:
        yield buffered


def screen_width(output: Path | None) -> int | None:
    """Return how many columns the terminal has that data go to, None where they go to a file or another program."""
    return shutil.get_terminal_size().columns if output is None and sys.stdout.isatty() else None


def talk_of_file(file: Path, lang: Language, count: int | None = None, kind: str = "rows") -> None:
    """Say which file was written, and how many rows or statements it holds where that is known."""
    code = f"output-written-{kind}" if count is not None else "output-written"
    talk(text(code, lang, file=file, count=count))


def talk(line: str) -> None:
    """Say something to the person, which is not data; nothing of it can steer the terminal."""
    click.echo(visible(line), err=True)


def show(shown: str) -> None:
    """Print text that is data; a terminal gets control characters written out."""
    with writing(None) as out:
        out.write(shown.encode(errors="backslashreplace") + b"\n")
