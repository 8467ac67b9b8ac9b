"""Namespaces, and short ways to write terms and collect quads."""

from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.iris import VOCABULARY


class Namespace:
    """Makes IRIs by attribute: ``DCT.title``."""

    def __init__(self, base: str) -> None:
        """Keep the namespace IRI."""
        self._base = base

    def __getattr__(self, name: str) -> NamedNode:
        """Return the term ``name`` of the namespace."""
        return NamedNode(self._base + name)

    def __getitem__(self, name: str) -> NamedNode:
        """Return a term whose name is no Python name."""
        return NamedNode(self._base + name)


POB = Namespace(VOCABULARY)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
TIME = Namespace("http://www.w3.org/2006/time#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
CV = Namespace("http://data.europa.eu/m8g/")
LEGAL = Namespace("http://www.w3.org/ns/legal#")
EDTF = Namespace("http://id.loc.gov/datatypes/edtf/")
ADMS = Namespace("http://www.w3.org/ns/adms#")
ADMS_STATUS = Namespace("http://purl.org/adms/status/")
DQV = Namespace("http://www.w3.org/ns/dqv#")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")

Object = NamedNode | Literal


class Graph:
    """The quads of one named graph, collected as a set so that what is said twice stands once."""

    def __init__(self, iri: str) -> None:
        """Begin an empty graph."""
        self.name = NamedNode(iri)
        self._quads: dict[Quad, None] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, *objects: Object) -> None:
        """Add one triple for each object."""
        for value in objects:
            self._quads[Quad(subject, predicate, value, self.name)] = None

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """Add rdf:type triples."""
        self.add(subject, RDF.type, *classes)

    def label(self, subject: NamedNode, text: str, lang: str = "ru") -> None:
        """Add an rdfs:label."""
        self.add(subject, RDFS.label, Literal(text, language=lang))

    def quads(self) -> list[Quad]:
        """Return the quads in code point order of their text."""
        return sorted(self._quads, key=str)


def ru(text: str) -> Literal:
    """Return a Russian literal."""
    return Literal(text, language="ru")


def day(value: object) -> Literal:
    """Return an xsd:date."""
    return Literal(str(value), datatype=XSD.date)


def nodes(iris: Iterable[str]) -> list[NamedNode]:
    """Return IRIs as terms."""
    return [NamedNode(iri) for iri in iris]
