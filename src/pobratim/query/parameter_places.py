"""Where a parameter may not stand in a query, since a constant cannot, or would say something else.

* ``BOUND($x)``, ``BIND(… AS $x)``, ``VALUES $x``: nothing but a variable may stand there.
* ``MINUS { … $x … }`` whose only variable in common with the rest is ``$x``: with a constant there is none, and MINUS
  takes nothing away (SPARQL 1.1, 8.3.3). ``FILTER NOT EXISTS`` says the same either way.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from pobratim.sparql.text import Token, tokens


def misplaced(sparql: str, name: str, parameters: Collection[str] = ()) -> str:
    """Return the text of a place at which the parameter ``name`` cannot stand, "" where there is none.

    ``parameters`` are the names of all parameters of the query: none of them counts as what MINUS has in common.
    """
    found = _solid(sparql)
    for index, token in enumerate(found):
        if token.variable == name and (place := _variable_only(found, index)):
            return f"{place} ${name}"
    for start, stop in _minus_groups(found):
        inside = found[start:stop]
        if any(token.variable == name for token in inside):
            outside = _enclosing(found, start)
            if not _bound_in(inside) & _bound_in(outside) - {name, *parameters}:
                return f"MINUS {{ ${name} }}"
    return ""


@lru_cache(maxsize=512)
def _solid(sparql: str) -> tuple[Token, ...]:
    return tuple(tokens(sparql))


def _variable_only(found: Sequence[Token], index: int) -> str:
    """Return the keyword because of which only a variable may stand at ``index``, "" where a term may."""
    before = [token.word for token in found[max(0, index - 2) : index]]
    if before[-1:] == ["AS"]:
        return "AS"
    if before == ["BOUND", "("]:
        return "BOUND"
    back = index - 1
    while back >= 0 and (found[back].variable or found[back].text == "("):
        back -= 1
    return "VALUES" if back >= 0 and found[back].word == "VALUES" else ""


def _minus_groups(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield where the group behind each MINUS begins (its brace) and ends (past its brace)."""
    for index, token in enumerate(found[:-1]):
        if token.word == "MINUS" and found[index + 1].text == "{":
            yield index + 1, _closing(found, index + 1)


def _closing(found: Sequence[Token], opening: int) -> int:
    depth = 0
    for index in range(opening, len(found)):
        depth += {"{": 1, "}": -1}.get(found[index].text, 0)
        if depth == 0:
            return index + 1
    return len(found)


def _enclosing(found: Sequence[Token], opening: int) -> Sequence[Token]:
    """Return what stands before the MINUS in the group around it."""
    depth = 0
    for index in range(opening - 1, -1, -1):
        depth += {"{": 1, "}": -1}.get(found[index].text, 0)
        if depth == 1:
            return found[index:opening]
    return found[:opening]


def _bound_in(group: Sequence[Token]) -> set[str]:
    """Return the variables that patterns of a group give: none of a filter's, nor of what a MINUS in it takes away."""
    names: set[str] = set()
    index, depth = 0, 0
    while index < len(group):
        token = group[index]
        if index and token.word in ("EXISTS", "MINUS"):
            index = _closing(group, index + 1)
            continue
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.variable and depth == 0:
            names.add(token.variable)
        index += 1
    return names
