"""The parts of a bare name, of which no cell tells where they stand: the one place that takes a name apart by its text.

What extraction has read of a cell it notes itself (extract/organisations/parts.py).
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.names.honour import HONOUR, person_end
from pobratim.names.initials import is_acronym
from pobratim.names.stretches import (
    Span,
    form,
    is_spelt_like_form,
    is_unlisted_form,
    namesake,
    seats,
    tells_form,
    unlisted,
)
from pobratim.record import Institution, Part, Parts
from pobratim.text.quotes import Quote, quotes
from pobratim.text.tokens import Token, tokenize

_NUMBER = re.compile(r"(?:№|\bN)\s*\d+")
_LEVELS = WORDS.of("level")
_NOTHING = Parts()


def parts_of(one: Institution) -> Parts:
    """Return the parts of an institution's name: those that were read, else those of the bare name."""
    return one.parts if one.parts != _NOTHING else parse(one.name)


def dedication(parts: Parts) -> Part | None:
    """Return the honour that a word for it tells («имени Шагала»): «Шагала» in «Музей М. Шагала» is what it is of."""
    told = parts.honour is not None and HONOUR & {token.low for token in tokenize(parts.honour.text)[:1]}
    return parts.honour if told else None


def innermost(parts: Parts) -> str:
    """Return what the innermost quotation of a name holds, its kind or not, "" where nothing is quoted."""
    quoted = parts.title or parts.quotation
    return quoted.text if quoted else ""


@lru_cache(maxsize=100_000)
def parse(name: str) -> Parts:
    """Return the parts of a name; of places only the towns that a word for one tells: a name alone tells no more."""
    tokens = tokenize(name)
    marks = quotes(name)
    opening = {one.start for one in marks}
    listed = _listed(tokens, opening)
    mark = next((index for index, one in enumerate(tokens) if one.start in opening), 0)
    kind = _kind(tokens, listed[1] if listed else 0, mark)
    quotation, title = _quoted(name, marks, tokens[kind.first].start if kind else -1)
    legal = form(tokens, (0, mark), kind.first if kind else -1, listed)
    honour = next((span for span in _honours(tokens) if span[0] < span[1]), None)
    apart = {index for span in (listed, kind) if span for index in range(*span[:2])}

    def part(span: Span | None) -> Part | None:
        start, end = (tokens[span[0]].start, tokens[span[1] - 1].end) if span else (0, 0)
        return Part(name[start:end], start, end) if span else None

    def words(indices: Iterable[int]) -> tuple[Part, ...]:
        return tuple(Part(tokens[index].text, tokens[index].start, tokens[index].end) for index in indices)

    return Parts(
        legal_form=part(legal),
        kind=part(kind[:2] if kind else None),
        quotation=quotation,
        title=title,
        honour=part(honour),
        numbers=tuple(Part(found[0], *found.span()) for found in _NUMBER.finditer(name)),
        initials=words(i for i, one in enumerate(tokens) if i not in apart and is_acronym(one)),
        levels=words(i for i, one in enumerate(tokens) if one.word.lemmas & _LEVELS),
        places=tuple(found for span in seats(tokens, 0, len(tokens)) if (found := part(span))),
        unlisted=words(i for i in unlisted(tokens, 0, len(tokens), opening) if i not in apart),
        person=part(namesake(tokens, 0, len(tokens))),
    )


def cut(name: str, *texts: str) -> str:
    """Return a name without the texts of some of its parts, a space in the place of each that stands in it."""
    for text in texts:
        name = _standing(text).sub(" ", name, count=1) if text else name
    return name


def stands_in(text: str, name: str) -> bool:
    """Tell whether the text of a part stands in a name, whatever its letters' case; "" stands in none."""
    return text != "" and _standing(text).search(name) is not None


def before(name: str, text: str) -> str:
    """Return what stands before the text of a part, the whole name where it does not stand in it."""
    at = name.find(text) if text else -1
    return name[:at] if at >= 0 else name


@lru_cache(maxsize=50_000)
def _standing(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


def _listed(tokens: Sequence[Token], opening: Container[int]) -> Span | None:
    """Return the legal form that a list has, else an abbreviation that is spelt like one."""
    found = next(iter(lexicon().matcher("legal-form").at(tokens, 0) if tokens else ()), None)
    if found:
        return found[:2]
    return (0, 1) if tokens and (is_unlisted_form(tokens, 0, opening) or is_spelt_like_form(tokens, 0)) else None


def _kind(tokens: Sequence[Token], begin: int, mark: int) -> Match | None:
    """Return the first kind that a name's words tell, of several before a quotation one that is no legal form."""
    kinds = lexicon().matcher("organisation-kind").find(tokens, begin)
    told = (one for one in kinds if one.first < mark and not tells_form(tokens, one.first, one.last))
    return next(told, None) or next(iter(kinds), None)


def _honours(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each word for an honour with the person's name, nothing where none stands behind it."""
    for index, token in enumerate(tokens):
        if token.low in HONOUR:
            end = person_end(tokens, index + 1)
            yield index, end if end > index + 1 else index


def _quoted(name: str, marks: Sequence[Quote], kind: int) -> tuple[Part | None, Part | None]:
    """Return the outermost quotation, and the title: the quotation within it, or itself where it tells no kind.

    ``kind`` is where the word for the kind begins, -1 for none.
    """
    if not marks:
        return None, None
    outer, *inner = (Part(name[one.start + 1 : one.end - 1], one.start + 1, one.end - 1) for one in marks)
    nested = next((one for one in inner if one.end <= outer.end), None)
    return outer, nested or (None if outer.start <= kind < outer.end else outer)
