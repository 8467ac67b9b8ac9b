"""Word beginnings of concepts, looked up by the words of a text."""

from collections.abc import Iterable

from pobratim.lexicon.skos import Concept


class Stems:
    """Which concepts a word speaks for by its beginning («музык» for «музыкальный»)."""

    def __init__(self, stems: Iterable[tuple[str, Concept]]) -> None:
        """Take (stem, concept) pairs; stems are folded, at least two letters."""
        self._stems: dict[str, list[Concept]] = {}
        for stem, concept in stems:
            self._stems.setdefault(stem.lower().replace("ё", "е"), []).append(concept)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._seen: dict[str, tuple[Concept, ...]] = {}

    def of(self, low: str) -> tuple[Concept, ...]:
        """Return the concepts whose stem begins the folded word ``low`` or a part of it after a hyphen."""
        known = self._seen.get(low)
        if known is None:
            parts = [low, *low.split("-")[1:]] if "-" in low else [low]
            found = [
                c for part in parts for n in self._lengths for c in self._stems.get(part[:n], ()) if n <= len(part)
            ]
            known = self._seen[low] = tuple(dict.fromkeys(found)) if found else ()
        return known
