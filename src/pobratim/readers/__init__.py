"""Read documents into tables of raw text: one module a format, none of which knows what a column means."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from pobratim.problems import Problem
from pobratim.readers import docx, text
from pobratim.readers.grid import Grid, unreadable
from pobratim.readers.sniff import sniff
from pobratim.table import Document

MAX_BYTES = 100_000_000
"""A report is some hundred kilobytes; what is a thousand times larger would only fill the memory."""

Reader = Callable[[bytes, str], Grid]
READERS: Mapping[str, Reader] = MappingProxyType({"docx": docx.read, "text": text.read})
"""Format (as ``sniff`` names it) → reader of (bytes, file name). A new format is one entry, one module."""

_SUFFIXES = {"docx": {".docx", ".docm", ".dotx", ".dotm"}, "text": {".txt", ".text", ""}}


def read_document(path: Path) -> Document:
    """Return the tables and the text outside of them; the format is told by the content, not by the name.

    Raises UnreadableDocumentError, whose problem names the file, the cause and what to do, where no table can
    be read. What is odd but readable stands in ``Document.problems``.
    """
    data = _load(path)
    form = sniff(data)
    if form not in READERS:
        raise unreadable("reader-unsupported", path.name, kind=form)
    suffix = path.suffix.lower()
    named_otherwise = suffix not in _SUFFIXES[form]
    if form == "text" and named_otherwise:
        raise unreadable("reader-text-under-other-name", path.name, suffix=suffix)
    grid = READERS[form](data, path.name)
    if not grid.tables:
        raise unreadable("reader-no-table", path.name)
    problems = grid.problems
    if named_otherwise:
        problems = (Problem("warning", "reader-other-name", path.name, values=(("kind", form),)), *problems)
    return Document(path.name, hashlib.sha256(data).hexdigest(), grid.preamble, grid.tables, problems)


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise unreadable("reader-directory", str(path))
        if path.stat().st_size > MAX_BYTES:
            raise unreadable("reader-too-large", path.name, limit=MAX_BYTES // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise unreadable("reader-missing", str(path)) from error
    except OSError as error:
        raise unreadable("reader-cannot-open", str(path), cause=error.strerror) from error
    if not data.strip():
        raise unreadable("reader-empty", path.name)
    return data
