"""Values for the variables of a query that goes to another store: what ``substitutions`` does in the embedded one.

SPARQL has no parameters, and a VALUES clause cannot give them: a FILTER in an OPTIONAL or a UNION does not see what
stands outside. So every occurrence of the variable becomes the term itself, token by token (never inside a string, an
IRI or a comment), and a term is written by Oxigraph as N-Triples writes it. What cannot be an occurrence of a term:

* in the SELECT list of the whole query it becomes ``(term AS ?name)``; in that of a sub-select it goes away, since a
  variable must not be assigned twice; a sub-select that does not return it has a variable of its own of that name;
* around a plain string ``STR( )`` goes away with it: it changes nothing, and Virtuoso 7.2 makes question marks of
  the Cyrillic letters of ``STR("…")``;
* in GROUP BY it goes away, as a constant parts nothing; in ORDER BY it gets parentheses;
* under ``SELECT *`` a VALUES clause at the end of the query adds the column.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pobratim.sparql_text import Token
from pobratim.sparql_text import tokens as tokens_of
from pobratim.store_backend import Term

_FORMS = {"SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "DROP"}
_MODIFIERS = {"HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "}"}
_DEPTH = {"(": 1, ")": -1}
_UNUSED = "(1 AS ?pobratim_constant)"
"""Keeps a SELECT list or GROUP BY of bound variables alone from being empty."""


def bind(sparql: str, terms: Mapping[str, Term]) -> str:
    """Return ``sparql`` with the variables named in ``terms`` replaced by their terms.

    Whether the query may have them replaced (they must be returned, they must not be assigned) is not asked here.
    """
    tokens = list(tokens_of(sparql, spaces=True))
    if not {token.variable for token in tokens} & set(terms):
        return sparql
    return _without_idle_str("".join(_Binder(tokens, terms).whole()))


def _without_idle_str(sparql: str) -> str:
    """Return ``sparql`` with STR of a plain string made the string."""
    tokens = list(tokens_of(sparql, spaces=True))
    solid = [index for index, token in enumerate(tokens) if token.kind != "space"]
    dropped: set[int] = set()
    for name, opening, value, closing in zip(solid, solid[1:], solid[2:], solid[3:], strict=False):
        around = (tokens[name].word, tokens[opening].text, tokens[closing].text)
        if around == ("STR", "(", ")") and tokens[value].kind == "string":
            dropped |= {name, opening, closing}
    return "".join(token.text for index, token in enumerate(tokens) if index not in dropped)


@dataclass(slots=True)
class _Select:
    """The parts of a SELECT (positions in the tokens): its list, then its GROUP BY, up to its end."""

    listed: range
    grouped: range
    stop: int


class _Binder:
    """One text on its way to its bound form."""

    def __init__(self, tokens: Sequence[Token], terms: Mapping[str, Term]) -> None:
        self.tokens, self.terms = tokens, terms

    def whole(self) -> Iterator[str]:
        start = next((i for i, token in enumerate(self.tokens) if token.word in _FORMS), len(self.tokens))
        yield from (token.text for token in self.tokens[:start])
        if start < len(self.tokens) and self.tokens[start].word == "SELECT":
            yield from self.select(start, len(self.tokens), set(self.terms), outer=True)
        else:
            yield from self.span(start, len(self.tokens), set(self.terms))

    def span(self, start: int, stop: int, active: Collection[str]) -> Iterator[str]:
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
            yield f" ({self.terms[token.variable]}) " if bare else self._replaced(token, active)
            index += 1

    def select(self, start: int, stop: int, active: Collection[str], outer: bool) -> Iterator[str]:
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
            yield self.added(bound)

    def returned(self, listed: range, bound: Collection[str], outer: bool) -> Iterator[str]:
        plain, found = set(self._plain(listed)), False
        for index in listed:
            token = self.tokens[index]
            if token.variable in bound and index in plain:
                found = found or outer
                yield f" ({self.terms[token.variable]} AS ?{token.variable}) " if outer else " "
            else:
                found = found or (token.kind != "space" and token.word not in {"DISTINCT", "REDUCED"})
                yield self._replaced(token, bound)
        yield "" if found else f" {_UNUSED} "

    def grouping(self, grouped: range, bound: Collection[str]) -> Iterator[str]:
        plain, found = set(self._plain(grouped)), False
        for index in grouped:
            token = self.tokens[index]
            if token.variable in bound and index in plain:
                continue
            found = found or (token.kind != "space" and index >= grouped.start)
            yield self._replaced(token, bound)
        yield f" {_UNUSED} " if grouped and not found else ""

    def added(self, bound: Collection[str]) -> str:
        names = sorted(bound)
        columns, row = " ".join(f"?{name}" for name in names), " ".join(str(self.terms[name]) for name in names)
        return f"\nVALUES ({columns}) {{ ({row}) }}\n" if names else ""

    def _replaced(self, token: Token, bound: Collection[str]) -> str:
        return f" {self.terms[token.variable]} " if token.variable in bound else token.text

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
