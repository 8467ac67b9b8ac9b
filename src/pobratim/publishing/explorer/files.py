"""All files of the explorer, in their order."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pobratim.explore import Index
from pobratim.publishing.explorer.about import about
from pobratim.publishing.explorer.columns import column_files
from pobratim.publishing.explorer.evidence import evidence_files
from pobratim.publishing.explorer.names import name_files
from pobratim.publishing.explorer.packing import ENDING, packed
from pobratim.store.backend import GraphReader
from pobratim.store.graph_files import GraphFile

FOLDER = "explore"
"""Where the files lie below the folder that goes out."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What went through the gate: its index, a reader of it, and its graphs as files by their IRIs.

    ``page_of`` returns the folder of the page about an IRI ("doc/place/ru-smolensk"), "" where there is none.
    """

    index: Index
    reader: GraphReader
    graphs: Mapping[str, GraphFile]
    page_of: Callable[[str], str]


def explorer_files(gated: Gated) -> Iterator[tuple[str, bytes]]:
    """Yield the files: path below the folder that goes out, and content. Raises OSError, ContentError."""
    index = gated.index
    yield _file("about", packed(about(index, gated.page_of)))
    for name, told in column_files(index):
        yield _file(name, packed(told))
    for name, told in name_files(gated.reader, gated.page_of):
        yield _file(name, packed(told))
    for name, told in evidence_files(index, gated.graphs):
        yield _file(f"evidence/{name}", packed(told))


def _file(name: str, content: bytes) -> tuple[str, bytes]:
    return f"{FOLDER}/{name}{ENDING}", content
