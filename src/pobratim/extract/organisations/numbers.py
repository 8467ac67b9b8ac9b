"""The numbers of several organisations behind one word: «школы №№ 1, 3», «СШ №№ 1–3», «школ № 14 и № 16»."""

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.grow import NUMBER_SIGNS, UNITS, Grower
from pobratim.extract.organisations.mention import Mention

_DASHES = {"-", "–", "—", "‑"}
_PAIRED = {",", ";", ")", "(", "."}
"""Marks that may stand behind a number; a stop or comma glued to digits makes it a date or a fraction."""
_BEHIND = {"г", "гг", "им", "имени", "п", "с", "пгт"}
_YEAR = 1900
_MOST_DIGITS = 4
_LONGEST_RANGE = 50
"""So many institutions at most does a range name; what is longer is no range of them."""

Number = tuple[str, int, int]
"""A number with the range of tokens that tells it."""


def numbers(cell: CellText, grower: Grower, mention: Mention) -> tuple[list[Number], int]:
    """Return the numbers that a mention's kind is named with, the mention's own first, and the index behind them.

    A number without a sign of its own is another institution's only where the sign is doubled or the kind may be
    plural, and where it counts nothing («школы № 5, 12 человек»). A range stands behind a doubled sign only.
    """
    index = mention.last
    found: list[Number] = [(mention.number, mention.first, index)]
    signed = 1  # so many of those found have a sign, or stand behind a doubled one
    doubled = _doubled(cell, mention)
    bare = doubled or mention.plural or _may_be_many(cell, mention)
    while True:
        more, after = _range(cell, found[-1], index) if doubled else ([], index)
        if not more and cell.low(index) in {"и", ",", "№"}:
            step = index if cell.low(index) == "№" else index + 1
            number, after = grower.number(cell, step)
            if not number and bare:
                number, after = _bare(cell, grower, step)
                if not number and step < len(cell.tokens) and cell.tokens[step].kind == "number":
                    # «школы № 5, 3 и 4 классы»: what goes before a counted number may be counted, too.
                    keep = len(found) if doubled or mention.plural else signed
                    return found[:keep], found[keep - 1][2]
            elif number:
                signed = len(found) + 1
            more = [(number, step, after)] if number else []
        if not more:
            return found, index
        found.extend(more)
        index = after


def _doubled(cell: CellText, mention: Mention) -> bool:
    return any(
        cell.low(i) in NUMBER_SIGNS and cell.low(i) == cell.low(i + 1) for i in range(mention.first, mention.last - 1)
    )


def _may_be_many(cell: CellText, mention: Mention) -> bool:
    """Tell whether a kind's word may be plural: initials, or a nominative that no noun governs («школы»)."""
    if mention.head < 0:
        return False
    word = cell.tokens[mention.head].word
    governed = mention.first > 0 and cell.tokens[mention.first - 1].word.has("NOUN")
    return word.upper or (word.has("NOUN", "nomn", "plur") and not governed)


def _range(cell: CellText, before: Number, index: int) -> tuple[list[Number], int]:
    """Return the numbers that a dash adds («1–3» adds 2 and 3), none where no range stands there."""
    behind = cell.tokens[index + 1] if cell.low(index) in _DASHES and index + 1 < len(cell.tokens) else None
    if behind is None or behind.kind != "number" or max(len(behind.text), len(before[0])) > _MOST_DIGITS:
        return [], index
    first, last = int(before[0]), int(behind.text)
    if not first < last <= first + _LONGEST_RANGE:
        return [], index
    return [(str(n), index - 1, index + 2) for n in range(first + 1, last + 1)], index + 2


def _bare(cell: CellText, grower: Grower, index: int) -> tuple[str, int]:
    """Return the number without a sign at ``index`` and the index behind it; "" where it is none, or counts."""
    token = cell.tokens[index] if index < len(cell.tokens) else None
    if token is None or token.kind != "number" or len(token.text) > _MOST_DIGITS:
        return "", index
    year = int(token.text) >= _YEAR and cell.low(index + 1) in {"г", "гг", "год", "года"}
    return ("", index) if year or not _ends(cell, grower, index + 1) else (token.text, index + 1)


def _ends(cell: CellText, grower: Grower, index: int) -> bool:
    """Tell whether a number may end before ``index``: nothing counted and no other part of a number stands there."""
    if index >= len(cell.tokens):
        return True
    token, before = cell.tokens[index], cell.tokens[index - 1]
    glued = token.start == before.end
    if token.kind != "word":
        digits = index + 1 < len(cell.tokens) and cell.tokens[index + 1].kind == "number"
        if token.text in _DASHES:
            return not glued or digits
        return token.text in _PAIRED and not (token.text == "." and glued and digits)
    if token.word.title or token.low in _BEHIND or any(geo.first == index for geo in grower.places):
        return True
    if _unit(cell, index) or token.word.has("CONJ") or token.word.has("PREP"):
        return True
    return token.word.known and not any(token.word.has(pos) for pos in ("NOUN", "ADJF", "PRTF", "NUMR"))


def _unit(cell: CellText, index: int) -> bool:
    """Tell whether a word for a town or district stands there, with an adjective perhaps («городского округа»)."""
    behind = cell.tokens[index + 1].word.lemmas if index + 1 < len(cell.tokens) else frozenset()
    here = cell.tokens[index].word
    return bool(here.lemmas & UNITS) or (here.adjectival() and bool(behind & UNITS))
