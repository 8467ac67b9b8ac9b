"""Sets of small numbers as one large integer: bit N tells whether N is in the set.

Of 60,000 things such a set takes 7.5 kB, and how many two sets share is counted in some microseconds.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence

NOTHING = 0
_FEW = 1_000
"""So many numbers are sorted sooner than their places are looked for in an order of very many."""
_BYTE = re.compile(rb"[^\0]", re.DOTALL)


def of(numbers: Iterable[int]) -> int:
    """Return the set of some numbers from 0 on."""
    known = list(numbers)
    found = bytearray((max(known, default=0) >> 3) + 1)
    for number in known:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")


def packed(bits: int) -> bytes:
    """Return a set as bytes; ``unpacked`` is the way back."""
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")


def unpacked(content: bytes) -> int:
    """Return the set that ``packed`` wrote."""
    return int.from_bytes(content, "little")


def everything(most: int) -> int:
    """Return the set of 1 to ``most``."""
    return (1 << (most + 1)) - 2


def listed(numbers: Iterable[int]) -> bytes:
    """Return a few numbers as bytes, four each; ``unlisted`` is the way back."""
    return struct.pack(f"<{len(found)}I", *found) if (found := list(numbers)) else b""


def unlisted(content: bytes) -> tuple[int, ...]:
    """Return the numbers that ``listed`` wrote."""
    return struct.unpack(f"<{len(content) // 4}I", content)


def flags(bits: int, most: int) -> bytes:
    """Return a byte a number from 0 to ``most``: 1 where it is in the set, else 0."""
    told = bin(bits | 1 << (most + 1))[3:]  # a leading one keeps the zeros, and goes
    return told.encode().translate(_FLAGS)[::-1]


def from_flags(flags: Iterable[int]) -> int:
    """Return the set that ``flags`` told of, of 0 and 1 from number 0 on."""
    return int(bytes(flags)[::-1].translate(_DIGITS) or b"0", 2)


_FLAGS = bytes.maketrans(b"01", b"\0\1")
_DIGITS = bytes.maketrans(b"\0\1", b"01")


def first(bits: int, order: Iterable[int], start: int, most: int) -> list[int]:
    """Return up to ``most`` numbers of a set in an order, without the first ``start`` of them."""
    content = packed(bits)
    if isinstance(order, range) and bits.bit_count() <= _FEW:
        # What one party has of all there is: to go through all would cost more than to look for it.
        few = (number for number in _numbers_in(content) if number in order)
        return _window(iter(sorted(few, reverse=order.step < 0)), start, most)
    end = len(content) * 8
    found = (number for number in order if number < end and content[number >> 3] >> (number & 7) & 1)
    return _window(found, start, most)


def _numbers_in(content: bytes) -> Iterator[int]:
    for byte in _BYTE.finditer(content):
        yield from (byte.start() * 8 + bit for bit in range(8) if byte[0][0] >> bit & 1)


def _window(found: Iterator[int], start: int, most: int) -> list[int]:
    kept: list[int] = []
    for place, number in enumerate(found):
        if place >= start + most:
            break
        if place >= start:
            kept.append(number)
    return kept


def numbers(bits: int) -> list[int]:
    """Return the numbers of a set, the smallest first."""
    return list(_numbers_in(packed(bits)))


def part(bits: int, start: int, end: int) -> int:
    """Return the numbers of a set from ``start`` up to before ``end``, less ``start`` each."""
    return bits >> start & ((1 << (end - start)) - 1)


def union(sets: Sequence[int]) -> int:
    """Return what is in any of some sets."""
    found = NOTHING
    for each in sets:
        found |= each
    return found
