"""Bodies as clients take them: gzip, Brotli, or as they are; piece by piece or whole."""

import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

import brotli

SMALLEST = 500
"""Bytes from which on it is worth to compress a body that is made here."""


class Compressor(Protocol):
    """What zlib and brotli have in common here."""

    def compress(self, data: bytes, /) -> bytes:
        """Take bytes, return what is ready."""

    def flush(self) -> bytes:
        """Return the rest."""


class _Brotli:
    def __init__(self) -> None:
        # Quality 4 is as fast as gzip's usual level and smaller: higher ones take seconds for megabytes.
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._compressor.process(data))

    def flush(self) -> bytes:
        return bytes(self._compressor.finish())


class _Plain:
    def compress(self, data: bytes, /) -> bytes:
        return data

    def flush(self) -> bytes:
        return b""


COMPRESSORS: Mapping[str, Callable[[], Compressor]] = {
    "": _Plain,
    "gzip": lambda: zlib.compressobj(6, wbits=31),
    "br": _Brotli,
}


def compressed(data: bytes, form: str) -> bytes:
    """Return a whole body in the encoding ``form`` ("" leaves it as it is)."""
    compressor = COMPRESSORS[form]()
    return compressor.compress(data) + compressor.flush()
