"""What somebody is where no list of posts has the word: a noun for a person at once before a name.

«Сценарист Нино Орбелиани», «гл. эколог района П. Ильин»; besides, the adjectives that belong to any post.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pobratim.extract.cells import CellText
from pobratim.extract.person_ahead import family_first
from pobratim.extract.person_before import name_before, names_before
from pobratim.extract.person_names import name_begins, names_at, unknown_name
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.text.agreement import agree
from pobratim.text.tokens import Token
from pobratim.text.words import Word
from pobratim.text.words import word as spell

CALLING = "calling"
_TITLES = WORDS.of("title")
_OF_POST = WORDS.of("post-adjective")
_KIN, _COMES = WORDS.of("no-calling"), WORDS.of("kin-who-takes-part")
_NAMES = ("Name", "Surn", "Patr", "Geox", "Orgn")
_LONGEST_COMPLEMENT = 4
_CHIEF = WORDS.of("chief-adjective")
_BEHIND_NAME = {"–", "—", "-", "("}
_OPENING = {",", ";", "(", ":", "–", "—", "-", "."}


def calling(cell: CellText, index: int, placed: dict[int, int], lexicon: Lexicon) -> Match | None:
    """Return the noun at ``index`` that says what the person named at once behind it is, None where it is none."""
    word = cell.tokens[index].word
    if index + 2 >= len(cell.tokens) or not may_call(cell.tokens[index]) or cell.quote_of[index] is not None:
        return None
    if word.title and not _opens(cell, index):
        return None
    one = _of(word, "sing") and any(_named_behind(cell, at, placed) for at in _reached(cell, index + 1))
    several = _of(word, "plur") and len(names_at(cell, index + 1, placed, several=True)) > 1
    if not (one or several or _named_ahead(cell, index, word) or _chief(cell, index, word)):
        return None
    return Match(index, index + 1, lexicon.concept("post", CALLING), word.text, literal=False)


def _named_ahead(cell: CellText, index: int, word: Word) -> bool:
    """Tell whether a dash or bracket parts a noun from who is named before it («Ли Вэй — сотрудник отдела»)."""
    if cell.low(index - 1) not in _BEHIND_NAME:
        return False
    plural = _of(word, "plur") and not _of(word, "sing")
    return len(names_before(cell, index, 0)) > 1 if plural else bool(name_before(cell, index, 0))


def _chief(cell: CellText, index: int, word: Word) -> bool:
    """Tell whether a noun is an office by its adjective («главный маркшейдер»), whoever holds it."""
    before = cell.tokens[index - 1].word if index else None
    return before is not None and bool(before.lemmas & _CHIEF) and word.has("nomn", "sing") and agree(before, word)


def described_from(cell: CellText, first: int, floor: int) -> int:
    """Return where the adjectives of rank begin that stand before a post («заслуженный художник», «второй вице-мэр»).

    ``floor`` is the first token that they may be.
    """
    while first > floor and cell.tokens[first - 1].word.lemmas & _OF_POST:
        before, word = cell.tokens[first - 1], cell.tokens[first].word
        if not (agree(before.word, word) or (before.word.adjectival() and not word.known)):
            break
        first -= 1
    return first


def kin_of(cell: CellText, index: int) -> int:
    """Return where the kin begins of whom the post at a token is told («внучка писателя Анна Линд»), else ``index``:
    then the name behind is hers."""
    before = cell.tokens[index - 1].word if index else None
    word = cell.tokens[index].word
    kin = before is not None and bool(before.lemmas & _KIN) and before.has("NOUN", "nomn", "anim")
    if not kin or not word.has("NOUN", "gent", "sing") or word.has("NOUN", "nomn"):
        return index
    first = index - 1
    while first > 0 and cell.tokens[first - 1].word.adjectival() and cell.tokens[first - 1].word.has("nomn"):
        first -= 1
    return first


def may_call(token: Token) -> bool:
    """Tell whether a word may say what somebody is: a noun for people, nobody's name, no form of address."""
    return token.kind == "word" and _calls(token.word)


@lru_cache(maxsize=100_000)
def _calls(word: Word) -> bool:
    if word.upper or len(word.text) <= 1 or word.low in _TITLES or word.lemmas & (_KIN - _COMES):
        return False
    if word.title and ((not word.known and not _of_two_callings(word)) or any(map(word.has, _NAMES))):
        return False
    return _of(word, "sing") or _of(word, "plur")


def _of_two_callings(word: Word) -> bool:
    """Tell whether a word joins two callings by a hyphen («Врач-кардиолог»), as no name does."""
    head, *others = word.low.split("-")
    return bool(others) and all(_of(spell(part), "sing") and spell(part).known for part in (head, *others))


def _of(word: Word, number: str) -> bool:
    """Tell whether a word is a noun for a person or for several, in the nominative, one also in the ablative."""
    cases = ("nomn", "ablt", "datv") if number == "sing" else ("nomn",)
    return any(
        r.pos == "NOUN" and {"anim", number, case} <= r.grammemes and r.grammemes.isdisjoint(_NAMES)
        for case in cases
        for r in word.readings
    )


def _reached(cell: CellText, index: int) -> Iterator[int]:
    """Yield where a name may begin: at ``index``, or behind a few genitives.

    «Арбитр международной категории …», «зоотехник Витебского зоопарка …».
    """
    for at in range(index, min(index + _LONGEST_COMPLEMENT, len(cell.tokens) - 1)):
        yield at
        word = cell.tokens[at].word
        described = word.title and word.adjectival() and agree(word, cell.tokens[at + 1].word)
        if cell.tokens[at].kind != "word" or not word.has("gent") or word.has("PREP"):
            return
        if word.title and (not described or cell.tokens[at + 1].word.title):
            return


def _opens(cell: CellText, index: int) -> bool:
    """Tell whether a capital is only that of a beginning: of a cell, a line or an item of a list."""
    before = cell.tokens[index - 1] if index else None
    return before is None or before.text in _OPENING or cell.new_line(index)


def _named_behind(cell: CellText, index: int, placed: Mapping[int, int]) -> bool:
    """Tell whether a person's name stands at ``index``, not in the genitive («сын Петра Иванова»)."""
    if index in placed or not cell.tokens[index].word.title:
        return False
    first = cell.tokens[index].word
    if name_begins(cell, index):
        cased = any(first.has(case) for case in ("nomn", "ablt", "datv"))
        return len(first.text) == 1 or family_first(first) or cased or not first.known
    strange = not first.known and not first.adjectival()
    return strange and unknown_name(cell, index, placed)
