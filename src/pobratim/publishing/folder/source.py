"""What everything that goes out is made of: gated graphs as files, and the same as a store to be asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import QuerySolutions

from pobratim.rdf.iris import DEFAULT_BASE, graph_iri
from pobratim.rdf.terms import DCT
from pobratim.store.backend import WITHDRAWN
from pobratim.store.directory import GenerationStore
from pobratim.store.graph_files import GraphFile
from pobratim.store.reader import Reader
from pobratim.store.tombstones import Tombstone, read_tombstones


@dataclass(frozen=True, slots=True)
class Source:
    """What went through the gate. ``graphs`` are files of sorted N-Quads by the IRI of their graph.

    ``open`` returns a reader of just these quads; each process opens its own. ``gone`` are IRIs that lead nowhere any
    more. ``scratch`` is a folder for what is made on the way.
    """

    base: str
    graphs: Mapping[str, GraphFile]
    open: Callable[[], Reader]
    scratch: Path
    gone: Mapping[str, Tombstone] = field(default_factory=dict)


def moved_of(source: Source) -> dict[str, str]:
    """Return the IRIs that were merged into others, each with the one that it leads to. Raises StoreError."""
    found = source.open().query(f"SELECT ?old ?new {{ ?old {DCT.isReplacedBy} ?new }}")
    assert isinstance(found, QuerySolutions)
    return {row["old"].value: row["new"].value for row in found}


@contextmanager
def source_of(store: GenerationStore) -> Iterator[Source]:
    """Yield what a gated store holds, with a folder for scratch that goes at the end. Raises StoreError."""
    base = str(store.manifest().get("base") or DEFAULT_BASE)
    withdrawn = graph_iri(base, WITHDRAWN)
    files = store.graph_files()
    gone = read_tombstones(store.open().quads(withdrawn)) if withdrawn in files else {}
    graphs = {graph: file for graph, file in files.items() if graph != withdrawn}
    with TemporaryDirectory(prefix="pobratim-publish-") as scratch:
        yield Source(base, graphs, store.open, Path(scratch), gone)
