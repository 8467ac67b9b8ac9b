"""A table of a generation from that of an earlier one: only rows that a changed quad has a part in are asked for.

Which rows those are is told by rules derived from the queries (queries/tables/dependencies.json, made by
``tools/build_table_dependencies.py``). What came is looked up in the generation read, what went in the earlier one,
where all that the row was made of still stands. The test is that the rows are those of a table made whole.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pyoxigraph import QuerySolutions

from pobratim.content import content_root
from pobratim.query.question import NamedQuery
from pobratim.query.text_rows import Value
from pobratim.store.graph_files import GraphFile, differences
from pobratim.store.reader import Reader
from pobratim.tables.table import Table, made_from

_MOST = 0.3
"""The part of all quads, or of all rows, whose change makes a table anew."""
_ROWS = 100
"""As many rows are always asked for one by one."""
_TOGETHER = 1_000
_WHERE = re.compile(r"\bWHERE\s*\{")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a quad with ``predicate`` changes: the rows of all ``?key`` with ``chain``, ``?end`` being one end of it.

    ``other`` is what stands at the other end, "" for anything; without a chain the end is the key.
    """

    predicate: str
    end: str
    other: str
    chain: str


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the rows of a table are about, the columns they are ordered by, and what changes them."""

    key: str
    order: Sequence[str]
    rules: Sequence[Rule]


@cache
def dependencies() -> Mapping[str, Dependencies]:
    """Return what is known of each table."""
    told = json.loads((content_root() / "queries" / "tables" / "dependencies.json").read_text(encoding="utf-8"))
    return {
        name: Dependencies(one["key"], one["order"], [Rule(**rule) for rule in one["rules"]])
        for name, one in told.items()
    }


class Changes:
    """What differs between two generations: the ends of quads by predicate, read once for all tables."""

    def __init__(self, former: Reader, reader: Reader) -> None:
        """Compare what two generations hold; nothing is read of graphs that are the same."""
        self._readers = {False: former, True: reader}
        self._ends: dict[str, list[tuple[bool, str, str]]] = defaultdict(list)
        wanted = {rule.predicate.encode() for one in dependencies().values() for rule in one.rules}
        for is_new, line in _differing(former.files(), reader.files()):
            subject, predicate, rest = line.split(b" ", 2)
            if predicate[1:-1] in wanted:
                value = rest[1 : rest.index(b">")].decode() if rest.startswith(b"<") else ""
                self._ends[predicate[1:-1].decode()].append((is_new, subject[1:-1].decode(), value))

    def touched(self, rules: Iterable[Rule]) -> set[str]:
        """Return the IRIs of the things whose rows may have changed."""
        found, ends = set[str](), defaultdict[tuple[bool, str], set[str]](set)
        for rule in rules:
            for is_new, subject, value in self._ends.get(rule.predicate, ()):
                end, other = (subject, value) if rule.end == "subject" else (value, subject)
                if end and rule.other in {"", other}:
                    ends[is_new, rule.chain].add(end)
        for (is_new, chain), each in ends.items():
            found |= each if not chain else _keys(self._readers[is_new], chain, each)
        return found


def grown(former: Table, changes: Changes, reader: Reader, query: NamedQuery) -> Table | None:
    """Return a table of what ``reader`` reads, from that of the earlier generation, None where too much changed."""
    known = dependencies()[query.name]
    touched = changes.touched(known.rules)
    if len(touched) > _ROWS + _MOST * len(former.rows):
        return None
    place = former.columns.index(known.key)
    rows = [row for row in former.rows if row[place] not in touched]
    for piece in _pieces(touched):
        rows += made_from(reader, query, _only(known.key, piece)).rows
    return Table(query, sorted(rows, key=_ordered([former.columns.index(name) for name in known.order])))


def is_small(former: Reader, reader: Reader) -> bool:
    """Tell whether the graphs that differ are a small part of what is read."""
    old, new = former.files(), reader.files()
    differing = sum(one.quads for graph, one in new.items() if graph not in old or old[graph].digest != one.digest)
    return bool(old) and differing <= _MOST * len(reader)


def _differing(old: Mapping[str, GraphFile], new: Mapping[str, GraphFile]) -> Iterator[tuple[bool, bytes]]:
    for graph in old.keys() | new.keys():
        yield from differences(old.get(graph), new.get(graph))


def _keys(reader: Reader, chain: str, ends: Collection[str]) -> set[str]:
    found = set[str]()
    for piece in _pieces(ends):
        result = reader.query(f"SELECT DISTINCT ?key WHERE {{ {_values('end', piece)} {chain} }}")
        assert isinstance(result, QuerySolutions)
        found |= {str(row[0].value) for row in result}
    return found


def _pieces(iris: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(iris)
    yield from (listed[begin : begin + _TOGETHER] for begin in range(0, len(listed), _TOGETHER))


def _only(key: str, iris: Sequence[str]) -> Callable[[str], str]:
    """Return what makes of a query one of some things: each WHERE of it is told them, sub-selects too."""
    values = _values(key, iris)
    return lambda text: _WHERE.sub(lambda found: f"{found[0]} {values}", text)


def _values(name: str, iris: Sequence[str]) -> str:
    return f"VALUES ?{name} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _ordered(places: Sequence[int]) -> Callable[[Sequence[Value]], tuple[object, ...]]:
    return lambda row: tuple((row[place] is not None, row[place]) for place in places)
