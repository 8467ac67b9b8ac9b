"""Where in a list of tokens the parts of a name stand that shape and a few words tell, be it a name's or a cell's."""

import re
from collections.abc import Container, Iterator, Sequence

from pobratim.lexicon.words import WORDS
from pobratim.names.honour import is_initial
from pobratim.text.tokens import Token

Span = tuple[int, int]
_FORM_NOUNS = WORDS.of("form-noun")
_FORM = re.compile(rf"[А-ЯЁ]{{0,4}}(?:{WORDS.pattern('form-initials')})[А-ЯЁ]{{0,4}}")
_BEFORE_TITLE = re.compile(r"[А-ЯЁ]{3,5}")


def spelt_form(tokens: Sequence[Token], first: int, mark: int, kind: int) -> Span | None:
    """Return the legal form that is spelt out from ``first`` on, before the quotation that opens at ``mark``.

    It ends where another word for the kind begins (``kind``, -1 for none): «учреждение культуры Дом культуры «Луч»».
    """
    noun = next((index for index in range(first, mark) if tokens[index].word.lemmas & _FORM_NOUNS), mark)
    return (first, kind if noun < kind < mark else mark) if noun < mark else None


def unlisted(tokens: Sequence[Token], first: int, last: int, opening: Container[int]) -> Iterator[int]:
    """Yield the words in initials for a legal form or kind: before a quotation («МОФ «…»»), or spelt like «МБОУДОД».

    ``opening`` are the offsets at which quotations open.
    """
    for index in range(first, last - 1):
        text, behind = tokens[index].text, tokens[index + 1]
        quoted = behind.start in opening and _BEFORE_TITLE.fullmatch(text)
        if quoted or (behind.start > tokens[index].end and _FORM.fullmatch(text)):
            yield index


def namesake(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """Return the first surname behind initials, else behind a given name: «М. Шагала», «Марка Шагала»."""
    initialled = (found for index in range(first, last) if (found := _initialled(tokens, index, last)))
    named = ((index, index + 2) for index in range(first, last - 1) if _named(tokens[index], tokens[index + 1]))
    return next(initialled, None) or next(named, None)


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
