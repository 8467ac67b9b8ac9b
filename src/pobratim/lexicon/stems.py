"""Word beginnings of concepts, looked up by the words of a text."""

from collections.abc import Iterable, Sequence
from operator import itemgetter

from pobratim.lexicon.skos import Concept
from pobratim.text.tokens import Token

_low = itemgetter(Token._fields.index("low"))


class Stems:
    """Which concepts a word speaks for by its beginning («музык» for «музыкальный»)."""

    def __init__(self, stems: Iterable[tuple[str, Concept]]) -> None:
        """Take (stem, concept) pairs; stems are folded, at least two letters."""
        self._seen = _Seen(stems)

    def of(self, low: str) -> tuple[Concept, ...]:
        """Return the concepts whose stem begins the folded word ``low`` or a part of it after a hyphen."""
        return self._seen[low]

    def told(self, tokens: Sequence[Token]) -> list[tuple[int, tuple[Concept, ...]]]:
        """Return the words of a text that speak for concepts: their indexes, and the concepts of each."""
        return [(index, found) for index, found in enumerate(map(self._seen.__getitem__, map(_low, tokens))) if found]


class _Seen(dict[str, tuple[Concept, ...]]):
    """The concepts of words by folded spelling, worked out once a word."""

    def __init__(self, stems: Iterable[tuple[str, Concept]]) -> None:
        super().__init__()
        self._stems: dict[str, list[Concept]] = {}
        for stem, concept in stems:
            self._stems.setdefault(stem.lower().replace("ё", "е"), []).append(concept)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def __missing__(self, low: str) -> tuple[Concept, ...]:
        parts = [low, *low.split("-")[1:]] if "-" in low else [low]
        found = [c for part in parts for n in self._lengths for c in self._stems.get(part[:n], ()) if n <= len(part)]
        self[low] = known = tuple(dict.fromkeys(found))
        return known
