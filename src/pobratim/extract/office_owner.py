"""What an office is of where that stands before it: the body of a bracket or of «во главе с», or whom «её» means."""

from collections.abc import Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS

_POSSESSIVE, _HEADED = WORDS.of("possessive"), WORDS.of("headed")
Span = tuple[int, int]


def body_before(cell: CellText, index: int, mentions: Sequence[Mention]) -> int:
    """Return the organisation before «(», «во главе с» and a post, -1 if none: «гимназии (директор Анна Петрова)»."""
    start = index - 1
    if [cell.low(i) for i in range(index - 3, index)] == ["во", "главе", "с"]:
        start = index - 3
    elif cell.low(start) != "(":
        return -1
    return next((n for n, m in enumerate(mentions) if m.last == start), -1)


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
