"""What a source says, to be looked up by subject and by object in the files of its graphs, without an engine.

Two sorted lists of numbers tell where: for each subject its stretches of lines, for each object that is an IRI the
lines that end in it, by property. They lie in files that processes share; a number stands for an IRI by its hash, and
what is read is held against the IRI itself. Files of graphs stay where they are.
"""

import mmap
import os
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from pobratim.site.asking import Term
from pobratim.site.firsts import Firsts, term_of

_OFFSET = 40
"""Bits of a place that tell where in its file it is; those above are the file's number."""
_LINE = 512
"""Bytes in which the beginning of a line is looked for first: subject, property and an IRI as object."""
_OPEN = 100
_TERMS = 50_000
_LISTS = ("subjects", "starts", "lengths", "objects", "said", "places")
Said = tuple[str, Term]


@dataclass(slots=True)
class Gathered:
    """Where what is told of stands, gathered line by line; ``ends`` are the bytes behind the triple of a line."""

    files: list[Path] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    properties: dict[bytes, int] = field(default_factory=dict)
    subjects: "array[int]" = field(default_factory=lambda: array("q"))
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    lengths: "array[int]" = field(default_factory=lambda: array("q"))
    objects: "array[int]" = field(default_factory=lambda: array("q"))
    said: "array[int]" = field(default_factory=lambda: array("H"))
    places: "array[int]" = field(default_factory=lambda: array("q"))
    firsts: Firsts = field(default_factory=Firsts)

    def begin(self, file: Path, end: int) -> int:
        """Take note of a file, and return the place of its first byte."""
        self.files.append(file)
        self.ends.append(end)
        return (len(self.files) - 1) << _OFFSET

    def subject(self, iri: bytes, start: int, length: int) -> None:
        """Take note of a stretch of lines about a subject, none where it has no length."""
        if not length:
            return
        self.subjects.append(hash(iri))
        self.starts.append(start)
        self.lengths.append(length)

    def object(self, iri: bytes, prop: bytes, place: int) -> None:
        """Take note of a line that ends in an IRI."""
        self.objects.append(hash(iri))
        self.said.append(self.properties.setdefault(prop, len(self.properties)))
        self.places.append(place)

    def property(self, prop: bytes) -> None:
        """Take note of a property."""
        self.properties.setdefault(prop, len(self.properties))

    def join(self, later: "Gathered") -> None:
        """Take what was gathered of further files."""
        shift = len(self.files) << _OFFSET
        numbers = [self.properties.setdefault(prop, len(self.properties)) for prop in later.properties]
        self.files += later.files
        self.ends += later.ends
        self.subjects += later.subjects
        self.lengths += later.lengths
        self.objects += later.objects
        for mine, theirs in ((self.starts, later.starts), (self.places, later.places)):
            mine.frombytes((_array(theirs) + shift).tobytes())
        if later.said:
            self.said.frombytes(np.array(numbers, np.uint16)[_array(later.said)].tobytes())
        self.firsts.join(later.firsts)

    def written(self, folder: Path) -> "Facts":
        """Write what was gathered into ``folder``, sorted, and return what can be asked; nothing stays here.

        Raises OSError.
        """
        subjects, objects, said = _array(self.subjects), _array(self.objects), _array(self.said)
        order = np.argsort(subjects, kind="stable")
        for name, numbers in zip(_LISTS, (subjects, _array(self.starts), _array(self.lengths)), strict=False):
            numbers[order].tofile(folder / name)
        order = np.lexsort((said, objects))
        for name, numbers in zip(_LISTS[3:], (objects, said, _array(self.places)), strict=True):
            numbers[order].tofile(folder / name)
        return Facts(folder, self.files, self.ends, self.properties, self.firsts)


def _array(numbers: "array[int]") -> "npt.NDArray[np.integer[Any]]":
    kind = np.dtype(np.uint16 if numbers.typecode == "H" else np.int64)
    return np.frombuffer(numbers, kind) if numbers else np.zeros(0, kind)


