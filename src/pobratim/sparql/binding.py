"""Values for the variables of a query, written into its text: so engines begin at the thing, as with any constant.

Oxigraph's own ``substitutions`` are joined with the rest, which then scans the store. SPARQL has no parameters, and a
VALUES clause cannot give them: a FILTER in an OPTIONAL or a UNION does not see what stands outside. So every
occurrence of the variable becomes the term itself, token by token (never inside a string, an IRI or a comment), and a
term is written by Oxigraph as N-Triples writes it. What cannot be an occurrence of a term:

* in the SELECT list of the whole query it becomes ``(term AS ?name)``; in that of a sub-select it goes away, since a
  variable must not be assigned twice; a sub-select that does not return it has a variable of its own of that name;
* around a plain string ``STR( )`` goes away with it: it changes nothing, and Virtuoso 7.2 makes question marks of
  the Cyrillic letters of ``STR("…")``;
* in GROUP BY it goes away, as a constant parts nothing; in ORDER BY it gets parentheses;
* under ``SELECT *`` a VALUES clause at the end of the query adds the column.

A text is taken apart once for the names bound in it; each value then costs a join of strings.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal

from pobratim.sparql.terms import Term
from pobratim.sparql.text import Token
from pobratim.sparql.text import tokens as tokens_of

_FORMS = {"SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "DROP"}
_MODIFIERS = {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"}
_DEPTH = {"(": 1, ")": -1}
_UNUSED = "(1 AS ?pobratim_constant)"
"""Keeps a SELECT list or GROUP BY of bound variables alone from being empty."""
_KEPT = 512
"""Texts whose parts are remembered: all questions of the library and of the pages, and some of a user's."""
_STRING = "http://www.w3.org/2001/XMLSchema#string"


class UnreturnedParameterError(RuntimeError):
    """A value for a variable that the query does not return: the engine's own fault for it, and its words."""

    def __init__(self, name: str) -> None:
        """Name the variable."""
        super().__init__(f"The SPARQL query does not contains variable ?{name} in its SELECT projection")


@dataclass(frozen=True, slots=True)
class _Hole:
    """A place for the value of ``name``; ``is_told`` where ``STR( )`` stands around it."""

    name: str
    is_told: bool = False

    def filled(self, terms: Mapping[str, Term]) -> str:
        term = terms[self.name]
        is_plain = isinstance(term, Literal) and term.datatype.value == _STRING
        return f" STR({term}) " if self.is_told and not is_plain else f" {term} "


_Piece = str | _Hole


def bind(sparql: str, terms: Mapping[str, Term]) -> str:
    """Return ``sparql`` with the variables named in ``terms`` replaced by their terms.

    Raises UnreturnedParameterError for a variable that the outermost SELECT does not return, or that stands nowhere.
    Whether the query is SPARQL, before and after, is not asked here.
    """
    if not terms:
        return sparql
    pieces = _pieces(sparql, frozenset(terms))
    return "".join(piece if isinstance(piece, str) else piece.filled(terms) for piece in pieces)


def among(sparql: str, variable: str, terms: Iterable[Term]) -> str:
    """Return ``sparql`` with these terms in its ``VALUES ?variable { UNDEF }``: any number of things in one query.

    As it stands, the text asks about all things. Raises LookupError where it has no such place.
    """
    place = f"VALUES ?{variable} {{ UNDEF }}"
    before, found, after = sparql.partition(place)
    if not found:
        raise LookupError(place)
    return f"{before}VALUES ?{variable} {{ {' '.join(map(str, terms))} }}{after}"


@lru_cache(maxsize=_KEPT)
def _pieces(sparql: str, names: frozenset[str]) -> tuple[_Piece, ...]:
    """Return the text in pieces with a hole for each value."""
    binder = _Binder(list(tokens_of(sparql, spaces=True)), names)
    for name in sorted(names):
        if not binder.returns(name):
            raise UnreturnedParameterError(name)
    return tuple(_joined(_without_idle_str(list(binder.whole()))))


