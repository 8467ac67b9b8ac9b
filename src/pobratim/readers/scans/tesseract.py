"""Ask tesseract for the words of many small pictures in one call."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pobratim.readers.scans.page import Lines, Said
from pobratim.readers.scans.program import PROGRAM, RUSSIAN
from pobratim.readers.scans.sheets import Grey

_TURNS = "osd"
_BLOCK, _LINE, _ORIENTATION = "6", "7", "0"
"""Page segmentation modes: one block of lines, one line, how the page lies."""
_WORD = "5"
_SECONDS = 60
_USUAL_WORD = 8
"""Letters of the word that may stand first on the next page."""
_EDGE = 6
"""Letters' breadths between a line's end and the edge of its picture, where no further word had room: two of paper, two
of a cell's own margin, two of a word."""


def words(pictures: Sequence[Grey], dpi: float, language: str = RUSSIAN, single: bool = False) -> list[Lines]:
    """Return the lines of words of each picture; ``single`` says that each is one line.

    Raises OSError or subprocess.SubprocessError where tesseract fails.
    """
    if not pictures:
        return []
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.pgm") for number in range(len(pictures))]
        for path, picture in zip(paths, pictures, strict=True):
            _write(path, picture)
        listed = Path(folder, "list.txt")
        listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
        mode = _LINE if single else _BLOCK
        _run([str(listed), str(Path(folder, "told")), "-l", language, "--psm", mode, "--dpi", str(round(dpi)), "tsv"])
        told = Path(folder, "told.tsv").read_text(encoding="utf-8", errors="replace")
    found = _by_picture(told, [picture.shape[1] for picture in pictures])
    return [found.get(number, ()) for number in range(1, len(pictures) + 1)]


def quarters(picture: Grey, dpi: float) -> int:
    """Return by how many right angles to the left a page must be turned to be read, 0 where tesseract cannot tell."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "page.pgm")
        _write(path, picture)
        try:
            told = _run([str(path), "stdout", "-l", _TURNS, "--psm", _ORIENTATION, "--dpi", str(round(dpi))])
        except subprocess.CalledProcessError:  # too few letters, or no data for it
            return 0
    found = dict(line.split(": ", 1) for line in told.splitlines() if ": " in line)
    return int(found.get("Orientation in degrees", "0")) // 90 % 4


def _run(words_: Sequence[str]) -> str:
    made = subprocess.run(
        [PROGRAM, *words_],
        capture_output=True,
        timeout=_SECONDS,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return made.stdout.decode(errors="replace")


def _write(path: Path, picture: Grey) -> None:
    """Write a picture as PGM (netpbm), which needs no packing."""
    height, width = picture.shape
    path.write_bytes(b"P5 %d %d 255\n" % (width, height) + picture.tobytes())


def _by_picture(told: str, widths: Sequence[int]) -> dict[int, Lines]:
    """Return the words of each picture by its number, from 1, out of tesseract's table."""
    lines: dict[int, dict[tuple[str, ...], list[Said]]] = {}
    for number, line, said in _rows(told, widths):
        lines.setdefault(number, {}).setdefault(line, []).append(said)
    return {number: _wrapped(list(found.values()), widths[number - 1]) for number, found in lines.items()}


def _wrapped(lines: Sequence[Sequence[Said]], width: int) -> Lines:
    """Return the lines of a picture so wide, those marked in which the next one's first word had found no room.

    The room is measured between margins as wide as the left one. Behind the last line a word of usual length is taken
    to follow: the page's end may cut the cell.
    """
    margin = min(line[0].box[0] for line in lines)
    letter = sum(_breadth(said) for line in lines for said in line) / sum(len(s.text) for line in lines for s in line)
    following = [*(_breadth(line[0]) for line in lines[1:]), _USUAL_WORD * letter]
    room = width - 2 * margin
    return tuple(
        (*line[:-1], replace(line[-1], wrapped=line[-1].box[2] - line[0].box[0] + letter + first > room))
        for line, first in zip(lines, following, strict=True)
    )


def _breadth(said: Said) -> int:
    return said.box[2] - said.box[0]


def _rows(told: str, widths: Sequence[int]) -> Iterator[tuple[int, tuple[str, ...], Said]]:
    for row in told.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or cells[0] != _WORD or not cells[11].strip():
            continue
        picture, text = int(cells[1]), cells[11].strip()
        left, top, width, height = map(int, cells[6:10])
        full = left + width + _EDGE * width / len(text) > widths[picture - 1]
        box = (left, top, left + width, top + height)
        yield picture, tuple(cells[2:5]), Said(text, float(cells[10]), full, box=box)
