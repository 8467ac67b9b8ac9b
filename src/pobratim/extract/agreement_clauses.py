"""Which words speak of which agreement: sentences, their clauses and lists, each with the noun that it is about."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pobratim.extract.agreement_parties import Said
from pobratim.extract.cells import CellText
from pobratim.extract.plurals import is_plural
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Telling

_PREDICATES = ("VERB", "PRTS")
_SUBORDINATE = WORDS.of("subordinate")
Sentence = tuple[int, int, list[Match]]
"""First and last token of a sentence or clause, and the nouns of agreements in it."""
_WITH, _STOPS = WORDS.of("preposition-with"), WORDS.of("between-like") | {";"}
_DASHES = frozenset("-–—•")
_DOCUMENT = WORDS.stems("of-document")
_LEADING = 4
"""So many words at most lead a further document: «ещё один документ –»."""
_COLON: Telling[bool] = Telling(lambda token: token.text == ":" or None)


def stretches(cell: CellText, found: Sequence[Sentence]) -> Iterator[Said]:
    """Yield what each noun of a cell's sentences (first, last, nouns) speaks in.

    Items of a list behind a colon belong to the plural before it; a clause with a verb of its own is as a sentence.
    """
    position, lead = 0, None
    while position < len(found):
        first, last, nouns = found[position]
        position += 1
        further = cell.low(first - 1) == ";" or _item(cell, first)
        lead = _lead(cell, first, last, nouns) or (lead if further else None)
        while nouns and position < len(found) and _goes_on(cell, nouns[-1], last, found[position]):
            last = found[position][1]
            position += 1
        apart = [noun for n, noun in enumerate(nouns) if n == 0 or noun.first >= nouns[n - 1].last]
        for said in _of_sentence(cell, first, last, apart):
            listed = lead if lead is not None and said.noun.first >= lead[1] else None
            yield said._replace(lead=said.lead or listed)


def _lead(cell: CellText, first: int, last: int, nouns: Sequence[Match]) -> tuple[int, int] | None:
    """Return the words before the colon of a list («подписаны 2 документа: 1) …; 2) …»), None where there is none."""
    colon = next((i for i, _ in _COLON.among(cell.tokens, first, last) if cell.quote_of[i] is None), -1)
    listed = colon > first and not any(noun.first < colon for noun in nouns)
    return (first, colon) if listed else None


def _item(cell: CellText, index: int) -> bool:
    """Tell whether a numbered item of a list begins («… на 2025 г. 2) договор»)."""
    return index < len(cell.tokens) and cell.tokens[index].kind == "number" and cell.low(index + 1) == ")"


def _goes_on(cell: CellText, noun: Match, last: int, following: Sentence) -> bool:
    """Tell whether a sentence is the next item of a list: «заключены договоры: – А и Б; – В и Г»."""
    first, _, nouns = following
    if nouns or cell.low(last - 1) != ";" or not is_plural(cell.tokens[noun.first].word):
        return False
    return any(cell.low(i) == ":" for i in range(noun.last, last)) and (
        cell.low(first) in _DASHES or cell.tokens[first].kind == "number" or _lists(cell, noun.last, last)
    )


def _lists(cell: CellText, first: int, last: int) -> bool:
    """Tell whether no verb stands behind the colon: what follows are names."""
    colon = next((i for i in range(first, last) if cell.low(i) == ":"), last)
    return not _predicate(cell, colon, last)


def _of_sentence(cell: CellText, first: int, last: int, nouns: Sequence[Match]) -> Iterator[Said]:
    """Give each noun of a sentence the words from the noun before it to the next, or its own clause."""
    for start, stop, own in _by_clause(cell, first, last, nouns):
        bounds = [start, *(noun.last for noun in own)]
        ends = [*(noun.first for noun in own[1:]), stop]
        apart = {0}
        for n, (noun, behind) in enumerate(pairwise(own)):
            if comma := shared_out(cell, noun.last, behind.first):
                ends[n], bounds[n + 1] = comma, comma + 1
                apart.add(n + 1)
        for n, (noun, left, right) in enumerate(zip(own, bounds, ends, strict=False)):
            said = Said(cell.column, start, left, right, noun, alone=n in apart, more=n + 1 < len(own))
            if n == 0 and start > first and _further(cell, start):
                said = said._replace(lead=(first, start - 1))
            yield said._replace(start=left, lead=(start, own[0].first)) if n and n in apart else said


def shared_out(cell: CellText, first: int, last: int) -> int:
    """Return the comma behind which the next of several is told before a dash («с Лидой – договор, с Гродно – план»).

    ``first`` and ``last`` are the end of what the one before was given, and the beginning of what this one is; 0 where
    nothing is shared out so.
    """
    if cell.low(last - 1) not in _DASHES:
        return 0
    commas = (i for i in range(last - 1, first - 1, -1) if cell.low(i) in _STOPS and cell.low(i + 1) in _WITH)
    return next((i for i in commas if cell.quote_of[i] is None), 0)


def _by_clause(cell: CellText, first: int, last: int, nouns: Sequence[Match]) -> Iterator[Sentence]:
    """Yield the clauses of a sentence that have a verb and a noun each: first, last, nouns."""
    start, own = first, list(nouns[:1])
    for before, noun, behind in zip(nouns, nouns[1:], [*nouns[2:], None], strict=False):
        stop = behind.first if behind is not None else last
        parted = _parted(cell, start, before.last, noun.first, stop)
        if parted:
            yield start, parted, own
            start, own = parted + 1, []
        own.append(noun)
    if own:
        yield start, last, own


def _parted(cell: CellText, start: int, begin: int, end: int, stop: int) -> int:
    """Return the last comma between two nouns that parts two clauses with a verb each, 0 for none."""
    for at in range(end - 1, begin - 1, -1):
        if cell.low(at) != "," or cell.quote_of[at] is not None or _hangs_on(cell, at + 1):
            continue
        if _further(cell, at + 1):
            return at
        if _predicate(cell, start, at) and _predicate(cell, at + 1, stop):
            return at
    return 0


def _further(cell: CellText, index: int) -> bool:
    """Tell whether a clause begins with a further document of a list («…, второй документ – протокол …»)."""
    words = cell.tokens[index : index + _LEADING]
    dash = next((n for n, token in enumerate(words) if token.text in _DASHES), 0)
    return dash > 0 and words[dash - 1].low.startswith(_DOCUMENT)


def _hangs_on(cell: CellText, index: int) -> bool:
    """Tell whether a clause is one about the noun before it («…, который …», «…, предусматривающий …»)."""
    if index >= len(cell.tokens):
        return True
    word = cell.tokens[index].word
    following = cell.tokens[min(index + 1, len(cell.tokens) - 1)].word
    return word.has("PRTF") or word.has("GRND") or bool((word.lemmas | following.lemmas) & _SUBORDINATE)


def _predicate(cell: CellText, first: int, last: int) -> bool:
    """Tell whether a finite verb or short participle stands there, outside of quotations."""
    for index in range(first, last):
        word = cell.tokens[index].word
        if cell.quote_of[index] is None and any(map(word.has, _PREDICATES)) and not word.has("NOUN"):
            return True
    return False
