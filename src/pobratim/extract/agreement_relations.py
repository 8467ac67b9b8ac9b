"""Lasting relations that a row tells with a date but without a document: «города-побратимы с 2017 года»."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pobratim.extract.agreement_clauses import shared_out
from pobratim.extract.agreement_dates import told_of
from pobratim.extract.agreement_parties import Partners
from pobratim.extract.agreement_phrases import IN_FORCE, STATUS_WORD, UNTOLD, Fields, Told, of_tokens
from pobratim.extract.cells import CellText
from pobratim.extract.context import RowView
from pobratim.extract.dates import read_dating
from pobratim.lexicon.words import WORDS
from pobratim.record import Agreement
from pobratim.text.tokens import Telling, Token

_RELATIONS = WORDS.stems("relation")
_BEGUN = WORDS.of("relation-begun")
_SINCE = WORDS.of("preposition-with")
_TWINS = WORDS.stems("tie-twins")
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN = WORDS.of("preposition-where")
_DASHES = frozenset("–—-")
_NEAR = 60
"""So many letters away from the word for the relation its year may stand."""
_DATE_WORDS = 4


class Relation(NamedTuple):
    """An agreement in force that is told as a relation, and where: column and tokens; ``fields`` are told there."""

    agreement: Agreement
    span: tuple[str, int, int]
    fields: Fields


def relations(view: RowView, partners: Partners, columns: Sequence[str]) -> Iterator[Relation]:
    """Yield the relations that sentences without a document date before the event, with the one partner of each."""
    current = view.record.start[:4]
    for column in columns:
        cell = view.cells.get(column)
        for first, last in cell.sentences() if cell is not None else ():
            words = _told(cell, first, last) if cell is not None else []
            if cell is None or not words or _document(view, cell, first, last):
                continue
            twins = any(stem in cell.low(i) for i in range(first, last) for stem in _TWINS)
            kind = "twinning" if twins else "agreement"
            for begin, end in _shared(cell, first, last):
                date = _given(cell, begin, end) if begin > first else _since(cell, begin, end, words)
                is_before = date.value and not date.value[:4] >= (current or "9999")
                names = partners.of_relation(column, begin, end) if is_before else []
                if names:
                    stands = Told(IN_FORCE, of_tokens(cell, words[0], words[0] + 1, STATUS_WORD))
                    agreement = Agreement(kind, stands.value, date.value, names)
                    fields = {"status": stands, "date": date}
                    yield Relation(agreement, (column, words[0], words[0] + 1), fields)


def _shared(cell: CellText, first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts of a sentence that gives each partner a date («отношения с А – с 2002 года, с Б – с 2010»)."""
    parts = [first]
    dashes = [i for i in range(first, last) if cell.tokens[i].text in _DASHES and cell.quote_of[i] is None]
    for dash in dashes:
        comma = shared_out(cell, parts[-1], dash + 1)
        if comma and any(_YEAR.fullmatch(cell.low(i)) for i in range(parts[-1], comma)):
            parts.append(comma + 1)
    return list(pairwise([*parts, last]))


def _given(cell: CellText, first: int, last: int) -> Told:
    """Return the date behind the dash of such a part, an empty one where none is."""
    dash = next((i for i in range(first, last) if cell.tokens[i].text in _DASHES), last - 1)
    year = next((i for i in range(dash, last) if _YEAR.fullmatch(cell.low(i))), -1)
    if year < 0:
        return UNTOLD
    return _single(cell, dash + 1 + (cell.low(dash + 1) in _SINCE | _IN), min(year + 1, last - 1))


def _single(cell: CellText, first: int, last: int) -> Told:
    """Return the day, month or year that the tokens from ``first`` to ``last`` are, an empty one for anything else."""
    start = cell.tokens[first].start
    dating = read_dating(cell.raw[start : cell.tokens[last].end])
    found = told_of(cell, dating and dating._replace(first=dating.first + start, last=dating.last + start))
    return found if found.value else UNTOLD


def _of_relation(token: Token) -> bool | None:
    """Tell whether a word is of a relation, alone or joined to what is related («школы-побратимы»)."""
    low = token.low
    parts = (low, low.rpartition("-")[2]) if "-" in low else (low,)
    return any(part.startswith(_RELATIONS) for part in parts) or None


_RELATED = Telling(_of_relation)


def _told(cell: CellText, first: int, last: int) -> list[int]:
    """Return the words of relations among some tokens, outside of quotations."""
    return [index for index, _ in _RELATED.among(cell.tokens, first, last) if cell.quote_of[index] is None]


def _document(view: RowView, cell: CellText, first: int, last: int) -> bool:
    """Tell whether a sentence names a document: then that is the agreement («связи закреплены договором»)."""
    found = view.lexicon.matcher("agreement-kind").find(cell.tokens, first, last)
    return any(m.concept.local != "other" and not _told(cell, m.first, m.first + 1) for m in found)


def _since(cell: CellText, first: int, last: int, words: Sequence[int]) -> Told:
    """Return the date since when a relation is, an empty one where a year is that of something else."""
    begun = any(t.word.lemmas & _BEGUN for t in cell.tokens[first:last])
    for index in range(first, last):
        if not _YEAR.fullmatch(cell.low(index)):
            continue
        start = index
        while start > first and index - start < _DATE_WORDS and cell.tokens[start - 1].kind != "mark":
            start -= 1
            if cell.low(start) in _SINCE:
                break
        near = any(abs(cell.tokens[index].start - cell.tokens[word].start) <= _NEAR for word in words)
        if near and (begun or cell.low(start) in _SINCE):
            date = _single(cell, start, min(index + 1, last - 1))
            if date.value:
                return date
    return UNTOLD
