"""Places that a way leads through: «маршрут «Абакан – Кызыл – Улангом»» ties no towns."""

from collections.abc import Iterator, Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.lexicon.words import WORDS

_ROUTES = WORDS.of("route")
_DASHES = {"–", "—", "-"}
_FARTHEST = 5
"""So many words may stand between the word for a way and its first place."""


def on_routes(cell: CellText, geos: Sequence[Geo]) -> frozenset[int]:
    """Return the first tokens of the places of a cell (``geos``, in order) that dashes join to a way of that name."""
    return frozenset(
        geo.first for chain in _chains(cell, geos) if len(chain) > 1 and _named(cell, chain[0].first) for geo in chain
    )


def _chains(cell: CellText, geos: Sequence[Geo]) -> Iterator[list[Geo]]:
    """Yield the places in runs that dashes join."""
    chain: list[Geo] = []
    for geo in geos:
        joined = chain and geo.first == chain[-1].last + 1 and cell.low(chain[-1].last) in _DASHES
        if not joined:
            yield chain
            chain = []
        chain.append(geo)
    yield chain


def _named(cell: CellText, index: int) -> bool:
    """Tell whether a word for a way stands before a token, in its clause."""
    for token in reversed(cell.tokens[max(0, index - _FARTHEST) : index]):
        if token.text in {".", ",", ";"}:
            return False
        if token.word.lemmas & _ROUTES:
            return True
    return False
