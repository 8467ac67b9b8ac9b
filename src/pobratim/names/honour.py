"""Whom something is named after: how far the person (or date) behind «имени» reaches."""

from collections.abc import Container, Sequence

from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token

HONOUR = WORDS.of("honour")
"""Words behind which stands whom something is named after, as they are spelt."""
_RANKS = WORDS.of("rank")
_SHORT_RANKS = WORDS.of("rank-abbreviation")
_AND = WORDS.of("between-like") - {","}
_GIVEN, _FAMILIES = WORDS.of("given-name"), WORDS.of("family-name-first")
_GIVEN_AND_FAMILY = 2
_RUSSIAN = "".join(map(chr, (*range(0x430, 0x450), 0x451))) + "-"
"""The letters of Russian, by Unicode, and the hyphen of double names."""
_LONGEST = 12
"""Tokens of the longest person's name."""


def person_end(tokens: Sequence[Token], index: int, places: Container[int] = ()) -> int:
    """Return the index behind a person's (or date's) name: ranks, initials, capitalised words, «80-летия …».

    It is ``index`` where there is none. ``places`` are the tokens with which the name of a place begins.
    """
    begin = end = _behind_ranks(tokens, index)
    initials = False
    while end < len(tokens) and end - begin < _LONGEST:
        if end > begin and _acts(tokens, begin, end):
            break
        if is_initial(tokens, end):
            initials, end = True, end + 2
            continue
        token = tokens[end]
        if initials and _low(tokens, end) in _AND and end + 1 < len(tokens) and is_initial(tokens, end + 1):
            # «Имени А.Г. и Н.Г. Сомовых»: brothers.
            end += 1
            continue
        if initials and token.kind == "word" and token.word.title:
            # Behind initials stands one surname; what is capitalised behind it belongs to something else.
            return end + 1
        if token.kind == "word" and token.word.title and end not in places:
            end += 1
        elif token.kind == "number" and _low(tokens, end + 1) == "-" and end == begin:
            end += 3
        else:
            break
    return end if end > begin else index


def _acts(tokens: Sequence[Token], begin: int, index: int) -> bool:
    """Tell whether another person's name begins, in the nominative («имени Комитаса Анна Линд», «… А.П. Линд»)."""
    if is_initial(tokens, index):
        if index - begin >= _GIVEN_AND_FAMILY and all(len(token.text) > 1 for token in tokens[begin:index]):
            return True  # «имени Шарофа Рашидова Б. Хамраев»
        behind = index + 4
        both = behind < len(tokens) and is_initial(tokens, index + 2) and tokens[behind].kind == "word"
        return both and tokens[behind].word.title and len(tokens[index - 1].text) > 1
    pair = tokens[index : index + 2]
    if len(pair) < 2 or any(t.kind != "word" or not t.word.title or len(t.text) == 1 for t in pair):
        return False
    if _strange(pair[:1]) and not _strange(tokens[begin:index]):
        return True  # «имени Милутина Бойича Јелена Стојановић»
    first = pair[0].word
    family = first.low in _FAMILIES and tokens[begin].low not in _FAMILIES and tokens[begin].word.has("gent")
    return family or first.low in _GIVEN or (first.has("Name", "nomn") and not first.has("Name", "gent"))


def _strange(tokens: Sequence[Token]) -> bool:
    """Tell whether a word has Cyrillic letters that are not Russian («Јелена»)."""
    words = [token.text.lower() for token in tokens if token.kind == "word"]
    return any(set(text) - set(_RUSSIAN) and not text.isascii() for text in words)


def _behind_ranks(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind the dot of «им.», and ranks, short or in full («ген. майора»)."""
    end = index + (_low(tokens, index) == ".")
    while _low(tokens, end) in _SHORT_RANKS and _low(tokens, end + 1) == ".":
        end += 2
    while end < len(tokens) and tokens[end].kind == "word" and tokens[end].word.lemmas & _RANKS:
        end += 1
    return end


def is_initial(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether an initial with its dot stands at ``index``."""
    token = tokens[index]
    return token.kind == "word" and len(token.text) == 1 and token.word.title and _low(tokens, index + 1) == "."


def _low(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""
