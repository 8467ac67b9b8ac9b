"""The parts of a bare name, of which no cell tells where they stand: the one place that takes a name apart by its text.

What extraction has read of a cell it notes itself (extract/organisations/parts.py).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.matcher import Match
from pobratim.lexicon.words import WORDS
from pobratim.names.honour import HONOUR, person_end
from pobratim.record import Institution, Part, Parts
from pobratim.text.quotes import quotes
from pobratim.text.tokens import Token, tokenize

INITIALS = re.compile(r"\b[А-ЯЁA-Z][а-яё]{0,5}(?:[А-ЯЁA-Z][а-яё]{0,2})*[А-ЯЁA-Z]\b")
"""A word in initials, a contracted beginning or end included: «МАЗ», «СмолГУ», «УУНиТ»."""
QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"”“]")
"""A quotation within which there is none; of unbalanced marks the two that face each other."""
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


@lru_cache(maxsize=100_000)
def parse(name: str) -> Parts:
    """Return the parts of a name; places are none of them, since a name alone does not tell which words are places."""
    tokens = tokenize(name)
    legal = next(iter(lexicon().matcher("legal-form").at(tokens, 0) if tokens else ()), None)
    kind = _first(tokens, legal.last if legal else 0)
    quotation, title = _quoted(name, tokens, kind)
    honour = next((span for span in _honours(tokens) if span[0] < span[1]), None)
    taken = [(tokens[one.first].start, tokens[one.last - 1].end) for one in (legal, kind) if one]
    return Parts(
        legal_form=_spanned(name, tokens, legal[:2] if legal else None),
        kind=_spanned(name, tokens, kind[:2] if kind else None),
        quotation=quotation,
        title=title,
        honour=_spanned(name, tokens, honour),
        numbers=tuple(_found(number) for number in _NUMBER.finditer(name)),
        initials=tuple(_outside(INITIALS.finditer(name), taken)),
        levels=tuple(Part(one.text, one.start, one.end) for one in tokens if one.word.lemmas & _LEVELS),
    )


def cut(name: str, *parts: Part | None) -> str:
    """Return a name without some of its parts, a space in the place of each that stands in it."""
    for part in parts:
        if part is not None and part.text:
            name = re.sub(rf"(?<!\w){re.escape(part.text)}(?!\w)", " ", name, count=1)
    return name


def before(name: str, part: Part | None) -> str:
    """Return what stands before a part of a name, the whole name where it does not stand in it."""
    at = name.find(part.text) if part is not None and part.text else -1
    return name[:at] if at >= 0 else name


def _first(tokens: Sequence[Token], begin: int) -> Match | None:
    """Return the first kind that a name's words tell, the longest of those that begin there."""
    kinds = lexicon().matcher("organisation-kind")
    return next((match for at in range(begin, len(tokens)) for match in kinds.at(tokens, at)), None)


def _honours(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each word for an honour with the person's name, nothing where none stands behind it."""
    for index, token in enumerate(tokens):
        if token.low in HONOUR:
            end = person_end(tokens, index + 1)
            yield index, end if end > index + 1 else index


def _quoted(name: str, tokens: Sequence[Token], kind: Match | None) -> tuple[Part | None, Part | None]:
    """Return the outermost quotation, and the title: the quotation within it, or itself where it tells no kind."""
    marks = quotes(name)
    if not marks:
        return None, None
    outer, *inner = (Part(name[one.start + 1 : one.end - 1], one.start + 1, one.end - 1) for one in marks)
    told = kind is not None and outer.start <= tokens[kind.first].start < outer.end
    nested = next((one for one in inner if one.end <= outer.end), None)
    return outer, nested or (None if told else outer)


def _spanned(name: str, tokens: Sequence[Token], span: tuple[int, int] | None) -> Part | None:
    if span is None:
        return None
    start, end = tokens[span[0]].start, tokens[span[1] - 1].end
    return Part(name[start:end], start, end)


def _found(match: re.Match[str]) -> Part:
    return Part(match[0], *match.span())


def _outside(found: Iterable[re.Match[str]], taken: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Yield what was found outside of some spans."""
    for match in found:
        if not any(start <= match.start() < end for start, end in taken):
            yield _found(match)
