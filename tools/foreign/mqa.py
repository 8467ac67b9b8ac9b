"""The points that a catalogue gets for the quality of its metadata, as data.europa.eu reckons them (MQA): 405 at most.

Own code after the published method: of a data set its own statements count, of distributions the share that has a
statement, and for what one can do with a file the best of them. Addresses are asked for.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from pyshacl import validate
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef
from rdflib.term import Node

DCAT = Namespace("http://www.w3.org/ns/dcat#")
MOST = 405
"""The points of all metrics."""
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"
_OPEN = frozenset(("CSV", "JSON", "JSON_LD", "GEOJSON", "XML", "RDF_TURTLE", "RDF_N_QUADS", "RDF_N_TRIPLES", "RDF_TRIG",
                   "RDF_XML", "ODS", "HTML", "ZIP"))  # fmt: skip
_OF_MACHINES = _OPEN - {"HTML", "ZIP"} | {"XLSX"}
"""Codes of formats that nobody owns, and that programs read, as far as they occur here."""
_OF_FILES = ("format", "media type", "vocabulary", "non-proprietary", "machine-readable")
_WAIT = 20


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its name, its points, and which share of these something has."""

    name: str
    points: int
    share: Callable[["Catalogue", Node], float]


class Catalogue:
    """A catalogue, whether it conforms to the shapes of DCAT-AP, and which of its addresses lead somewhere."""

    def __init__(self, graph: Graph, shapes: Graph) -> None:
        self.graph = graph
        self.conforms = bool(validate(graph, shacl_graph=shapes, inference="none")[0])
        self._known: dict[str, bool] = {}

    def sets(self) -> list[Node]:
        """Return the data sets."""
        return sorted(self.graph.subjects(RDF.type, DCAT.Dataset), key=str)

    def files(self, of: Node) -> list[Node]:
        """Return the distributions of a data set."""
        return list(self.graph.objects(of, DCAT.distribution))

    def has(self, thing: Node, term: URIRef, start: str = "") -> bool:
        """Tell whether something has a value that begins so."""
        return any(str(value).startswith(start) for value in self.graph.objects(thing, term))

    def form(self, file: Node) -> str:
        """Return the code of the format of a file."""
        return str(self.graph.value(file, DCTERMS["format"]) or "").rpartition("/")[2]

    def leads(self, thing: Node, term: URIRef) -> bool:
        """Tell whether an address of something answers."""
        address = str(self.graph.value(thing, term) or "")
        if address not in self._known:
            self._known[address] = bool(address) and _answers(address)
        return self._known[address]


def _answers(address: str) -> bool:
    try:
        with urlopen(Request(address, method="HEAD"), timeout=_WAIT) as answer:
            return 200 <= int(answer.status) < 300
    except (URLError, HTTPException, ValueError):
        return False


def _own(term: URIRef, start: str = "") -> Callable[[Catalogue, Node], float]:
    return lambda of, one: float(of.has(one, term, start))


def _shared(holds: Callable[[Catalogue, Node], bool]) -> Callable[[Catalogue, Node], float]:
    return lambda of, one: sum(holds(of, file) for file in of.files(one)) / max(1, len(of.files(one)))


def _each(term: URIRef, start: str = "") -> Callable[[Catalogue, Node], float]:
    return _shared(lambda of, file: of.has(file, term, start))


def _leading(term: URIRef) -> Callable[[Catalogue, Node], float]:
    return _shared(lambda of, file: of.leads(file, term))


_FORMAT, _MEDIA = DCTERMS["format"], DCAT.mediaType
_CAN: Mapping[str, tuple[int, Callable[[Catalogue, Node], bool]]] = {
    "format": (20, lambda of, file: of.has(file, _FORMAT)),
    "media type": (10, lambda of, file: of.has(file, _MEDIA)),
    "vocabulary": (10, lambda of, file: of.has(file, _FORMAT, _EU) and of.has(file, _MEDIA, _MEDIA_TYPES)),
    "non-proprietary": (20, lambda of, file: of.form(file) in _OPEN),
    "machine-readable": (20, lambda of, file: of.form(file) in _OF_MACHINES),
}


def _best(name: str) -> Callable[[Catalogue, Node], float]:
    """Return the share of a metric that the best file has: that of most points together."""

    def share(of: Catalogue, one: Node) -> float:
        files = of.files(one)
        best = max(files, key=lambda file: sum(points for points, can in _CAN.values() if can(of, file)), default=None)
        return float(best is not None and _CAN[name][1](of, best))

    return share


METRICS = (
    Metric("keyword", 30, _own(DCAT.keyword)),
    Metric("category", 30, _own(DCAT.theme)),
    Metric("spatial", 20, _own(DCTERMS.spatial)),
    Metric("temporal", 20, _own(DCTERMS.temporal)),
    Metric("accessURL status", 50, _leading(DCAT.accessURL)),
    Metric("downloadURL", 20, _each(DCAT.downloadURL)),
    Metric("downloadURL status", 30, _leading(DCAT.downloadURL)),
    *(Metric(name, _CAN[name][0], _best(name)) for name in _OF_FILES),
    Metric("DCAT-AP", 30, lambda of, _: float(of.conforms)),
    Metric("licence", 20, _each(DCTERMS.license)),
    Metric("licence vocabulary", 10, _each(DCTERMS.license, f"{_EU}licence/")),
    Metric("access rights", 10, _own(DCTERMS.accessRights)),
    Metric("access rights vocabulary", 5, _own(DCTERMS.accessRights, f"{_EU}access-right/")),
    Metric("contact point", 20, _own(DCAT.contactPoint)),
    Metric("publisher", 10, _own(DCTERMS.publisher)),
    Metric("rights", 5, _each(DCTERMS.rights)),
    Metric("byte size", 5, _each(DCAT.byteSize)),
    Metric("issued", 5, _own(DCTERMS.issued)),
    Metric("modified", 5, _own(DCTERMS.modified)),
)


def points(folder: Path, shapes: Path) -> Iterator[tuple[str, float, list[str]]]:
    """Yield each data set of the catalogue of a folder with its points, and the metrics that it has not all of."""
    found = Catalogue(Graph().parse(folder / "catalog.ttl"), Graph().parse(shapes))
    for one in found.sets():
        shares = {metric.name: metric.share(found, one) for metric in METRICS}
        total = sum(metric.points * shares[metric.name] for metric in METRICS)
        yield str(one), total, [name for name, share in shares.items() if share < 1]
