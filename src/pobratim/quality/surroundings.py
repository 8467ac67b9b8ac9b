"""What stands around a stretch of a cell, by which an unclaimed one is judged."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.lexicon.lexicon import lexicon
from pobratim.lexicon.words import WORDS
from pobratim.quality.claims import Claims, Span
from pobratim.text.quotes import Quote, quotes
from pobratim.text.tokens import Token, tokenize
from pobratim.text.words import Word, fold, word

_BEFORE = 160
"""Characters before a stretch in which the noun that it names is looked for."""
_NEAR = 24
"""Characters before a stretch in which the end of the sentence before it is looked for."""
_SENTENCE_END = re.compile(r"(?:^|[!?…;:\n]|(?P<word>[\w-]*)\.)[\s«„“\"(\[•·*–—-]*(?:\d+[.)]\s*)?$")
_ABBREVIATED = WORDS.of("abbreviation")
_WITHIN = re.compile(r"\bв\s+рамках\b[^,;.]*$", re.IGNORECASE)
_TITLED = WORDS.of("titled-work", "titled-occasion")
"""Nouns that a topic, a work or an occasion is named by; kinds of events are in ontology/event-kinds.ttl."""
_PROPER = ("Name", "Surn", "Patr", "Geox", "Orgn", "Abbr", "Trad")
"""Grammemes of OpenCorpora for what is written with a capital wherever it stands."""
_SMALL = ("PREP", "CONJ", "PRCL", "NPRO")
_CAPITALISED = re.compile(r"(?<![\w-])[A-ZА-ЯЁ][\w’'-]*")
_LOWER = re.compile(r"[ \u00a0]+([а-яё][а-яё-]+)")


class Surroundings:
    """One cell, with its outermost quotations, for the questions that ``gaps`` asks of a stretch of it."""

    def __init__(self, claims: Claims, column: str, text: str) -> None:
        """Take a cell of the record whose ``claims`` these are."""
        self.column = column
        self.text = text
        self.quotes: Sequence[Quote] = [quote for quote in quotes(text) if quote.depth == 0] if _quoted(text) else []
        self._claims = claims

    def told(self, span: Span) -> bool:
        """Tell whether every capitalised word of the stretch stands, in some form, in a claimed phrase of the row."""
        words = _CAPITALISED.findall(self.text, span.start, span.end)
        known = self._claims.lemmas
        return bool(words) and all(not known.isdisjoint(word(text).lemmas) for text in words)

    def is_title(self, span: Span, *, quoted: bool) -> bool:
        """Tell whether a stretch names an event, a topic or a work rather than a thing of its own."""
        before = self._before(span.start)
        if _WITHIN.search(before):
            return True
        tokens = tokenize(before if quoted else self.text[span.start : span.end])
        listed = [at for at, token in enumerate(tokens) if not _TITLED.isdisjoint(token.word.lemmas)]
        events = max([*listed, *_ends(tokens, "event-kind")], default=-1)
        if not quoted:
            return events >= 0
        organisations = max((at for at in _ends(tokens, "organisation-kind") if not _plural(tokens[at])), default=-1)
        return events > organisations or (self.column == "name" and organisations < 0)

    def geography(self, span: Span) -> Literal["", "other", "value"]:
        """Tell whether a stretch is nothing but countries, regions and towns, and no value of the row or its report."""
        tokens = tokenize(self.text[span.start : span.end])
        found = lexicon().matcher("country", "territory", "region").find(tokens)
        covered = {index for match in found for index in range(match.first, match.last)}
        rest = [token for index, token in enumerate(tokens) if index not in covered]
        if not all(token.kind == "word" and _is_town(token.word.text) for token in rest):
            return ""
        known = not rest and all(match.concept.notation in self._claims.values for match in found)
        return "value" if known else "other"

    def named(self, words: Sequence[Span]) -> Span | None:
        """Return the stretch of a run of capitalised words, None where its capitals tell nothing.

        A first word that has its capital only because a sentence begins there is left out, and so are Roman numerals;
        an adjective at the end takes along its noun («Псковской области»).
        """
        kept = [one for one in self._without_start(words) if not word(self.text[one.start : one.end]).roman]
        if not kept:
            return None
        return Span(kept[0].start, self._noun_end(kept[-1]))

    def _noun_end(self, last: Span) -> int:
        """Return where the noun of an adjective ends, further adjectives between; the adjective's end without one."""
        end, form = last.end, word(self.text[last.start : last.end])
        while _is_adjective(form) and (match := _LOWER.match(self.text, end)):
            end, form = match.end(), word(match[1])
        return last.end if _is_adjective(form) or not form.has("NOUN") else end

    def _without_start(self, words: Sequence[Span]) -> Sequence[Span]:
        first = words[0]
        match = _SENTENCE_END.search(self.text, max(0, first.start - _NEAR), first.start)
        before = match["word"] if match else None
        if match is None or (before and (len(before) == 1 or fold(before) in _ABBREVIATED)):
            return words
        form = word(self.text[first.start : first.end])
        small = any(map(form.has, _SMALL)) and not form.upper
        proper = form.upper or not form.known or any(map(form.has, _PROPER))
        return words if proper and not small else words[1:]

    def _before(self, start: int) -> str:
        """Return what stands before an offset, from the end of the last quotation or sentence on."""
        before = self.text[max(0, start - _BEFORE) : start]
        cut = max(before.rfind(mark) for mark in "»”\n;!?")
        return before[cut + 1 :]


def _quoted(text: str) -> bool:
    return any(mark in text for mark in '«»„“”"‹›')


def _ends(tokens: list[Token], scheme: str) -> list[int]:
    """Return the indices of the last tokens of a scheme's labels."""
    return [match.last - 1 for match in lexicon().matcher(scheme).find(tokens)]


def _is_adjective(form: Word) -> bool:
    return bool(form.readings) and form.readings[0].pos in {"ADJF", "PRTF"}


def _plural(token: Token) -> bool:
    return token.word.has("plur") and not token.word.has("sing")


@cache
def _is_town(text: str) -> bool:
    gazetteer = Gazetteer.load()
    return any(gazetteer.find(lemma) for lemma in sorted(word(text).lemmas))
