"""Updates with a dataset that the request names: its graphs become USING clauses (SPARQL 1.1 Protocol, 2.2.3)."""

from collections.abc import Sequence

from pyoxigraph import NamedNode

from pobratim.sparql.text import Token, tokens


class DatasetConflictError(ValueError):
    """The update names a dataset itself, by USING or WITH."""


def using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Return an update whose WHERE parts match over these graphs.

    Raises DatasetConflictError where it says USING or WITH itself, ValueError for what is no IRI.
    """
    clauses = [f"USING {NamedNode(graph)}" for graph in default]
    clauses += [f"USING NAMED {NamedNode(graph)}" for graph in named]
    added = " ".join(clauses) + " "
    pieces, end = [], 0
    for before, token, group_end in _wheres(update):
        pieces.append(update[end : token.start])
        if before == "DELETE":  # the short form takes no USING: say the pattern twice
            pieces.append(update[token.end : group_end] + " ")
        pieces.append(added)
        end = token.start
    return "".join(pieces) + update[end:]


def _wheres(update: str) -> list[tuple[str, Token, int]]:
    """Return each WHERE of an operation: the word before it, its token, and the end of its group."""
    found = list(tokens(update))
    depth, before, wheres = 0, "", []
    for index, token in enumerate(found):
        if token.kind == "word" and depth == 0:
            word = token.text.upper()
            if word in ("USING", "WITH"):
                raise DatasetConflictError(word)
            if word == "WHERE":
                wheres.append((before, token, _group_end(found, index + 1)))
            before = word
        elif token.kind == "open":
            depth += 1
            before = ""
        elif token.kind == "close":
            depth -= 1
    return wheres


def _group_end(found: Sequence[Token], index: int) -> int:
    depth = 0
    for token in found[index:]:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            return token.end
    return found[-1].end
