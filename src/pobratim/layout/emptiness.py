"""What says nothing, and what says that there was nothing: dashes, «нет», «мероприятия не проводились»."""

import re
from collections.abc import Sequence

from pobratim.lexicon.words import WORDS

_WORD = re.compile(r"[^\W_]+")
_NO_WORDS = re.compile(r"[^\w№]*")
_CROSSES = re.compile(r"[\s.]*(?:[xхXХ]|[нН]/?[дД]|[бБ]/[нН]|прочерк)[\s.]*")
_FILLERS = WORDS.of("filler")
_NO_EVENT = re.compile(
    rf"(?<!\w)(?:нет|отсутств(?:ует|уют|овал[аио]?)|не\s+(?:{WORDS.pattern('not-done')})\w*)(?!\w)", re.IGNORECASE
)
# What a sentence that tells of no event is made of beside its verb, by the beginnings of words.
_BEGINNINGS = re.compile(WORDS.pattern("no-event-subject", "no-event-circumstance"), re.IGNORECASE)
_SMALL = re.compile(r"[а-яё]{1,3}|\d+|[IVX]+|было|были|была|более", re.IGNORECASE)
_MOST_WORDS = 20


def says_nothing(text: str) -> bool:
    """Tell whether a cell is blank or holds only what fills a cell that has nothing to say: «–», «…», «нет», «х»."""
    if _NO_WORDS.fullmatch(text) or _CROSSES.fullmatch(text):
        return True
    words = [word.lower() for word in _WORD.findall(text)]
    return all(word in _FILLERS for word in words) and words != ["было"] and words != ["имеется"]


def says_none(text: str) -> bool:
    """Tell whether a text only says that there was no event: «Мероприятия не проводились», «Международных связей нет».

    Every word must belong to such a sentence: «Турнир не проводился, вместо него состоялся концерт» tells of an event.
    """
    words = _WORD.findall(text)
    if not words or len(words) > _MOST_WORDS or not _NO_EVENT.search(text):
        return False
    return all(_SMALL.fullmatch(word) or _BEGINNINGS.match(word) for word in _WORD.findall(_NO_EVENT.sub(" ", text)))


def tells_none(name: str, others: Sequence[str]) -> bool:
    """Tell whether a row says that nothing took place: its name does, or no cell says anything and one has a mark."""
    if says_none(name):
        return True
    marked = any(text.strip() for text in (name, *others))
    return marked and all(says_nothing(text) or says_none(text) for text in (name, *others))
