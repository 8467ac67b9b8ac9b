"""The exceptions of Pobratim: one root, each with the exit code that the command line returns for it.

Exit codes: 0 all well; 1 done, but rows or files were left out or checks failed (the report says which);
2 wrong usage; 3 nothing could be read; 4 the store cannot be used; 70 an error of the program itself, which is no
PobratimError.
"""

import errno
import os
from collections.abc import Iterable, Sequence
from typing import Self

from pobratim.problems import Problem


class Told(str):
    """A message within a message: as a string it is ``plain``, for people it is the message ``code``, filled."""

    code: str
    values: dict[str, str]

    def __new__(cls, plain: str, code: str, **values: object) -> Self:
        """Keep code and values with the plain text."""
        made = super().__new__(cls, plain)
        made.code = code
        made.values = {name: _value(value) for name, value in values.items()}
        return made


class PobratimError(Exception):
    """Root of all errors that a user can cause; ``code`` and ``values`` name a message of ``messages.py``."""

    exit_code = 1

    def __init__(self, code: str, **values: object) -> None:
        """Keep the message's code and the values that fill it."""
        super().__init__(code, values)
        self.code = code
        self.values = {name: _value(value) for name, value in values.items()}

    def __reduce__(self) -> tuple[object, ...]:
        """Return how the error is made again in another process, whatever its kind is made of."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[PobratimError], arguments: tuple[object, ...], told: dict[str, object]) -> PobratimError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(told)
    return error


class UnreadableDocumentError(PobratimError):
    """A document of which no row can be read; ``problem`` says why."""

    exit_code = 3

    def __init__(self, problem: Problem) -> None:
        """Wrap the one problem that stopped the reading."""
        super().__init__(problem.code, file=problem.file, **dict(problem.values))
        self.problem = problem


class UsageError(PobratimError):
    """A command, query name, parameter or format that does not exist."""

    exit_code = 2


class LedgerError(PobratimError):
    """A ledger of decisions with faulty or contradicting lines; ``problems`` are all of them."""

    exit_code = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the faults; the first one gives the code."""
        super().__init__(problems[0].code, file=problems[0].file, **dict(problems[0].values))
        self.problems = list(problems)


class StoreError(PobratimError):
    """The store directory is missing, locked, or not a store."""

    exit_code = 4


class ContentError(PobratimError):
    """A file of ontology/, queries/ or viz/ is malformed; the message names file and line."""

    exit_code = 4


def similar(names: Iterable[str]) -> str:
    """Return what a message about an unknown name adds: the nearest ones, nothing where there are none."""
    listed = ", ".join(names)
    return Told(listed, "similar", near=listed) if listed else ""


def cause_of(error: OSError) -> str:
    """Return why the system refused something, in words of the catalogue where it has some (``os-ENOSPC``)."""
    number = _number(error)
    plain = error.strerror or str(error)
    return Told(plain, f"os-{errno.errorcode[number]}") if number in _TOLD else plain


def store_error(error: OSError, store: object, otherwise: str = "") -> StoreError | None:
    """Return what the system refused as an error of the store.

    ``otherwise`` is the code where the cause is unknown, given by who only reads.
    None where there is no such code and the system gave no number: then it is no matter of the store's files.
    """
    number = _number(error)
    code = _STORE_CODES.get(number, otherwise or ("store-failed" if number else ""))
    if otherwise and code == "store-unwritable":
        code = "store-failed"  # it was to be read
    return StoreError(code, store=store, cause=cause_of(error)) if code else None


def _number(error: OSError) -> int:
    """Return the error's number; engines in other languages only name it in words."""
    if error.errno:
        return error.errno
    said = str(error)
    if "file descriptors" in said:  # the engine counts beforehand how many it may open
        return errno.EMFILE
    return next((number for number in _TOLD if os.strerror(number) in said), 0)


def _value(value: object) -> str:
    return value if isinstance(value, Told) else str(value)


_TOLD = (
    errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EMFILE, errno.ENFILE,
    errno.EIO, errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG, errno.EEXIST,
)  # fmt: skip
_STORE_CODES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "store-full"),
    **dict.fromkeys((errno.EMFILE, errno.ENFILE), "store-handles"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "store-unwritable"),
}
