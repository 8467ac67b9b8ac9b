"""Sets of small numbers as one large integer: bit N tells whether N is in the set.

Of 60,000 things such a set takes 7.5 kB, and how many two sets share is counted in some microseconds. What asks of each
number apart asks flags, a byte a number.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
NOTHING = 0


def of(numbers: Iterable[int]) -> int:
    """Return the set of some numbers from 0 on."""
    known: Numbers = np.fromiter(numbers, np.int64)
    found = np.zeros(known.max(initial=0) + 1, np.bool_)
    found[known] = True
    return from_flags(found)


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


def flags(bits: int, most: int) -> Flags:
    """Return of each number from 0 to ``most``, which is the largest that a set may have, whether it is in the set."""
    content = np.frombuffer(bits.to_bytes(most // 8 + 1, "little"), np.uint8)
    return np.unpackbits(content, count=most + 1, bitorder="little").view(np.bool_)


def from_flags(flags: Flags) -> int:
    """Return the set that ``flags`` told of."""
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def first(bits: int, order: Sequence[int] | Numbers, start: int, most: int) -> list[int]:
    """Return up to ``most`` numbers of a set in an order, without the first ``start`` of them."""
    there = flags(bits, bits.bit_length())
    ranked = np.arange(order.start, order.stop, order.step) if isinstance(order, range) else np.asarray(order, np.int64)
    ranked = ranked[ranked < len(there)]
    found: list[int] = ranked[there[ranked]][start : start + most].tolist()
    return found


def numbers(bits: int) -> list[int]:
    """Return the numbers of a set, the smallest first."""
    return np.flatnonzero(flags(bits, bits.bit_length())).tolist()


def parts(bits: int, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield the numbers of a set from ``start`` up to before ``end``, less ``start`` each, for spans of these."""
    content = packed(bits)
    for start, end in spans:
        held = int.from_bytes(content[start >> 3 : (end + 7) >> 3], "little")
        yield held >> (start & 7) & ((1 << (end - start)) - 1)


def union(sets: Sequence[int]) -> int:
    """Return what is in any of some sets."""
    found = NOTHING
    for each in sets:
        found |= each
    return found
