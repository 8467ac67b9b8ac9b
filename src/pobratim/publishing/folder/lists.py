"""Lists of numbers that tell where in the files of graphs something stands, sorted, each column a file of its own.

A number stands for an IRI or a document by its CRC-32; whoever reads holds what stands there against the name itself.
A place is the number of a file and, in the lower bits, a byte of it. Files are numbered in the order of their graphs,
so that lists made whole and lists that go on from earlier ones are the same.
"""

import mmap
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import numpy as np
import numpy.typing as npt

OFFSET = 40
"""Bits of a place that tell where in its file it is; those above are the file's number."""
Column = Literal["I", "q"]
_NUMBER: Mapping[Column, Any] = {"I": np.uint32, "q": np.int64}
LISTS: Mapping[str, Mapping[str, Column]] = {
    "subjects": {"key": "I", "place": "q", "length": "I"},
    "documents": {"key": "I", "place": "q", "length": "I"},
    "objects": {"key": "I", "said": "I", "place": "q"},
    "pointing": {"key": "I", "place": "q"},
}
"""Stretches of lines about a subject, and of a document; lines that end in an IRI, and those that a document is told
of; each by what its ``key`` stands for, then in the order of its other numbers."""
Numbers = npt.NDArray[Any]
Moved = Callable[[Numbers, bool], tuple[Numbers, Numbers]]
"""Given places, and whether stretches begin there: which of them stay, and where those are now."""


def _arrays() -> dict[str, dict[str, "array[int]"]]:
    return {name: {column: array(code) for column, code in columns.items()} for name, columns in LISTS.items()}


@dataclass(slots=True)
class Gathered:
    """What is gathered line by line."""

    held: dict[str, dict[str, "array[int]"]] = field(default_factory=_arrays)

    def stretch(self, subject: bytes, document: bytes, place: int, length: int) -> None:
        """Take note of a stretch of lines about a subject."""
        for name, of in (("subjects", subject), ("documents", document)):
            columns = self.held[name]
            columns["key"].append(crc32(of))
            columns["place"].append(place)
            columns["length"].append(length)

    def object(self, iri: bytes, prop: bytes, place: int) -> None:
        """Take note of a line that ends in an IRI."""
        columns = self.held["objects"]
        columns["key"].append(crc32(iri))
        columns["said"].append(crc32(prop))
        columns["place"].append(place)

    def pointing(self, document: bytes, place: int) -> None:
        """Take note of a line that a document is told of as one that points at it."""
        columns = self.held["pointing"]
        columns["key"].append(crc32(document))
        columns["place"].append(place)

    def join(self, later: "Gathered") -> None:
        """Take what was gathered of further files."""
        for name, columns in later.held.items():
            for column, numbers in columns.items():
                self.held[name][column] += numbers

    def sorted(self, name: str) -> list[Numbers]:
        """Return the columns of a list in its order; nothing can be added after that."""
        held = [(self.held[name][column], _NUMBER[code]) for column, code in LISTS[name].items()]
        columns = [np.frombuffer(each, kind) if each else np.zeros(0, kind) for each, kind in held]
        order = np.lexsort(columns[::-1])
        return [each[order] for each in columns]


def write_lists(gathered: Gathered, folder: Path) -> None:
    """Write what was gathered into a folder. Raises OSError."""
    for name in LISTS:
        _write(folder, name, gathered.sorted(name))


def go_on(former: Path, moved: Moved, fresh: Gathered, folder: Path) -> None:
    """Write lists that go on from those of a former folder: what stays at its new places, and what is fresh.

    Raises OSError.
    """
    for name, columns in LISTS.items():
        held = [np.fromfile(_file(former, name, column), _NUMBER[code]) for column, code in columns.items()]
        at = list(columns).index("place")
        stays, places = moved(held[at], "length" in columns)
        held = [each[stays] for each in held]
        held[at] = places[stays]
        coming = fresh.sorted(name)
        where = _between(held, coming)
        _write(folder, name, [np.insert(one, where, other) for one, other in zip(held, coming, strict=True)])


def _between(held: Sequence[Numbers], coming: Sequence[Numbers]) -> Numbers:
    """Return before which rows of sorted columns further rows belong."""
    low, high = (np.searchsorted(held[0], coming[0], side) for side in ("left", "right"))
    found = np.array(low)
    for number in np.flatnonzero(low < high):
        start, end = int(low[number]), int(high[number])
        for one, other in zip(held[1:], coming[1:], strict=True):
            part = one[start:end]
            first, last = (int(np.searchsorted(part, other[number], side)) for side in ("left", "right"))
            start, end = start + first, start + last
            if start == end:
                break
        found[number] = start
    return found


def _write(folder: Path, name: str, columns: Sequence[Numbers]) -> None:
    for column, numbers in zip(LISTS[name], columns, strict=True):
        numbers.tofile(_file(folder, name, column))


def _file(folder: Path, name: str, column: str) -> Path:
    return folder / f"{name}.{column}"


def files_of(folder: Path) -> list[Path]:
    """Return the files of the lists of a folder."""
    return [_file(folder, name, column) for name, columns in LISTS.items() for column in columns]


def opened(folder: Path, name: str) -> "tuple[memoryview[int], ...]":
    """Return the columns of a list, of which a page is read where it is looked at. Raises OSError."""
    return tuple(_numbers(_file(folder, name, column), code) for column, code in LISTS[name].items())


def _numbers(file: Path, kind: Column) -> "memoryview[int]":
    if not file.stat().st_size:
        return memoryview(b"").cast(kind)
    with file.open("rb") as content:
        held = mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ)
    return memoryview(held).cast(kind)
