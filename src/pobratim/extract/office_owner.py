"""What an office is of where that stands before it: the body of a bracket or of «во главе с», or whom «её» means."""

from collections.abc import Mapping, Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS

_POSSESSIVE, _HEADED = WORDS.of("possessive"), WORDS.of("headed")
_GROUPS = WORDS.of("led-group")
LED_BY = {tuple(phrase.split()): post for phrase, post in WORDS.pairs("led-by").items()}
"""Phrases that say who leads what stands before them, by their words, and the post that they tell."""
_LED_ENDS = {phrase[-1] for phrase in LED_BY}
_LONGEST_BRACKET = 6
Span = tuple[int, int]


def led_phrase(cell: CellText, index: int) -> int:
    """Return where the phrase that ends before ``index`` begins («во главе с», «под руководством его»), -1 if none."""
    index -= cell.low(index - 1) in _POSSESSIVE
    if cell.low(index - 1) not in _LED_ENDS:
        return -1
    phrases = (p for p in LED_BY if tuple(cell.low(i) for i in range(index - len(p), index)) == p)
    found = next(phrases, None)
    return index - len(found) if found is not None else -1


def body_before(cell: CellText, index: int, mentions: Sequence[Mention]) -> int:
    """Return the organisation before «(», «во главе с» and a post, -1 if none: «гимназии (директор Анна Петрова)»."""
    start = led_phrase(cell, index)
    if start >= 0:
        start = _before_bracket(cell, start)
    elif cell.low(index - 1) == "(":
        start = index - 1
    else:
        return -1
    return next((n for n, m in enumerate(mentions) if m.last == start), -1)


def group_place(cell: CellText, index: int, placed: Mapping[int, int]) -> Span:
    """Return the place of the group that one leads whose post begins at ``index``: «делегация г. Харбина во главе с …».

    (0, 0) where no group of one place stands there.
    """
    start = led_phrase(cell, index)
    end = _before_bracket(cell, start) if start >= 0 else 0
    first = next((at for at in range(max(end - 4, 0), end) if placed.get(at) == end and placed.get(at - 1) != end), 0)
    led = first > 0 and bool(cell.tokens[first - 1].word.lemmas & _GROUPS)
    return (first, end) if led else (0, 0)


def _before_bracket(cell: CellText, end: int) -> int:
    """Return where the bracket that ends at ``end`` opens, else ``end``."""
    if cell.low(end - 1) != ")":
        return end
    return next((i for i in range(end - 2, max(end - 2 - _LONGEST_BRACKET, 0), -1) if cell.low(i) == "("), end)


def whose(
    cell: CellText, first: int, organisation: int, mentions: Sequence[Mention], holders: Sequence[tuple[int, Span]]
) -> Span:
    """Return the words before ``tokens[first]`` of what the office that begins there is of; (0, 0): none.

    ``organisation`` is the number of the body that its own words name (-1: none), ``holders`` are those told before:
    where each ends, and the words of the post. «Во главе с …» and «её …» mean what is named nearest before.
    """
    number = organisation if organisation >= 0 else body_before(cell, first, mentions)
    if number >= 0 and mentions[number].first < first:
        return mentions[number].first, mentions[number].last
    theirs = cell.low(first - 1) in _POSSESSIVE
    if not theirs and not {cell.low(first - 1), cell.low(first - 2)} & _HEADED:
        return 0, 0
    sentence = cell.sentence_at(first) or (0, 0)
    spans = [(one.last, (one.first, one.last)) for one in mentions if sentence[0] <= one.first and one.last < first]
    spans += [(end, post) for end, post in holders if theirs and end < first]
    return max(spans, default=(0, (0, 0)))[1]
