"""Derive from the queries of the flat tables which rows may change when a quad comes or goes.

``python tools/build_table_dependencies.py`` writes queries/tables/dependencies.json, ``--check`` compares. For each
table it holds the variable that a row is about, the columns it is ordered by, and rules: where a quad with
``predicate`` (and ``other`` at its other end) differs, the rows of all ``?key`` with ``chain`` may, ``?end`` being the
``end`` of the quad; without a chain that end is the key. A rule is made of each triple pattern (SPARQL 1.1, 18.2) and
each way that leads from it to the key by patterns that hold at the same time: more ways than there are solutions cost
time, never rows.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path
from typing import Any

from rdflib import URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath, ZeroOrOne
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue, Expr

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "queries" / "tables"
FILE = FOLDER / "dependencies.json"
KEYS = {"grounds": "tie"}
"""What a row is about, where that is not its ``?id``: whose row is about two things changes with the first of them."""
_FRESH = count()


@dataclass(frozen=True)
class Pattern:
    """A triple pattern, or with path None two variables that may be the same thing."""

    subject: Any
    path: Any
    object: Any


World = tuple[Pattern, ...]
"""Patterns that hold together: one branch of each UNION."""


def worlds(node: Any) -> list[World]:
    """Return the branches of what the algebra has below ``node``."""
    if isinstance(node, list | tuple) and not isinstance(node, str):
        return _joined([worlds(each) for each in node])
    if not isinstance(node, CompValue | Expr):
        return [()]
    if node.name == "Union":
        return worlds(node.p1) + worlds(node.p2)
    if node.name == "BGP":
        return [tuple(Pattern(*triple) for triple in node.triples)]
    parts = [worlds(value) for key, value in node.items() if key not in {"PV", "_vars", "triples", "var"}]
    if node.name == "Extend":
        parts.append([tuple(Pattern(node.var, None, each) for each in sorted(set(_variables(node.expr))))])
    found = _joined(parts)
    return [_hidden(world, set(node.PV)) for world in found] if node.name == "Project" else found


def _joined(parts: list[list[World]]) -> list[World]:
    return [tuple(pattern for world in chosen for pattern in world) for chosen in product(*parts)]


def _variables(expression: Any) -> Iterator[Variable]:
    """Yield the variables whose value an expression may hand on as it is (COALESCE, IF), not as a text of it."""
    if isinstance(expression, Variable):
        yield expression
    elif isinstance(expression, CompValue | Expr) and expression.name in {"Builtin_COALESCE", "Builtin_IF"}:
        for key in ("arg", "arg2", "arg3"):
            held = expression.get(key)
            for each in held if isinstance(held, list) else [held]:
                yield from _variables(each)


def _hidden(world: World, shown: set[Variable]) -> World:
    """Give a name of its own to each variable that a sub-select does not hand out."""
    names: dict[Variable, Variable] = {}

    def named(term: Any) -> Any:
        if not isinstance(term, Variable) or term in shown:
            return term
        return names.setdefault(term, Variable(f"{term.partition('_in')[0]}_in{next(_FRESH)}"))

    return tuple(Pattern(named(one.subject), one.path, named(one.object)) for one in world)


@dataclass(frozen=True)
class Place:
    """Where a predicate stands in a path: what leads to the quad's subject, and from its object on ("" for nothing)."""

    predicate: str
    before: str
    after: str
    is_inverse: bool


def places(path: Any) -> list[Place]:
    """Return where predicates stand in a path. Raises ValueError for what this derivation does not know."""
    match path:
        case URIRef():
            return [Place(str(path), "", "", False)]
        case InvPath() if isinstance(path.arg, URIRef):
            return [Place(str(path.arg), "", "", True)]
        case AlternativePath():
            return [place for each in path.args for place in places(each)]
        case SequencePath():
            return [
                Place(
                    one.predicate,
                    "/".join(filter(None, [*map(_text, path.args[:index]), one.before])),
                    "/".join(filter(None, [one.after, *map(_text, path.args[index + 1 :])])),
                    one.is_inverse,
                )
                for index, each in enumerate(path.args)
                for one in places(each)
            ]
        case MulPath() if path.mod == ZeroOrOne:
            return places(path.path)
    raise ValueError(f"no rule for {path!r}")


