"""What stands at once behind a kind: a body's own word («Концерн Росэнергоатом»), or the body that has such things."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.anchors import Anchors, Headed, flag, toponymic
from pobratim.extract.organisations.called import called_by_town
from pobratim.extract.organisations.grow import NUMBER_SIGNS, Grower
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.person_ahead import person_ahead, person_at, two_titled
from pobratim.lexicon.words import WORDS
from pobratim.names.initials import is_acronym

_HAD = WORDS.of("had-by-a-body")
_GROUPS = WORDS.of("sent-group")
_AND = WORDS.of("between-like")
_DASHES = {"–", "—", "-"}
_PARTS, _ON = WORDS.of("parts-of-a-school"), WORDS.of("preposition-where")
_TOWN_MARKS = WORDS.of("settlement-type", "settlement-abbreviation")
_PAIR, _RUN = 2, 3
"""So many capitals are a body's own word and a person's name."""
_FAR = 8


def apposition(cell: CellText, mention: Mention, anchors: Anchors, grower: Grower) -> None:
    """Take an unquoted proper name behind the kind of ``mention`` («Концерн Росэнергоатом»), where one stands there."""
    index = mention.last
    if index != mention.head + 1 or index >= len(cell.tokens) or anchors.headed(cell, index) is not None:
        return
    bracketed = _before_its_place(cell, mention, index, anchors, grower)
    if bracketed:
        mention.complement = (index, index + bracketed)
        mention.last = index + bracketed
        grower.tail(cell, mention, chain=False)
        return
    token = cell.tokens[index]
    named = token.word.title and len(token.text) > 1 and not is_acronym(token)
    own = token.word.has("NOUN") or not token.word.known or called_by_town(cell, mention)
    if named and own and not _of_another(cell, mention, index, anchors):
        end = index + (_PAIR if _strange_pair(cell, index) else 1)
        mention.complement = (index, end)
        mention.last = end
        grower.tail(cell, mention, chain=token.word.has("gent"))


def called_twice(cell: CellText, found: list[Mention]) -> list[Mention]:
    """Return mentions with those joined that a dash makes one: the second one says of what country the first is.

    «Университет Тромсё – Арктический университет Норвегии».
    """
    kept: list[Mention] = []
    for one in found:
        before = kept[-1] if kept else None
        dash = before is not None and before.last + 1 == one.first and cell.low(before.last) in _DASHES
        if before is not None and dash and _of_its_country(cell, before, one):
            before.last = one.last
            before.geos.extend(one.geos)
        else:
            kept.append(one)
    return kept


def _of_its_country(cell: CellText, before: Mention, one: Mention) -> bool:
    """Tell whether of two bodies of one noun the first has a name or town of its own, the second only a country."""
    plain = not any(m.number or m.quote or m.legal or m.plural or m.head < 0 for m in (before, one))
    if not plain or cell.tokens[before.head].word.lemmas.isdisjoint(cell.tokens[one.head].word.lemmas):
        return False
    lands = {g.country for g in one.geos if g.kind == "country"}
    towns = {g.country for g in before.geos if g.kind == "settlement" and g.country}
    named = before.last > before.label_last and before.first == before.head
    return named and len(lands) == len(one.geos) == 1 and towns <= lands


def of_what_follows(cell: CellText, headed: Headed, anchors: Anchors) -> bool:
    """Tell whether a kind is only what the body behind it has: «сообщество МБУ «…»», «музеи лицея № 31»."""
    behind = headed.last
    if headed.first != headed.head or behind >= len(cell.tokens):
        return False
    if _on_whose_base(cell, headed, anchors) or _parts_of(cell, headed, anchors):
        return True
    if cell.tokens[headed.head].word.lemmas & _HAD and anchors.legal_form(cell, behind) is not None:
        return True
    had = headed.plural and not flag(headed.kind, "seat")
    other = anchors.headed(cell, behind) if had else None
    return other is not None and other.last < len(cell.tokens) and cell.low(other.last) in NUMBER_SIGNS


def _on_whose_base(cell: CellText, headed: Headed, anchors: Anchors) -> bool:
    """Tell whether «на базе» only says where something was: the body follows in the genitive («на базе госпиталя»)."""
    noun = cell.tokens[headed.head].word
    if cell.low(headed.first - 1) not in _ON or not noun.lemmas & _HAD or not noun.has("loct"):
        return False
    return _whole_behind(cell, headed.last, anchors)


def _parts_of(cell: CellText, headed: Headed, anchors: Anchors) -> bool:
    """Tell whether a plural is of parts of the one body behind it («кафедры Казанского университета»)."""
    noun = cell.tokens[headed.head].word
    before = cell.tokens[headed.first - 1].word if headed.first else None
    several = headed.plural or (noun.has("NOUN", "nomn", "plur") and (before is None or before.has("VERB")))
    return several and bool(noun.lemmas & _PARTS) and _whole_behind(cell, headed.last, anchors)


def _whole_behind(cell: CellText, index: int, anchors: Anchors) -> bool:
    other = anchors.headed(cell, index)
    if other is None:
        return anchors.acronym(cell, index) is not None
    return not other.plural and cell.tokens[other.head].word.has("NOUN", "gent")


def _before_its_place(cell: CellText, mention: Mention, index: int, anchors: Anchors, grower: Grower) -> int:
    """Return how many words of a body's own stand before the bracket with its place («Университета Гаджа Мада (г. …)»).

    It is 0 where a person's name may stand there: behind a post, or with a first name of the dictionary.
    """
    run = 0
    while run < _RUN and _own(cell, index + run, grower):
        run += 1
    opened = cell.low(index + run) == "(" and any(g.first == index + run + 1 for g in grower.places)
    if not opened:
        return 0
    if _led(cell, mention, anchors):
        return run if _holder_behind(cell, index + run) else 0
    before = cell.tokens[mention.first - 1] if mention.first else None
    begins = before is None or before.kind == "mark" or before.low in _AND
    if cell.tokens[index].word.has("Name", "nomn") and not begins:
        return 0
    return run if run == 1 or begins or (run == _PAIR and _ruled(cell, mention)) else 0


def _holder_behind(cell: CellText, index: int) -> bool:
    """Tell whether who holds the post is named behind a bracket («ректор Университета Ахи Эвран (Турция) Али Йылмаз»),
    so that the capitals before it are the body's."""
    close = next((i for i in range(index, min(index + _FAR, len(cell.tokens))) if cell.low(i) == ")"), -1)
    at = close + 1
    while at < len(cell.tokens) and at <= close + _PAIR and _of_rank(cell, at):
        at += 1
    initials = len(cell.low(at)) == 1 and cell.low(at + 1) == "."
    return close > 0 and (two_titled(cell, at) or (initials and cell.tokens[at].word.title))


