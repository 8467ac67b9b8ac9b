"""Where a person's name ends: its words, initials with their dots, and the particles within."""

from pobratim.extract.cells import CellText
from pobratim.extract.person_ahead import family_name
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import FIRST_CYRILLIC

_LONGEST_NAME = 3
# What stands in lower case within names: before the last name or joined to it by a hyphen; behind a patronymic.
_PARTICLES = WORDS.of("name-particle")
_PATRONYMIC = WORDS.of("patronymic-word")
_JUNIOR = WORDS.endings("junior")
TWO_LETTERS = WORDS.of("initial-of-two-letters")


def particle(cell: CellText, index: int) -> bool:
    """Tell whether a part of a name in lower case stands at ``index`` («Луис де Соуза», «Махмуд эль-Саид»)."""
    token = cell.tokens[index] if index < len(cell.tokens) else None
    if token is None or token.word.title:
        return False
    head, _, name = token.text.partition("-")
    if name:
        return head in _PARTICLES and name[:1].isupper()
    behind = cell.tokens[index + 1].word if index + 1 < len(cell.tokens) else None
    return token.low in _PARTICLES and behind is not None and (behind.title or particle(cell, index + 1))


def initial(cell: CellText, index: int) -> bool:
    """Tell whether one capital letter stands at ``index``, as before a further initial («М.В. Ломоносова»)."""
    return titled(cell, index) and len(cell.tokens[index].text) == 1


def titled(cell: CellText, index: int) -> bool:
    """Tell whether a capitalised word stands at ``index``."""
    return 0 <= index < len(cell.tokens) and cell.tokens[index].word.title


def name_end(cell: CellText, index: int) -> int:
    """Return the index behind a name: at most three words or initials, with the dots of the initials.

    Of names that no dictionary has it may be four («Мохамед Абдель Азиз Хегази»).
    """
    end, words = index, 0
    while end < len(cell.tokens):
        token = cell.tokens[end]
        before = cell.tokens[end - 1] if end > index else None
        if token.text == "." and before is not None and (is_initial(before) or before.low.endswith(_JUNIOR)):
            end += 1
        elif _whole(cell, index, end):
            break
        elif token.kind == "word" and token.word.title and (words < _LONGEST_NAME or _fourth(cell, index, end)):
            end, words = end + 1, words + (end == index or cell.low(end - 1) not in _PARTICLES)
        elif (end > index and token.low in _PATRONYMIC) or ((end > index or "-" in token.text) and particle(cell, end)):
            end += 1
        else:
            break
    return end


def initials(cell: CellText, first: int, last: int) -> bool:
    """Tell whether a name has initials."""
    return any(is_initial(token) for token in cell.tokens[first:last])


def is_initial(token: Token) -> bool:
    """Tell whether a word is an initial («И», «Дж»)."""
    return token.kind == "word" and (len(token.text) == 1 or token.low in TWO_LETTERS)


def _whole(cell: CellText, index: int, end: int) -> bool:
    """Tell whether a name is told before ``end``: «Одинцова О.В.» before a new line or a further word, «Alpine Trade».

    A name is written in one script.
    """
    if end == index:
        return False
    before, token = cell.tokens[end - 1], cell.tokens[end]
    if before.text == ".":
        surname = len(cell.tokens[index].text) > 1 and cell.low(index + 1) != "."
        return surname and not initial(cell, end) and (cell.new_line(end) or cell.low(end - 3) == ".")
    return before.kind == token.kind == "word" and (before.text[0] < FIRST_CYRILLIC) != (token.text[0] < FIRST_CYRILLIC)


def _fourth(cell: CellText, index: int, end: int) -> bool:
    """Tell whether the word at ``end`` is the fourth and last one of a name."""
    words = [token.word for token in cell.tokens[index:end]]
    own = cell.tokens[end].word
    named = not own.known or own.has("Name") or own.has("Surn") or family_name(words[0])
    whole = all(len(word.text) > 1 and not word.has("Patr") for word in words) and len(words) == _LONGEST_NAME
    behind = cell.tokens[end + 1] if end + 1 < len(cell.tokens) else None
    closed = behind is None or behind.kind != "word" or not (behind.word.title or agree(own, behind.word))
    return whole and named and closed and not own.upper and len(own.text) > 1
