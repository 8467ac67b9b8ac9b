"""Under what namings are looked for: only those that share a block are ever compared."""

from collections.abc import Hashable, Iterator
from collections.abc import Set as AbstractSet

from pobratim.lexicon.words import WORDS
from pobratim.names.normalisation import folded
from pobratim.names.similarity import SHARED_LETTERS
from pobratim.resolve.namings import Naming, local
from pobratim.resolve.vocabulary import Vocabulary

_OF_REGION = WORDS.of("level-of-region")
Way = tuple[str, Hashable]


def identity(name: Naming) -> Hashable:
    """Return what equal namings share: kind, number or words, and area."""
    area = name.place or name.region or (name.near if local(name) else "") or name.country
    return (name.kind, name.detail, area, name.report if name.bare else "")


def ways(name: Naming, vocabulary: Vocabulary) -> frozenset[Way]:
    """Return by what a naming that says little is looked for: number or words, else kind; short names."""
    detail = ("detail", name.detail or vocabulary.family(name.kind))
    return frozenset({detail, *(("name", short) for short in (name.short, *name.aliases))})


def spelling(name: Naming, vocabulary: Vocabulary) -> Hashable | None:
    """Return among which names misprints are looked for, None for a name that has a number or no words."""
    if not name.words or name.number:
        return None
    return (vocabulary.family(name.kind), name.place, name.region if not name.place else "")


def marks(name: Naming, missions: AbstractSet[str]) -> frozenset[Hashable]:
    """Return what a name and another one of the same organisation are likely to share."""
    return frozenset(_marks(name, missions))


def _marks(name: Naming, missions: AbstractSet[str]) -> Iterator[Hashable]:
    whole = name.features.levels & _OF_REGION
    regional = name.region or (name.area if whole or name.initials else "")
    areas = {name.place, name.near, regional} - {""} or {name.country}
    for area in areas | ({name.country} if name.sovereign or name.kind in missions else set()):
        if name.number:
            yield (area, "number", name.number)
            continue
        said = name.features
        for mark in (*said.words, *said.honour):
            yield (area, "word", mark[:SHARED_LETTERS])
        begins = [part[:1] for part in folded(said.core).split()[:3]]
        initials = {said.acronym[:1], *begins[:1]} if said.acronym else begins
        yield from ((area, "initial", letter.lower()) for letter in initials)
        if not said.words:
            yield (area, "plain", "")
