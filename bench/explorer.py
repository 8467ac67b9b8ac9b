"""How quick the explorer's answers are where there is a nation's data: CPU time of what each screen asks.

``python -m bench.explorer`` prints the table; ``--write`` puts it into README.md. The nation is made up
(``made_nation.py``). A question is asked in twenty ways (of twenty towns, under twenty selections) of an index that was
asked before, as a server has it: median and 95th percentile; and before that once in another way, of an index just
opened. Pages are made as far as their templates; what these take, and the sentences of evidence, grows with the page
and not with the nation.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from bench.made_nation import Sizes, made_nation
from bench.readme import put
from pobratim.compare.comparison import lines
from pobratim.explore import Index, Selection
from pobratim.explore.dossier import Limits, dossier_of
from pobratim.explore.ego import ego_of
from pobratim.explore.index_file import FILE, make
from pobratim.explore.pair import pair_of
from pobratim.explore.parties import Party, party_of
from pobratim.explore.start import start_of
from pobratim.explore.ties import ties_of
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.search import SearchDocument, SearchIndex, build_index
from pobratim.site.addresses import Addresses
from pobratim.site.asking import Asker, DataSet, Row
from pobratim.site.explorer.agreements import agreements_at
from pobratim.site.explorer.events import events_at
from pobratim.site.explorer.map import map_at
from pobratim.site.explorer.partners import partners_at
from pobratim.site.explorer.time import time_at
from pobratim.site.page import Page, Visit
from pobratim.site.suggestions import suggested
from pobratim.site.uses import Uses
from pobratim.sparql.terms import Term
from pobratim.tables.table import Table

WAYS = 20
_OTHER = (("topic", "sport"), ("from", "2016"), ("to", "2017-05-09"))
"""A selection that is none of those measured."""
_P95 = 18
"""The place of the 95th percentile among the cuts of ``quantiles(n=20)``."""
_T = TypeVar("_T")
_Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What a screen asks, in all ways that are measured; ``aim`` are milliseconds at most, "" where none is stated.

    ``before`` is asked before them, in another way: what an index makes once is there then, and no answer is.
    """

    name: str
    aim: str
    asks: Sequence[Callable[[], object]]
    before: Callable[[], object] | None = None


class Alone:
    """Asks an index, and of the store, which is not there, nothing."""

    data = DataSet("nation")

    def __init__(self, index: Index) -> None:
        """Take the index."""
        self._index = index

    async def rows(self, name: str, **bindings: Term) -> list[Row]:
        """Raise: there is no store."""
        raise LookupError(name, bindings)

    async def taken(self, name: str, take: Callable[[list[Row]], _T], iri: str) -> _T:
        """Raise: there is no store."""
        raise LookupError(name, take, iri)

    async def among(self, name: str, variable: str, iris: Sequence[str]) -> list[Row]:
        """Raise: there is no store."""
        raise LookupError(name, variable, iris)

    async def together(self, asked: Iterable[Awaitable[_T]]) -> list[_T]:
        """Return what several questions give, one after the other."""
        return [await each for each in asked]

    async def once(self, make: Callable[[Asker], Awaitable[_T]]) -> _T:
        """Return what is made, made anew each time."""
        return await make(self)

    async def explored(self, ask: Callable[[Index], _T]) -> _T:
        """Return what is found in the index."""
        return ask(self._index)

    async def used(self) -> Uses | None:
        """Return None: nobody asks here."""
        return None


def main() -> None:
    """Measure, print, and with ``--write`` keep the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    parser.add_argument("--events", type=int, default=Sizes().events)
    parser.add_argument("--institutions", type=int, default=Sizes().institutions)
    options = parser.parse_args()
    lines = []
    for line in measured(Sizes(options.events, options.institutions)):
        lines.append(line)
        print(line, flush=True)
    if options.write:
        put("explorer", lines)


def measured(sizes: Sizes) -> Iterator[str]:
    """Yield what making the indexes of a nation takes, then the lines of the table of questions."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        yield from _made(sizes, folder)
        yield ""
        yield from ("| question | CPU-ms, median | 95 of 100 | the first | aim |", "|---|---|---|---|---|")
        for question in questions(Index(folder / FILE), SearchIndex.open(folder / "search")):
            yield told(question)


def _made(sizes: Sizes, folder: Path) -> Iterator[str]:
    """Make the indexes in a folder and yield what that took; the tables go before anything is asked."""
    tables = made_nation(sizes)
    yield "Of " + ", ".join(f"{len(table.rows):,} {name}" for name, table in sorted(tables.items())) + ":"
    taken = seconds(lambda: make(tables.__getitem__, 1, folder / FILE))
    names = list(documents(tables))
    searched = seconds(lambda: build_index(names, folder / "search"))
    size = sum(each.stat().st_size for each in (folder / "search").iterdir())
    yield (
        f"the index is made in {taken:.0f} CPU-s and takes {(folder / FILE).stat().st_size / 1e6:.0f} MB, "
        f"that of {len(names):,} names in {searched:.0f} CPU-s and {size / 1e6:.0f} MB."
    )


