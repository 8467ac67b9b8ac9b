"""What is wrong with a query that the engine does not take: a sentence for people, and the place.

The engine tells of the furthest place it came to, and of every character that could have followed. Here the text is
looked at for the mistakes that people make, and only what is left is told in the engine's terms, without its innards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from typing import Any

from pobratim.errors import Told
from pobratim.sparql.prefixes import COMMON, prefixes
from pobratim.sparql.text import Token, tokens
from pobratim.sparql.words import AGGREGATES, FORMS, FUNCTIONS, PROLOGUE, UPDATES, WORDS

_PLACE = re.compile(r"error at (\d+):(\d+)")
_CLASSES = re.compile(r"\[(?:[^\[\]']|'(?:\\u\{\w+\}|\\.|[^\\])')*\]")
_EXPECTED = re.compile(r'"(?P<mark>(?:[^"\\]|\\.)+)"|\b(?P<word>[A-Z]{2,})\b')
_NO_FUNCTION = re.compile(r"custom function (<[^>]*>) is not supported")
_SCHEME = re.compile(r"<?[A-Za-z][A-Za-z0-9+.-]*:")
_MOST_EXPECTED = 6
_CLOSING = {"{": "}", "(": ")", "[": "]"}
_SHOWN = 60
_LONG_ENOUGH = 3
"""Letters of a prefix from which on a near one is more than chance."""
_ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in a query: the sentence, and where it is: line and column from 1, in characters."""

    told: Told
    line: int
    column: int

    def to_json(self) -> dict[str, object]:
        """Return the mistake as plain JSON values."""
        told = {"plain": str(self.told), "code": self.told.code, "values": self.told.values}
        return {**told, "line": self.line, "column": self.column}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Mistake":
        """Read what ``to_json`` gave."""
        return cls(Told(data["plain"], data["code"], **data["values"]), data["line"], data["column"])

    def marked(self, text: str, width: int = 100) -> str:
        """Return the line of ``text`` with the mistake, a caret below it; of a long line ``width`` characters."""
        line = (text.split("\n")[self.line - 1 : self.line] or [""])[0].rstrip("\r").replace("\t", " ")
        first = max(0, self.column - 1 - width // 2)
        return f"  {line[first : first + width]}\n  {' ' * (self.column - 1 - first)}^"


def mistake_of(sparql: str, said: str, update: bool = False) -> Mistake:
    """Return what is wrong with a query (or ``update``) of which the engine said ``said``."""
    text = sparql.removeprefix("\ufeff")
    found = list(tokens(text))
    for code, at, values in _mistakes(text, found, said, update):
        line, column = _line_and_column(text, at)
        return Mistake(Told(_short(said), code, **values), line, column)
    raise AssertionError("the last of the checks finds something")


Found = tuple[str, int, Mapping[str, object]]
"""Message code, offset in the text, values of the message."""


def failure_told(said: str) -> str:
    """Return in words of the catalogue why a query that is SPARQL could not be carried out, where there are some."""
    unknown = _NO_FUNCTION.search(said)
    return Told(said, "function-unknown", function=unknown[1]) if unknown else said


def _mistakes(text: str, found: Sequence[Token], said: str, update: bool) -> Iterator[Found]:
    """Yield what is wrong, the surest first; the last one is always there."""
    if not found:
        yield "syntax-empty", 0, {}
    if "Prefix not found" in said:
        yield from _prefixes(found)
    yield from _open_ends(found)
    yield from _brackets(found)
    yield from _form(found, update)
    yield from _prefixes(found)
    yield from _unknown_words(found)
    yield from _misuse(found, said)
    yield _unexpected(text, found, said)


def _prefixes(found: Sequence[Token]) -> Iterator[Found]:
    declared: set[str] = set()
    for index, token in enumerate(found):
        if token.kind != "name":
            continue
        prefix = token.text.partition(":")[0]
        before = found[index - 1] if index else None
        if before is not None and before.word == "PREFIX":
            declared.add(prefix)
        elif before is not None and before.text == "_" and before.end == token.start:
            continue  # a blank node
        elif prefix not in declared:
            yield _undeclared(prefix, token, declared)
            return


def _undeclared(prefix: str, token: Token, declared: set[str]) -> Found:
    known = {**COMMON, **prefixes()}
    if prefix in known:
        return (
            "syntax-prefix-known",
            token.start,
            {"prefix": prefix, "declaration": f"PREFIX {prefix}: <{known[prefix]}>"},
        )
    near = get_close_matches(prefix, sorted({*known, *declared}), n=1) if len(prefix) >= _LONG_ENOUGH else []
    if near:
        iri = known.get(near[0])
        declaration = f"PREFIX {near[0]}: <{iri}>" if iri and near[0] not in declared else f"{near[0]}:"
        return "syntax-prefix-near", token.start, {"prefix": prefix, "near": near[0], "declaration": declaration}
    return "syntax-prefix", token.start, {"prefix": prefix}


def _open_ends(found: Sequence[Token]) -> Iterator[Found]:
    """Yield a string or an address that is never closed."""
    for token, after in zip(found, [*found[1:], None], strict=True):
        if token.kind != "other":
            continue
        if token.text in "\"'":
            yield "syntax-quote", token.start, {"mark": token.text}
            return
        opens_iri = token.text == "<" and after is not None and after.start == token.end and after.kind == "name"
        if opens_iri and after is not None and _SCHEME.fullmatch(after.text):
            yield "syntax-iri-open", token.start, {}
            return


def _brackets(found: Sequence[Token]) -> Iterator[Found]:
    opened: list[Token] = []
    for token in found:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if not opened:
                yield "syntax-bracket-surplus", token.start, {"mark": token.text}
                return
            last = opened.pop()
            if _CLOSING[last.text] != token.text:
                yield "syntax-bracket-open", last.start, {"mark": last.text, "wanted": _CLOSING[last.text]}
                return
    if opened:
        yield "syntax-bracket-open", opened[-1].start, {"mark": opened[-1].text, "wanted": _CLOSING[opened[-1].text]}


def _form(found: Sequence[Token], update: bool) -> Iterator[Found]:
    """Yield a text that begins with no form of a query: a misspelt one, or an update in place of a query."""
    index = 0
    while index < len(found) and found[index].word in PROLOGUE:
        index += 3 if found[index].word == "PREFIX" else 2
    wanted, others = (UPDATES, FORMS) if update else (FORMS, UPDATES)
    if index >= len(found):
        yield "syntax-only-prologue", found[-1].start, {}
    elif found[index].word in others:
        yield "syntax-is-query" if update else "syntax-is-update", found[index].start, {"word": found[index].word}
    elif found[index].word not in wanted:
        near = get_close_matches(found[index].text.upper(), sorted(wanted), n=1)
        code = "syntax-word-near" if near else "syntax-form"
        values = {"word": found[index].text[:_SHOWN], "near": (near or [""])[0], "forms": ", ".join(sorted(wanted))}
        yield code, found[index].start, values


def _unknown_words(found: Sequence[Token]) -> Iterator[Found]:
    """Yield the first word that SPARQL does not have; the digits of a number are tokens before its «e5»."""
    for index, token in enumerate(found):
        before = found[index - 1] if index else None
        glued = before is not None and before.end == token.start and before.kind == "other" and before.text not in "^!"
        if token.kind != "word" or token.text == "_" or token.word in WORDS or glued:
            continue
        is_call = index + 1 < len(found) and found[index + 1].text == "("
        others = FUNCTIONS | AGGREGATES
        near = get_close_matches(token.word, sorted(others if is_call else WORDS - others - {"A"}), n=1, cutoff=_ALIKE)
        kind = "syntax-function" if is_call else "syntax-word"
        yield f"{kind}-near" if near else kind, token.start, {"word": token.text[:_SHOWN], "near": (near or [""])[0]}
        return


def _misuse(found: Sequence[Token], said: str) -> Iterator[Found]:
    """Yield what the engine itself says in words: of grouping, of names given twice, of relative addresses."""
    if "SELECT * is not authorized" in said:
        yield "syntax-star-group", _first(found, "GROUP"), {}
    if "contains a variable that is unbound" in said:
        yield from _ungrouped(found)
    if "Duplicated variable" in said:
        yield from _named_twice(found)
    if "IRI parsing failed" in said:
        for token in found:
            if token.kind == "iri" and not _SCHEME.match(token.text):
                yield "syntax-iri-relative", token.start, {"iri": token.text[:_SHOWN]}
    yield from _bound_again(found)
    yield from _nameless(found)


def _ungrouped(found: Sequence[Token]) -> Iterator[Found]:
    grouped = _variables_behind(found, "GROUP", ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"))
    depth, in_head = 0, False
    for index, token in enumerate(found):
        in_head = token.word == "SELECT" or (in_head and token.word not in ("WHERE", "{", "FROM"))
        depth += (token.kind == "open") - (token.kind == "close")
        if token.word in ("FILTER",) and any(one.word in AGGREGATES for one in found[index + 1 : index + 4]):
            yield "syntax-aggregate-filter", token.start, {}
        if in_head and depth == 0 and token.variable and token.variable not in grouped:
            yield "syntax-not-grouped", token.start, {"variable": token.text}


def _variables_behind(found: Sequence[Token], word: str, ends: Sequence[str]) -> set[str]:
    names: set[str] = set()
    inside = False
    for token in found:
        inside = token.word == word or (inside and token.word not in ends and token.text != "}")
        if inside and token.variable:
            names.add(token.variable)
    return names


def _named_twice(found: Sequence[Token]) -> Iterator[Found]:
    seen: set[str] = set()
    for before, token in pairwise(found):
        if before.word == "AS" and token.variable:
            if token.variable in seen:
                yield "syntax-named-twice", token.start, {"variable": token.text}
            seen.add(token.variable)


def _bound_again(found: Sequence[Token]) -> Iterator[Found]:
    """Yield a variable that BIND gives a value although its group has used it before."""
    used: list[set[str]] = [set()]
    binding = 0
    for before, token in pairwise(found):
        if token.text == "{":
            used.append(set())
        elif token.text == "}" and len(used) > 1:
            inner = used.pop()
            used[-1] |= inner
        binding = binding + 1 if token.word == "BIND" else binding
        if token.variable and binding and before.word == "AS":
            binding -= 1
            if token.variable in used[-1]:
                yield "syntax-bind-again", token.start, {"variable": token.text}
        if token.variable:
            used[-1].add(token.variable)


def _nameless(found: Sequence[Token]) -> Iterator[Found]:
    """Yield an expression of a SELECT that is given no name: «SELECT (COUNT(?x))»."""
    opened: Token | None = None
    depth, in_head, named = 0, False, False
    for token in found:
        in_head = token.word == "SELECT" or (in_head and token.word not in ("WHERE", "{", "FROM"))
        if not in_head:
            depth = 0
            continue
        if token.kind == "open":
            opened, named = (token, False) if depth == 0 else (opened, named)
            depth += 1
        elif token.kind == "close":
            depth -= 1
            if depth == 0 and opened is not None and not named:
                yield "syntax-no-as", opened.start, {}
        elif token.word in AGGREGATES and depth == 0:
            yield "syntax-no-as", token.start, {}
        named = named or (token.word == "AS" and depth == 1)


def _unexpected(text: str, found: Sequence[Token], said: str) -> Found:
    """Return what stands where the engine stopped, and the words that could stand there."""
    place = _PLACE.search(said)
    at = _offset(text, int(place[1]), int(place[2])) if place else 0
    plain = _CLASSES.sub("", said.partition("expected")[2])
    wanted = dict.fromkeys(match["mark"] or match["word"] for match in _EXPECTED.finditer(plain))
    shown = ", ".join(f"«{mark}»" for mark in list(wanted)[:_MOST_EXPECTED])
    token = next((one for one in found if one.end > at), None)
    values: dict[str, object] = {}
    if token is None:
        code = "syntax-end"
    else:
        at, code, values = token.start, "syntax-unexpected", {"word": token.text[:_SHOWN]}
    return (f"{code}-expected" if shown else code), at, {**values, "expected": shown}


def _first(found: Sequence[Token], word: str) -> int:
    return next((token.start for token in found if token.word == word), 0)


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    return sum(len(one) + 1 for one in lines[: line - 1]) + column - 1


def _short(said: str) -> str:
    """Return what the engine said on one line, without its sets of characters."""
    return " ".join(_CLASSES.sub("…", said).split())[:200]
