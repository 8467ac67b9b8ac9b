"""What an office is of where that stands before it: the body of a bracket or of «во главе с», or whom «её» means."""

from collections.abc import Mapping, Sequence

from pobratim.extract.cells import CellText
from pobratim.extract.office_words import AND
from pobratim.extract.organisations.mention import Mention
from pobratim.lexicon.words import WORDS
from pobratim.text.words import inflect

POSSESSIVE, _HEADED = WORDS.of("possessive"), WORDS.of("headed")
_GROUPS = WORDS.of("led-group")
LED_BY = {tuple(phrase.split()): post for phrase, post in WORDS.pairs("led-by").items()}
"""Phrases that say who leads what stands before them, by their words, and the post that they tell."""
_LED_ENDS = {phrase[-1] for phrase in LED_BY}
_LONGEST_BRACKET, _LONGEST_BRACKET_BEFORE = 10, 10
_LONGEST_COUNT, _COUNT_MARKS = 6, {".", "–", "—", "-", ","}
_COUNTED = WORDS.of("counted-people")
Span = tuple[int, int]


def led_phrase(cell: CellText, index: int) -> int:
    """Return where the phrase that ends before ``index`` begins («во главе с», «под руководством его»), -1 if none."""
    index -= cell.low(index - 1) in POSSESSIVE
    if cell.low(index - 1) not in _LED_ENDS:
        return -1
    phrases = (p for p in LED_BY if tuple(cell.low(i) for i in range(index - len(p), index)) == p)
    found = next(phrases, None)
    return index - len(found) if found is not None else -1


def body_before(cell: CellText, index: int, bare: bool, mentions: Sequence[Mention]) -> int:
    """Return the organisation before «(», «во главе с» and a post, -1 if none: «гимназии (директор Анна Петрова)».

    Within a bracket other items may stand before the post, where this is ``bare`` and names nothing of its own.
    """
    start = led_phrase(cell, index)
    places = [index - 1] if cell.low(index - 1) in {"(", ":"} else [_opened(cell, index)] if bare else []
    if start >= 0:
        places += [_led_end(cell, start), *([_opened(cell, start)] if bare else [])]
    return next((n for n, m in enumerate(mentions) if m.last in places and not _of_several(cell, m)), -1)


def _of_several(cell: CellText, mention: Mention) -> bool:
    """Tell whether a name is of several bodies («Полоцкий и Витебский госуниверситеты»)."""
    nouns = (t.word for t in cell.tokens[mention.first : mention.last] if t.word.has("NOUN") and not t.word.upper)
    noun = next((word for word in nouns if not word.adjectival()), None)
    return noun is not None and not noun.has("NOUN", "sing")


def _opened(cell: CellText, index: int) -> int:
    """Return where the bracket opens in which a token stands («театр (34 артиста, режиссёр Анна Линд)»), else -1."""
    for at in range(index - 1, max(index - 1 - _LONGEST_BRACKET_BEFORE, -1), -1):
        if cell.low(at) in {"(", ")"}:
            return at if cell.low(at) == "(" else -1
    return -1


def in_genitive(cell: CellText, first: int, last: int) -> str:
    """Return the name of a body in the genitive: its adjectives, and its noun where it has one behind them.

    «Псковский университет», «ФГБОУ ВО Псковский ГАУ» give «Псковского университета», «ФГБОУ ВО Псковского ГАУ».
    """
    begin = first
    while begin < last and cell.tokens[begin].word.upper:
        begin += 1
    noun = begin
    while noun < last and (cell.tokens[noun].word.adjectival() or _joined(cell, noun, last)):
        noun += 1
    head = cell.tokens[noun].word if noun < last else None
    if (
        head is None
        or cell.tokens[noun].kind != "word"
        or cell.quote_of[noun] is not None
        or cell.quote_at(noun) is not None
    ):
        return cell.flat(first, last)
    common = (head.known or "-" in head.low) and not head.upper and not head.title and head.has("NOUN", "sing")
    told = head if common else cell.tokens[begin].word
    gender = next((g for r in told.readings for g in ("femn", "masc", "neut") if {g, "nomn"} <= r.grammemes), "masc")
    words = [
        t.text if t.low in AND else inflect(t.text, "ADJF", "gent", "sing", gender) or t.text
        for t in cell.tokens[begin:noun]
    ]
    words.append(inflect(head.text, "NOUN", "gent", "sing") if common else head.text)
    return " ".join(filter(None, [cell.flat(first, begin), *words, cell.flat(noun + 1, last)]))


def _joined(cell: CellText, index: int, last: int) -> bool:
    """Tell whether «и» joins a further adjective («исторический и природный музей»)."""
    return cell.low(index) in AND and index + 1 < last and cell.tokens[index + 1].word.adjectival()


def group_place(cell: CellText, index: int, placed: Mapping[int, int]) -> Span:
    """Return the place of the group that one leads whose post begins at ``index``: «делегация г. Харбина во главе с …».

    (0, 0) where no group of one place stands there.
    """
    start = led_phrase(cell, index)
    end = _led_end(cell, start) if start >= 0 else 0
    first = next((at for at in range(max(end - 4, 0), end) if placed.get(at) == end and placed.get(at - 1) != end), 0)
    led = first > 0 and bool(cell.tokens[first - 1].word.lemmas & _GROUPS)
    return (first, end) if led else (0, 0)


def _led_end(cell: CellText, start: int) -> int:
    """Return where the name of what is led ends, before a bracket and how many they are («(КНР) из 11 чел. …»)."""
    end = start
    while end > max(start - _LONGEST_COUNT, 0) and _counts(cell, end - 1):
        end -= 1
    counted = any(token.kind == "number" for token in cell.tokens[end:start])
    return _before_bracket(cell, end if counted else start)


def _counts(cell: CellText, index: int) -> bool:
    """Tell whether a token is of «из 11 чел.», «– 6 инженеров»."""
    token = cell.tokens[index]
    people = token.kind == "word" and not token.word.title and token.word.has("NOUN", "gent", "plur")
    return people or token.kind == "number" or token.text in _COUNT_MARKS or token.low in _COUNTED


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
    number = organisation if organisation >= 0 else body_before(cell, first, False, mentions)
    if number >= 0 and mentions[number].first < first:
        return mentions[number].first, mentions[number].last
    theirs = cell.low(first - 1) in POSSESSIVE
    if not theirs and not {cell.low(first - 1), cell.low(first - 2)} & _HEADED:
        return 0, 0
    sentence = cell.sentence_at(first) or (0, 0)
    spans = [(one.last, (one.first, one.last)) for one in mentions if sentence[0] <= one.first and one.last < first]
    spans += [(end, post) for end, post in holders if theirs and end < first]
    return max(spans, default=(0, (0, 0)))[1]
