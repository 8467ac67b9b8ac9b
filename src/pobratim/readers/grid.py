"""What every reader returns, how it reports that it cannot, and which characters are no text."""

import re
from dataclasses import dataclass

from pobratim.errors import UnreadableDocumentError
from pobratim.problems import Problem
from pobratim.table import Table

_NO_TEXT = {ord(mark): None for mark in "\u00ad\u200b\ufeff"}
_WORD_MARKS = {0x0B: "\n", 0x1E: "\u2011", 0x1F: None}
_CHARACTERS = _NO_TEXT | _WORD_MARKS
_SOFT_DASH = re.compile(r"(?<=[\d\s])\u00ad(?=[\d\s])")
"""Between figures a soft hyphen cuts no word: it was typed as a dash, and Word shows it as one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The tables of one document, its text outside tables in reading order, and what was odd."""

    preamble: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()


def clean(text: str) -> str:
    """Return ``text`` with every line break as ``\\n``, without soft hyphens and zero-width marks.

    These carry no text and cut words in two. Word's own control characters become what they stand for:
    U+000B a line break, U+001E a no-break hyphen, U+001F a soft hyphen (MS-DOC 2.4.1 and Word's text export).
    """
    text = _SOFT_DASH.sub("-", text)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)


def unreadable(code: str, file: str, **values: object) -> UnreadableDocumentError:
    """Return the exception that says why ``file`` cannot be read."""
    filled = tuple((name, str(value)) for name, value in values.items())
    return UnreadableDocumentError(Problem("error", code, file, values=filled))
