"""How quick the explorer's answers are where there is a nation's data: CPU time of what each screen asks of its index.

``python -m bench.explorer`` prints the table; ``--write`` puts it into README.md. The nation is made up (``made_nation.py``).
Each question is asked once to open what is kept open, then twenty times: median and 95th percentile. What a screen
takes besides, its HTML and the sentences of its evidence, grows with the page and not with the nation.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from bench.made_nation import Sizes, made_nation
from pobratim.explore import Index, Selection
from pobratim.explore.ego import ego_of
from pobratim.explore.events import selected_events
from pobratim.explore.facets import facets
from pobratim.explore.index_file import make
from pobratim.explore.parties import Party, party_of
from pobratim.explore.ties import selected_ties

README = Path(__file__).with_name("README.md")
ROUNDS = 20
_P95 = 18
"""The place of the 95th percentile among the cuts of ``quantiles(n=20)``."""
_FILTER = Selection(country=("BY",), topic=("culture",), since="2020", until="2024-Q2")


@dataclass(frozen=True, slots=True)
class Question:
    """What a screen asks: ``aim`` are milliseconds at most, 0 where none is stated."""

    name: str
    aim: int
    ask: Callable[[], object]


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
        table = "<!-- explorer -->\n" + "\n".join(lines) + "\n<!-- end of explorer -->"
        old = README.read_text(encoding="utf-8")
        pattern = "<!-- explorer -->.*?<!-- end of explorer -->"
        README.write_text(re.sub(pattern, lambda _: table, old, flags=re.S), encoding="utf-8")


def measured(sizes: Sizes) -> Iterator[str]:
    """Yield what making the indexes of a nation takes, then the lines of the table of questions."""
    tables = made_nation(sizes)
    yield "Of " + ", ".join(f"{len(table.rows):,} {name}" for name, table in sorted(tables.items())) + ":"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "explorer.sqlite"
        made = seconds(lambda: make(lambda name: tables[name], 1, file))
        names = list(documents(tables))
        searched = seconds(lambda: build_index(names, Path(folder) / "search"))
        yield (
            f"the index of the explorer is made in {made:.0f} CPU-s and takes {file.stat().st_size / 1e6:.0f} MB, "
            f"that of {len(names):,} names in {searched:.0f} CPU-s and "
            f"{sum(each.stat().st_size for each in (Path(folder) / 'search').iterdir()) / 1e6:.0f} MB."
        )
        del tables, names
        index = Index(file)
        opened = seconds(lambda: warmed(index))
        yield f"Opened and asked for the first time: {opened * 1000:.0f} CPU-ms."
        yield ""
        yield from ("| question | CPU-ms, median | 95 of 100 | aim |", "|---|---|---|---|")
        for question in questions(index, SearchIndex.open(Path(folder) / "search")):
            yield told(question)


def seconds(do: Callable[[], object]) -> float:
    """Return the CPU time of this process that something takes."""
    start = time.process_time()
    do()
    return time.process_time() - start


def warmed(index: Index) -> None:
    """Ask each kind of question once, so that what an index keeps is there, as in a server that is asked."""
    for question in questions(index, None):
        question.asks[0]()


def told(question: Question) -> str:
    """Return the line of a question, asked in all its ways."""
    question.asks[-1]()
    times = [seconds(ask) * 1000 for ask in question.asks]
    aim = f"≤ {question.aim}" if question.aim else ""
    return f"| {question.name} | {median(times):.1f} | {quantiles(times, n=20)[_P95]:.1f} | {aim} |"


def documents(tables: Mapping[str, Table]) -> Iterator[SearchDocument]:
    """Yield what can be found by name: places, institutions, agreements, events."""
    named = {"places": ("place", "name"), "organisations": ("institution", "name"), "events": ("event", "title")}
    for table, (type_, column) in named.items():
        for line in lines(tables[table]):
            name, place = str(line[column]), str(line.get("place_name") or line.get("place_names") or "")
            yield SearchDocument(str(line["id"]), type_, {"ru": name}, (name,), {"ru": place} if place else {}, {}, (place,))
    for line in lines(tables["agreements"]):
        name = f"Соглашение {line['date']}"
        yield SearchDocument(str(line["id"]), "agreement", {"ru": name}, (name,))


def questions(index: Index, names: SearchIndex | None) -> Iterator[Question]:
    """Yield what is asked; without an index of names no suggestions."""
    towns, abroad = busiest(index, "RU"), [busiest(index, country)[0] for country in index.facets["tie", "country"]]
    if names is not None:
        yield Question("suggest", 50, [partial(suggested, typed, names, VISIT) for typed in typed_names(index)])


def busiest(index: Index, country: str) -> list[Party]:
    """Return the towns of a country with most events."""
    sql = "SELECT ref FROM party WHERE kind = 'place' AND country = ? ORDER BY events DESC, id LIMIT ?"
    found = (party_of(index, row["ref"]) for row in index.rows(sql, country, ROUNDS))
    return [party for party in found if party]
