"""Names in other languages: the Russian words that say the same, by ontology/foreign-words.tsv."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pobratim.content import content_root
from pobratim.text.sounding import plain_latin

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|№?\s*\d+")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_OTHER_CYRILLIC = re.compile(r"[іўјљњћђџґєї]", re.IGNORECASE)
_LATIN = re.compile(r"[a-zà-žșțœæøł]", re.IGNORECASE)
_SOUTH_SLAVIC = re.compile(r"\b[А-ЯЁ][а-яё]{2,}[сц]ки\b")
_BEHIND = {"of", "de", "di", "du", "der", "des", "del", "у", "w", "в"}
"""Words behind which stands what a foreign noun belongs to: its own kind is named before them."""
_LONGEST_PHRASE = 5
_SHORTEST_STEM = 4


class Piece(NamedTuple):
    """A stretch of a name with the Russian words that say the same: None for a proper name, "" for what is dropped."""

    text: str
    russian: str | None


class Rendered(NamedTuple):
    """A foreign name as pieces with the marks between them, and the kind that it names ("" if none)."""

    pieces: tuple[Piece, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Entry:
    russian: str
    kind: str


class Dictionary:
    """Words and phrases as plain letters; a star at the end of one stands for any ending."""

    def __init__(self, lines: list[str]) -> None:
        """Take the lines of the file, of which the head says what the columns mean."""
        self._whole: dict[str, _Entry] = {}
        self._stems: dict[str, _Entry] = {}
        for line in lines:
            russian, kind, spellings = line.split("\t")
            entry = _Entry(russian.strip("-"), kind.strip("-"))
            for spelling in (plain_latin(part.strip()) for part in spellings.split(",")):
                table = self._stems if spelling.endswith("*") else self._whole
                table.setdefault(spelling.rstrip("*"), entry)

    def find(self, words: list[str], at: int) -> tuple[_Entry | None, int]:
        """Return what the longest phrase at a word says, None if nothing is known, and where to go on."""
        for length in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            text = " ".join(words[at : at + length])
            found = self._whole.get(text)
            if found is None:
                cuts = range(len(text), _SHORTEST_STEM - 1, -1) if length == 1 else range(0)
                found = next((self._stems[text[:cut]] for cut in cuts if text[:cut] in self._stems), None)
            if found is not None:
                return found, at + length
        return None, at + 1


@cache
def dictionary() -> Dictionary:
    """Return the dictionary of ontology/."""
    text = (content_root() / "ontology" / "foreign-words.tsv").read_text(encoding="utf-8")
    return Dictionary([line for line in text.splitlines() if line and not line.startswith("#")])


def is_foreign(name: str) -> bool:
    """Tell whether a name is not Russian: mostly in Latin letters, or with a Cyrillic word of another language."""
    latin, russian = len(_LATIN.findall(name)), len(_RUSSIAN.findall(name))
    if latin > russian or _OTHER_CYRILLIC.search(name):
        return True
    return bool(_SOUTH_SLAVIC.search(name)) or any(word in _TELLING for word in name.casefold().split())


_TELLING = {"универзитет", "универзитету", "позориште", "болница", "свободен", "държавен", "технически", "музиката"}
"""Common Serbian and Bulgarian words of names that are spelt in letters which Russian has too."""


def render(name: str) -> Rendered:
    """Return a foreign name in Russian words, as far as the dictionary has them.

    The kind is that of the last noun before «of», «у» and the like, as in «Museum of …» and «University Library».
    """
    found = list(_WORD.finditer(name))
    words = [plain_latin(one[0]) for one in found]
    pieces, kind, closed, at, end = list[Piece](), "", False, 0, 0
    while at < len(words):
        entry, after = dictionary().find(words, at)
        if name[end : found[at].start()].strip():
            pieces.append(Piece(name[end : found[at].start()].strip(), name[end : found[at].start()].strip()))
        end = found[after - 1].end()
        pieces.append(Piece(name[found[at].start() : end], entry.russian if entry is not None else None))
        kind = entry.kind if entry is not None and entry.kind and not (closed and kind) else kind
        closed = closed or words[at] in _BEHIND
        at = after
    rest = name[end:].strip()
    return Rendered((*pieces, *([Piece(rest, rest)] if rest else [])), kind)
