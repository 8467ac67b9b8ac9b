"""Names in other languages: the Russian words that say the same, by ontology/foreign-words.tsv."""

import re
from functools import lru_cache
from typing import NamedTuple

from pobratim.lexicon.foreign_words import foreign_words
from pobratim.lexicon.words import WORDS
from pobratim.text.sounding import plain_latin, sounds_like
from pobratim.text.words import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|№?\s*\d+")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_OTHER_CYRILLIC = re.compile(r"[іўјљњћђџґєї]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zà-žșțœæøł]", re.IGNORECASE)
_SOUTH_SLAVIC = re.compile(r"\b[А-ЯЁ][а-яё]{2,}[сц]ки\b")
_SHORTEST, _STEM, _TWO = 3, 5, 2
"""Letters that a proper name has more than, and that tell a Russian noun in any case."""
_BEHIND = {"of", "de", "di", "du", "der", "des", "del", "у", "w", "в"}
"""Words behind which stands what a foreign noun belongs to: its own kind is named before them."""


class Piece(NamedTuple):
    """A stretch of a name with the Russian words that say the same: None for a proper name, "" for what is dropped."""

    text: str
    russian: str | None


class Rendered(NamedTuple):
    """A foreign name as pieces with the marks between them, and the kind that it names ("" if none)."""

    pieces: tuple[Piece, ...]
    kind: str


@lru_cache(maxsize=20_000)
def is_foreign(name: str) -> bool:
    """Tell whether a name is not Russian: mostly in Latin letters, or with a Cyrillic word of another language."""
    latin, russian = len(_LATIN.findall(name)), len(_RUSSIAN.findall(name))
    if latin > russian or _OTHER_CYRILLIC.search(name):
        return True
    return bool(_SOUTH_SLAVIC.search(name)) or any(word in _TELLING for word in name.casefold().split())


_TELLING = WORDS.of("south-slavic")
"""Common Serbian and Bulgarian words of names that are spelt in letters which Russian has too."""


def says_the_same(foreign: str, russian: str) -> bool:
    """Tell whether a Russian name is a foreign one in other letters («Universitas Pattimura», «Университет Паттимура»).

    All proper names of the foreign one must sound like words of the other, two of them, or one and of one kind of body.
    """
    rendered = render(foreign)
    words = [fold(word) for word in _WORD.findall(russian)]
    proper = [p.text for p in rendered.pieces if p.russian is None and len(p.text) > _SHORTEST]
    if len(proper) > _TWO:
        # «MUBA René Brusau»: initials before the name itself sound like nothing.
        proper = [own for own in proper if not own.isupper()] or proper
    if not proper or not all(any(sounds_like(own, word) for word in words) for own in proper):
        return False
    said = {fold(part) for p in rendered.pieces if p.russian for part in p.russian.split()}
    return len(proper) > 1 or any(word.startswith(tuple(s[:_STEM] for s in said)) for word in words if said)


def render(name: str) -> Rendered:
    """Return a foreign name in Russian words, as far as the dictionary has them.

    The kind is that of the last noun before «of», «у» and the like, as in «Museum of …» and «University Library».
    """
    found = list(_WORD.finditer(name))
    words = [plain_latin(one[0]) for one in found]
    pieces, kind, closed, at, end = list[Piece](), "", False, 0, 0
    while at < len(words):
        entry, after = foreign_words().find(words, at)
        if name[end : found[at].start()].strip():
            pieces.append(Piece(name[end : found[at].start()].strip(), name[end : found[at].start()].strip()))
        end = found[after - 1].end()
        pieces.append(Piece(name[found[at].start() : end], entry.russian if entry is not None else None))
        kind = entry.kind if entry is not None and entry.kind and not (closed and kind) else kind
        closed = closed or words[at] in _BEHIND
        at = after
    rest = name[end:].strip()
    return Rendered((*pieces, *([Piece(rest, rest)] if rest else [])), kind)
