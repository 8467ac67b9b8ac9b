"""The pieces of a cell that holds a name and a place, and what each of them can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pobratim.extract.cells import CellText
from pobratim.extract.geo import Geo
from pobratim.extract.geography import Geographer
from pobratim.layout.columns import ColumnNamer
from pobratim.lexicon.lexicon import LEX, Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.lexicon.words import WORDS
from pobratim.shapes.sentences import Span
from pobratim.text.tokens import Token

_BORDER = re.compile(r"[,;\n(]|\s[–—-]\s|(?<!\b\w)(?<!\b\w\w)(?<!\b\w\w\w)\.\s+(?=\S)")
_LABEL = re.compile(r"([^\W\d_]+(?:\s+[^\W\d_]+){0,3})\s*[:–—-]\s+")
_SPACE = " \t\n,;.()–—-"
_SHORT_TYPES = WORDS.of("settlement-abbreviation", "settlement-initials")
_TYPES = WORDS.of("settlement-type")
_SPOT = WORDS.of("spot")
_NO_VENUE = ("collective", "group")
"""Marks of kinds of bodies that perform or travel and hold nothing."""
_FEW = 4
"""Words that tell a way of attending: «в режиме видео-конференц-связи»."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The text from a border on: ``mark`` is the border's sign, ``behind`` its offset, ``start`` where words begin.

    ``stop`` is where the next border stands, ``line`` where the line ends. What a label announces is ``labelled`` and
    starts behind the label.
    """

    mark: str
    behind: int
    start: int
    stop: int
    line: int
    labelled: bool


class Pieces:
    """The pieces of ``text``, the first of which is the name's."""

    def __init__(self, text: str, geographer: Geographer, namer: ColumnNamer) -> None:
        """Cut a text; borders within quotation marks cut nothing, nor does a dash between two towns."""
        self.text = text
        self._geographer, self._namer = geographer, namer
        self._lexicon: Lexicon = geographer.lexicon
        self.all = tuple(self._cut())
        self._bracketed = sum(1 for piece in self.all if piece.mark == "(" and self._holds_a_town(piece))

    def _cut(self) -> Iterator[Piece]:
        text, quotes = self.text, CellText("place", self.text).quotes
        marks = [m for m in _BORDER.finditer(text) if not any(q.start < m.start() < q.end for q in quotes)]
        marks = [m for m in marks if m[0].strip() not in "–—-" or m[0] == "\n" or not self._pairs(m.start())]
        stops = [*(m.start() for m in marks), len(text)]
        yield self._piece("", 0, 0, stops[0])
        for mark, stop in zip(marks, stops[1:], strict=True):
            yield self._piece(mark[0].strip(" \t") or "\n", mark.start(), mark.end(), stop)

    def _piece(self, mark: str, behind: int, begin: int, stop: int) -> Piece:
        start = begin + len(self.text[begin:]) - len(self.text[begin:].lstrip(_SPACE))
        label = _LABEL.match(self.text, start)
        labelled = label is not None and self._namer.names(label[1]) == ("place",)
        end = self.text.find("\n", start)
        at = label.end() if label and labelled else start
        return Piece(mark, behind, at, max(stop, at), end if end >= 0 else len(self.text), labelled)

    def _pairs(self, dash: int) -> bool:
        """Tell whether a town's name ends at a dash: «Матч Глазов – Сьенфуэгос»."""
        cell = CellText("place", self.text[self.text.rfind("\n", 0, dash) + 1 : dash])
        return any(geo.kind == "settlement" and geo.last == len(cell.tokens) for geo in self._geographer.find(cell))

    def _cell(self, piece: Piece, stop: int) -> CellText:
        return CellText("place", self.text[piece.start : stop])

    @property
    def is_town(self) -> bool:
        """Tell whether a text is a town with its land or venue and no more: «г. Минск, Дворец Республики»."""
        return self.begins_with_a_town(self.all[0]) and all(self.belongs(p) or self.is_venue(p) for p in self.all)

    def begins_with_a_town(self, piece: Piece) -> bool:
        """Tell whether a settlement's name begins a piece and is a place of its own.

        It has a type word, or nothing but marks behind it. What a bracket holds must end the cell, and of several
        brackets each tells whose seat it is («хор «Орлята» (г. Орск) и хор «Мост» (г. Брест)»).
        """
        if piece.mark == "(" and not (self.text.rstrip(" \n.;").endswith(")") and self._bracketed <= 1):
            return False
        return self._holds_a_town(piece)

    def _holds_a_town(self, piece: Piece) -> bool:
        cell = self._cell(piece, piece.line)
        return any(geo.first == 0 and _is_place(cell, geo) for geo in self._geographer.find(cell))

    def belongs(self, piece: Piece) -> bool:
        """Tell whether a piece before a place is of it: a country, region or town and no more, or a venue."""
        return self._fills(piece) or (piece.mark in "(," and self.is_venue(piece))

    def _fills(self, piece: Piece) -> bool:
        cell = self._cell(piece, piece.stop)
        geos = self._geographer.find(cell)
        whole = [geo for geo in geos if geo.first == 0 and geo.last == len(cell.tokens)]
        return any(geo.kind != "settlement" or _is_place(cell, geo) for geo in whole)

    def is_way(self, piece: Piece) -> bool:
        """Tell whether a piece says no more than how it was attended: «онлайн», «в режиме ВКС», «Zoom»."""
        cell = self._cell(piece, piece.stop)
        matches = self._lexicon.matcher("format").find(cell.tokens)
        return len(cell.tokens) <= _FEW and bool(matches)

    def is_venue(self, piece: Piece) -> bool:
        """Tell whether a piece is a body that holds events or a spot, in the nominative: «Дворец …», «пл. Ленина»."""
        cell = self._cell(piece, piece.stop)
        return _is_spot(cell) or self._heads(cell, "organisation-kind", _NO_VENUE)

    def is_place_line(self, piece: Piece) -> bool:
        """Tell whether a line names a place: a town, a way of attending, a body or a spot in the nominative.

        No line does that goes on with a title: in quotation marks, in another case, with an event or a verb.
        """
        if self.begins_with_a_town(piece) or self.is_way(replace(piece, stop=piece.line)):
            return True
        cell = self._cell(piece, piece.line)
        if not cell.tokens or cell.quote_of[0] is not None or not _nominative(cell.tokens[0]):
            return False
        if self._heads(cell, "event-kind", ()) or any(map(_is_verb, cell.tokens)):
            return False
        if cell.tokens[0].word.title or _is_spot(cell) or self._heads(cell, "organisation-kind", _NO_VENUE):
            return True
        return any(geo.kind == "settlement" for geo in self._geographer.find(cell))

    def _heads(self, cell: CellText, scheme: str, without: tuple[str, ...]) -> bool:
        """Tell whether a concept's word stands at the head of a text, behind adjectives at most, in the nominative."""
        for match in self._lexicon.matcher(scheme).find(cell.tokens):
            if cell.quote_of[match.first] is not None or any(self._marked(match.concept, mark) for mark in without):
                continue
            before, head = cell.tokens[: match.first], cell.tokens[match.last - 1]
            told = cell.tokens[match.first]
            if all(t.word.adjectival() and t.word.has("nomn") for t in before) and (
                _nominative(told) or _nominative(head)
            ):
                return True
        return False

    def _marked(self, concept: Concept, mark: str) -> bool:
        return any("true" in one.extra.get(LEX + mark, ()) for one in self._lexicon.broader(concept))


