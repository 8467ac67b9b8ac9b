"""Whether a short name is made of the first letters of a full one: «СмолГУ», «УУНиТ», «ММК»."""

import re
from functools import lru_cache

from pobratim.text.contracted import contracted
from pobratim.text.folding import JOINING
from pobratim.text.tokens import Token
from pobratim.text.words import fold

_BRACKETS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_SHAPE = r"[А-ЯЁA-Z][а-яё]{0,5}(?:[А-ЯЁA-Z][а-яё]{0,2})*[А-ЯЁA-Z]"
_INITIALS = re.compile(rf"{_SHAPE}(?:-{_SHAPE})*")
_FEWEST = 3
_FIRST_PART, _SECOND_PART = 4, 4
"""Fewest letters of the parts of a compound, the linking vowel counted with the first."""


@lru_cache(maxsize=50_000)
def in_initials(text: str) -> bool:
    """Tell whether a word is made of initials, a contracted beginning or end included: «МАЗ», «СмолГУ», «ИТАР-ТАСС»."""
    return len(text) >= _FEWEST and _INITIALS.fullmatch(text) is not None


def is_acronym(token: Token) -> bool:
    """Tell whether a token is a word made of initials."""
    return token.kind == "word" and in_initials(token.text)


@lru_cache(maxsize=50_000)
def abbreviates(short: str, full: str) -> bool:
    """Tell whether ``short`` is written with beginnings of all words of ``full``, in order, at least three words.

    Joining words may be left out, and so may what follows «имени»; what stands in brackets may count («САФУ» is
    «Северный (Арктический) федеральный университет»).
    """
    if " " in short or not 2 < len(short) <= 12:
        return False
    return any(_abbreviates(short, spelt) for spelt in dict.fromkeys((_unbracketed(full), full)))


def _abbreviates(short: str, full: str) -> bool:
    plain = re.split(r"\b(?:имени|им\.)", full, maxsplit=1)[0]
    words = [part for one in _WORD.findall(fold(plain)) for part in _parts(one)]
    return len([w for w in words if w not in JOINING]) >= _FEWEST and _consumes(fold(short), tuple(words))


def _parts(one: str) -> tuple[str, ...]:
    """Return the words for which one stands: two of «госуниверситет»."""
    meanings, head = contracted(one)
    return (*meanings, head) if head else (one,)


def _unbracketed(text: str) -> str:
    """Return a text without brackets; none is opened where no other is closed, or each would be sought to the end."""
    end = text.rfind(")") + 1
    return _BRACKETS.sub(" ", text[:end]) + text[end:]


def _consumes(short: str, words: tuple[str, ...]) -> bool:
    """Tell whether ``short`` is beginnings of all ``words``, each of one letter or more."""
    if not words:
        return not short
    word, rest = words[0], words[1:]
    if word in JOINING and _consumes(short, rest):
        return True
    common = 0
    while common < min(len(short), len(word)) and short[common] == word[common]:
        common += 1
        if _consumes(short[common:], rest):
            return True
        if common == 1 and any(_consumes(short[2:], rest) for second in _seconds(word) if short[1:2] == second):
            return True
    return False


def _seconds(word: str) -> set[str]:
    """Return the letters with which the second part of a compound may begin: «автоТранспортный», «дальнеВосточный»."""
    inner = range(_FIRST_PART, len(word) - _SECOND_PART + 1)
    return {word[at] for at in inner if word[at - 1] in "ое" and word[at] not in "аеиоуыэюя"}
