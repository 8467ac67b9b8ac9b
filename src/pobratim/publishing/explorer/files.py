"""All files of the explorer, in their order."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


def explorer_files(gated: Gated, parts: Iterable[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield the files of some ``EXPLORER_PARTS``, or all: path below the folder that goes out, and content.

    Raises OSError, ContentError.
    """
    for part in parts or EXPLORER_PARTS:
        for name, told in _MADE[part](gated):
            yield f"{FOLDER}/{name}{ENDING}", packed(told)


def _columns(gated: Gated) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "about", about(gated.index, gated.page_of)
    yield from column_files(gated.index)


def _evidence(gated: Gated) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((f"evidence/{name}", told) for name, told in evidence_files(gated.index, gated.graphs))


_MADE: Mapping[str, Callable[[Gated], Iterator[tuple[str, Mapping[str, Any]]]]] = {
    "names": lambda gated: name_files(gated.reader, gated.page_of),
    "evidence": _evidence,
    "columns": _columns,
}
EXPLORER_PARTS = tuple(_MADE)
"""The files, parted by what they are made of."""
