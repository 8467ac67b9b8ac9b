"""Namespaces, and short ways to write terms and collect what a graph says."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.iris import VOCABULARY


class Namespace:
    """Makes IRIs by attribute: ``DCT.title``. Each is made once: most triples name some."""

    def __init__(self, base: str) -> None:
        """Keep the namespace IRI."""
        self._base = base

    def __getattr__(self, name: str) -> NamedNode:
        """Return the term ``name`` of the namespace."""
        term = self.__dict__[name] = NamedNode(self._base + name)
        return term

    def __getitem__(self, name: str) -> NamedNode:
        """Return a term whose name is no Python name."""
        found: NamedNode = getattr(self, name)
        return found


POB = Namespace(VOCABULARY)
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCT = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
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
SCHEMA = Namespace("https://schema.org/")
LANGUAGE = Namespace("http://publications.europa.eu/resource/authority/language/")

Object = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Object]


class Graph:
    """One named graph as lines of N-Quads, each once: what is said twice stands once.

    A line is what Oxigraph writes of its quad, byte for byte, so that a graph is compared without being stored. Going
    through a graph gives its quads, in the order of the lines.
    """

    def __init__(self, iri: str) -> None:
        """Begin an empty graph."""
        self.name = NamedNode(iri)
        self._end = f" {self.name} .\n"
        self._triples: dict[str, Triple] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, *objects: Object) -> None:
        """Add one triple for each object."""
        begin, end, triples = f"{subject} {predicate} ", self._end, self._triples
        for value in objects:
            text = str(value)
            if text[0] == '"' and text[-1] == ">":  # of a datatype: of most terms nothing need be asked
                value = canonical(value)
                text = str(value)
            triples[f"{begin}{text}{end}"] = (subject, predicate, value)

    def describe(self, subject: NamedNode, told: Iterable[tuple[NamedNode, NamedNode | Literal]]) -> None:
        """Add what is told of a subject, predicate and object, of which none is a number."""
        begin, end, triples = f"{subject} ", self._end, self._triples
        for predicate, value in told:
            triples[f"{begin}{predicate} {value}{end}"] = (subject, predicate, value)

    def type(self, subject: NamedNode, *classes: NamedNode) -> None:
        """Add rdf:type triples."""
        self.add(subject, RDF.type, *classes)

    def label(self, subject: NamedNode, text: str, lang: str = "ru") -> None:
        """Add an rdfs:label."""
        self.add(subject, RDFS.label, Literal(text, language=lang))

    def lines(self) -> list[str]:
        """Return the lines, each closed by a line feed, in code point order."""
        return sorted(self._triples)

    def triples(self) -> Iterable[Triple]:
        """Return the triples, in no set order."""
        return self._triples.values()

    def __iter__(self) -> Iterator[Quad]:
        """Yield the quads."""
        return (Quad(*self._triples[line], self.name) for line in self.lines())

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._triples)

    def __eq__(self, other: object) -> bool:
        """Tell whether another graph has the same lines."""
        return isinstance(other, Graph) and self._triples.keys() == other._triples.keys()

    __hash__ = None  # type: ignore[assignment]


def canonical(value: Object) -> Object:
    """Return a term as Oxigraph gives it back: numbers in their shortest form, all else as it is."""
    if isinstance(value, Literal) and (form := _FORMS.get(value.datatype.value)):
        return Literal(form(value.value), datatype=value.datatype)
    return value


def _decimal(text: str) -> str:
    exact = Decimal(text)
    return "0" if not exact else f"{exact.normalize():f}"


_FORMS = {XSD.integer.value: lambda text: str(int(text)), XSD.decimal.value: _decimal}


def ru(text: str) -> Literal:
    """Return a Russian literal."""
    return Literal(text, language="ru")


def day(value: object) -> Literal:
    """Return an xsd:date."""
    return Literal(str(value), datatype=XSD.date)


def nodes(iris: Iterable[str]) -> list[NamedNode]:
    """Return IRIs as terms."""
    return [NamedNode(iri) for iri in iris]
