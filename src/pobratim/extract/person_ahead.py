"""What lies ahead: whether capitalised words are a person, so that no body, town or post reaches over them."""

from pobratim.extract.cells import CellText
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import Word

GIVEN = WORDS.of("given-name")
_FAMILIES = WORDS.of("family-name-first")
_FULL = 2
_LONGEST = 4
"""So many words has a name at most: «Нгуен Тхи Ким Нган»."""


def given_name(word: Word) -> bool:
    """Tell whether a capitalised word is a first name in the nominative («Виталий», «Хосе»)."""
    return word.has("Name", "nomn") or word.low in GIVEN


def family_first(word: Word) -> bool:
    """Tell whether a capitalised word is a family name that goes before the person's own («Ван», «Ким», «Нгуен»)."""
    return word.title and word.low in _FAMILIES


def family_name(word: Word) -> bool:
    """Tell whether a word is such a family name in any case («Чжаном»)."""
    return word.title and not word.lemmas.isdisjoint(_FAMILIES)


def person_at(cell: CellText, index: int) -> int:
    """Return the end of the person's name in the nominative that surely begins at ``index``, 0 if none does.

    A first name, or a family name of those that go first, is known, and a further capitalised word follows, whatever
    town or people it may be as well («Анна Самара», «Ван Синьчжу»), but no adjective of a noun («Анна Воронежской …»).
    """
    end = _run(cell, index)
    if end - index < 2:
        return 0
    first, second = cell.tokens[index].word, cell.tokens[index + 1].word
    if family_first(first) or _patronymic(cell, index, end):
        return end
    if not given_name(first):
        return 0
    doubtful = first.has("NOUN", "gent", "sing") and not first.has("Fixd")
    return 0 if doubtful and second.has("gent") and not second.has("nomn") else end


def _patronymic(cell: CellText, index: int, end: int) -> bool:
    """Tell whether a last name, a first name and a patronymic begin here («Дьячкова Нина Фёдоровна»)."""
    if end - index <= _FULL:
        return False
    last, first, middle = (token.word for token in cell.tokens[index : index + _FULL + 1])
    return last.has("Surn", "nomn") and first.has("Name", "nomn") and middle.known and middle.has("Patr", "nomn")


def _run(cell: CellText, index: int) -> int:
    """Return the index behind the capitalised words at ``index`` that may be one name."""
    end = index
    while end < len(cell.tokens) and end - index < _LONGEST and _part(cell, index, cell.tokens[end]):
        end += 1
    while end - index > 1 and _describes(cell, end - 1):
        end -= 1
    return end


def _part(cell: CellText, first: int, token: Token) -> bool:
    index = cell.index_at(token.start)
    one = token.kind == "word" and token.word.title and len(token.text) > 1 and not token.word.upper
    return one and cell.quote_of[index] is cell.quote_of[first]


def _describes(cell: CellText, index: int) -> bool:
    """Tell whether a word is an adjective of the lower-case noun behind it («Воронежской области»)."""
    behind = cell.tokens[index + 1] if index + 1 < len(cell.tokens) else None
    if behind is None or behind.kind != "word" or behind.word.title or not cell.tokens[index].word.adjectival():
        return False
    return agree(cell.tokens[index].word, behind.word)


def led_person(cell: CellText, index: int) -> int:
    """Return the end of a first and a last name in the ablative at ``index`` («города Петром Линдом»), else 0."""
    pair = [token.word for token in cell.tokens[index : index + 2]]
    named = len(pair) > 1 and pair[0].has("Name", "ablt") and not pair[0].has("Geox") and pair[1].has("Surn", "ablt")
    return index + 2 if named and all(word.title for word in pair) else 0


def surname_at(cell: CellText, index: int) -> int:
    """Return the end of a surname with initials behind it («города Лысов Е.»), 0 where these are of a name behind."""
    end = index + 1
    while end + 1 < len(cell.tokens) and len(cell.tokens[end].text) == 1 and cell.low(end + 1) == ".":
        if not cell.tokens[end].word.title:
            return 0
        end += 2
    behind = cell.tokens[end] if end < len(cell.tokens) else None
    other = behind is not None and behind.kind == "word" and behind.word.title and not cell.new_line(end)
    return end if end > index + 1 and not other else 0


def two_titled(cell: CellText, index: int) -> bool:
    """Tell whether two capitalised words that are no abbreviations stand at ``index``, as names of people do."""
    pair = cell.tokens[index : index + 2]
    return len(pair) == 2 and all(t.kind == "word" and t.word.title and not t.word.upper for t in pair)


def person_ahead(cell: CellText, index: int) -> bool:
    """Tell whether two capitalised words, or a surname with initials, at ``index`` are a person's name."""
    pair = cell.tokens[index : index + 2]
    if len(pair) < 2 or any(t.kind != "word" or not t.word.title for t in pair) or pair[0].word.upper:
        return False
    first, second = (t.word for t in pair)
    if len(second.text) == 1:
        return cell.low(index + 2) == "."
    if first.adjectival() and not first.has("Surn"):
        return False
    return (first.has("Name") or not first.known or not first.has("gent")) and (
        second.has("Surn") or second.has("Patr") or second.has("Name") or not second.known
    )


def town_and_name(cell: CellText, first: int, last: int) -> bool:
    """Tell whether a town no list knows stands before a first and a last name («мэр Кафана Геворг Парсян»)."""
    words = [token.word for token in cell.tokens[first:last]]
    if len(words) != _FULL + 1 or any(len(word.text) == 1 for word in words) or given_name(words[0]):
        return False
    town = words[0].has("Geox") or not (words[0].has("Surn") or words[0].has("Name") or family_name(words[0]))
    named = words[1].has("Name") or words[1].low in GIVEN
    return town and named and not (words[2].known and words[2].has("Patr")) and not words[2].has("Name")
