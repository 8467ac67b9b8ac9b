"""Microsoft compound files made on the fly, with the streams that a test wants ([MS-CFB], version 3)."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SMALLEST = 4096
"""Bytes from which a stream stands in sectors of its own; smaller ones are padded here."""


def compound(streams: Mapping[str, bytes], embedded: Mapping[str, bytes] | None = None) -> bytes:
    """Return a compound file with ``streams`` in its root, and an ``embedded`` one in a storage below it."""
    entries: list[tuple[str, int, int, int, int, int]] = []  # name, kind, right, child, start, size
    sectors: list[bytes] = []
    chains: list[int] = []

    def stored(data: bytes) -> tuple[int, int]:
        data = data.ljust(_SMALLEST, b"\0")
        first, count = len(sectors), -(-len(data) // _SECTOR)
        sectors.extend(data[_SECTOR * i : _SECTOR * (i + 1)].ljust(_SECTOR, b"\0") for i in range(count))
        chains.extend([*range(first + 1, first + count), _END])
        return first, len(data)

    top, inside = list(streams.items()), list((embedded or {}).items())
    entries.append(("Root Entry", 5, _FREE, 1 if top or inside else _FREE, _END, 0))
    for number, (name, data) in enumerate(top, start=1):
        more = number < len(top) or inside
        entries.append((name, 2, number + 1 if more else _FREE, _FREE, *stored(data)))
    if inside:
        entries.append(("ObjectPool", 1, _FREE, len(entries) + 1, 0, 0))
        entries += [(name, 2, _FREE, _FREE, *stored(data)) for name, data in inside[:1]]
    raw = b"".join(map(_entry, entries)).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    directory, _ = len(sectors), stored(raw)
    table = [*chains, _TABLE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 62, 3, 0xFFFE, 9, 6, 0, 1, directory, 0, _SMALLEST, _END, 0, _END, 0)
    header += struct.pack("<109I", len(sectors), *[_FREE] * 108)
    assert len(table) <= _SECTOR // 4
    return header + b"".join(sectors) + struct.pack("<128I", *table, *[_FREE] * (128 - len(table)))


def _entry(entry: tuple[str, int, int, int, int, int]) -> bytes:
    name, kind, right, child, start, size = entry
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
