"""Regions by their names, and by the adjectives that are made of them («дагестанский»)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.text.words import TOPONYMIC, fold

_ADJECTIVES, _LANDS = WORDS.endings("region-of-adjective"), WORDS.endings("region-of-noun")
_LISTED = LEX + "adjective"
_SURE = 4
"""Letters of the shortest stem that tells a region."""
_SUFFIX = len(TOPONYMIC[0])


def of_region(lexicon: Lexicon, lemma: str, region: str = "") -> bool:
    """Tell whether an adjective in -ский is of a region («дагестанский»), of the one with a notation if given."""
    found = regions_of(lexicon, lemma)
    return region in found if region else bool(found)


def regions_of(lexicon: Lexicon, lemma: str) -> frozenset[str]:
    """Return the notations of the regions of which an adjective in -ский may be: one of their names begins as it."""
    stem = lemma[:-_SUFFIX] if lemma.endswith(TOPONYMIC) else ""
    return _by_word(lexicon).get(stem, frozenset()) if len(stem) >= _SURE else frozenset()


def region_called(lexicon: Lexicon, names: Iterable[str]) -> str:
    """Return the notation of the region that bears one of some folded names, the first in the file, "" if none does."""
    known = _by_name(lexicon)
    return min((known[name] for name in names if name in known), default=(0, ""))[1]


@lru_cache(maxsize=4)
def _by_word(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """Return regions by the words of their names, and by what adjectives are made of these with."""
    found: dict[str, set[str]] = defaultdict(set)
    for concept in lexicon.concepts("region"):
        words = {fold(part) for name in concept.inflected for part in name.split()}
        stems = {part[:-_SUFFIX] for part in words if part.endswith(_ADJECTIVES)}
        lands = {part.removesuffix(end) for part in words for end in _LANDS if part.endswith(end)}
        listed = {fold(text)[:-_SUFFIX] for text in concept.extra.get(_LISTED, ()) if fold(text).endswith(TOPONYMIC)}
        for told in words | stems | lands | listed:
            found[told].add(concept.notation)
    return {told: frozenset(regions) for told, regions in found.items()}


@lru_cache(maxsize=4)
def _by_name(lexicon: Lexicon) -> Mapping[str, tuple[int, str]]:
    """Return regions by their folded names, each with its place in the file."""
    found: dict[str, tuple[int, str]] = {}
    for place, concept in enumerate(lexicon.concepts("region")):
        for name in concept.inflected:
            found.setdefault(fold(name), (place, concept.notation))
    return found
