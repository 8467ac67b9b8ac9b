"""What the data set says of itself: VoID (W3C Note, 2011)."""

from collections.abc import Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from pobratim.messages import LANGUAGES
from pobratim.rdf.iris import DEFINITIONS, VOCABULARY, dataset_iri, dataset_part_iri
from pobratim.rdf.terms import DCT, FOAF, RDF, SKOS, XSD, Namespace
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.statistics import LINKED_SETS, Statistics
from pobratim.site.words import word

VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS_NS = "http://www.w3.org/ns/formats/"
RDF_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "nt": RdfFormat.N_TRIPLES,
}
_PREFIXES = {
    "void": "http://rdfs.org/ns/void#", "sd": "http://www.w3.org/ns/sparql-service-description#",
    "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#", "formats": FORMATS_NS, "pob": VOCABULARY,
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}  # fmt: skip


class Statements:
    """Triples that are collected for one answer."""

    def __init__(self) -> None:
        """Begin empty."""
        self._held: dict[Triple, None] = {}

    def add(self, subject: NamedNode, predicate: NamedNode, *objects: NamedNode | Literal) -> None:
        """Add one triple for each object."""
        for value in objects:
            self._held[Triple(subject, predicate, value)] = None

    def words(self, subject: NamedNode, predicate: NamedNode, code: str, **values: object) -> None:
        """Add a sentence of pages.yml in both languages."""
        self.add(subject, predicate, *(Literal(word(code, lang, **values), language=lang) for lang in LANGUAGES))

    def written(self, name: str) -> bytes:
        """Return the triples in a format of RDF."""
        return serialize(self._held, format=RDF_FORMATS[name], prefixes=_PREFIXES) or b""


def describe_dataset(
    made: Statements, data: DataSet, addresses: Addresses, counted: Statistics, endpoint: str, dumps: Sequence[str] = ()
) -> None:
    """Add the description of the data set that is shown at ``addresses``.

    ``endpoint`` is the URL of a SPARQL service over it, "" for none, ``dumps`` those of files that hold all of it.
    """
    base = data.base
    dataset, document = NamedNode(dataset_iri(base)), NamedNode(f"{base}/void")
    made.add(document, RDF.type, VOID.DatasetDescription)
    made.add(document, FOAF.primaryTopic, dataset)
    made.words(document, DCT.title, "void-title")
    made.add(dataset, RDF.type, VOID.Dataset)
    made.words(dataset, DCT.title, "site-name")
    made.words(dataset, DCT.description, "site-about")
    made.add(dataset, DCT.license, NamedNode(data.licence))
    made.add(dataset, FOAF.homepage, NamedNode(addresses.public + "/"))
    if when := data.modified:
        made.add(dataset, DCT.modified, Literal(when.isoformat(), datatype=XSD.dateTime))
    if endpoint:
        made.add(dataset, VOID.sparqlEndpoint, NamedNode(endpoint))
    made.add(dataset, VOID.dataDump, *map(NamedNode, dumps))
    made.add(dataset, VOID.uriSpace, Literal(f"{base}/id/"))
    made.add(dataset, VOID.vocabulary, NamedNode(VOCABULARY), *map(NamedNode, _vocabularies(counted)))
    made.add(dataset, VOID.exampleResource, *map(NamedNode, counted.examples.values()))
    made.add(dataset, VOID.feature, *(NamedNode(FORMATS_NS + name) for name in ("Turtle", "RDF_XML", "N-Triples")))
    for predicate, counts in (
        (VOID.triples, counted.triples),
        (VOID.entities, counted.entities),
        (VOID.classes, len(counted.classes)),
        (VOID.properties, len(counted.properties)),
    ):
        made.add(dataset, predicate, number(counts))
    _partitions(made, base, dataset, counted)
    for name, (start, home) in LINKED_SETS.items():
        if counted.links[name]:
            _linkset(made, base, dataset, name, (start, home), counted.links[name])


def _partitions(made: Statements, base: str, dataset: NamedNode, counted: Statistics) -> None:
    for place, (iri, count) in enumerate(sorted(counted.classes.items()), start=1):
        part = NamedNode(dataset_part_iri(base, f"class-{place}"))
        made.add(dataset, VOID.classPartition, part)
        made.add(part, VOID["class"], NamedNode(iri))
        made.add(part, VOID.entities, number(count))
    for place, (iri, count) in enumerate(sorted(counted.properties.items()), start=1):
        part = NamedNode(dataset_part_iri(base, f"property-{place}"))
        made.add(dataset, VOID.propertyPartition, part)
        made.add(part, VOID.property, NamedNode(iri))
        made.add(part, VOID.triples, number(count))


def _linkset(made: Statements, base: str, dataset: NamedNode, name: str, target: tuple[str, str], count: int) -> None:
    start, home = target
    links, other = NamedNode(dataset_part_iri(base, f"links-{name}")), NamedNode(dataset_part_iri(base, name))
    made.add(dataset, VOID.subset, links)
    made.add(links, RDF.type, VOID.Linkset)
    made.add(links, VOID.subjectsTarget, dataset)
    made.add(links, VOID.objectsTarget, other)
    made.add(links, VOID.linkPredicate, SKOS.exactMatch)
    made.add(links, VOID.triples, number(count))
    made.add(other, RDF.type, VOID.Dataset)
    made.add(other, FOAF.homepage, NamedNode(home))
    made.add(other, VOID.uriSpace, Literal(start))


def _vocabularies(counted: Statistics) -> list[str]:
    """Return the namespaces of the properties used, but for our own."""
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in counted.properties}
    return sorted(spaces - {VOCABULARY, DEFINITIONS})


def number(count: int) -> Literal:
    """Return a count as a value."""
    return Literal(str(count), datatype=XSD.integer)
