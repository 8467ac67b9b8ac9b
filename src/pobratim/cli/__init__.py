"""The command ``pobratim``: stdout is data, stderr is talk, in Russian or English.

Exit codes: 0 done; 1 done, but something was left out or a check found faults; 2 wrong usage; 3 nothing
could be read; 4 the store cannot be used; 70 an error of the program itself; 130 interrupted.
"""

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from glob import escape, glob
from io import TextIOWrapper
from typing import NoReturn

import click

from pobratim import __version__
from pobratim.cli.localized import explain_usage
from pobratim.cli.root import root, talk
from pobratim.errors import PobratimError, StoreError, cause_of
from pobratim.fence import Fault, attempt
from pobratim.messages import LANGUAGES, Language, default_language, explain, text

INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""
UNFORESEEN = 70
"""EX_SOFTWARE of sysexits.h: an error of the program itself."""
_DEBUG = "POBRATIM_DEBUG"


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
    """Run one command and return its exit code. Every error is told in a sentence.

    Of those that nobody foresaw the details go to a file, or are raised where POBRATIM_DEBUG is set.
    """
    lang = pick_language(arguments)
    done = attempt(lambda: _run(arguments, lang))
    if not isinstance(done, Fault):
        return done
    if os.environ.get(_DEBUG):
        raise done.error
    if isinstance(done.error, OSError) and done.error.errno:
        return _refused(done.error, lang)
    values = {"kind": done.kind, "place": done.place}
    log = _log(done, arguments)
    talk(text("cli-unforeseen" if log else "cli-unforeseen-no-log", lang, **values, log=log, variable=_DEBUG))
    return UNFORESEEN


def _run(arguments: Sequence[str], lang: Language) -> int:
    try:
        code = root(lang).main(list(arguments) or ["--help"], prog_name="pobratim", standalone_mode=False)
    except click.Abort:
        talk(text("cli-interrupted", lang))
        return INTERRUPTED
    except click.UsageError as error:
        talk(f"{text('cli-error', lang)} {explain_usage(error, lang)}")
        return error.exit_code
    except PobratimError as error:
        talk(f"{text('cli-error', lang)} {explain(error, lang)}")
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
        if value in LANGUAGES:
            return value
    for variable in ("POBRATIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(variable):
            return "ru" if os.environ[variable].lower().startswith("ru") else "en"
    return default_language()


def _refused(error: OSError, lang: Language) -> int:
    """Say what the system refused outside of the store and of files that a command names."""
    if error.errno == errno.EPIPE:
        return 1
    what = f"«{error.filename}»" if error.filename else text("cli-os-something", lang)
    talk(f"{text('cli-error', lang)} {text('cli-os', lang, what=what, cause=cause_of(error))}")
    return StoreError.exit_code


def _log(fault: Fault, arguments: Sequence[str]) -> str:
    """Write the details of an error to a file of its own; return its path, "" where none can be written."""
    told = "".join(traceback.format_exception(fault.error))
    facts = f"{datetime.now().isoformat(timespec='seconds')} pobratim {__version__} {sys.version}\n{list(arguments)}\n"
    try:
        with tempfile.NamedTemporaryFile("wb", prefix="pobratim-", suffix=".log", delete=False) as file:
            file.write((facts + told).encode(errors="backslashreplace"))
    except OSError:
        return ""
    return file.name
