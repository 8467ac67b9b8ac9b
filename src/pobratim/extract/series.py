"""The recurring event or project of which a row's event is one occurrence or part."""

import re
from typing import NamedTuple

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.grow import inside
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.words import WORDS
from pobratim.text.words import fold, inflect

_FRAMES = WORDS.of("frame")
_RECURRING = WORDS.of("recurring")
_PROJECTS = WORDS.of("project")
_BEHIND_EDITION = WORDS.stems("before-edition")
_YEARS = WORDS.of("years-word")
_ORDINALS = WORDS.pairs("ordinal")
_STEMS = tuple(sorted(_ORDINALS, key=len, reverse=True))
_LONGEST_ENDING = 4
_EARLY = 2
"""So many words may stand before an ordinal: «Участие во …»."""
_YEARLY = re.compile(r"[\s–—-]+(?:19|20)\d\d\s*»?$")
# «Мероприятие проводится ежегодно», «в пятый раз», «третий год подряд».
_AGAIN = re.compile(
    r"(?:провод[ия]тся|состоял[асио]{0,2}сь|прош[её]?л[аио]?|проходит|организуется|проведен[аоы]?)\s(?:[^.;]{0,40}\s)?"
    r"(?:ежегодно|традиционно|регулярно|(?:уже\s)?(?:в|во)\s\S+\sраз\b|\S+\sгод\sподряд)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"^(?:й|ый|ой|е|ое|я|ая|го|ого|й)$")


class Series(NamedTuple):
    """A series' name and the edition («50», «4») of this occurrence, "" if none; the token range of the sign."""

    name: str
    edition: str
    first: int
    last: int
    rule: str


def series(title: CellText, lexicon: Lexicon, *, recurring: bool = False) -> Series | None:
    """Return the series that a title gives a sign of: an ordinal, «ежегодный», a project, «в рамках …».

    ``recurring`` tells that the row says elsewhere that the event is held again and again.
    """
    edition = edition_of(title, lexicon)
    named = _framed(title) or (None if edition[0] else _yearly(title))
    if named is not None:
        return named
    signs = [i for i, t in enumerate(title.tokens) if t.word.lemmas & _RECURRING and title.quote_of[i] is None]
    if edition[0]:
        return _after_sign(title, lexicon, *edition, "edition")
    if signs:
        return _after_sign(title, lexicon, "", signs[0], signs[0] + 1, "recurring")
    name = _quoted(title, 0) or _headed(title, lexicon, 0) if recurring else ""
    return Series(name, "", 0, len(title.tokens), "told-to-recur") if name else None


def _yearly(title: CellText) -> Series | None:
    """Read a quotation that ends with a year («Славянский базар – 2023»)."""
    quote = next((q for q in title.quotes if q.depth == 0 and _YEARLY.search(title.raw[q.start : q.end])), None)
    if quote is None:
        return None
    first = title.index_at(quote.start)
    return Series(_quoted(title, first), "", first, title.index_at(quote.end), "year-in-name")


def _after_sign(title: CellText, lexicon: Lexicon, edition: str, first: int, last: int, rule: str) -> Series | None:
    """Return the series that is named behind a sign («50-е … чтения», «ежегодный фестиваль»)."""
    name = _quoted(title, last) or _headed(title, lexicon, last)
    return Series(name, edition, first, last, rule) if name else None


def recurs(cell: CellText) -> bool:
    """Tell whether a cell says that the event itself is held again («проводится ежегодно», «третий год подряд»)."""
    return any(_AGAIN.search(cell.raw[cell.tokens[a].start : cell.tokens[b - 1].end]) for a, b in cell.sentences())


def edition_of(title: CellText, lexicon: Lexicon) -> tuple[str, int, int]:
    """Return the ordinal number of the event («IV», «50-е», «17-й», «восьмое») and its token range; "" if none."""
    tokens = title.tokens
    for index, token in enumerate(tokens[:12]):
        if title.quote_of[index] is not None:
            continue
        if (
            token.kind == "word"
            and token.word.roman
            and (token.word.roman > 1 or title.low(index + 1).startswith(_BEHIND_EDITION))
        ):
            return str(token.word.roman), index, index + 1
        if token.kind == "number" and title.low(index + 1) == "-" and _ORDINAL.match(title.low(index + 2)):
            following = tokens[index + 3].word if index + 3 < len(tokens) else None
            if following is not None and not following.lemmas & _YEARS:
                return token.text, index, index + 3
        if index <= _EARLY and (number := _in_words(title, index, lexicon)):
            return number, index, index + 1
    return "", 0, 0


def _in_words(title: CellText, index: int, lexicon: Lexicon) -> str:
    """Return the number of an ordinal in words before an event («Восьмое Российско-китайское Экспо»), "" for others."""
    token = title.tokens[index]
    if not token.low.startswith(_STEMS):
        return ""
    stem = next(s for s in _STEMS if token.low.startswith(s))
    if not token.word.adjectival() or len(token.low) - len(stem) > _LONGEST_ENDING:
        return ""
    number = _ORDINALS[stem]
    if number == "1" and not title.low(index + 1).startswith(_BEHIND_EDITION):
        return ""
    kinds = (m.first for m in lexicon.matcher("event-kind").find(title.tokens, index + 1))
    kind = next(kinds, -1)
    named = title.tokens[index + 1 : kind]
    return number if kind > 0 and all(t.word.adjectival() and title.quote_of[kind] is None for t in named) else ""


def _framed(title: CellText) -> Series | None:
    """Read «в рамках недели …», «в проекте «…»»."""
    tokens = title.tokens
    for index, token in enumerate(tokens):
        if not token.word.lemmas & _FRAMES or title.quote_of[index] is not None:
            continue
        within = any(t.word.lemmas & {"рамка"} for t in tokens[max(0, index - 4) : index])
        project = bool(token.word.lemmas & _PROJECTS)
        if not within and not project:
            continue
        after = index + 1
        quote = title.quote_at(after) or (title.quote_at(after + 1) if title.low(after) in {"–", "-", "—"} else None)
        if quote is not None:
            return Series(title.flat(*inside(title, quote)), "", index, title.index_at(quote.end), "frame")
        if within:
            end = next((i for i in range(after, len(tokens)) if tokens[i].text in ",.;("), len(tokens))
            start = after + 1 if title.low(after) in {"–", "-", "—"} else index
            return Series(title.flat(start, end), "", index, end, "frame")
    return None


def _quoted(title: CellText, after: int) -> str:
    quote = next((q for q in title.quotes if q.depth == 0 and title.index_at(q.start) >= after), None)
    return re.sub(r"\s*[-–—]?\s*(?:19|20)\d\d\s*$", "", title.flat(*inside(title, quote))) if quote else ""


def _headed(title: CellText, lexicon: Lexicon, after: int) -> str:
    """Return the event's kind with its complement, where nothing is quoted."""
    match = next(
        (m for m in lexicon.matcher("event-kind").find(title.tokens, after) if title.quote_of[m.first] is None), None
    )
    if match is None:
        return ""
    first = match.first
    while first > after and title.tokens[first - 1].word.adjectival():
        first -= 1
    end = next((i for i in range(match.last, len(title.tokens)) if title.tokens[i].text in ",.;(«"), len(title.tokens))
    noun = next((i for i in range(match.first, match.last) if title.tokens[i].word.has("NOUN")), match.first)
    return " ".join([*_nominative(title, first, noun), *fold(title.flat(noun + 1, end)).split()])


def _nominative(title: CellText, first: int, noun: int) -> list[str]:
    """Return a noun and the adjectives before it in the nominative («VIII Международном фестивале»), folded."""
    text = title.tokens[noun].text
    number = "plur" if not title.tokens[noun].word.has("sing") else "sing"
    reading = next((r for r in title.tokens[noun].word.readings if r.pos == "NOUN" and number in r.grammemes), None)
    gender = next((g for g in ("masc", "femn", "neut") if reading is not None and g in reading.grammemes), "masc")
    told = (number, gender) if number == "sing" else (number,)
    words = [inflect(t.text, "ADJF", "nomn", *told) or t.text for t in title.tokens[first:noun]]
    return [fold(word) for word in [*words, inflect(text, "NOUN", "nomn", number) or text]]
