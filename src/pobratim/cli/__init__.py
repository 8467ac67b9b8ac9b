"""The command ``pobratim``: stdout is data, stderr is talk, in Russian or English.

Exit codes: 0 done; 1 done, but something was left out or a check found faults; 2 wrong usage; 3 nothing
could be read; 4 the store cannot be used; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
from glob import escape, glob
from io import TextIOWrapper
from typing import NoReturn, cast

import click

from pobratim.cli.localized import explain_usage
from pobratim.cli.root import root
from pobratim.errors import PobratimError
from pobratim.messages import Language, default_language, explain, text

INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""


def main() -> NoReturn:
    """Run the command line of this process and exit with its code."""
    speak_utf8()
    arguments = sys.argv[1:]
    sys.exit(run(expanded(arguments) if os.name == "nt" else arguments))


def speak_utf8() -> None:
    """Have what goes into files and pipes written in UTF-8, as data are, whatever the system's code page.

    A terminal keeps its own encoding; what it lacks is escaped, so that no message ends the program.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=stream.encoding if stream.isatty() else "utf-8", errors="backslashreplace")


def expanded(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with patterns of file names put out, which the shells of Windows leave to the program."""
    return [name for argument in arguments for name in _files(argument) or [argument]]


def _files(argument: str) -> list[str]:
    # A Path has no absolute patterns, and minds a question that is no file's name.
    return glob(escape(argument)) or sorted(glob(argument))  # noqa: PTH207


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. Errors of users are told in a line; others are raised."""
    lang = pick_language(arguments)
    try:
        code = root(lang).main(list(arguments) or ["--help"], prog_name="pobratim", standalone_mode=False)
    except click.Abort:
        _tell(text("cli-interrupted", lang))
        return INTERRUPTED
    except click.UsageError as error:
        _tell(f"{text('cli-error', lang)} {explain_usage(error, lang)}")
        return error.exit_code
    except PobratimError as error:
        _tell(f"{text('cli-error', lang)} {explain(error, lang)}")
        return error.exit_code
    return code if isinstance(code, int) else 0


def pick_language(arguments: Sequence[str]) -> Language:
    """Return the language of ``--lang``, wherever it stands, else of POBRATIM_LANG, LC_ALL, LC_MESSAGES or
    LANG.

    It is needed before the arguments can be parsed, for the help texts are made in it.
    """
    for index, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang":
            value = "".join(arguments[index + 1 : index + 2])
        if value in ("ru", "en"):
            return cast(Language, value)
    for variable in ("POBRATIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "ru" if os.environ[variable].lower().startswith("ru") else "en"
    return default_language()


def _tell(line: str) -> None:
    click.echo(line, err=True)
