"""Answers as people read them on a terminal: names in place of addresses, heads in words, the number of rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.query.answers import python_value
from pobratim.query.text_rows import Value
from pobratim.query.words import column_name
from pobratim.sparql.prefixes import prefixes
from pobratim.store.backend import GraphReader

_MOST_NAMED = 2_000
"""Addresses whose names are looked up: more than anybody reads on a screen."""


def presented(
    result: QuerySolutions, reader: GraphReader, lang: Language, given: Collection[str], whole: bool = False
) -> tuple[list[str], list[list[Value]]]:
    """Return heads and rows; ``given`` columns, which repeat what was asked, are left out.

    An address is shown by its name, else shortened by a prefix; a column that so only repeats another is left out.
    ``whole`` keeps all columns and addresses, names beside them.
    """
    names = [variable.value for variable in result.variables]
    kept = [index for index, name in enumerate(names) if name not in given] or list(range(len(names)))
    solutions = list(result)
    named = _names(solutions, reader, lang)
    rows = [[_shown(solution, index, named, whole) for index in kept] for solution in solutions]
    addresses = [all(isinstance(one[index], NamedNode | None) for one in solutions) for index in kept]
    told = [] if whole else [at for at in range(len(kept)) if addresses[at] and _repeats(rows, at, addresses)]
    places = [at for at in range(len(kept)) if at not in told]
    heads = [column_name(names[kept[at]], names, lang) for at in places]
    return _apart(heads, [names[kept[at]] for at in places]), [[row[at] for at in places] for row in rows]


def _repeats(rows: Sequence[Sequence[Value]], at: int, addresses: Sequence[bool]) -> bool:
    """Tell whether the text of each row says all that this column of addresses is shown as («A — B» beside A and B)."""
    others = [other for other, is_address in enumerate(addresses) if not is_address]
    return bool(rows) and bool(others) and all(_is_told(str(row[at] or ""), [row[o] for o in others]) for row in rows)


def _is_told(name: str, texts: Sequence[Value]) -> bool:
    left = name.casefold()
    for text in sorted({str(text).casefold() for text in texts if text}, key=len, reverse=True):
        left = left.replace(text, "")
    return not any(map(str.isalnum, left))


def _apart(heads: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return heads that are unlike each other: the variable stands behind what two columns are called."""
    return [f"{head} ({name})" if heads.count(head) > 1 else head for head, name in zip(heads, names, strict=True)]


def _shown(solution: QuerySolution, index: int, named: Mapping[str, str], whole: bool) -> Value:
    term = solution[index]
    if not isinstance(term, NamedNode):
        return python_value(term)
    name = named.get(term.value, "")
    if whole:
        return f"{term.value} ({name})" if name else term.value
    return name or short(term.value)


def short(iri: str) -> str:
    """Return an address with a prefix where a known namespace begins it: «rdfs:label»."""
    found = max((item for item in prefixes().items() if iri.startswith(item[1])), key=lambda i: len(i[1]), default=None)
    return f"{found[0]}:{iri[len(found[1]) :]}" if found else iri


def _names(solutions: Iterable[QuerySolution], reader: GraphReader, lang: Language) -> dict[str, str]:
    """Return what the store calls the addresses of an answer, in ``lang`` where it can."""
    iris = {term.value: term for solution in solutions for term in solution if isinstance(term, NamedNode)}
    wanted = " ".join(str(term) for term in list(iris.values())[:_MOST_NAMED])
    text = (content_root() / "queries" / "store" / "labels.rq").read_text(encoding="utf-8")
    found: dict[str, tuple[int, str]] = {}
    answer = reader.query(text.replace("{}", f"{{ {wanted} }}", 1)) if wanted else None
    for solution in answer if isinstance(answer, QuerySolutions) else ():
        iri, label = solution["iri"], solution["label"]
        if isinstance(iri, NamedNode) and isinstance(label, Literal):
            one = (0 if label.language == lang else 2 if label.language else 1, label.value)
            found[iri.value] = min(found.get(iri.value, one), one)
    return {iri: name for iri, (_, name) in found.items()}
