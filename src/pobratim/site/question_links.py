"""Addresses of questions: their pages, their answers in each format, the workbench."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from pobratim.query.answers import FORMATS_OF
from pobratim.query.question import NamedQuery
from pobratim.sparql.text import outline

_OWN_WORDS = {"query", "view", "example"}
"""What a link to the workbench says itself, so that no parameter may be called so there."""


def address_of(root: str, group: str, name: str = "") -> str:
    """Return the address of a question, or of a group's list; ``root`` is what all addresses begin with."""
    return "/".join([root, "queries", *([group] if group else []), *([quote(name, safe="")] if name else [])])


def links_of(query: NamedQuery, root: str, group: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses of a question: itself, its page, its answer to ``values`` in each format, the workbench."""
    address = address_of(root, group, query.name)
    asked = f"?{urlencode(values)}" if values else ""
    formats = FORMATS_OF[outline(query.text).form]
    return {
        "self": address,
        "about": f"{address}/about",
        "example": address + asked,
        **{name: f"{address}.{name}{asked}" for name in formats},
        "workbench": f"{root}/workbench#{_workbench(query, group, values)}",
    }


def _workbench(query: NamedQuery, group: str, values: Mapping[str, str]) -> str:
    """Return what stands behind the # of a link to the workbench: its example with values, else the bare text."""
    if group or _OWN_WORDS & values.keys():
        return urlencode({"query": query.text})
    return urlencode({"example": query.name, **values})
