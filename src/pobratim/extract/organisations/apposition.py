"""A body's own word at once behind its kind («Концерн Росэнергоатом»), and where it ends before who holds a post."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import Anchors
from pobratim.extract.organisations.grow import Grower
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import person_ahead, person_at, two_titled
from pobratim.names.initials import is_acronym

_PAIR, _RUN = 2, 3
"""So many capitals are a body's own word and a person's name."""


def apposition(cell: CellText, mention: Mention, anchors: Anchors, grower: Grower) -> None:
    """Take an unquoted proper name behind the kind of ``mention`` («Концерн Росэнергоатом»), where one stands there."""
    index = mention.last
    if index != mention.head + 1 or index >= len(cell.tokens) or anchors.headed(cell, index) is not None:
        return
    token = cell.tokens[index]
    named = token.word.title and not is_acronym(token) and (token.word.has("NOUN") or not token.word.known)
    if named and not _of_another(cell, mention, index, anchors):
        end = index + (_PAIR if _strange_pair(cell, index) else 1)
        mention.complement = (index, end)
        mention.last = end
        grower.tail(cell, mention, chain=token.word.has("gent"))


def _of_another(cell: CellText, mention: Mention, index: int, anchors: Anchors) -> bool:
    """Tell whether the word at ``index`` is a person's or a place's name, or an adjective: none of the body's own."""
    word = cell.tokens[index].word
    proper = word.known and any(word.has(mark) for mark in ("Name", "Surn", "Geox"))
    led = anchors.posted(cell, mention.first, office=False)
    person = person_ahead(cell, index) or person_at(cell, index) > 0 or (led and two_titled(cell, index))
    person = person and (led or not (_ruled(cell, mention) and _strange_pair(cell, index)))
    return (proper or word.adjectival() or person) and not (led and _before_holder(cell, index))


def _ruled(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body is told by what rules its kind, so that nobody's post stands before: a preposition, a group.

    «С Университетом …», «делегация Университета …».
    """
    if mention.first == 0:
        return False
    before, head = cell.tokens[mention.first - 1].word, cell.tokens[mention.head].word
    return before.has("PREP") or (before.has("NOUN") and not before.title and head.has("gent"))


def _strange_pair(cell: CellText, index: int) -> bool:
    """Tell whether two words that no dictionary has are all the capitals at ``index`` («Гаджа Мада»)."""
    run = cell.tokens[index : index + _RUN]
    strange = two_titled(cell, index) and not any(t.word.known or t.word.adjectival() for t in run[:_PAIR])
    return strange and person_at(cell, index) == 0 and not (len(run) == _RUN and run[-1].word.title)


def _before_holder(cell: CellText, index: int) -> bool:
    """Tell whether one own word stands before who holds a post («университета Хаджеттепе Мурат Япыджы»)."""
    words = [token.word for token in cell.tokens[index : index + _RUN]]
    if len(words) < _RUN or not two_titled(cell, index + 1) or any(word.has("Patr") for word in words):
        return False
    strange = not any(word.known or word.adjectival() for word in words)
    surname = words[0].known and words[0].has("Surn")
    return not surname and person_at(cell, index) == 0 and (strange or person_at(cell, index + 1) > 0)
