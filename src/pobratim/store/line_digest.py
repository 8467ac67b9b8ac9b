"""The digest of a file of lines, which follows of the lines alone, however the file came about.

That of a short file is the SHA-256 of its bytes. That of a long one is the sum of those of its lines, each of which
stands there once, and marked as such: it goes on from that of a former file by what comes and goes, where all bytes
would be read again. Whoever means to make other lines of the same sum has a hard task, and nothing to gain.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from pobratim.ground.sorted_lines import Piece, blocks

MARK = "sum-"
"""Begins the digest of a long file."""
LONG = 20_000
"""Lines of a short file, at most."""
_ALL_SUMS = 2**256


class LineDigest:
    """Takes the pieces of a file in their order; ``lines`` is how many lines these are."""

    def __init__(self, former: str = "", lines: int = 0) -> None:
        """Begin anew, or with the digest of a ``former`` long file of so many lines that the pieces tell of."""
        self.lines = lines
        self._goes_on = bool(former)
        self._sum = int(former.removeprefix(MARK), 16) if former else 0
        self._bytes, self._begin = hashlib.sha256(), list[bytes]()

    def take(self, piece: Piece) -> None:
        """Take the next piece."""
        if self._goes_on:
            self.lines += len(piece.fresh) - len(piece.gone)
            self._sum += _sum(piece.fresh) - _sum(piece.gone)
            return
        self.lines += piece.data.count(b"\n")
        if self.lines <= LONG:
            self._bytes.update(piece.data)
            self._begin.append(piece.data)
            return
        for data in (*self._begin, piece.data):
            self._sum += _sum(data.splitlines(keepends=True))
        self._begin.clear()

    def told(self, path: Path) -> str:
        """Return the digest of the file at ``path``, of which all pieces were taken. Raises OSError."""
        if self.lines > LONG:
            return f"{MARK}{self._sum % _ALL_SUMS:064x}"
        return digest_of(path) if self._goes_on else self._bytes.hexdigest()


def digest_of(path: Path) -> str:
    """Return the digest of a file. Raises OSError."""
    digest = LineDigest()
    for block in blocks(path):
        digest.take(Piece(block))
    return digest.told(path)


def _sum(lines: Iterable[bytes]) -> int:
    return sum(int.from_bytes(hashlib.sha256(line).digest(), "big") for line in lines)