def _of_rank(cell: CellText, index: int) -> bool:
    """Tell whether a word in lower case may stand before a name: a title, a degree or a rank («профессор», «г-н»)."""
    token = cell.tokens[index]
    return token.kind == "word" and not token.word.title and token.word.has("NOUN", "anim", "sing")


def _own(cell: CellText, index: int, grower: Grower) -> bool:
    """Tell whether a capitalised word is no place, no adjective of one and no abbreviation."""
    token = cell.tokens[index] if index < len(cell.tokens) else None
    if token is None or token.kind != "word" or not token.word.title or is_acronym(token) or toponymic(token):
        return False
    return cell.quote_of[index] is None and not any(g.first <= index < g.last for g in grower.places)


def _of_another(cell: CellText, mention: Mention, index: int, anchors: Anchors) -> bool:
    """Tell whether the word at ``index`` is a person's or a place's name, or an adjective: none of the body's own."""
    word = cell.tokens[index].word
    pair = _ruled(cell, mention) and _strange_pair(cell, index)
    proper = not pair and word.known and any(word.has(mark) for mark in ("Name", "Surn", "Geox"))
    led = _led(cell, mention, anchors)
    person = person_ahead(cell, index) or person_at(cell, index) > 0 or (led and two_titled(cell, index))
    person = person and (led or not pair)
    return (proper or word.adjectival() or person) and not (led and _before_holder(cell, index))


def _ruled(cell: CellText, mention: Mention) -> bool:
    """Tell whether a body is told by what rules its kind, so that nobody's post stands before: a preposition, a group.

    «С Университетом …», «делегация Университета …».
    """
    if mention.first == 0:
        return False
    before = cell.tokens[mention.first - 1].word
    return before.has("PREP") or bool(before.lemmas & _GROUPS)


def _led(cell: CellText, mention: Mention, anchors: Anchors) -> bool:
    """Tell whether one person's post stands at once before a body, not «представители Университета»."""
    if mention.first == 0 or not anchors.led(cell, mention.first, mention.label_last):
        return False
    before = cell.tokens[mention.first - 1].word
    return not before.has("NOUN", "plur") or before.has("NOUN", "sing")


def _strange_pair(cell: CellText, index: int) -> bool:
    """Tell whether two words, one of no dictionary, are all the capitals at ``index`` («Гаджа Мада»)."""
    run = cell.tokens[index : index + _RUN]
    words = [token.word for token in run[:_PAIR]]
    strange = two_titled(cell, index) and not all(word.known for word in words)
    strange = strange and not any(word.adjectival() or word.has("Name") or word.has("Geox") for word in words)
    return strange and person_at(cell, index) == 0 and not (len(run) == _RUN and run[-1].word.title)


def _before_holder(cell: CellText, index: int) -> bool:
    """Tell whether one own word stands before who holds a post («университета Хаджеттепе Мурат Япыджы»)."""
    words = [token.word for token in cell.tokens[index : index + _RUN]]
    if len(words) == _RUN and (words[-1].lemmas | {words[-1].low}) & _TOWN_MARKS and _strange_pair(cell, index):
        return True  # «университета Савитрибай Пхуле города Пуна доктор Парва Калкар»
    if len(words) < _RUN or not two_titled(cell, index + 1) or any(word.has("Patr") for word in words):
        return False
    strange = not any(word.known or word.adjectival() for word in words)
    surname = words[0].known and words[0].has("Surn")
    return not surname and person_at(cell, index) == 0 and (strange or person_at(cell, index + 1) > 0)
