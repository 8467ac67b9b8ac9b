"""Read documents into tables of raw text: one module a format, none of which knows what a column means."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType

from pobratim.errors import cause_of
from pobratim.problems import Problem
from pobratim.readers import delimited, doc, docx, html, odt, pdf, rtf, spreadsheet, text
from pobratim.readers.grid import Grid, document, unreadable
from pobratim.readers.sniff import sniff
from pobratim.table import Document

MAX_BYTES = 100_000_000
"""A report is some hundred kilobytes; what is a thousand times larger would only fill the memory."""

Reader = Callable[[bytes, str], Grid]
READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "docx": docx.read,
        "doc": doc.read,
        "odt": odt.read,
        "rtf": rtf.read,
        "spreadsheet": spreadsheet.read,
        "html": html.read,
        "pdf": pdf.read,
        "delimited": delimited.read,
        "text": text.read,
    }
)
"""Format (as ``sniff`` names it) → reader of (bytes, file name). A new format is one entry, one module."""

_SUFFIXES = {
    "docx": {".docx", ".docm", ".dotx", ".dotm"},
    "doc": {".doc", ".dot"},
    "odt": {".odt", ".ott"},
    "rtf": {".rtf"},
    "spreadsheet": {".xlsx", ".xlsm", ".xls", ".ods"},
    "html": {".html", ".htm", ".xhtml"},
    "pdf": {".pdf"},
    "delimited": {".csv", ".tsv"},
    "text": {".txt", ".text", ""},
}
_AS_WORD = {"rtf": {".doc"}, "html": {".doc", ".xls"}}
"""Word and Excel themselves open these under such names, and portals send them so."""
SUFFIXES = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes if suffix)
"""Extensions of the files that are taken of a folder or an archive."""


def read_document(path: Path) -> Document:
    """Return the tables and the text outside of them of a file.

    Raises UnreadableDocumentError, whose problem names the file, the cause and what to do, where it cannot be
    opened or ``read_bytes`` says so.
    """
    return read_bytes(load_bytes(path), path.name)


def read_bytes(data: bytes, file: str) -> Document:
    """Return the tables and the text outside of them; the format is told by the content, not by the name.

    Raises UnreadableDocumentError, whose problem names the file, the cause and what to do, where no table can
    be read. What is odd but readable stands in ``Document.problems``.
    """
    suffix = PurePath(file).suffix.lower()
    form = sniff(data)
    if form == "text" and suffix in _SUFFIXES["delimited"]:
        form = "delimited"
    if form not in READERS:
        raise unreadable("reader-unsupported", file, kind=form)
    named_otherwise = suffix not in _SUFFIXES[form] | _AS_WORD.get(form, set())
    if form == "text" and named_otherwise:
        raise unreadable("reader-text-under-other-name", file, suffix=suffix)
    try:
        grid = READERS[form](data, file)
    except RecursionError as error:
        raise unreadable("reader-nested-too-deep", file) from error
    if not grid.tables:
        raise unreadable("reader-no-table", file)
    problems = grid.problems
    if named_otherwise:
        problems = (Problem("warning", "reader-other-name", file, values=(("kind", form),)), *problems)
    return document(file, hashlib.sha256(data).hexdigest(), replace(grid, problems=problems))


def load_bytes(path: Path) -> bytes:
    """Return a file's bytes. Raises UnreadableDocumentError where it is no file, too large, empty or locked."""
    try:
        if path.is_dir():
            raise unreadable("reader-directory", str(path))
        if path.stat().st_size > MAX_BYTES:
            raise unreadable("reader-too-large", path.name, limit=MAX_BYTES // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise unreadable("reader-missing", str(path)) from error
    except OSError as error:
        raise unreadable("reader-cannot-open", str(path), cause=cause_of(error)) from error
    if not data.strip():
        raise unreadable("reader-empty", path.name)
    return data
