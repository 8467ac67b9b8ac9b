"""Where a settlement's name may begin: behind its type word, or behind that of the district that has its name."""

from pobratim.extract.admin_units import describes
from pobratim.extract.cells import CellText
from pobratim.extract.place_names import candidates
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.words import WORDS
from pobratim.text.tokens import Token

MARKERS = WORDS.of("settlement-abbreviation", "settlement-initials")
MARKER_LEMMAS = WORDS.of("settlement-type")
ABBREVIATED = WORDS.of("settlement-abbreviation")
_WHOLE_MARKERS = MARKERS - ABBREVIATED
_TOWN_DISTRICTS = WORDS.stems("town-district")
_INITIALS = WORDS.pairs("unit-initials")
_MUNICIPAL = WORDS.of("municipal-adjective")
_SHORT_DISTRICTS = {"г", "м", "с"}
_SHORT_TAILS = ([".", "о", "."], [".", "п", "."])


def may_be_town(token: Token) -> bool | None:
    """Tell whether a word may begin a town's name: a capitalised one, or one that says what sort of place follows."""
    marks = token.low in MARKERS or token.low in _SHORT_DISTRICTS or not token.word.lemmas.isdisjoint(MARKER_LEMMAS)
    return True if token.word.title or marks or token.low.startswith(_TOWN_DISTRICTS) else None


def behind_short_district(cell: CellText, index: int) -> int:
    """Return the index behind «г.о.», «м.о.», «с.п.» at ``index``, else ``index``; «С.П. Ильин» has initials."""
    short = cell.low(index) in _SHORT_DISTRICTS and [t.text for t in cell.tokens[index + 1 : index + 4]] in _SHORT_TAILS
    return index + 4 if short else index


def behind_type_word(cell: CellText, index: int) -> int:
    """Return the index behind a type word («г.», «города») at ``index`` that a capital follows, else 0."""
    token = cell.tokens[index]
    after = index + 1
    if (short := behind_short_district(cell, index)) > index:
        after = short
    elif token.low in MARKERS and token.text.islower() and cell.low(after) == ".":
        after += 1
    elif token.low not in _WHOLE_MARKERS and token.word.lemmas.isdisjoint(MARKER_LEMMAS):
        return 0
    if after < len(cell.tokens) and cell.tokens[after].text in '«"' and cell.tokens[after].kind == "mark":
        return 0
    named = after < len(cell.tokens) and cell.tokens[after].word.title and len(cell.tokens[after].text) > 1
    return after if named else 0


def behind_district_word(cell: CellText, index: int, gazetteer: Gazetteer) -> int:
    """Return the index behind «(городского) округа», «ГО», «поселения» that a known town's name follows."""
    initials = cell.tokens[index].word.upper and cell.low(index) in _INITIALS
    if not (initials or cell.low(index).startswith(_TOWN_DISTRICTS)) or index + 1 >= len(cell.tokens):
        return 0
    if not (behind := cell.tokens[index + 1]).word.title:
        return 0
    named = initials or (index and cell.tokens[index - 1].word.lemmas & _MUNICIPAL)
    double = cell.tokens[index + 1 : index + 3]
    known = any(candidates(gazetteer, tuple(t.text for t in words))[1] for words in ([behind], double) if words)
    return index + 1 if named and known and not describes(cell, index + 1) else 0
