"""What a load leaves in a store behind a URL: what lies there, and whether it is whole.

One graph ``{base}/graph/state`` holds one triple: itself, owl:versionInfo, JSON. It is written first and last: before
the graphs with ``"whole": false``, after them with ``true``. So a load that was cut short shows, and so does one from
elsewhere, by the digest of all that was written. It belongs to no answer: queries are asked over the listed graphs.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.iris import graph_iri

NAME = "state"
_VERSION = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class GraphState:
    """One graph as it was written: how many triples, and the SHA-256 of their sorted N-Triples lines."""

    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class RemoteState:
    """What a store holds of one collection; while ``whole`` is false, some graphs may still be those of ``before``."""

    base: str
    generation: int
    graphs: Mapping[str, GraphState] = field(default_factory=dict)
    before: str = ""
    whole: bool = True

    @property
    def digest(self) -> str:
        """Return a name for all that is (to be) there: the SHA-256 of the digests of all graphs."""
        lines = "".join(f"{graph} {state.digest}\n" for graph, state in sorted(self.graphs.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def graph(self) -> str:
        """Return the IRI of the state's own graph."""
        return graph_iri(self.base, NAME)

    def line(self) -> bytes:
        """Return the state as it is stored: a line of N-Triples."""
        value = json.dumps({"format": _FORMAT, **asdict(self)}, sort_keys=True)
        return f"{NamedNode(self.graph)} {_VERSION} {Literal(value)} .\n".encode()


def read_state(value: str) -> RemoteState | None:
    """Return the state in the JSON ``value``, None for anything else under that predicate."""
    try:
        facts = json.loads(value)
        if facts.pop("format") != _FORMAT:
            return None
        graphs = {graph: GraphState(**one) for graph, one in facts.pop("graphs").items()}
        return RemoteState(**facts, graphs=graphs)
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def graph_state(lines: Iterable[bytes]) -> GraphState:
    """Return count and digest of a graph, of its triples' lines in order."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(line)
        count += 1
    return GraphState(count, digest.hexdigest())
