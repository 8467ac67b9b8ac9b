"""Text compressed in segments: of a text that goes on from an earlier one only what is new need be compressed.

A file is gzip of one member (RFC 1952), as any. Each of its segments is deflated by itself and closed by a full flush,
which ends at a byte (RFC 1951, 3.2.4; zlib's manual), so that a segment can stand in any other such file. Where a text
is cut follows of its lines alone, so that two texts are cut alike again soon behind a line in which they differ.
"""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from struct import pack
from typing import BinaryIO, NamedTuple

_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""Of a file without a name and a time, by no known system."""
_END = b"\x03\x00"
"""The last block of what is deflated, an empty one."""
_LEAST, _MOST = 500_000, 2_000_000
"""Bytes of a segment: what the compressor learns anew in each costs little beside so many."""
_ODDS = 64
"""A text is cut behind one of so many lines, by chance."""
_SIZE = 16
"""Bytes of a digest: of so many segments as a country has no two share one of 128 bits."""
Segment = tuple[str, int]
"""The digest of what a segment says, and its bytes as they are compressed."""


class Written(NamedTuple):
    """A file: bytes and SHA-256 of what it is unpacked, and its segments in their order."""

    size: int
    digest: str
    segments: Sequence[Segment]


@dataclass
class Earlier:
    """An earlier file with its segments, from which those are taken that are wanted again."""

    path: Path
    segments: Iterable[Sequence[object]]
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find out where the segments stand."""
        place = len(_HEAD)
        for digest, size in self.segments:
            assert isinstance(size, int)
            self._places[str(digest)] = place, size
            place += size

    def packed(self, digest: str, file: BinaryIO) -> bytes:
        """Return a segment as it stands in the file, which is open; nothing where none says this or the file ends.

        Raises OSError.
        """
        place, size = self._places.get(digest, (0, 0))
        file.seek(place)
        found = file.read(size)
        return found if len(found) == size else b""


def write_segments(file: Path, pieces: Iterable[bytes], level: int, earlier: Earlier | None = None) -> Written:
    """Write text, which comes in pieces of whole lines, compressed; with what an earlier file has. Raises OSError."""
    size, check, whole, told = 0, 0, hashlib.sha256(), list[Segment]()
    with ExitStack() as stack:
        out = stack.enter_context(file.open("wb"))
        source = stack.enter_context(earlier.path.open("rb")) if earlier else None
        out.write(_HEAD)
        for text in cut(pieces):
            size, check = size + len(text), zlib.crc32(text, check)
            whole.update(text)
            digest = hashlib.blake2b(text, digest_size=_SIZE).hexdigest()
            taken = earlier.packed(digest, source) if earlier and source else b""
            packed = taken or _packed(text, level)
            out.write(packed)
            told.append((digest, len(packed)))
        out.write(_END + pack("<LL", check, size & 0xFFFFFFFF))
    return Written(size, whole.hexdigest(), told)


def _packed(text: bytes, level: int) -> bytes:
    made = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return made.compress(text) + made.flush(zlib.Z_FULL_FLUSH)


def cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a text that comes in pieces of whole lines as segments, the same however it came in pieces."""
    rest = b""
    for piece in pieces:
        held, begin = rest + piece, 0
        while end := _end(held, begin):
            yield held[begin:end]
            begin = end
        rest = held[begin:]
    if rest:
        yield rest


def _end(held: bytes, begin: int) -> int:
    """Return where the segment ends that begins somewhere, 0 where its end has not come yet."""
    start = held.find(b"\n", begin + _LEAST) + 1
    while start:
        end = held.find(b"\n", start) + 1
        if end and (end - begin >= _MOST or not zlib.crc32(held[start:end]) % _ODDS):
            return end
        start = end
    return 0