class Facts:
    """Answers what is said of a thing and what points at it. Each process opens its own files."""

    def __init__(
        self,
        folder: Path,
        files: Sequence[Path],
        ends: Sequence[int],
        properties: Mapping[bytes, int],
        firsts: Firsts,
    ) -> None:
        """``folder`` holds the lists, ``files`` are the graphs, ``properties`` all of them with their numbers."""
        self.firsts = firsts
        self._folder, self._files, self._ends = folder, files, ends
        self._numbers = {name.decode(): number for name, number in properties.items()}
        self._names = {number: name for name, number in self._numbers.items()}
        self._bytes = {name: name.decode() for name in properties}
        self._open: dict[int, int] = {}
        self.term = lru_cache(maxsize=_TERMS)(term_of)

    def close(self) -> None:
        """Close what is open here, so that the files can be removed on any system."""
        while self._open:
            os.close(self._open.popitem()[1])
        for numbers in self.__dict__.pop("_lists", ()):
            held = numbers.obj
            numbers.release()
            if isinstance(held, mmap.mmap):
                held.close()

    @cached_property
    def _lists(self) -> "tuple[memoryview[int], ...]":
        return tuple(_numbers(self._folder / name, "H" if name == "said" else "q") for name in _LISTS)

    def said(self, iri: str, wanted: Collection[str] | None = None) -> list[Said]:
        """Return what is said of a thing (by some properties), each once: property and value. Raises OSError."""
        subjects, starts, lengths, *_ = self._lists
        told = iri.encode()
        number, head = hash(told), b"<%s> <" % told
        begin, names, term = len(head), self._bytes, self.term
        found: dict[Said, None] = {}
        for each in range(bisect_left(subjects, number), len(subjects)):
            if subjects[each] != number:
                break
            file, content = self._read(starts[each], lengths[each])
            if not content.startswith(head):
                continue
            end = self._ends[file] + 1  # the lines have no line feed here
            for line in content.split(b"\n")[:-1]:
                close = line.index(b">", begin)
                prop = names[line[begin:close]]
                if wanted is None or prop in wanted:
                    found[prop, term(line[close + 2 : end])] = None
        return list(found)

    def pointing(self, iri: str, prop: str = "") -> list[tuple[str, str]]:
        """Return what points at a thing (by one property), each once: property and subject. Raises OSError."""
        return list(dict.fromkeys(self.near(iri, prop)))

    def near(self, iri: str, prop: str = "") -> Iterator[tuple[str, str]]:
        """Yield what points at a thing, some perhaps twice, one property after the other. Raises OSError."""
        objects, said, places = self._lists[3:]
        told = iri.encode()
        number, tail = hash(told), b"<%s> " % told
        first = bisect_left(objects, number)
        last = bisect_right(objects, number, first)
        if prop:
            wanted = self._numbers.get(prop, -1)
            first, last = bisect_left(said, wanted, first, last), bisect_right(said, wanted, first, last)
        for each in range(first, last):
            line = self._line(places[each])
            head = line.index(b">")
            close = line.index(b">", head + 3)
            if line.startswith(tail, close + 2):
                yield self._names[said[each]], line[1:head].decode()

    def is_property(self, iri: str) -> bool:
        """Tell whether anything is said by a property."""
        return iri in self._numbers

    def _line(self, place: int) -> bytes:
        length = _LINE
        while True:
            _, content = self._read(place, length)
            line, mark, _ = content.partition(b"\n")
            if mark or len(content) < length:
                return line
            length *= 4

    def _read(self, place: int, length: int) -> tuple[int, bytes]:
        """Return the number of a file, and some bytes of it."""
        number = place >> _OFFSET
        file = self._open.get(number)
        if file is None:
            if len(self._open) >= _OPEN:
                os.close(self._open.pop(next(iter(self._open))))
            file = self._open[number] = os.open(self._files[number], os.O_RDONLY | getattr(os, "O_BINARY", 0))
        return number, _READ(file, length, place & (1 << _OFFSET) - 1)


def _read_at(file: int, length: int, start: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, length)


_READ = getattr(os, "pread", _read_at)
"""Processes that are forked share the place in a file, which this does not touch; without it nothing is forked."""


def _numbers(file: Path, kind: Literal["q", "H"]) -> "memoryview[int]":
    """Return the numbers of a file, of which a page is read where it is looked at."""
    if not file.stat().st_size:
        return memoryview(b"").cast(kind)
    with file.open("rb") as content:
        held = mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ)
    return memoryview(held).cast(kind)
