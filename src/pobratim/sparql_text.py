"""What can be told of a query without parsing it: its form, its nesting, and which telling words stand in it.

Tokens as in SPARQL 1.1, section 19.8. Where text is malformed the brackets in it are counted all the same, so that a
query looks deeper here than to the parser, never shallower.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Form = Literal["select", "ask", "construct", "describe", "unknown"]

_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_](?:[\w.\-]*[\w\-])?)?:(?:\\[_~.\-!$&'()*+,;=/?\#@%]|%[0-9A-Fa-f]{2}|[\w:.\-])*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[^\W\d]\w*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "construct", "DESCRIBE": "describe"}
_VOLATILE = {"NOW", "RAND", "UUID", "STRUUID"}
"""Functions that give another answer each time (SPARQL 1.1, section 17.4): such answers are not kept."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the pattern above) and where it stands, text[start:end]."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Outline:
    """What the tokens of a query tell."""

    form: Form
    depth: int
    unions: int
    has_service: bool
    has_dataset: bool
    is_volatile: bool


def tokens(sparql: str) -> Iterator[Token]:
    """Yield the tokens of a query or update, without white space and comments."""
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or ""
        if kind != "space":
            yield Token(kind, match[0], match.start(), match.end())


@lru_cache(maxsize=1024)
def outline(sparql: str) -> Outline:
    """Return what can be told of a query; ``form`` is unknown where no query begins."""
    depth = deepest = unions = 0
    form, words, doubtful, before, service = "unknown", set(), "", "", False
    for match in _TOKEN.finditer(sparql):
        kind, shown = match.lastgroup, match[0]
        if kind == "space":
            continue
        if kind == "word":
            word = shown.upper()
            words.add(word)
            unions += word == "UNION"
            service = service or "SERVICE" in word
            if form == "unknown" and depth == 0:
                form = _FORMS.get(word, form)
        elif kind == "open":
            depth += 1
            deepest = max(deepest, depth)
            service = service or (shown == "{" and "SERVICE" in doubtful)
        elif kind == "close":
            depth = max(0, depth - 1)
        # The engine reads without tokens: to it "SERVICE:x {" is a SERVICE of the IRI ":x", also where a prefix
        # "service" exists. Behind GRAPH it can be nothing but a name.
        doubtful = shown.partition(":")[0].upper() if kind == "name" and before != "GRAPH" else ""
        before = shown.upper()
    return Outline(
        form=form,  # type: ignore[arg-type]
        depth=deepest,
        unions=unions,
        has_service=service,
        has_dataset="FROM" in words,
        is_volatile=not words.isdisjoint(_VOLATILE),
    )


def names_dataset(sparql: str) -> bool:
    """Tell whether a query says FROM, and so what its dataset is."""
    return "FROM" in sparql.upper() and outline(sparql).has_dataset
