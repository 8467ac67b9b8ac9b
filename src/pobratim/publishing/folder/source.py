"""What everything that goes out is made of: gated graphs as files, and the same as a store to be asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pobratim.store.backend import GraphReader
from pobratim.store.graph_files import GraphFile
from pobratim.store.tombstones import Tombstone


@dataclass(frozen=True, slots=True)
class Source:
    """What went through the gate. ``graphs`` are files of sorted N-Quads by the IRI of their graph.

    ``open`` returns a reader of just these quads; each process opens its own. ``gone`` are IRIs that lead nowhere any
    more. ``scratch`` is a folder for what is made on the way.
    """

    base: str
    graphs: Mapping[str, GraphFile]
    open: Callable[[], GraphReader]
    scratch: Path
    gone: Mapping[str, Tombstone] = field(default_factory=dict)