def _is_place(cell: CellText, geo: Geo) -> bool:
    """Tell whether a settlement's name is a place of its own: with a type word, or with nothing but marks behind it."""
    if geo.kind != "settlement" or cell.quote_of[geo.first] is not None:
        return False
    if cell.low(geo.first) in _SHORT_TYPES:
        return True
    named = cell.tokens[geo.last - 1].word.has("nomn")
    if cell.tokens[geo.first].word.lemmas & _TYPES:
        return named and cell.tokens[geo.first].word.has("nomn")
    return named and (geo.last == len(cell.tokens) or cell.tokens[geo.last].kind == "mark")


def labelled_place(text: str, span: Span, namer: ColumnNamer) -> Span | None:
    """Return what a sentence announces as the place («Место проведения – г. Логойск»), None for any other sentence."""
    label = _LABEL.match(text, span.start, span.end)
    if label is None or namer.names(label[1]) != ("place",):
        return None
    return Span(label.end(), span.start + len(text[slice(*span)].rstrip(" .;")))


def _is_spot(cell: CellText) -> bool:
    """Tell whether a text begins with a spot in a town: «площадь Ленина», «ул. Муштари», «здание администрации»."""
    if not cell.tokens or cell.quote_of[0] is not None:
        return False
    first = cell.tokens[0]
    return first.low in _SPOT or (_nominative(first) and bool(first.word.lemmas & _SPOT))


def _nominative(token: Token) -> bool:
    """Tell whether a word can be in the nominative; what only has capitals («МВЦ») can."""
    return token.kind == "word" and (token.word.has("nomn") or token.word.upper)


def _is_verb(token: Token) -> bool:
    return token.kind == "word" and token.word.has("VERB") and not token.word.has("NOUN")
