"""Parts of tables and lines of text, from the pages that the child process has recognised."""

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pobratim.problems import Problem
from pobratim.readers.grid import clean, unreadable
from pobratim.readers.lines import FULL, WRAPPED
from pobratim.readers.paged import Part
from pobratim.readers.pdf_prose import Line
from pobratim.readers.processes import StuckError, run
from pobratim.readers.scans.doubts import repeated, unsure
from pobratim.readers.scans.grids import broken
from pobratim.readers.scans.mending import mended
from pobratim.readers.scans.page import MAX_PAGES, Box, Page, Ruled, Said
from pobratim.readers.scans.program import installed
from pobratim.readers.spans import Spanned
from pobratim.table import Unsure

SECONDS = 120
"""In which one page must be done; it takes two or three."""
_MEMORY = 3_000_000_000
"""Bytes of address space, of which a page of 300 dpi uses a fifth."""
_PASSED_ON = ("TESSDATA_PREFIX", "PYTHONPATH")
_WORDLESS = re.compile(r"[\W_]+")
_POOR, _POOR_WORDS = 80.0, 0.15
"""Mean confidence of a page below which, and share of words read with less than _WEAK above which, it is not taken."""
_WEAK = 60.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """The parts of each page by its number, and what is to be said of it."""

    pages: dict[int, list[Line | Part]]
    problems: tuple[Problem, ...]


def recognised(data: bytes, file: str, kind: str, pages: Sequence[int] = ()) -> Recognised:
    """Return what pages of a PDF (from 0), or all of a picture, say; ``kind`` is one of ``page.py``.

    Raises UnreadableDocumentError where tesseract or its Russian is not installed, a page is too coarse or too large,
    its letters are not told or its grid does not hold; each names the page.
    """
    if len(pages) > MAX_PAGES:
        raise unreadable("reader-too-many-pages", file, pages=len(pages), limit=MAX_PAGES)
    if not installed():
        raise unreadable("reader-scan-needs-tesseract", file)
    found = _worked(data, file, kind, pages)
    for number, page in found.items():
        _readable(page, number, file)
    tables = {number: [part for part in page.parts if isinstance(part, Ruled)] for number, page in found.items()}
    if wrong := broken(tables):
        raise unreadable("reader-scan-grid", file, pages=", ".join(str(number + 1) for number in wrong))
    known = repeated(said for page in found.values() for said in _words(page))
    parts = {number: list(_parts(page, known)) for number, page in found.items()}
    return Recognised(parts, (_told(found, parts, file),) if found else ())


def _worked(data: bytes, file: str, kind: str, pages: Sequence[int]) -> dict[int, Page]:
    with TemporaryDirectory(prefix="pobratim-scan-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        source = place / "scan"
        source.write_bytes(data)
        words = [sys.executable, "-P", "-m", "pobratim.readers.scans", kind, str(source), folder, *map(str, pages)]
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        try:
            run(words, SECONDS, place, _MEMORY, lambda: sum(1 for _ in place.glob("*.json")), kept)
        except StuckError as error:
            raise unreadable("reader-scan-timeout", file, seconds=SECONDS) from error
        return _pages(place, file)


def _pages(folder: Path, file: str) -> dict[int, Page]:
    """Return what the child has left. Raises UnreadableDocumentError where it was ended, or did not take a page."""
    done = folder / "done.json"
    if not done.is_file():
        raise unreadable("reader-scan-failed", file)
    told: dict[str, Any] = json.loads(done.read_text(encoding="utf-8"))
    if "code" in told:
        raise unreadable(told["code"], file, **told["values"])
    paths = {number: folder / f"{number}.json" for number in told["pages"]}
    return {number: Page.from_json(json.loads(path.read_text(encoding="utf-8"))) for number, path in paths.items()}


def _readable(page: Page, number: int, file: str) -> None:
    """Raise UnreadableDocumentError where most of a page's words are guesses; one without words says nothing wrong."""
    values = [said.confidence for said in _words(page)]
    mean = sum(values) / len(values) if values else 100.0
    weak = sum(value < _WEAK for value in values)
    if mean < _POOR or weak > _POOR_WORDS * len(values):
        raise unreadable("reader-scan-poor", file, page=number + 1, confidence=round(mean))


def _words(page: Page) -> Iterable[Said]:
    for part in page.parts:
        texts = [box.lines for row in part.rows for box in row] if isinstance(part, Ruled) else [part]
        yield from (said for lines in texts for line in lines for said in line)


def _told(pages: dict[int, Page], parts: dict[int, list[Line | Part]], file: str) -> Problem:
    """Return the warning that a document was recognised, with how many of its words are doubtful."""
    doubtful = sum(
        len(cell.unsure) for found in parts.values() for part in found if isinstance(part, Part)
        for row in part.rows for cell in row
    )  # fmt: skip
    values = {
        "pages": len(pages), "dpi": round(min(page.dpi for page in pages.values())),
        "words": sum(1 for page in pages.values() for _ in _words(page)), "doubtful": doubtful,
    }  # fmt: skip
    return Problem(
        "warning", "reader-recognised", file, values=tuple((name, str(value)) for name, value in values.items())
    )


def _parts(page: Page, known: frozenset[str]) -> Iterable[Line | Part]:
    for part in page.parts:
        if isinstance(part, Ruled):
            yield Part(part.edges, [[_cell(box, known) for box in row] for row in part.rows], recognised=True)
        else:
            lines = map(_text, mended(part))
            told = (line for line in lines if not (line.isdecimal() or _WORDLESS.fullmatch(line) or not line))
            yield from (Line(line, 0.0, 0.0, 0.0, 0.0) for line in told)


def _cell(box: Box, known: frozenset[str]) -> Spanned:
    """Return a cell: its lines are marked as ``pdf_cells.cell_text`` does: full, wrapped."""
    lines, doubts, length = [], list[Unsure](), 0
    for line in mended(box.lines):
        text = _text(line)
        doubts += (one.moved(length) for one in unsure(line, text, known))
        full = FULL if line and line[-1].full and text.isalpha() else ""
        lines.append(text + full + (WRAPPED if line and line[-1].wrapped else ""))
        length += len(lines[-1]) + 1
    return Spanned("\n".join(lines), box.columns, box.rows, tuple(doubts))


def _text(line: Sequence[Said]) -> str:
    return clean(" ".join(said.text for said in line))
