"""Answers kept in memory, by what was asked of which generation; the least recently used go first."""

from collections import OrderedDict
from dataclasses import dataclass

RequestKey = tuple[bytes, ...]
"""Path, query string and the headers that answers vary by, as they came."""
_MOST_REQUESTS = 10_000
_MOST_BYTES = 4_000
"""Longer requests are not remembered: 10,000 of the longest would take 400 MB."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent: its headers, ready for ASGI, and its body."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


class AnswerCache:
    """At most ``most`` bytes of bodies; one that takes more than a sixteenth of that is not kept.

    ``size`` is how many are held now, ``hits`` and ``misses`` count ``get`` since the start.
    """

    def __init__(self, most: int) -> None:
        """Begin empty."""
        self._most, self.size = most, 0
        self.hits = self.misses = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._requests: dict[RequestKey, str] = {}

    def get(self, key: str) -> Kept | None:
        """Return what is kept under a key."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
        else:
            self.hits += 1
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, answer: Kept) -> None:
        """Keep an answer."""
        if len(answer.body) * 16 > self._most or key in self._kept:
            return
        self._kept[key] = answer
        self.size += len(answer.body)
        while self.size > self._most:
            _, oldest = self._kept.popitem(last=False)
            self.size -= len(oldest.body)

    def of_request(self, request: RequestKey) -> Kept | None:
        """Return what is kept for a request that came before, byte for byte the same."""
        key = self._requests.get(request)
        return None if key is None else self.get(key)

    def remember(self, request: RequestKey, key: str) -> None:
        """Take note that a request is answered by what is kept under ``key``."""
        if sum(map(len, request)) > _MOST_BYTES:
            return
        if len(self._requests) >= _MOST_REQUESTS:
            self._requests.clear()
        self._requests[request] = key

    def clear(self) -> None:
        """Forget everything: a new generation came."""
        self._kept.clear()
        self._requests.clear()
        self.size = 0