def seconds(do: Callable[[], object]) -> float:
    """Return the CPU time of this process that something takes."""
    start = time.process_time()
    do()
    return time.process_time() - start


def told(question: Question) -> str:
    """Return the line of a question, asked in all its ways."""
    first = seconds(question.before or question.asks[0]) * 1000
    times = [seconds(ask) * 1000 for ask in question.asks]
    return (
        f"| {question.name} | {median(times):.1f} | {quantiles(times, n=20)[_P95]:.1f} | {first:.1f} | {question.aim} |"
    )


def documents(tables: Mapping[str, Table]) -> Iterator[SearchDocument]:
    """Yield what can be found by name: places, institutions, agreements, events."""
    named = {"places": ("place", "name"), "organisations": ("institution", "name"), "events": ("event", "title")}
    for table, (type_, column) in named.items():
        for line in lines(tables[table]):
            name, place = str(line[column]), str(line.get("place_name") or line.get("place_names") or "")
            yield SearchDocument(
                str(line["id"]), type_, {"ru": name}, (name,), {"ru": place} if place else {}, {}, (place,)
            )
    for line in lines(tables["agreements"]):
        name = f"Соглашение {line['date']}"
        yield SearchDocument(str(line["id"]), "agreement", {"ru": name}, (name,))


def questions(index: Index, names: SearchIndex) -> Iterator[Question]:
    """Yield what is asked, each of twenty busy towns, or under twenty selections."""
    towns, [hub, *_] = busiest(index), busiest(index)
    pairs = [(town, ties_of(index, town, limit=1).rows[0].right) for town in towns]
    nothing = Selection()
    yield Question(
        "suggest", "≤ 50", [partial(suggested, typed, names, visit("/")) for typed in typed_names(towns, pairs)]
    )
    yield Question("dossier", "≤ 300", [partial(dossier_of, index, town, nothing, Limits()) for town in towns])
    yield Question("pair", "≤ 300", [partial(pair_of, index, one, other, nothing) for one, other in pairs])
    yield Question("ego of the largest hub", "≤ 500", [partial(ego_of, index, hub, nothing)] * WAYS)
    yield Question("network of all towns, 2,000 of them", "", [partial(ego_of, index, None, nothing)] * WAYS)
    yield Question("start", "", [partial(start_of, index)] * WAYS)
    for name, aim, make_page, path in (
        ("filter of ties (page with facets)", "≤ 100", partners_at, "/partners"),
        ("filter of events (page with facets)", "≤ 100", events_at, "/events"),
        ("filter of agreements (page with facets)", "≤ 100", agreements_at, "/agreements"),
        ("map", "", map_at, "/map"),
        ("time", "", time_at, "/time"),
    ):
        asks = [partial(_page, make_page, index, path, query) for query in selections()]
        yield Question(name, aim, asks, partial(_page, make_page, index, path, _OTHER))


def _page(make_page: Callable[[Asker, Visit, str], Awaitable[Page]], index: Index, path: str, query: _Query) -> Page:
    async def made() -> Page:
        return await make_page(Alone(index), visit(path, query), path)

    page = asyncio.run(made())
    if page.status != 200:
        raise ValueError(f"{path}: {page.values}")
    return page


def visit(path: str, query: _Query = ()) -> Visit:
    """Return who asks."""
    return Visit("ru", Addresses(DEFAULT_BASE, "http://127.0.0.1"), path, query, is_chosen=False)


def selections() -> list[_Query]:
    """Return twenty selections as addresses have them: of one field, of several, of time, of words, of nothing."""
    fields: list[_Query] = [
        (),
        (("country", "BY"),),
        (("topic", "culture"),),
        (("mode", "online"),),
        (("region", "RU-MOS"),),
    ]
    times: list[_Query] = [(), (("from", "2020"), ("to", "2024")), (("from", "2021-03-15"),), (("q", "школа"),)]
    return [(*field, *span) for field in fields for span in times]


def typed_names(towns: Sequence[Party], pairs: Sequence[tuple[Party, Party]]) -> list[str]:
    """Return what people type: the beginning of a name, a number of a school, two names, a name misspelt."""
    found = []
    for place, (town, (one, other)) in enumerate(zip(towns, pairs, strict=True)):
        ways = (town.name[:3], f"школа № {place} {town.name}", f"{one.name} {other.name}", f"{town.name[:-1]}ъ")
        found.append(ways[place % len(ways)])
    return found


def busiest(index: Index) -> list[Party]:
    """Return the towns with most events, the busiest first."""
    sql = "SELECT ref FROM party WHERE kind = 'place' ORDER BY events DESC, id LIMIT ?"
    found = (party_of(index, row["ref"]) for row in index.rows(sql, WAYS))
    return [party for party in found if party]


if __name__ == "__main__":
    main()
