"""The names that stand before a post: «Анна Линд – член …», «Орлова Светлана (управляющая делами)»."""

from pobratim.extract.cells import CellText
from pobratim.extract.person_ahead import family_name, given_name
from pobratim.extract.person_ends import initial, name_end
from pobratim.extract.person_names import BEFORE_NAME, LONGEST_BEFORE, TITLES, honoured, name_begins, unknown_name
from pobratim.lexicon.words import WORDS

_AND = WORDS.of("between-like")
_ITEM_ENDS = {",", ";", "(", ":", "."}
_MARKS = ("Name", "Surn", "Patr")
_SHORTEST, _LONGEST = 2, 3


def name_before(cell: CellText, index: int, first: int) -> list[tuple[int, int]]:
    """Return the name that a mark parts from the post at ``index``, behind ``first``: «Анна Линд – член …».

    Only a name with a known first name, a patronymic or initials counts, or one that is all of its item («Сунь Мэй
    (директор)»).
    """
    end = index - 1
    if end <= first or cell.tokens[end].text not in {",", *BEFORE_NAME}:
        return []
    for start in range(max(first, end - LONGEST_BEFORE), end - 1):
        addressed = cell.low(start - 1) in TITLES
        apart = start == first or addressed or not cell.tokens[start - 1].word.title
        apart = apart and not honoured(cell, start) and not (cell.low(start - 1) == "." and initial(cell, start - 2))
        begins = name_begins(cell, start) or (addressed and unknown_name(cell, start, {}))
        begins = begins or (cell.tokens[end].text != "," and _is_item(cell, start, end))
        if apart and begins and name_end(cell, start) == end:
            return [(start, end)]
    return []


def _is_item(cell: CellText, start: int, end: int) -> bool:
    """Tell whether two or three capitalised words that are no other known ones are an item from its beginning."""
    opened = start == 0 or cell.tokens[start - 1].text in _ITEM_ENDS or cell.new_line(start)
    words = [token.word for token in cell.tokens[start:end]]
    if not opened or not unknown_name(cell, start, {}) or not _SHORTEST <= len(words) <= _LONGEST:
        return False
    other = any(word.known and not any(word.has(mark) for mark in _MARKS) and not family_name(word) for word in words)
    told = any(word.has("Surn") or word.has("Name") or family_name(word) or given_name(word) for word in words)
    return told and not other and all(word.has("nomn") or not word.known for word in words)


def names_before(cell: CellText, index: int, first: int) -> list[tuple[int, int]]:
    """Return the names before the post of several at ``index`` («Анна Линд и Кари Ниеми – руководители …»)."""
    found = name_before(cell, index, first)
    while found:
        joint = found[0][0] - 1
        if joint <= first or cell.low(joint) not in _AND:
            break
        starts = (s for s in range(max(first, joint - LONGEST_BEFORE), joint - 1) if name_end(cell, s) == joint)
        start = next((s for s in starts if name_begins(cell, s) and not honoured(cell, s)), -1)
        if start < 0:
            break
        found.insert(0, (start, joint))
    return found
