"""Where in a list of tokens the parts of a name stand that shape and a few words tell, be it a name's or a cell's."""

import re
from collections.abc import Container, Iterator, Sequence

from pobratim.lexicon.words import WORDS
from pobratim.names.honour import is_initial
from pobratim.text.tokens import Token
from pobratim.text.words import word

Span = tuple[int, int]
_TOWN_SHORT = WORDS.of("settlement-abbreviation")
_TOWN, _REGION = WORDS.of("town-word"), WORDS.of("great-area")
_FORM_NOUNS = WORDS.of("form-noun")
_FORM = re.compile(rf"[А-ЯЁ]{{0,4}}(?:{WORDS.pattern('form-initials')})[А-ЯЁ]{{0,4}}")
_FORM_END = re.compile(rf"[А-Я]{{1,5}}(?:{'|'.join(WORDS.endings('form-ending'))})")
_BEFORE_TITLE = re.compile(r"[А-ЯЁ]{3,5}")


def form(tokens: Sequence[Token], ahead: Span, kind: int, listed: Span | None) -> Span | None:
    """Return the legal form in the tokens ``ahead`` of a quotation: spelt out, else the ``listed`` one.

    One that is spelt out takes all of them («областная общественная организация «…»») or ends where another word for
    the kind begins (at ``kind``, -1 for none): «учреждение культуры Дом культуры «Луч»».
    """
    first, mark = ahead
    noun = next((index for index in range(first, mark) if tells_form(tokens, index, index + 1)), mark)
    return listed if noun == mark else (first, kind if noun < kind < mark else mark)


def tells_form(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a word for a legal form («учреждение») is among some tokens."""
    return any(token.word.lemmas & _FORM_NOUNS for token in tokens[first:last])


def is_unlisted_form(tokens: Sequence[Token], index: int, opening: Container[int]) -> bool:
    """Tell whether an abbreviation before a quotation is a legal form that the scheme lacks («ГКБУК «…»»)."""
    quoted = index + 1 < len(tokens) and tokens[index + 1].start in opening
    return quoted and is_spelt_like_unlisted(tokens[index])


def is_spelt_like_unlisted(token: Token) -> bool:
    """Tell whether a word ends as the initials of legal forms do («ГКБУК»)."""
    return _FORM_END.fullmatch(token.text) is not None


def is_spelt_like_form(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word holds the letters of a legal form and something stands behind it: «МБОУДОД ДЮСШ»."""
    apart = index + 1 < len(tokens) and tokens[index + 1].start > tokens[index].end
    return apart and _FORM.fullmatch(tokens[index].text) is not None


def unlisted(tokens: Sequence[Token], first: int, last: int, opening: Container[int]) -> Iterator[int]:
    """Yield the words in initials for a legal form or kind: before a quotation («МОФ «…»»), or spelt like a form.

    ``opening`` are the offsets at which quotations open.
    """
    for index in range(first, last - 1):
        quoted = tokens[index + 1].start in opening and _BEFORE_TITLE.fullmatch(tokens[index].text)
        if quoted or is_spelt_like_form(tokens, index):
            yield index


def namesake(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Return the first surname behind initials, else behind a given name: «М. Шагала», «Марка Шагала»."""
    initialled = (found for index in range(first, last) if (found := _initialled(tokens, index, last)))
    named = ((index, index + 2) for index in range(first, last - 1) if _named(tokens[index], tokens[index + 1]))
    return next(initialled, None) or next(named, None)


def seats(tokens: Sequence[Token], first: int, last: int) -> Iterator[Span]:
    """Yield the towns that a word for one tells, with their region: «г. Витебска», «города Сафоново … области»."""
    for index in range(first, last - 1):
        town = _behind_town_word(tokens, index)
        if index < town < last and _capitalised(tokens[town]):
            yield index, town + 3 if _is_region(tokens[town + 1 : min(town + 3, last)]) else town + 1


def _behind_town_word(tokens: Sequence[Token], index: int) -> int:
    """Return the index behind «г.» or «города», ``index`` where no such word stands there."""
    one = tokens[index].word
    if tokens[index].text in _TOWN_SHORT and tokens[index + 1].text == ".":
        return index + 2
    return index + 1 if one.lemmas & _TOWN and one.has("gent", "sing") and not one.title else index


def _is_region(behind: Sequence[Token]) -> bool:
    """Tell whether two words name a region: «Смоленской области»."""
    adjective, area = (one.word for one in behind) if len(behind) == 2 else (word(""), word(""))
    return adjective.title and adjective.adjectival() and bool(area.lemmas & _REGION)


def _initialled(tokens: Sequence[Token], index: int, last: int) -> Span | None:
    end = index
    while end < last and end < index + 4 and is_initial(tokens, end):
        end += 2
    return (index, end + 1) if index < end < last and _capitalised(tokens[end]) else None


def _named(given: Token, surname: Token) -> bool:
    both = _capitalised(given) and _capitalised(surname)
    return both and given.word.has("Name") and surname.word.has("Surn")


def _capitalised(token: Token) -> bool:
    return token.kind == "word" and token.word.title and token.text[1:2].islower()
