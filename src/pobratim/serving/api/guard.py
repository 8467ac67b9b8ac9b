"""What is refused before it runs: queries that are too long, nest too deep, or reach out of the store.

The engine parses by recursion: 1,000 nested braces (2 KB) end its process (measured on Oxigraph 0.5.13).
"""

from pobratim.serving.settings import Limits
from pobratim.serving.workers.refusal import RefusedError
from pobratim.sparql.text import Outline, outline, tokens


def admitted(sparql: str, limits: Limits, services: bool = False) -> Outline:
    """Return the outline of a query that may run. Raises RefusedError 400, 403 or 413 for one that may not.

    ``services`` tells whether SERVICE is let through, to be taken out by ``federation.py`` before the query runs;
    never where the engine may see another one than that does.
    """
    if len(sparql.encode()) > limits.query_bytes:
        raise RefusedError(413, "query-too-long", {"limit": limits.query_bytes}, ("query_bytes", limits.query_bytes))
    found = outline(sparql)
    if found.depth > limits.depth:
        values = {"limit": limits.depth, "found": found.depth}
        raise RefusedError(400, "query-too-deep", values, ("depth", limits.depth))
    if found.unions > limits.unions:
        values = {"limit": limits.unions, "found": found.unions}
        raise RefusedError(400, "query-too-wide", values, ("unions", limits.unions))
    if found.has_service and (found.is_doubtful or not services):
        raise RefusedError(403, "service-off")
    return found


def admitted_update(update: str, limits: Limits) -> None:
    """Let an update pass that stays within the store. Raises RefusedError 400, 403 or 413 for any other."""
    admitted(update, limits)
    if any(token.kind == "word" and token.text.upper() == "LOAD" for token in tokens(update)):
        raise RefusedError(403, "load-off")
