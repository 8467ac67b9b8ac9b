"""What is asked about one thing costs what is told of it, not what the store holds: rows that pass through the plan."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from pobratim.query.library import library, queries_root
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import COUNTRY, DEFAULT_BASE
from pobratim.sparql.binding import bind
from tests.support.network_sample import GYMNASIUM_7, ID, SAMPLE, SCHOOL_8
from tests.support.store_servers import missing, oxigraph_command

COPIES = 8
"""Copies of all that is told, each of other towns in other countries."""
MOST = 1.5
"""Growth of the rows that a plan handles over that store; what scans it handles about eight times as many."""
TOWN, FAR = f"{ID}place/ru-smolensk", f"{ID}place/by-vitebsk"
QUESTIONS: Mapping[str, Mapping[str, str]] = {
    "events-in-city": {"city": TOWN},
    "events-of-country": {"country": COUNTRY + "BLR"},
    "facts-with-source": {"name": GYMNASIUM_7},
    "institution-card": {"name": GYMNASIUM_7},
    "pair": {"city": TOWN, "partner": FAR},
    "partners-of-city": {"city": TOWN},
    "school-links": {"city": TOWN, "partner": FAR},
    "source-row": {"report": f"{ID}report/smolensk-2023-q1", "row": "9"},
    "ties-of-institution": {"name": GYMNASIUM_7},
    "views/partner": {"name": FAR},
    "views/school-links": {"city": TOWN, "partner": FAR},
    **{
        f"pages/{name}": {"iri": TOWN}
        for name in ("description", "in", "in-counts", "in-list", "out", "out-counts", "out-list", "state", "types")
    },
    "pages/evidence": {"iri": SCHOOL_8},
    "pages/row": {"iri": f"{ID}entry/smolensk-2023-q1/9"},
    **{
        f"pages/area-{name}": {"iri": COUNTRY + "BLR"}
        for name in ("agreements", "events", "institutions", "ties", "towns")
    },
}
OTHERS = {
    "lang": "ru", "after": "", "property": "https://w3id.org/pobratim/def#party", "doc": f"{DEFAULT_BASE}/doc/x",
    "dataset": f"{DEFAULT_BASE}/x", "licence": f"{DEFAULT_BASE}/y", "note_ru": "", "note_en": "",
}  # fmt: skip
pytestmark = pytest.mark.skipif(bool(missing("oxigraph")), reason=missing("oxigraph"))


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tuple(_stored(tmp_path_factory.mktemp("growth") / str(copies), copies) for copies in (1, COPIES))  # type: ignore[return-value]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_about_one_thing_handles_as_many_rows_in_a_larger_store(
    name: str, stores: tuple[Path, Path], tmp_path: Path
) -> None:
    group, _, short = name.rpartition("/")
    query = library(queries_root(), group)[short]
    given = {each.name: OTHERS[each.name] for each in query.parameters if each.name in OTHERS}
    text = bind(query.text, query.bindings({**given, **QUESTIONS[name]}, "ru"))
    small, large = (_rows(store, text, tmp_path) for store in stores)
    assert large <= MOST * small, (small, large)


def test_the_measure_tells_what_scans_the_store(stores: tuple[Path, Path], tmp_path: Path) -> None:
    text = "SELECT ?row WHERE { ?row <https://w3id.org/pobratim/def#entryNumber> ?number FILTER(?number = 9) }"
    small, large = (_rows(store, text, tmp_path) for store in stores)
    assert large > 2 * small


def _stored(folder: Path, copies: int) -> Path:
    store = Store(str(folder))
    store.bulk_extend(ontology_graph(DEFAULT_BASE))
    told = list(parse(SAMPLE.read_bytes(), format=RdfFormat.TRIG))
    for number in range(copies):
        store.bulk_extend(_copied(told, f"copy-{number}/" if number else ""))
    store.flush()
    del store
    return folder


def _copied(quads: Iterable[Quad], mark: str) -> Iterator[Quad]:
    def renamed(term: Any) -> Any:
        for start in (ID, COUNTRY):
            if isinstance(term, NamedNode) and term.value.startswith(start):
                return NamedNode(f"{start}{mark}{term.value.removeprefix(start)}")
        return term

    for quad in quads:
        yield Quad(renamed(quad.subject), quad.predicate, renamed(quad.object), quad.graph_name)


def _rows(store: Path, text: str, folder: Path) -> int:
    """Return how many rows the parts of the plan gave in all."""
    query, plan = folder / "query.rq", folder / "plan.json"
    query.write_text(text, encoding="utf-8")
    command = [
        str(oxigraph_command()),
        "query",
        "--location",
        str(store),
        "--union-default-graph",
        "--query-file",
        str(query),
    ]
    form = "nt" if "CONSTRUCT" in text else "tsv"
    command += ["--results-format", form, "--explain-file", str(plan), "--stats"]
    subprocess.run(command, check=True, capture_output=True)
    return _counted(json.loads(plan.read_text(encoding="utf-8"))["plan"])


def _counted(node: Mapping[str, Any]) -> int:
    return int(node.get("number of results", 0)) + sum(_counted(child) for child in node.get("children", ()))
