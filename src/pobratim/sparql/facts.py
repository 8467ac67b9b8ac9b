"""Whether a query asks of facts alone, so that a store without the phrases behind them gives the same answer.

Told from the text by a grammar of its own, a part of SPARQL's: every triple pattern must have for its predicate a
constant, or a path of constants, that no phrase has. Such a pattern finds the same triples with evidence and without
it, and all else in a query works on what patterns found. What would see the evidence nevertheless is no part of the
grammar: a variable for a predicate or for a graph, a negated set, DESCRIBE, a path of no steps from just any node.
Whatever is not understood, or might be read otherwise by the engine, is not of facts: that costs time, never rows.
"""

import re
from collections.abc import Collection
from functools import lru_cache

from pobratim.sparql.grammar import DoubtError, Reading
from pobratim.sparql.text import outline

_LONGEST = 16_000
"""Characters of a text that is read, at most: twice the longest question of ours, 0.03 s for the worst of texts."""
_DEEPEST = 60
"""Brackets within brackets, at most: they are read by recursion."""
_ESCAPED = re.compile(r"\\[uU]")


@lru_cache(maxsize=1024)
def is_of_facts(sparql: str, graphs: Collection[str] = ()) -> bool:
    """Tell whether evidence has no part in the answer to a query, which has its values written in already.

    ``graphs`` are those that the request names besides (a tuple: it is remembered). False for whatever is no query, and
    for a text so long that to read it may take as long as to answer it.
    """
    if len(sparql) > _LONGEST:
        return False
    found = outline(sparql)
    if found.is_doubtful or found.has_service or found.depth > _DEEPEST or _ESCAPED.search(sparql):
        return False
    try:
        Reading(sparql).query(graphs)
    except DoubtError:
        return False
    return True
