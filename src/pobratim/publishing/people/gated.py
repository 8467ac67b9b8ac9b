"""A store that holds only what may go out, made of another one and kept beside it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pobratim.publishing.people.gate import Gate
from pobratim.publishing.settings import People
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.store import graph_files
from pobratim.store.backend import StoreBackend
from pobratim.store.directory import GenerationStore
from pobratim.store.graph_files import GraphFile

_AUTHORITY = "authority"
_OWN = ("ontology",)
"""Graphs of this program: nobody's report has a part in them."""


def gated_store(store: StoreBackend, people: People, place: Path) -> GenerationStore:
    """Return a store in the directory ``place`` that holds what may go out of the current generation of another one.

    Its generation stays the same where nothing differs. Raises StoreError where one of them cannot be read or written.
    """
    gated = GenerationStore(place)
    base = str(store.manifest().get("base") or DEFAULT_BASE)
    files = store.graph_files()
    gate = _learned(store, people, base, files)
    search, own = graph_iri(base, "search"), {graph_iri(base, name) for name in _OWN}
    with gated.writing():
        gated.bench.mkdir(parents=True, exist_ok=True)
        made: dict[str, GraphFile | tuple[()]] = dict.fromkeys(gated.graph_files(), ())
        # The search labels follow of what was masked in the others.
        for number, graph in enumerate(sorted(files, key=lambda one: (one == search, one))):
            lines = gate.lines(graph, _lines(files[graph]))
            target = gated.bench / f"{number}.nq"
            made[graph] = files[graph] if graph in own else graph_files.write(target, lines)
        gated.publish(made, {}, {"base": base, "people": people})
    return gated


def _learned(store: StoreBackend, people: People, base: str, files: Mapping[str, GraphFile]) -> Gate:
    """Return a gate that knows all reports of a store and all labels of what outlives them."""
    gate = Gate(base, people)
    for slug in sorted(store.manifest().get("reports", {})):
        graphs = (files.get(graph_iri(base, f"{kind}/{slug}")) for kind in ("report", "evidence"))
        gate.learn(slug, store.records_of(slug), *(_lines(file) for file in graphs))
    gate.judge(graph_iri(base, _AUTHORITY), _lines(files.get(graph_iri(base, _AUTHORITY))))
    return gate


def _lines(file: GraphFile | None) -> Iterator[str]:
    return map(bytes.decode, file.lines()) if file else iter(())
