"""Microsoft compound files ([MS-CFB]): which streams they hold, told by their directory, and the streams' bytes."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_LAST = 0xFFFFFFFA
"""Sector numbers above say that a chain ends, or what a sector serves ([MS-CFB] 2.1)."""
_MAX_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directory: ``near`` are its siblings in the tree, ``child`` the first below a storage."""

    name: str
    kind: int
    near: tuple[int, int]
    child: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file's root by name, lower case; those of embedded objects are not among them.

    Raises ValueError where the directory cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        """Read the header, the allocation table and the directory."""
        if len(data) < _HEADER or not data.startswith(SIGNATURE):
            raise ValueError("no header")
        self._data = data
        shift, mini = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini != 6:
            raise ValueError("sector size")
        self._size = 1 << shift
        directory, self._cutoff, mini_table = struct.unpack_from("<I4xII", data, 48)
        self._table = self._allocation()
        entries = list(self._entries(directory))
        if not entries or entries[0].kind != _ROOT:
            raise ValueError("no directory")
        self._root = entries[0]
        self._mini_table = self._numbers(self._chain(mini_table, self._table))
        self.streams: Mapping[str, _Entry] = {entry.name.lower(): entry for entry in self._top(entries)}

    def head(self, name: str, length: int) -> bytes:
        """Return the first ``length`` bytes of a stream (or fewer), b"" if there is none of the name (lower case)."""
        entry = self.streams.get(name)
        if entry is None:
            return b""
        length = min(length, entry.size)
        if entry.size >= self._cutoff:
            return self._joined(self._chain(entry.start, self._table), length)
        inside = self._joined(self._chain(self._root.start, self._table), self._root.size)
        pieces = (inside[64 * number : 64 * (number + 1)] for number in self._chain(entry.start, self._mini_table))
        return b"".join(pieces)[:length]

    def _allocation(self) -> list[int]:
        """Return the sector that follows each sector."""
        sectors = [number for number in struct.unpack_from("<109I", self._data, 76) if number < _LAST]
        following = struct.unpack_from("<I", self._data, 68)[0]
        for _ in range(len(self._data) // self._size):
            if following >= _LAST:
                break
            *more, following = self._numbers([following])[: self._size // 4] or [_LAST]
            sectors += [number for number in more if number < _LAST]
        return self._numbers(sectors)

    def _top(self, entries: list[_Entry]) -> Iterator[_Entry]:
        """Yield the streams of the root: its children are a tree of siblings."""
        waiting, seen = [self._root.child], set()
        while waiting:
            number = waiting.pop()
            if number >= len(entries) or number in seen:
                continue
            seen.add(number)
            waiting += entries[number].near
            if entries[number].kind == _STREAM:
                yield entries[number]

    def _entries(self, first: int) -> Iterator[_Entry]:
        directory = self._joined(self._chain(first, self._table), _MAX_ENTRIES * _ENTRY)
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            raw = directory[place : place + _ENTRY]
            length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, 64)
            start, size = struct.unpack_from("<II", raw, 116)
            name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Entry(name, kind, (left, right), child, start, size)

    def _chain(self, first: int, table: list[int]) -> Iterator[int]:
        """Yield a chain's sectors; one that runs in a circle or out of the table ends."""
        for _ in range(len(table)):
            if first >= len(table):
                return
            yield first
            first = table[first]

    def _joined(self, sectors: Iterator[int], length: int) -> bytes:
        pieces: list[bytes] = []
        for number in sectors:
            if len(pieces) * self._size >= length:
                break
            pieces.append(self._sector(number))
        return b"".join(pieces)[:length]

    def _numbers(self, sectors: Iterator[int] | list[int]) -> list[int]:
        joined = b"".join(map(self._sector, sectors))
        return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        place = self._size * (number + 1)
        return self._data[place : place + self._size]
