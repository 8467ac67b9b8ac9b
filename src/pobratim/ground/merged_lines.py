"""Many files of sorted lines as one, by ranges: what stands between two lines is taken out of every file and sorted.

A merge line by line costs a step of Python for each; runs that are sorted already are put together at the speed of C.
"""

import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HELD = 32_000_000
"""Bytes of a range, about: with its lines one by one twice as much is in memory."""
_SAMPLES = 8
"""Lines of a range that are looked at to find where it ends."""


def merged(files: Sequence[Path], held: int = HELD) -> Iterator[bytes]:
    """Yield the lines of files in code point order, many at a time; one file is open at once. Raises OSError."""
    parts = [_Part(file, file.stat().st_size) for file in files]
    for bound in (*_bounds(parts, held), b""):
        lines = [line for part in parts for line in part.until(bound)]
        lines.sort()
        yield b"".join(lines)


def _bounds(parts: Sequence["_Part"], held: int) -> list[bytes]:
    """Return lines between which there are about so many bytes."""
    step = max(1, held // _SAMPLES)
    place, samples = step, list[bytes]()
    for part in parts:
        with part.path.open("rb") as content:
            while place < part.size:
                content.seek(place)
                content.readline()
                samples.append(content.readline())
                place += step
        place -= part.size
    return sorted(filter(None, samples))[_SAMPLES - 1 :: _SAMPLES]


@dataclass(slots=True)
class _Part:
    """What is left of a file: its lines from ``at`` on, the first of which is ``first`` (empty before it is read)."""

    path: Path
    size: int
    at: int = 0
    first: bytes = b""

    def until(self, bound: bytes) -> list[bytes]:
        """Take the lines before a line; where that is empty, all."""
        if self.at >= self.size or (bound and self.first >= bound):
            return []
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            end = place_of(content, bound, self.at, self.size) if bound else self.size
            lines = content[self.at : end].splitlines(keepends=True)
            self.at, self.first = end, _line(content, end)
        return lines


def place_of(content: mmap.mmap, bound: bytes, low: int, high: int) -> int:
    """Return where the first line that is not before ``bound`` begins, between the beginnings of two sorted lines."""
    while low < high:
        start = max(low, content.rfind(b"\n", low, (low + high) // 2) + 1)
        line = _line(content, start)
        if line < bound:
            low = start + len(line)
        else:
            high = start
    return low


def _line(content: mmap.mmap, start: int) -> bytes:
    return content[start : content.find(b"\n", start) + 1]
