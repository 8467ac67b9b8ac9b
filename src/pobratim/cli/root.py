"""The group of all commands and what they share: the options for store, output, format and parameters."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from pobratim import __version__
from pobratim.cli.localized import LocalGroup, RequiredOption
from pobratim.errors import UsageError, cause_of
from pobratim.messages import Language, text
from pobratim.text.characters import visible

if TYPE_CHECKING:
    from pobratim.sources import Source

MODULES = {
    name: f"pobratim.cli.{name.replace('-', '_')}"
    for name in (
        "load",
        "gaps",
        "extract",
        "query",
        "search",
        "network",
        "serve",
        "check",
        "evaluate",
        "dump",
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


def store_options(lang: Language) -> list[click.Parameter]:
    """Return ``--store`` and ``--state``, given to the command as ``store``, a directory or a URL, and ``state``."""
    return [
        click.Option(
            ["--store"],
            default="pobratim-data",
            envvar="POBRATIM_STORE",
            metavar=text("cli-metavar-store", lang),
            help=text("cli-opt-store", lang),
        ),
        click.Option(
            ["--state"],
            type=click.Path(path_type=Path),
            envvar="POBRATIM_STATE",
            metavar=text("cli-metavar-folder", lang),
            help=text("cli-opt-state", lang),
        ),
    ]


def decisions_option(lang: Language) -> click.Option:
    """Return ``--decisions``, given to the command as a Path or None for the ledger beside the store."""
    return click.Option(
        ["--decisions"],
        type=click.Path(path_type=Path),
        envvar="POBRATIM_DECISIONS",
        metavar=text("cli-metavar-file", lang),
        help=text("cli-opt-decisions", lang),
    )


def output_option(lang: Language, required: bool = False) -> click.Option:
    """Return ``-o``, given to the command as a Path or None for stdout."""
    options: dict[str, Any] = {
        "type": click.Path(path_type=Path),
        "metavar": text("cli-metavar-file", lang),
        "help": text("cli-opt-output-file" if required else "cli-opt-output", lang),
    }
    names = ["-o", "--output"]
    return RequiredOption(names, lang, **options) if required else click.Option(names, **options)


def parameter_option(lang: Language) -> click.Option:
    """Return ``--param``, given to the command as ``params``, a mapping."""
    return click.Option(
        ["--param", "params"],
        multiple=True,
        metavar=text("cli-metavar-param", lang),
        help=text("cli-opt-param", lang),
        callback=_split_parameters,
    )


def format_option(lang: Language, formats: Sequence[str]) -> click.Option:
    """Return ``--format``, given to the command as ``format_name``, a string or None."""
    return click.Option(
        ["--format", "format_name"],
        type=click.Choice(list(formats)),
        metavar=text("cli-metavar-format", lang),
        help=text("cli-opt-format", lang, formats=", ".join(formats)),
    )


def loaders_option(lang: Language) -> click.Option:
    """Return ``--loaders``, given to the command as a tuple of Paths: those named, else ``default_folders``."""
    return click.Option(
        ["--loaders"],
        multiple=True,
        type=click.Path(path_type=Path),
        metavar=text("cli-metavar-folder", lang),
        help=text("cli-opt-loaders", lang),
        callback=_loaders,
    )


def source_option(lang: Language) -> click.Option:
    """Return ``--source``, given to the command as a string, "" if no source is named."""
    return click.Option(
        ["--source"], default="", metavar=text("cli-metavar-name", lang), help=text("cli-opt-source", lang)
    )


def chosen_source(name: str, loaders: Sequence[Path]) -> "Source | None":
    """Return the source called ``name``, None for "". Raises UsageError for an unknown or malformed one."""
    from pobratim.sources import find_source  # imported here: a help text needs no lexicon

    return find_source(name, loaders) if name else None


def paths_argument(lang: Language, required: bool = True) -> click.Argument:
    """Return PATH…, given to the command as a tuple of Paths, at least one if ``required``."""
    return click.Argument(
        ["paths"],
        nargs=-1,
        required=required,
        type=click.Path(path_type=Path),
        metavar=text("cli-metavar-paths", lang),
    )


def home_option(lang: Language) -> click.Option:
    """Return ``--home``, given to the command as a string, "" if it is to be read from the report."""
    return click.Option(["--home"], default="", metavar=text("cli-metavar-home", lang), help=text("cli-opt-home", lang))


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
            yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        # What could not be written would be tried again, and complained of, when Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError("stdout-unwritable", cause=cause_of(error)) from error


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


def _loaders(ctx: click.Context, option: click.Parameter, values: Sequence[Path]) -> tuple[Path, ...]:
    del ctx, option
    from pobratim.sources import default_folders  # as above

    return tuple(values) or default_folders()


def _split_parameters(ctx: click.Context, option: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    del ctx, option
    pairs = [value.partition("=") for value in values]
    for name, sign, value in pairs:
        if not name or not sign:
            raise UsageError("cli-param-form", value=name + value)
    return {name.strip(): value for name, _, value in pairs}