def _text(path: Any) -> str:
    return f"({path.n3()})" if isinstance(path, PropertyPath) else path.n3()


def rules(text: str, key: Variable) -> list[dict[str, str]]:
    """Return the rules of a query whose rows are about ``key``."""
    found = {
        json.dumps(rule, sort_keys=True)
        for world in worlds(translateQuery(parseQuery(text)).algebra)
        for pattern in world
        if pattern.path is not None
        for rule in _of_pattern(pattern, world, key)
    }
    return [json.loads(rule) for rule in sorted(found)]


def _of_pattern(pattern: Pattern, world: World, key: Variable) -> Iterator[dict[str, str]]:
    for place in places(pattern.path):
        # The two ends of the quad, the one that leads on to the pattern's subject and the one to its object.
        to_subject = ("object" if place.is_inverse else "subject", pattern.subject, place.before, True)
        to_object = ("subject" if place.is_inverse else "object", pattern.object, place.after, False)
        ways = []
        for (end, term, step, is_before), other in ((to_subject, pattern.object), (to_object, pattern.subject)):
            if not isinstance(term, Variable):
                continue
            for way in _ways(term, key, world, (pattern,)):
                texts = [_step(term, step, is_before), *way] if step else way
                ways.append((len(texts), end, "" if isinstance(other, Variable) else str(other), texts, term, step))
        if not ways:
            raise ValueError(f"nothing leads from {pattern} to ?{key}")
        nearest = min(ways, key=lambda way: (way[0], way[1] != "subject"))
        for _, end, other, texts, term, step in ways:
            if end == nearest[1]:
                chain = _renamed(" ".join(texts), term, step, key)
                yield {"predicate": place.predicate, "end": end, "other": "" if step else other, "chain": chain}


def _step(term: Variable, step: str, is_before: bool) -> str:
    return f"?{term} {step} ?end ." if is_before else f"?end {step} ?{term} ."


def _renamed(chain: str, term: Variable, step: str, key: Variable) -> str:
    """Call the key ``?key`` and, where the way begins at the pattern itself, its variable ``?end``."""
    if not chain:
        return ""
    words = {f"?{key}": "?key"} | ({} if step else {f"?{term}": "?end"})
    for word in chain.split():
        if word.startswith("?") and word != "?end" and word not in words:
            words[word] = f"?v{len(words)}"
    return _with(chain, words)


def _with(step: str, names: dict[str, str]) -> str:
    return " ".join(names.get(word, word) for word in step.split())


def _ways(begin: Variable, key: Variable, world: World, without: tuple[Pattern, ...]) -> Iterator[list[str]]:
    """Yield the ways from a variable to the key, each as patterns; none goes over a variable twice."""
    if begin == key:
        yield []
        return
    for pattern in world:
        if pattern in without:
            continue
        for one, other in ((pattern.subject, pattern.object), (pattern.object, pattern.subject)):
            if one != begin or not isinstance(other, Variable):
                continue
            passed = tuple(each for each in world if begin in (each.subject, each.object))
            for way in _ways(other, key, world, (*without, *passed)):
                if pattern.path is None:  # the same thing under another name
                    yield [_with(step, {f"?{other}": f"?{begin}"}) for step in way]
                else:
                    yield [f"?{pattern.subject} {_text(pattern.path)} ?{pattern.object} .", *way]


def derived() -> str:
    """Return the text of the file."""
    tables = {}
    for file in sorted(FOLDER.glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        key = KEYS.get(file.stem, "id")
        order = text.rpartition("ORDER BY")[2].split()
        columns = [one.lstrip("?") for one in order]
        tables[file.stem] = {"key": key, "order": columns, "rules": rules(text, Variable(key))}
    return json.dumps(tables, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Write the file, or with ``--check`` tell whether it is as it should be."""
    made = derived()
    if "--check" in sys.argv:
        return int(FILE.read_text(encoding="utf-8") != made)
    FILE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
