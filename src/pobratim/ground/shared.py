"""Sets of words by the hundred thousand, most of which equal another one: kept once."""

from functools import lru_cache

_AT_HAND = 50_000
_NOTHING = frozenset[str]()


@lru_cache(maxsize=_AT_HAND)
def _first(words: frozenset[str]) -> frozenset[str]:
    return words


def shared(words: frozenset[str]) -> frozenset[str]:
    """Return a set that equals ``words``: one object for most that are equal, for all that are empty.

    A set takes 216 bytes however little is in it, and Python makes a new one for each that is empty.
    """
    return _first(words) if words else _NOTHING