def _without_idle_str(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Return the pieces with ``STR(`` hole ``)`` as one hole."""
    solid = [index for index, piece in enumerate(pieces) if isinstance(piece, _Hole) or piece.strip()]
    found = list(pieces)
    for name, opening, value, closing in zip(solid, solid[1:], solid[2:], solid[3:], strict=False):
        hole, word = pieces[value], pieces[name]
        around = isinstance(word, str) and word.upper() == "STR" and (pieces[opening], pieces[closing]) == ("(", ")")
        if around and isinstance(hole, _Hole):
            found[name : closing + 1] = ["", *[""] * (closing - name - 1), _Hole(hole.name, is_told=True)]
    return found


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield the pieces with neighbouring texts as one."""
    held: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            held.append(piece)
            continue
        yield "".join(held)
        held = []
        yield piece
    yield "".join(held)


@dataclass(slots=True)
class _Select:
    """The parts of a SELECT (positions in the tokens): its list, then its GROUP BY, up to its end."""

    listed: range
    grouped: range
    stop: int


class _Binder:
    """One text on its way to its bound form."""

    def __init__(self, tokens: Sequence[Token], names: Collection[str]) -> None:
        self.tokens, self.names = tokens, names
        words = (index for index, token in enumerate(tokens) if token.word in _FORMS)
        self.start = next(words, len(tokens))
        self.is_select = self.start < len(tokens) and tokens[self.start].word == "SELECT"

    def returns(self, name: str) -> bool:
        """Tell whether the query returns a variable: names it in its SELECT list, or is of another form and has it."""
        if self.is_select:
            listed = self._parts(self.start, len(self.tokens)).listed
            plain = [self.tokens[index] for index in self._plain(listed)]
            if not any(token.text == "*" for token in plain):
                return any(token.variable == name for token in plain)
        return any(token.variable == name for token in self.tokens)

    def whole(self) -> Iterator[_Piece]:
        yield from (token.text for token in self.tokens[: self.start])
        if self.is_select:
            yield from self.select(self.start, len(self.tokens), self.names, outer=True)
        else:
            yield from self.span(self.start, len(self.tokens), self.names)

    def span(self, start: int, stop: int, active: Collection[str]) -> Iterator[_Piece]:
        """Yield what is no list of a SELECT, with its sub-selects."""
        index, depth, word, ordering = start, 0, "", False
        while index < stop:
            token = self.tokens[index]
            if token.word == "SELECT":
                end = self._closing(index, stop)
                yield from self.select(index, end, active, outer=False)
                index = end
                continue
            ordering = (ordering or (word, token.word) == ("ORDER", "BY")) and token.word not in _MODIFIERS
            depth += _DEPTH.get(token.text, 0)
            word = token.word or word
            # ORDER BY takes a variable as it is, a term only in parentheses.
            bare = ordering and depth == 0 and token.variable in active
            yield from (" (", _Hole(token.variable), ") ") if bare else (self._replaced(token, active),)
            index += 1

    def select(self, start: int, stop: int, active: Collection[str], outer: bool) -> Iterator[_Piece]:
        """Yield a SELECT from its keyword to its end."""
        parts = self._parts(start, stop)
        names = {self.tokens[i].variable for i in self._plain(parts.listed)} - {""}
        every = any(self.tokens[i].text == "*" for i in self._plain(parts.listed))
        bound = set(active) if every else names & set(active)
        yield self.tokens[start].text
        yield from self.returned(parts.listed, bound, outer)
        yield from self.span(parts.listed.stop, parts.grouped.start, bound)
        yield from self.grouping(parts.grouped, bound)
        yield from self.span(parts.grouped.stop, parts.stop, bound)
        if outer and every:
            yield from self.added(bound)

    def returned(self, listed: range, bound: Collection[str], outer: bool) -> Iterator[_Piece]:
        plain, found = set(self._plain(listed)), False
        for index in listed:
            token = self.tokens[index]
            if token.variable in bound and index in plain:
                found = found or outer
                yield from (" (", _Hole(token.variable), f" AS ?{token.variable}) ") if outer else (" ",)
            else:
                found = found or (token.kind != "space" and token.word not in {"DISTINCT", "REDUCED"})
                yield self._replaced(token, bound)
        yield "" if found else f" {_UNUSED} "

    def grouping(self, grouped: range, bound: Collection[str]) -> Iterator[_Piece]:
        plain, found = set(self._plain(grouped)), False
        for index in grouped:
            token = self.tokens[index]
            if token.variable in bound and index in plain:
                continue
            found = found or (token.kind != "space" and index >= grouped.start)
            yield self._replaced(token, bound)
        yield f" {_UNUSED} " if grouped and not found else ""

    def added(self, bound: Collection[str]) -> Iterator[_Piece]:
        names = sorted(bound)
        if names:
            yield f"\nVALUES ({' '.join(f'?{name}' for name in names)}) {{ ("
            yield from (_Hole(name) for name in names)
            yield ") }\n"

    def _replaced(self, token: Token, bound: Collection[str]) -> _Piece:
        return _Hole(token.variable) if token.variable in bound else token.text

    def _parts(self, start: int, stop: int) -> _Select:
        body = next((i for i in range(start + 1, stop) if self.tokens[i].word in {"WHERE", "{", "FROM"}), stop)
        opened = next((i for i in range(body, stop) if self.tokens[i].text == "{"), stop)
        after = self._closing(opened + 1, stop) + 1
        group = next((i for i in range(after, stop) if self.tokens[i].word == "GROUP"), stop)
        by = next((i + 1 for i in range(group, stop) if self.tokens[i].word == "BY"), stop)
        end = next((i for i in range(by, stop) if self.tokens[i].word in _MODIFIERS), stop)
        return _Select(range(start + 1, body), range(by, end), stop)

    def _closing(self, index: int, stop: int) -> int:
        """Return where the brace closes that was open at ``index``."""
        depth = 0
        for here in range(index, stop):
            depth += {"{": 1, "}": -1}.get(self.tokens[here].text, 0)
            if depth < 0:
                return here
        return stop

    def _plain(self, part: range) -> Iterator[int]:
        """Yield the positions outside all parentheses."""
        depth = 0
        for index in part:
            depth += _DEPTH.get(self.tokens[index].text, 0)
            if depth == 0:
                yield index
