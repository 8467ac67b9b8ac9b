"""What a source says, looked up by subject, by object and by document in the files of its graphs, without an engine.

Sorted lists of numbers (``lists.py``) tell where: for each subject and each document stretches of lines, for each
object that is an IRI the lines that end in it, by property, and for each document those that it is told of. They lie in
files that processes share; what is read is held against the name itself. Files of graphs stay where they are.
"""

import mmap
import os
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import crc32

from pobratim.publishing.folder import lists
from pobratim.publishing.folder.lists import LISTS, OFFSET
from pobratim.rdf.terms import RDFS
from pobratim.site.asking import Term
from pobratim.site.firsts import Firsts, term_of

_LINE = 512
"""Bytes in which the beginning of a line is looked for first: subject, property and an IRI as object."""
_OPEN = 100
_TERMS = 50_000
_NAMES = 100_000
_LABEL = b"> <%s> " % RDFS.label.value.encode()
Said = tuple[str, Term]


class Facts:
    """Answers what is said of a thing and what points at it. Each process opens its own files."""

    def __init__(
        self, folder: Path, files: Sequence[Path], ends: Sequence[int], properties: Collection[bytes], firsts: Firsts
    ) -> None:
        """``folder`` holds the lists, ``files`` are the graphs, ``ends`` the bytes behind the triple of a line of each,
        ``properties`` all of them."""
        self.firsts, self.folder = firsts, folder
        self._files, self._ends = files, ends
        self._bytes = {name: name.decode() for name in properties}
        self._names = frozenset(self._bytes.values())
        self._open: dict[int, int] = {}
        self.term = lru_cache(maxsize=_TERMS)(term_of)
        self.labels = lru_cache(maxsize=_NAMES)(self._labels)

    def close(self) -> None:
        """Close what is open here, so that the files can be removed on any system."""
        while self._open:
            os.close(self._open.popitem()[1])
        for columns in self.__dict__.pop("_lists", {}).values():
            for numbers in columns:
                held = numbers.obj
                numbers.release()
                if isinstance(held, mmap.mmap):
                    held.close()

    @cached_property
    def _lists(self) -> "dict[str, tuple[memoryview[int], ...]]":
        return {name: lists.opened(self.folder, name) for name in LISTS}

    def said(self, iri: str, wanted: Collection[str] | None = None) -> list[Said]:
        """Return what is said of a thing (by some properties), each once: property and value. Raises OSError."""
        told = iri.encode()
        head = b"<%s> <" % told
        begin, names, term = len(head), self._bytes, self.term
        found: dict[Said, None] = {}
        for file, content in self._stretches("subjects", told):
            if not content.startswith(head):
                continue
            end = self._ends[file] + 1  # the lines have no line feed here
            for line in content.split(b"\n")[:-1]:
                close = line.index(b">", begin)
                prop = names[line[begin:close]]
                if wanted is None or prop in wanted:
                    found[prop, term(line[close + 2 : end])] = None
        return list(found)

    def _stretches(self, name: str, of: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield what is told of a subject or document, each with the number of its file, in the order of graphs.

        There may be such of others among them."""
        keys, places, lengths = self._lists[name]
        for each in _of_number(keys, crc32(of)):
            yield self._read(places[each], lengths[each])

    def told(self, document: str) -> Iterator[tuple[str, list[bytes]]]:
        """Yield the subjects of a document with what is said of each, as triples, in the order of graphs.

        There may be subjects of other documents among them. Raises OSError.
        """
        for file, content in self._stretches("documents", document.encode()):
            end = self._ends[file] + 1
            lines = [line[:end] + b" .\n" for line in content.split(b"\n")[:-1]]
            yield content[1 : content.index(b">")].decode(), lines

    def led(self, document: str) -> Iterator[tuple[str, bytes]]:
        """Yield the triples that a document is told of, each with its object.

        There may be such of other documents among them. Raises OSError.
        """
        keys, places = self._lists["pointing"]
        for each in _of_number(keys, crc32(document.encode())):
            line = self._line(places[each])
            start = line.index(b"> <", line.index(b">") + 2) + 3
            close = line.index(b">", start)
            yield line[start:close].decode(), line[:close] + b"> .\n"

    def _labels(self, iri: bytes) -> bytes:
        """Return what a thing is called, as triples, those of one graph after those of the other. Raises OSError."""
        head = b"<%s%s" % (iri, _LABEL)
        found = []
        for file, content in self._stretches("subjects", iri):
            end = self._ends[file] + 1
            start = 0 if content.startswith(head) else content.find(b"\n" + head) + 1
            if start or content.startswith(head):
                lines = content[start:].split(b"\n")
                found += [line[:end] + b" .\n" for line in lines if line.startswith(head)]
        return b"".join(line for line in found if line[line.index(_LABEL) + len(_LABEL) :][:1] != b"<")

    def pointing(self, iri: str, prop: str = "") -> list[tuple[str, str]]:
        """Return what points at a thing (by one property), each once: property and subject. Raises OSError."""
        return list(dict.fromkeys(self.near(iri, prop)))

    def near(self, iri: str, prop: str = "") -> Iterator[tuple[str, str]]:
        """Yield what points at a thing, some perhaps twice, one property after the other. Raises OSError."""
        for _, name, subject in self.ending(iri, prop):
            yield name, subject

    def ending(self, iri: str, prop: str = "") -> Iterator[tuple[int, str, str]]:
        """Yield the lines that end in a thing (by one property): place, property and subject. Raises OSError."""
        objects, said, places = self._lists["objects"]
        told = iri.encode()
        tail = b"<%s> " % told
        found = _of_number(objects, crc32(told))
        if prop:
            found = _of_number(said, crc32(prop.encode()), found)
        for each in found:
            line = self._line(places[each])
            head = line.index(b">")
            close = line.index(b">", head + 3)
            name = self._bytes[line[head + 3 : close]]
            if line.startswith(tail, close + 2) and prop in ("", name):
                yield places[each], name, line[1:head].decode()

    def files(self, iri: str) -> set[int]:
        """Return the numbers of the files that say something of a thing. Raises OSError."""
        told = iri.encode()
        head = b"<%s> " % told
        return {number for number, content in self._stretches("subjects", told) if content.startswith(head)}

    def is_property(self, iri: str) -> bool:
        """Tell whether anything is said by a property."""
        return iri in self._names

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
        number = place >> OFFSET
        file = self._open.get(number)
        if file is None:
            if len(self._open) >= _OPEN:
                os.close(self._open.pop(next(iter(self._open))))
            file = self._open[number] = os.open(self._files[number], os.O_RDONLY | getattr(os, "O_BINARY", 0))
        return number, _READ(file, length, place & (1 << OFFSET) - 1)


def _of_number(keys: Sequence[int], number: int, among: range | None = None) -> range:
    """Return where a number stands in sorted ones, ``among`` some of them perhaps that are sorted by themselves."""
    first, last = (among.start, among.stop) if among is not None else (0, len(keys))
    begin = bisect_left(keys, number, first, last)
    return range(begin, bisect_right(keys, number, begin, last))


def _read_at(file: int, length: int, start: int) -> bytes:
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, length)


_READ = getattr(os, "pread", _read_at)
"""Processes that are forked share the place in a file, which this does not touch; without it nothing is forked."""
