"""Abbreviations of names: those of ontology/organisation-kinds.ttl in both directions, and initial letters."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, takewhile

from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.names.parts import dedication, parse
from pobratim.text.folding import JOINING, folded_words, is_cyrillic, stem

_SCHEME = "organisation-kind"
_LONGEST_LABEL = 6
"""Words of the longest label that is looked for."""
_PLACE = WORDS.of("abbreviation-end")
"""Words for a place, which is in no abbreviation."""
_FEWEST, _MOST = 3, 7
_BEGINNINGS = (3, 4)
"""Letters of the first word in names as «БелАЗ» and «СмолГУ»."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """What stretches of words stand for, and how many words those are long that begin with a word, the longest first.

    A stretch that stands for nothing hides the shorter ones within it.
    """

    of: Mapping[Words, list[Words]]
    lengths: Mapping[str, list[int]]

    @classmethod
    def made(cls, of: Mapping[Words, list[Words]]) -> "_Table":
        """Return the table of some stretches."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for words in of:
            if 0 < len(words) <= _LONGEST_LABEL:
                lengths[words[0]].add(len(words))
        return cls(of, {first: sorted(found, reverse=True) for first, found in lengths.items()})


def spelt_out(words: Words) -> list[Words]:
    """Return what the abbreviations among folded words stand for: («сш», «8») gives [(«средняя», «школа»)].

    Of a kind's labels it is the first with the abbreviation's initials; where there is none, the preferred label.
    """
    table = _expansions()
    return [label for start, end in _parts(words, table) for label in table.of[words[start:end]]]


def abbreviated(words: Words) -> list[Words]:
    """Return how kinds of organisations named in folded words are abbreviated: («средняя», «школа») gives [(«сш»,)].

    The words may be inflected; only abbreviations with the initials of what is written.
    """
    stems, table = tuple(map(stem, words)), _contractions()
    return [short for start, end in _parts(stems, table) for short in table.of[stems[start:end]]]


def respelt(words: Words) -> list[Words]:
    """Return a name's folded words with its abbreviations spelt out, and with its kinds abbreviated, each if there are.

    Only from the first such place on: («мбоу», «сш», «8») gives [(«средняя», «школа», «8»)].
    """
    found = (_replaced(words, words, _expansions()), _replaced(words, tuple(map(stem, words)), _contractions()))
    return [made for made in found if made]


def _replaced(words: Words, read: Words, table: _Table) -> Words:
    parts = [(start, end) for start, end in _parts(read, table) if table.of[read[start:end]]]
    made: list[str] = []
    for number, (start, end) in enumerate(parts):
        following = parts[number + 1][0] if number + 1 < len(parts) else len(words)
        made += [*table.of[read[start:end]][0], *words[end:following]]
    return tuple(made)


def initials(name: str) -> list[str]:
    """Return abbreviations by initial letters of a name and of what it quotes, three to seven words long.

    «ОАО "Минский автомобильный завод"» gives маз, with joining words («ЦКиД») also the form that keeps them.
    """
    found: dict[str, None] = {}
    for words in _nameable(name):
        kept = [word for word in words if word not in JOINING]
        for chosen in (kept, words):
            if len(chosen) >= _FEWEST and len(kept) <= _MOST:
                found["".join(word[0] for word in chosen)] = None
    return list(found)


def blends(name: str) -> list[str]:
    """Return abbreviations that begin with the beginning of the first word: белаз, смолгу."""
    found: dict[str, None] = {}
    for words in _nameable(name):
        kept = [word for word in words if word not in JOINING]
        if _FEWEST <= len(kept) <= _MOST:
            for length in _BEGINNINGS:
                found[kept[0][:length] + "".join(word[0] for word in kept[1:])] = None
    return list(found)


@lru_cache(maxsize=10_000)
def _nameable(name: str) -> list[list[str]]:
    """Return the Cyrillic words of the name before its quotation, and of each quotation.

    A form, kind or other word in capitals in front is left out, and what begins with whom it honours, with somebody's
    initials, with a number or with a word for a place, which a bare name does not tell.
    """
    parts = parse(name)
    honour = dedication(parts)
    capitals = (one for one in (parts.legal_form, parts.kind, *parts.initials) if one and one.text.split()[0].isupper())
    behind = {one.start: one.end for one in capitals}
    quoted = [(one.start, one.end) for one in dict.fromkeys((parts.quotation, parts.title)) if one]
    end = honour.start if honour else len(name)
    front = (0, min([end, *(start - 1 for start, _ in quoted)]))
    return [_words(name[behind.get(start, start) : min(stop, end)]) for start, stop in (*quoted, front)]


def _words(text: str) -> list[str]:
    """Return the folded words at the beginning of a text of which initials are made."""
    return list(takewhile(_is_nameable, folded_words(text)))


def _is_nameable(one: str) -> bool:
    return one not in _PLACE and is_cyrillic(one) and (len(one) > 1 or one in JOINING)


def _parts(words: Words, table: _Table) -> list[tuple[int, int]]:
    """Return start and end of the stretches of ``words`` that the table has, the longest at each place, none twice."""
    found, at = [], 0
    while at < len(words):
        for length in table.lengths.get(words[at], ()):
            if words[at : at + length] in table.of:
                found.append((at, at + length))
                break
        else:
            length = 1
        at += length
    return found


@cache
def _expansions() -> _Table:
    table: dict[Words, list[Words]] = defaultdict(list)
    for concept in lexicon().concepts(_SCHEME):
        for short in concept.literal:
            labels = _labels_of(short, concept) or [folded_words(concept.label)]
            table[folded_words(short)] += [label for label in labels[:1] if label != folded_words(short)]
    return _Table.made(table)


@cache
def _contractions() -> _Table:
    table: dict[Words, list[Words]] = defaultdict(list)
    for concept in lexicon().concepts(_SCHEME):
        for short in concept.literal:
            for label in _labels_of(short, concept):
                table[tuple(map(stem, label))].append(folded_words(short))
        for name in concept.inflected:  # a longer label without abbreviation hides the shorter ones within it
            table[tuple(map(stem, folded_words(name)))] += []
    return _Table.made(table)


def _labels_of(short: str, concept: Concept) -> list[Words]:
    wanted = "".join(folded_words(short))
    labels = map(folded_words, concept.inflected)
    return [label for label in labels if len(label) > 1 and wanted in _initials_of(label)]


def _initials_of(label: Words) -> set[str]:
    """Return the initials of a label with each choice of its joining words left out."""
    joining = [at for at, word in enumerate(label) if word in JOINING]
    left_out = [set(some) for n in range(len(joining) + 1) for some in combinations(joining, n)]
    return {"".join(word[0] for at, word in enumerate(label) if at not in out) for out in left_out}
