"""Read documents into tables of raw text: one module a format, none of which knows what a column means."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType

from pobratim.errors import UnreadableDocumentError, cause_of
from pobratim.ground.fingerprint import fingerprint
from pobratim.problems import Problem, errors
from pobratim.readers import delimited, doc, docx, html, mht, odt, pdf, picture, rtf, spreadsheet, spreadsheetml, text
from pobratim.readers.grid import Grid, document, unreadable
from pobratim.readers.mojibake import mended
from pobratim.readers.sniff import PASSWORD, document_bytes, sniff
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
        "spreadsheetml": spreadsheetml.read,
        "html": html.read,
        "mht": mht.read,
        "pdf": pdf.read,
        "picture": picture.read,
        "delimited": delimited.read,
        "text": text.read,
    }
)
"""Format (as ``sniff`` names it) → reader of (bytes, file name). A new format is one entry, one module."""

_SUFFIXES = {
    "docx": {".docx", ".docm", ".dotx", ".dotm"},
    "doc": {".doc", ".dot"},
    "odt": {".odt", ".ott", ".fodt"},
    "rtf": {".rtf"},
    "spreadsheet": {".xlsx", ".xlsm", ".xls", ".ods"},
    "spreadsheetml": set(),
    "html": {".html", ".htm", ".xhtml"},
    "mht": {".mht", ".mhtml"},
    "pdf": {".pdf"},
    "picture": {".tif", ".tiff"},
    "delimited": {".csv", ".tsv"},
    "text": {".txt", ".text", ""},
}
_AS_WORD = {
    "docx": {".xml"},
    "rtf": {".doc"},
    "html": {".doc", ".xls"},
    "mht": {".doc", ".xls"},
    "picture": {".png", ".jpg", ".jpeg"},
    "spreadsheetml": {".xls", ".xml"},
}
"""Word and Excel themselves open these under such names, and portals send them so. Of pictures in a folder only what
scanners write is taken: photographs lie beside reports."""
_PROSE = frozenset({"docx", "doc", "odt", "rtf", "html", "mht", "pdf", "text"})
"""Formats in which reports are written as running text."""
SUFFIXES = frozenset(suffix for suffixes in _SUFFIXES.values() for suffix in suffixes if suffix)
"""Extensions of the files that are taken of a folder or an archive."""


def read_document(path: Path) -> Document:
    """Return the tables and the text outside of them of a file.

    Raises UnreadableDocumentError, whose problem names the file, the cause and what to do, where it cannot be
    opened or ``read_bytes`` says so.
    """
    return read_bytes(load_bytes(path), path.name)


def read_bytes(data: bytes, file: str, *, prose: bool = False) -> Document:
    """Return the tables and the text outside of them; the format is told by the content, not by the name.

    Raises UnreadableDocumentError, whose problem names the file, the cause and what to do, where no table can
    be read. What is odd but readable stands in ``Document.problems``. With ``prose`` a text without a table is returned
    as well, with the paragraphs as lines of its preamble; the error that it has no table is then among its problems.
    """
    suffix = PurePath(file).suffix.lower()
    form = sniff(data)
    if form == "text" and suffix in _SUFFIXES["delimited"] | _SUFFIXES["spreadsheet"]:
        form = "delimited"
    if form not in READERS:
        raise _refused(form, file)
    try:
        grid = READERS[form](document_bytes(data), file)
    except RecursionError as error:
        raise unreadable("reader-nested-too-deep", file) from error
    named_otherwise = suffix not in _SUFFIXES[form] | _AS_WORD.get(form, set())
    if not grid.tables:
        refusal = _without_table(grid, form, file, suffix if named_otherwise else None)
        if not prose or form not in _PROSE or not grid.preamble.strip():
            raise UnreadableDocumentError(refusal)
        grid = replace(grid, problems=(*(one for one in grid.problems if one.severity != "error"), refusal))
    meant = mended(grid)
    if meant is None:
        raise unreadable("reader-garbled", file)
    grid, encoding = meant
    problems = grid.problems
    if encoding:
        problems = (*problems, Problem("warning", "reader-mojibake", file, values=(("encoding", encoding),)))
    if named_otherwise:
        problems = (Problem("warning", "reader-other-name", file, values=(("kind", form),)), *problems)
    return document(file, fingerprint(data), replace(grid, problems=problems))


def _without_table(grid: Grid, form: str, file: str, other_suffix: str | None) -> Problem:
    """Return why a document has no table: what its reader says, a name of another format, or nothing special."""
    said = errors(grid.problems)
    if said:
        return said[0]
    if form == "text" and other_suffix is not None:
        return Problem("error", "reader-text-under-other-name", file, values=(("suffix", other_suffix),))
    return Problem("error", "reader-no-table", file)


def _refused(form: str, file: str) -> UnreadableDocumentError:
    """Return why what ``sniff`` calls ``form`` is not read."""
    if form == "damaged":
        return unreadable("reader-damaged-archive", file)
    if form == "binary":
        return unreadable("reader-binary", file)
    if form.endswith(PASSWORD):
        return unreadable("reader-password", file, kind=form.removesuffix(PASSWORD))
    return unreadable("reader-unsupported", file, kind=form)


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
