"""Files of sorted lines, by blocks: what did not change is copied or passed over without a look at its lines.

A graph that all reports share is a large file of which a load changes little; only the blocks around a change are taken
apart.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import ExitStack
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

BLOCK = 65_536
"""Bytes read at once: few beside those of a file that is worth it, many beside those of a line."""
_FIRST = 256
"""Bytes of two files that are compared at once behind a difference; while they are the same, twice as many."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The lines that leave a file: those that begin with one of ``prefixes`` or hold ``text`` (empty for none).

    The prefixes are sorted, and none is the beginning of another one.

    With ``within`` those leave as well that do not begin with it.
    """

    prefixes: Sequence[bytes] = ()
    text: bytes = b""
    within: bytes = b""

    def has(self, line: bytes) -> bool:
        """Tell whether a line leaves."""
        if not line.startswith(self.within) or (self.text and self.text in line):
            return True
        # The prefix that a line may begin with is the last one that does not come behind it.
        at = bisect_right(self.prefixes, line)
        return at > 0 and line.startswith(self.prefixes[at - 1])

    def may_touch(self, block: bytes) -> bool:
        """Tell whether any of the sorted lines of a block may leave."""
        first, last = _first(block), _last(block)
        if not (first.startswith(self.within) and last.startswith(self.within)) or (self.text and self.text in block):
            return True
        at = bisect_right(self.prefixes, first)
        return bisect_right(self.prefixes, last, at) > at or self.has(first)


class Piece(NamedTuple):
    """A piece of a file as it is now: whole lines, and which of them were not in it before, and which are no more."""

    data: bytes
    fresh: Collection[bytes] = ()
    gone: Collection[bytes] = ()


def turned(path: Path | None, leaving: Leaving, fresh: Iterable[bytes]) -> Iterator[Piece]:
    """Yield the pieces of a file of sorted lines without those that leave and with fresh ones, which may be among them.

    Raises OSError.
    """
    coming = sorted({*fresh})
    for block in blocks(path) if path else ():
        many = bisect_right(coming, _last(block))
        if many or leaving.may_touch(block):
            yield _merged({*block.splitlines(keepends=True)}, leaving, {*coming[:many]})
            del coming[:many]
        else:
            yield Piece(block)
    yield Piece(b"".join(coming), coming)


def _merged(lines: AbstractSet[bytes], leaving: Leaving, coming: AbstractSet[bytes]) -> Piece:
    now = {line for line in lines if not leaving.has(line)} | coming
    return Piece(b"".join(sorted(now)), now - lines, lines - now)


def blocks(path: Path) -> Iterator[bytes]:
    """Yield a file in pieces of whole lines. Raises OSError."""
    with path.open("rb") as file:
        rest = b""
        while piece := file.read(BLOCK):
            end = piece.rfind(b"\n") + 1
            if end:
                yield rest + piece[:end]
                rest = piece[end:]
            else:
                rest += piece
        if rest:
            yield rest


def differing(old: Path | None, new: Path | None) -> Iterator[tuple[bool, bytes]]:
    """Yield the lines that only one of two files of sorted lines has, each with whether it is of the new one."""
    return ((is_new, line) for is_new, line, _ in differing_at(old, new))


def differing_at(old: Path | None, new: Path | None) -> Iterator[tuple[bool, bytes, int]]:
    """Yield the same, each with the place where it begins in its file."""
    with ExitStack() as stack:
        left, right = (stack.enter_context(one.open("rb", BLOCK)) if one else BytesIO() for one in (old, new))
        one, other = left.readline(), right.readline()
        while one and other:
            if one == other:
                _pass_over(left, right)
                one, other = left.readline(), right.readline()
            elif one < other:
                yield False, one, left.tell() - len(one)
                one = left.readline()
            else:
                yield True, other, right.tell() - len(other)
                other = right.readline()
        for is_new, file, line in ((False, left, one), (True, right, other)):
            place = file.tell() - len(line)
            for each in chain([line] if line else (), file):
                yield is_new, each, place
                place += len(each)


def _pass_over(left: BinaryIO, right: BinaryIO) -> None:
    """Go on in two files as long as they are the same, by whole lines."""
    size = _FIRST
    while isinstance(left, BufferedReader) and isinstance(right, BufferedReader):
        one, other = left.peek()[:size], right.peek()[:size]
        end = one.rfind(b"\n", 0, min(len(one), len(other))) + 1
        if not end or one[:end] != other[:end]:
            return
        left.read(end), right.read(end)
        size *= 2


def _first(block: bytes) -> bytes:
    return block[: block.index(b"\n") + 1]


def _last(block: bytes) -> bytes:
    return block[block.rfind(b"\n", 0, -1) + 1 :]
