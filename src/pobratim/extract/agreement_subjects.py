"""What an agreement is about, as the words behind its noun say it: «о сотрудничестве в сфере культуры и спорта»."""

import re
from collections.abc import Callable

from pobratim.extract.agreement_terms import Told
from pobratim.extract.cells import CellText
from pobratim.extract.dates import read_dating
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token

NUMBER = re.compile(
    rf"(?:{WORDS.pattern('number-sign')})\s*(?P<number>(?:[^\W_]|[/\\.–-](?=[^\W_])){{1,30}})", re.IGNORECASE
)
"""The number of a document, with its sign."""
_ABOUT, _FIELD, _FILLERS = WORDS.of("about"), WORDS.of("field-of"), WORDS.of("number-filler")
_ENDS = frozenset(word for word in WORDS.of("subject-end") if " " not in word)
_VERBS = ("VERB", "PRTS", "PRTF", "GRND")
_MOST_TOKENS = 16
_MOST_SKIPPED = 14
_WITHIN = frozenset('-«»"„“”')
_CLOSING = frozenset(",;:()–—-.")


def read_subject(cell: CellText, first: int, last: int, is_party: Callable[[int], bool]) -> Told | None:
    """Return the phrase that tells the subject of the agreement named at token ``first``; None where none does.

    ``is_party`` tells of a token whether it belongs to the name of an organisation or place: there a subject ends.
    """
    begin = _begin(cell, first, last)
    if begin < 0:
        return None
    end = begin + 1
    while end < min(last, begin + _MOST_TOKENS) and not _stops(cell, end, is_party):
        end += 1
    while end > begin + 1 and (cell.tokens[end - 1].text in _CLOSING or _is_loose(cell, end - 1)):
        end -= 1
    if end <= begin + 1:
        return None
    return Told(cell.flat(begin, end), cell.tokens[begin].start, cell.tokens[end - 1].end, "agreement-subject")


def _begin(cell: CellText, first: int, last: int) -> int:
    """Return the preposition of the subject: in the noun's label, or behind it and the document's number and date."""
    dated, numbered = _dated(cell, first, last), _numbered(cell, first, last)
    for index in range(first + 1, min(last, first + _MOST_SKIPPED)):
        token = cell.tokens[index]
        if token.low in _ABOUT or (token.word.has("PREP") and cell.low(index + 1) in _FIELD):
            return index
        if index not in dated and index not in numbered and not _may_stand_between(token):
            return -1
    return -1


def _may_stand_between(token: Token) -> bool:
    """Tell whether a token may part noun and subject: a mark, «от», «года», a participle («подписанное»)."""
    return token.kind != "word" or token.low in _FILLERS or token.word.has("PRTF") or token.word.has("PRTS")


def _numbered(cell: CellText, first: int, last: int) -> range:
    """Return the tokens of the first number behind a noun, with its sign."""
    match = NUMBER.search(cell.raw, cell.tokens[first].end, cell.tokens[last - 1].end)
    return range(cell.index_at(match.start()), cell.index_at(match.end() - 1) + 1) if match else range(0)


def _dated(cell: CellText, first: int, last: int) -> range:
    """Return the tokens of the first date behind a noun."""
    begin = cell.tokens[first].end
    dating = read_dating(cell.raw[begin : cell.tokens[last - 1].end])
    if dating is None:
        return range(0)
    return range(cell.index_at(begin + dating.first), cell.index_at(begin + dating.last - 1) + 1)


def _stops(cell: CellText, index: int, is_party: Callable[[int], bool]) -> bool:
    """Tell whether a subject ends before a token: at a party, a date, a verb, another clause."""
    token = cell.tokens[index]
    if token.kind == "number":
        return True
    if token.kind == "mark":
        return not (token.text in _WITHIN or (token.text == "," and _goes_on(cell, index)))
    if token.low in _ENDS and cell.quote_of[index] is None:
        return True
    if is_party(index):
        return True
    return cell.quote_of[index] is None and _is_verb(token)


def _goes_on(cell: CellText, index: int) -> bool:
    """Tell whether a comma is one of a list: «в сфере культуры, спорта и туризма»."""
    behind = cell.tokens[index + 1] if index + 1 < len(cell.tokens) else None
    if behind is None or behind.kind != "word" or behind.word.title:
        return False
    before = cell.tokens[index - 1].word
    kinds = ("NOUN", "ADJF")
    return any(
        any(before.has(kind, case) for kind in kinds) and any(behind.word.has(kind, case) for kind in kinds)
        for case in ("gent", "loct", "datv", "accs", "ablt")
    )


def _is_verb(token: Token) -> bool:
    word = token.word
    return any(map(word.has, _VERBS)) and not word.has("NOUN") and not word.has("ADJF")


def _is_loose(cell: CellText, index: int) -> bool:
    """Tell whether a word cannot end a subject: «и», a preposition."""
    word = cell.tokens[index].word
    return cell.tokens[index].kind == "word" and (word.has("CONJ") or word.has("PREP"))
