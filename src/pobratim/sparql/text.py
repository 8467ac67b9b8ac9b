"""What can be told of a query without parsing it: its form, its nesting, and which telling words stand in it.

Tokens as in SPARQL 1.1, section 19.8. The engine reads without tokens, so in a few places it may see others than
we do: "<" behind an operand begins an IRI here and may be "less than" there, a comment or string may so begin behind
it. From such a place on all text is doubted: every bracket in it opens, every word in it counts, wherever it seems to
stand. So a query looks deeper here than to the engine, never shallower, and no SERVICE of it is overlooked.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Form = Literal["select", "ask", "construct", "describe", "unknown"]

_WITHIN = re.compile(r"^[ \t]*# window[ \t]*$", re.MULTILINE)
_ESCAPE = r"""\\(?:[tbnrf"'\\]|u(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|U00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"""
# No character beyond ASCII stands outside names, IRIs, strings and comments, so all of them may belong to names.
# A prefix has nine parts at most: without a bound the time would grow with the square of "a.a.a.…".
_TOKEN = re.compile(
    r"""
      (?P<space>\s+|\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | (?P<variable>[?$][\w\x80-\U0010ffff]+)
    | (?P<name>(?:[A-Za-z\x80-\U0010ffff][\w\x80-\U0010ffff]*+(?:[.\-]++[\w\x80-\U0010ffff]++){0,8}+-*+)?:
        (?:(?:\\[_~.\-!$&'()*+,;=/?\#@%]|%[0-9A-Fa-f]{2}|[\w\x80-\U0010ffff:])
           (?:\.*(?:\\[_~.\-!$&'()*+,;=/?\#@%]|%[0-9A-Fa-f]{2}|[\w\x80-\U0010ffff:\-]))*)?)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>[A-Za-z_\x80-\U0010ffff][\w\x80-\U0010ffff]*)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_GOOD_ESCAPES = re.compile(_ESCAPE)
_FORMS = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "construct", "DESCRIBE": "describe"}
_VOLATILE = {"NOW", "RAND", "UUID", "STRUUID"}
"""Functions that give another answer each time (SPARQL 1.1, section 17.4): such answers are not kept."""
_OPERANDS = {"iri", "string", "variable", "name", "tag", "word", "close"}
_UNSEEN = re.compile(r"[#'()\[\]]")
"""What an IRI may hold that means something else where it is none."""
_OPENING = re.compile(r"[{(\[]")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the pattern above) and where it stands, text[start:end]."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def variable(self) -> str:
        """Return the name of a variable without its sign, "" for every other token."""
        return self.text[1:] if self.kind == "variable" else ""

    @property
    def word(self) -> str:
        """Return a keyword in capitals or a mark as it is, "" for every other token."""
        return self.text.upper() if self.kind in ("word", "open", "close", "other") else ""


@dataclass(frozen=True, slots=True)
class Outline:
    """What the tokens of a query tell; ``is_doubtful`` where the engine may see other tokens."""

    form: Form
    depth: int
    unions: int
    has_service: bool
    has_dataset: bool
    is_volatile: bool
    is_doubtful: bool = False


def tokens(sparql: str, spaces: bool = False) -> Iterator[Token]:
    """Yield the tokens of a query or update; white space and comments (kind "space") only with ``spaces``.

    With them the texts joined are ``sparql`` again.
    """
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or ""
        if spaces or kind != "space":
            yield Token(kind, match[0], match.start(), match.end())


@lru_cache(maxsize=1024)
def outline(sparql: str) -> Outline:
    """Return what can be told of a query; ``form`` is unknown where no query begins."""
    deepest = unions = 0
    form, words, glued, before, kind_before, service = "unknown", set(), "", "", "", False
    brackets, values = [""], False
    for match in _TOKEN.finditer(sparql):
        kind, shown = match.lastgroup or "", match[0]
        if kind == "space":
            continue
        if _is_doubtful(kind, shown, kind_before, before, brackets[-1]):
            return _doubted(sparql, match.start(), form, max(deepest, len(brackets) - 1), len(brackets) - 1)
        if kind == "word":
            word = shown.upper()
            words.add(word)
            unions += word == "UNION"
            values = values or word == "VALUES"
            service = service or "SERVICE" in word
            if form == "unknown" and len(brackets) == 1:
                form = _FORMS.get(word, form)
        elif kind == "open":
            is_data = shown == "{" and values
            brackets.append("values" if is_data or brackets[-1] == "values" else shown)
            values = values and shown != "{"
            deepest = max(deepest, len(brackets) - 1)
            service = service or (shown == "{" and "SERVICE" in glued)
        elif kind == "close" and len(brackets) > 1:
            brackets.pop()
        # To the engine "SERVICE:x {" is a SERVICE of the IRI ":x", also where a prefix "service" exists. Behind GRAPH
        # it can be nothing but a name.
        glued = shown.partition(":")[0].upper() if kind == "name" and before != "GRAPH" else ""
        before, kind_before = shown.upper(), kind
    return Outline(
        form=form,  # type: ignore[arg-type]
        depth=deepest,
        unions=unions,
        has_service=service,
        has_dataset="FROM" in words,
        is_volatile=not words.isdisjoint(_VOLATILE),
    )


def _is_doubtful(kind: str, shown: str, kind_before: str, before: str, bracket: str) -> bool:
    """Tell whether the engine may see another token here than we do.

    An IRI behind an operand of an expression or inside ``<<`` may be an operator; a long string with a wrong escape is
    an empty one to the engine, followed by another.
    """
    if kind == "iri":
        is_operand = kind_before in _OPERANDS or before.isdigit() or before == "."
        may_compare = before == "<" or (is_operand and bracket == "(")
        return may_compare and _UNSEEN.search(shown) is not None
    if kind == "string":
        return "\\" in shown and "\\" in _GOOD_ESCAPES.sub("", shown)
    return kind == "other" and shown in "\"'\\"


def _doubted(sparql: str, start: int, form: str, deepest: int, depth: int) -> Outline:
    """Return the outline of a query that is doubtful from ``start`` on, where it is ``depth`` deep."""
    raw = sparql.upper()
    return Outline(
        form=form,  # type: ignore[arg-type]
        depth=max(deepest, depth + len(_OPENING.findall(sparql, start))),
        unions=raw.count("UNION"),
        has_service="SERVICE" in raw,
        has_dataset="FROM" in raw,
        is_volatile=True,
        is_doubtful=True,
    )


def windowed(sparql: str, limit: int | None, offset: int) -> str:
    """Return a SELECT that gives the rows of ``sparql`` from number ``offset`` (0: the first) on, at most ``limit``.

    A LIMIT or OFFSET that the outermost query has of its own still holds: the window lies within. Only these two
    numbers are written into the text, before a VALUES clause that follows (SPARQL 1.1, 19.8, rules 18 and 28).

    A query whose rows are those of a SELECT within, in the same order, may say so: the window stands in the place of
    its line ``# window``, and the rest is looked up for these rows alone.
    """
    marked = _WITHIN.search(sparql)
    if marked:
        within = f"OFFSET {offset}" + ("" if limit is None else f" LIMIT {limit}")
        return f"{sparql[: marked.start()]}{within}{sparql[marked.end() :]}"
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


def rows_alone(sparql: str) -> str:
    """Return the SELECT whose rows those of a query are (``# window``), to count them; else the query."""
    marked = _WITHIN.search(sparql)
    if not marked:
        return sparql
    found = [token for token in tokens(sparql) if token.start < marked.start()]
    begins = next(token.start for token in found if token.text.upper() == "SELECT")
    last = [token for token in found if token.text.upper() in ("ORDER", "}")][-1]
    return sparql[:begins] + sparql[_innermost(found) : last.start if last.text != "}" else last.end]


def _innermost(found: list[Token]) -> int:
    """Return where the innermost bracket that is still open ends."""
    open_: list[int] = []
    for token in found:
        if token.kind == "open":
            open_.append(token.end)
        elif token.kind == "close":
            open_.pop()
    return open_[-1]


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


def star(sparql: str) -> Token | None:
    """Return the "*" of a query whose outermost SELECT says it, None for every other query."""
    if "*" not in sparql:
        return None
    found = outline(sparql)
    if found.form != "select" or found.has_service or found.is_doubtful:
        return None
    depth, selects = 0, False
    for token in tokens(sparql):
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.word == "SELECT":
            selects = True
        elif selects and token.word not in ("DISTINCT", "REDUCED"):
            return token if token.text == "*" else None
    return None


def with_columns(sparql: str, mark: Token, columns: Collection[str]) -> str:
    """Return a query with its "*" (``mark``) written out: these columns, in the order in which they first appear."""
    placed = dict.fromkeys(token.variable for token in tokens(sparql[mark.end :]) if token.variable in columns)
    names = [*placed, *(name for name in columns if name not in placed)]
    return f"{sparql[: mark.start]} {' '.join(f'?{name}' for name in names)} {sparql[mark.end :]}"


def names_dataset(sparql: str) -> bool:
    """Tell whether a query says FROM, and so what its dataset is."""
    return "FROM" in sparql.upper() and outline(sparql).has_dataset
