"""The parts of an organisation's name as its mention knows them, each with its span in the cell."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pobratim.extract.cells import CellText
from pobratim.extract.organisations.grow import NUMBER_SIGNS, inside
from pobratim.extract.organisations.mention import Mention
from pobratim.extract.organisations.naming import name_last, spelling
from pobratim.lexicon.words import WORDS
from pobratim.names.initials import is_acronym
from pobratim.names.stretches import Span, form, namesake, unlisted
from pobratim.record import Part, Parts
from pobratim.text.tokens import Telling

_LEVELS = WORDS.of("level")
_OF_LEVEL: Telling[bool] = Telling(lambda token: bool(token.word.lemmas & _LEVELS) or None)
_SIGN = 3
"""Most tokens between a number and its sign: «№ 7», «№№ 7», «No. 7»."""


def name_parts(cell: CellText, mention: Mention, changed: Mapping[int, str]) -> Parts:
    """Return the parts of the name that a mention tells in a cell; its ``nominative_words`` are ``changed``."""
    spelt = spelling(cell, mention, changed)

    def part(span: Span | None) -> Part | None:
        first, last = span or (0, 0)
        return Part(spelt(first, last), cell.tokens[first].start, cell.tokens[last - 1].end) if first < last else None

    def several(spans: Iterable[Span]) -> tuple[Part, ...]:
        return tuple(found for span in spans if (found := part(span)) is not None)

    first, behind = mention.first, name_last(cell, mention)
    label = (mention.label_first, mention.label_last)
    aside = {*range(*label), *range(*(mention.legal or (0, 0)))}
    named = [i for i in range(*mention.span) if i not in aside]
    initials = [i for i in named if is_acronym(cell.tokens[i])]
    quotation = mention.quote or _quotation(cell, first, behind)
    mark = quotation[0] - 1 if quotation else first
    return Parts(
        column=cell.column,
        legal_form=part(form(cell.tokens, (first, mark), mention.label_first, mention.legal)),
        kind=part(label),
        quotation=part(quotation),
        title=part(_title(cell, mention, quotation)),
        honour=part(mention.honorific),
        complement=part(mention.complement),
        numbers=tuple(_signed(one) for one in several(_numbers(cell, mention))),
        initials=several((i, i + 1) for i in initials if i < behind),
        short=several((i, i + 1) for i in initials if i > behind),
        levels=several((i, i + 1) for i, _ in _OF_LEVEL.among(cell.tokens, *mention.span)),
        places=several((geo.first, geo.last) for geo in sorted(mention.geos, key=lambda geo: geo.first)),
        unlisted=several((i, i + 1) for i in unlisted(cell.tokens, first, behind, cell.opening) if i in named),
        person=part(namesake(cell.tokens, first, behind)),
    )


def _signed(number: Part) -> Part:
    """Return a number as names spell it: of «школы № 1, 3» the second has no sign of its own."""
    return number if not number.text.isdigit() else replace(number, text=f"№ {number.text}")


def _within(index: int, span: Span | None) -> bool:
    return span is not None and span[0] <= index < span[1]


def _quotation(cell: CellText, first: int, last: int) -> Span | None:
    """Return the first quotation that lies wholly in some tokens, which no rule has taken for the name's."""
    found = (inside(cell, quote) for index in range(first, last) if (quote := cell.quote_at(index)) is not None)
    return next((span for span in found if span[0] < span[1] < last), None)


def _title(cell: CellText, mention: Mention, quotation: Span | None) -> Span | None:
    """Return the quotation within the quoted name, or the quoted name itself beside which the kind stands."""
    if quotation is None:
        return None
    first, last = quotation
    nested = (quote for quote in cell.quotes if first <= cell.index_at(quote.start) < last)
    found = next(nested, None)
    if found is not None:
        begin, end = inside(cell, found)
        return begin, min(end, last)
    return None if _within(mention.head, quotation) else quotation


def _numbers(cell: CellText, mention: Mention) -> Iterable[Span]:
    """Yield the tokens of the mention's number with its sign, where it has one of its own."""
    for index in range(*mention.span) if mention.number else ():
        if cell.tokens[index].kind == "number" and cell.tokens[index].text == mention.number:
            signs = (i for i in range(index - 1, index - _SIGN, -1) if i >= 0 and cell.low(i) in NUMBER_SIGNS)
            yield next(signs, index), index + 1
            return
