"""Terms as values of queries, and those of SPARQL results JSON as SPARQL text: whatever they hold stays one term."""

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

Term = NamedNode | Literal
"""What a variable of a query may be given."""
_VARIABLE = re.compile(r"[^\W]\w*")


def term_text(term: Mapping[str, str] | None) -> str:
    """Return a term as it stands in VALUES; UNDEF for None. Raises ValueError for what is no term.

    The engine's own terms write themselves: they refuse malformed IRIs and language tags, and escape literals.
    """
    if term is None:
        return "UNDEF"
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return str(NamedNode(value))
    if kind == "bnode":
        return str(NamedNode(f"urn:pobratim:bnode:{value}"))
    if kind not in ("literal", "typed-literal"):
        raise ValueError(kind)
    if "xml:lang" in term:
        return str(Literal(value, language=term["xml:lang"]))
    if "datatype" in term:
        return str(Literal(value, datatype=NamedNode(term["datatype"])))
    return str(Literal(value))


def variable_name(name: str) -> str:
    """Return a variable's name. Raises ValueError for one that is none."""
    if not _VARIABLE.fullmatch(name):
        raise ValueError(name)
    return name
