"""Read Word 97–2003 documents by the system tools antiword and LibreOffice, each held to limits."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from pobratim.readers import odt
from pobratim.readers.flow import Flow
from pobratim.readers.grid import Grid, clean, unreadable
from pobratim.readers.spans import Spanned, spanned_rows

ANTIWORD_SECONDS = 20
OFFICE_SECONDS = 120
_MEMORY = {"antiword": 1_000_000_000}
"""Bytes of address space; LibreOffice reserves many times what it uses and is only held by time."""
_OUTPUT = 200_000_000
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP")
"""Variables without which no program runs, on Windows in particular."""
_TABLES = {"informaltable", "table"}
_CONTAINERS = _TABLES | {
    "chapter", "sect1", "sect2", "sect3", "sect4", "sect5", "para", "title", "itemizedlist", "orderedlist", "listitem",
}  # fmt: skip
_UNSEEN = {"bookinfo", "footnote"}


def read(data: bytes, file: str) -> Grid:
    """Return every table and the text outside tables of a .doc.

    antiword reads in milliseconds but gives up on some documents; those go through LibreOffice. Raises
    UnreadableDocumentError where neither is installed, or neither finds a document in the file.
    """
    found = [name for name, command in (("antiword", _antiword()), ("LibreOffice", _office())) if command]
    if not found:
        raise unreadable("reader-needs-tool", file, kind=".doc", tools="antiword, libreoffice-writer")
    with TemporaryDirectory(prefix="pobratim-doc-") as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        grid = _by_antiword(source, file) if "antiword" in found else None
        if grid is None or not grid.tables:
            grid = _by_office(source, file) if "LibreOffice" in found else grid
    if grid is None:
        raise unreadable("reader-damaged-archive", file)
    return grid


def _antiword() -> str | None:
    return shutil.which("antiword")


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _by_antiword(source: Path, file: str) -> Grid | None:
    """Return what antiword's DocBook output holds, None where it fails."""
    output = _run([_antiword() or "", "-m", "UTF-8.txt", "-x", "db", str(source)], ANTIWORD_SECONDS, file)
    if not output:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(output, parser)
    return None if root is None else _docbook(root)


def _by_office(source: Path, file: str) -> Grid | None:
    profile = source.with_name("profile").as_uri()
    words = [_office() or "", f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "odt"]
    _run([*words, "--outdir", str(source.parent), str(source)], OFFICE_SECONDS, file)
    converted = source.with_suffix(".odt")
    return odt.read(converted.read_bytes(), file) if converted.is_file() else None


def _run(words: Sequence[str], seconds: int, file: str) -> bytes:
    """Return what a tool prints, b"" where it fails or prints too much; it has no more than the limits."""
    tool = Path(words[0]).stem
    folder = Path(words[-1]).parent
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    environment = {**kept, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, cwd=folder, env=environment,
            preexec_fn=_limit(seconds, _MEMORY.get(tool)), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise unreadable("reader-tool-timeout", file, tool=tool, seconds=seconds) from error
    return done.stdout if done.returncode == 0 and len(done.stdout) < _OUTPUT else b""


def _limit(seconds: int, memory: int | None) -> Callable[[], None] | None:
    """Return what holds a new process to its limits, None on Windows, where time alone holds it."""
    try:
        resource = import_module("resource")
    except ImportError:
        return None
    bounds = {resource.RLIMIT_CPU: seconds, resource.RLIMIT_FSIZE: _OUTPUT}
    if memory:
        bounds[resource.RLIMIT_AS] = memory

    def hold() -> None:
        for kind, most in bounds.items():
            with suppress(OSError, ValueError):  # macOS knows the last of them by name only
                resource.setrlimit(kind, (most, most))

    return hold


def _docbook(root: etree._Element) -> Grid:
    """Return the tables and text of antiword's DocBook.

    antiword begins a new table wherever the number of columns changes: tables with no text between them are
    one, as in Word.
    """
    flow = Flow()
    rows: list[list[Spanned]] = []
    for part in _parts(root):
        if not isinstance(part, str):
            rows += [_row(row) for row in part.iter("row")]
        elif part.strip():
            _end_table(flow, rows)
            # antiword sets lines of nothing but spaces between the lines of one paragraph.
            flow.text("\n".join(line.rstrip() for line in part.split("\n") if line.strip()))
    _end_table(flow, rows)
    return flow.grid()


def _end_table(flow: Flow, rows: list[list[Spanned]]) -> None:
    if not rows:
        return
    width = max(sum(cell.columns for cell in row) for row in rows)
    whole = [[replace(row[0], columns=width)] if len(row) == 1 else row for row in rows]
    flow.begin()
    flow.end(spanned_rows(whole))
    rows.clear()


def _parts(element: etree._Element) -> Iterator[str | etree._Element]:
    """Yield paragraphs as text and tables as elements; a table stands inside a paragraph."""
    text = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        if child.tag in _CONTAINERS:
            yield clean("".join(text))
            text = []
            if child.tag in _TABLES:
                yield child
            else:
                yield from _parts(child)
        elif child.tag not in _UNSEEN:
            text.append("".join(child.itertext()))
        text.append(child.tail or "")
    yield clean("".join(text)).strip("\n")


def _row(row: etree._Element) -> list[Spanned]:
    return [Spanned("\n".join(_lines(entry)), _columns(entry)) for entry in row.iter("entry")]


def _lines(entry: etree._Element) -> Iterator[str]:
    paragraphs = list(entry.iter("para", "title"))
    for element in paragraphs or [entry]:
        yield _line(element)


def _line(element: etree._Element) -> str:
    return clean("".join(element.itertext())).strip("\n")


def _columns(entry: etree._Element) -> int:
    first, last = (entry.get(name, "").removeprefix("col") for name in ("namest", "nameend"))
    return int(last) - int(first) + 1 if first.isdecimal() and last.isdecimal() else 1
