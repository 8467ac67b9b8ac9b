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


def windowed(sparql: str, limit: int | None, offset: int) -> str:
    """Return a SELECT that gives the rows of ``sparql`` from number ``offset`` (0: the first) on, at most ``limit``.

    A LIMIT or OFFSET that the outermost query has of its own still holds: the window lies within. Only these two
    numbers are written into the text, before a VALUES clause that follows (SPARQL 1.1, 19.8, rules 18 and 28).
    """
    found = list(tokens(sparql))
    own, cuts, place = _own_window(sparql, found)
    first, most = own.get("OFFSET", 0), own.get("LIMIT")
    limits = [limit, None if most is None else max(0, most - offset)]
    least = min((each for each in limits if each is not None), default=None)
    text, end = "", 0
    for start, stop in cuts:
        text, end = text + sparql[end:start], stop
    modifiers = f"OFFSET {first + offset}" + ("" if least is None else f" LIMIT {least}")
    return f"{text}{sparql[end:place]}\n{modifiers}\n{sparql[place:]}"


def _own_window(sparql: str, found: list[Token]) -> tuple[dict[str, int], list[tuple[int, int]], int]:
    """Return LIMIT and OFFSET of the outermost query, where they stand, and where others may stand."""
    own: dict[str, int] = {}
    cuts: list[tuple[int, int]] = []
    depth = 0
    for index, token in enumerate(found):
        depth += (token.kind == "open") - (token.kind == "close")
        word = token.text.upper() if token.kind == "word" and depth == 0 else ""
        if word in ("LIMIT", "OFFSET"):
            digits = _digits(found[index + 1 :])
            if digits:
                own[word] = int("".join(digit.text for digit in digits))
                cuts.append((token.start, digits[-1].end))
        elif word == "VALUES":
            return own, cuts, token.start
    return own, cuts, len(sparql)


def _digits(found: list[Token]) -> list[Token]:
    """Return the tokens of the number that comes next: each digit is one."""
    number: list[Token] = []
    for token in found:
        if not ("0" <= token.text <= "9" and len(token.text) == 1) or (number and token.start != number[-1].end):
            break
        number.append(token)
    return number


def names_dataset(sparql: str) -> bool:
    """Tell whether a query says FROM, and so what its dataset is."""
    return "FROM" in sparql.upper() and outline(sparql).has_dataset
