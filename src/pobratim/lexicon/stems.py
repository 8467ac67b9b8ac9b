"""Word beginnings of concepts, looked up by the words of a text."""

from collections.abc import Iterable, Sequence

from pobratim.lexicon.skos import Concept
from pobratim.text.tokens import Telling, Token


class Stems:
    """Which concepts a word speaks for by its beginning («музык» for «музыкальный»)."""

    def __init__(self, stems: Iterable[tuple[str, Concept]]) -> None:
        """Take (stem, concept) pairs; stems are folded, at least two letters."""
        self._stems: dict[str, list[Concept]] = {}
        for stem, concept in stems:
            self._stems.setdefault(stem.lower().replace("ё", "е"), []).append(concept)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._told = Telling(lambda token: self.of(token.low) or None)

    def told(self, tokens: Sequence[Token]) -> list[tuple[int, tuple[Concept, ...]]]:
        """Return the words of a text that speak for concepts: their indexes, and the concepts of each."""
        return self._told.among(tokens)

    def of(self, low: str) -> tuple[Concept, ...]:
        """Return the concepts whose stem begins the folded word ``low`` or a part of it after a hyphen."""
        parts = [low, *low.split("-")[1:]] if "-" in low else [low]
        found = [c for part in parts for n in self._lengths for c in self._stems.get(part[:n], ()) if n <= len(part)]
        return tuple(dict.fromkeys(found))
