"""The command ``pobratim``: stdout is data, stderr is talk, in Russian or English.

Exit codes: 0 done; 1 done, but something was left out or a check found faults; 2 wrong usage; 3 nothing
could be read; 4 the store cannot be used; 130 interrupted.
"""

import os
import sys
from collections.abc import Sequence
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
    sys.exit(run(sys.argv[1:]))


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
