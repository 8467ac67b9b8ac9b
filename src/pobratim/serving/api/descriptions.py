"""What the data set and the endpoint say of themselves: VoID (W3C Note, 2011) and SPARQL 1.1 Service Description."""

from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.messages import Language
from pobratim.rdf.iris import DEFINITIONS, VOCABULARY, dataset_iri, dataset_part_iri
from pobratim.rdf.terms import DCT, FOAF, RDF, RDFS, SKOS, XSD, Namespace
from pobratim.serving.http.addresses import Addresses, addresses_of
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose, content_type
from pobratim.serving.http.pages import content_hash, lasting_headers, validator, word
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY, is_known
from pobratim.serving.settings import ServerSettings
from pobratim.serving.statistics import LINKED_SETS, STATISTICS, Statistics
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError

VOID = Namespace("http://rdfs.org/ns/void#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_FORMATS_NS = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
_RDF_FORMATS: Mapping[str, RdfFormat] = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
    "nt": RdfFormat.N_TRIPLES,
}
_PREFIXES = {
    "void": "http://rdfs.org/ns/void#", "sd": "http://www.w3.org/ns/sparql-service-description#",
    "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcat": "http://www.w3.org/ns/dcat#", "formats": _FORMATS_NS, "pob": VOCABULARY,
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}  # fmt: skip
_LANGUAGES: tuple[Language, ...] = ("ru", "en")


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
        self.add(subject, predicate, *(Literal(word(code, lang, **values), language=lang) for lang in _LANGUAGES))

    def written(self, name: str) -> bytes:
        """Return the triples in a format of RDF."""
        return serialize(self._held, format=_RDF_FORMATS[name], prefixes=_PREFIXES) or b""


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the data set's description."""

    async def well_known(request: Request) -> Response:
        link = f"{addresses_of(request, engine).root}/void.ttl"
        return RedirectResponse(link, 303, {"Cache-Control": "public, max-age=60"})

    async def void(request: Request) -> Response:
        name = request.path_params.get("form", "")
        if not name:
            found = choose(", ".join(request.headers.getlist("accept")), (*_RDF_FORMATS, "html"))
            if found is None:
                raise _not_acceptable(request)
            if found[0] == "html":
                return RedirectResponse(addresses_of(request, engine).root + "/", 303, {"Vary": VARY})
            name = found[0]
        if name not in _RDF_FORMATS:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        return await _answer(request, engine, name, "void")

    return [
        *paths("/.well-known/void", well_known, READ),
        *paths("/void", void, READ),
        *paths("/void.{form}", void, READ),
    ]


async def service_description(request: Request, engine: Engine) -> Response:
    """Return the description of the endpoint, for a request without any query. Raises RefusedError 406."""
    found = choose(", ".join(request.headers.getlist("accept")), (*_RDF_FORMATS, "html"))
    if found is None:
        raise _not_acceptable(request)
    if found[0] == "html":
        return RedirectResponse(addresses_of(request, engine).root + "/workbench", 303, {"Vary": VARY})
    return await _answer(request, engine, found[0], "service")


def _not_acceptable(request: Request) -> RefusedError:
    known = ", ".join(MEDIA_TYPES[name] for name in _RDF_FORMATS)
    return RefusedError(406, "not-acceptable", {"found": request.headers.get("accept", "")[:200], "known": known})


async def _answer(request: Request, engine: Engine, name: str, what: str) -> Response:
    addresses = addresses_of(request, engine)
    tag = validator(engine, what, name, addresses, content_hash())
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    statistics = await STATISTICS.get(engine)
    made = Statements()
    if what == "void":
        _describe_dataset(made, engine, addresses, statistics)
    else:
        describe_service(made, engine.settings, addresses, statistics)
    return Response(made.written(name), headers={**headers, "Content-Type": content_type(MEDIA_TYPES[name])})


def _describe_dataset(made: Statements, engine: Engine, addresses: Addresses, counted: Statistics) -> None:
    base = engine.served.base
    dataset, document = NamedNode(dataset_iri(base)), NamedNode(f"{base}/void")
    made.add(document, RDF.type, VOID.DatasetDescription)
    made.add(document, FOAF.primaryTopic, dataset)
    made.words(document, DCT.title, "void-title")
    made.add(dataset, RDF.type, VOID.Dataset)
    made.words(dataset, DCT.title, "site-name")
    made.words(dataset, DCT.description, "site-about")
    made.add(dataset, DCT.license, NamedNode(engine.settings.licence))
    made.add(dataset, FOAF.homepage, NamedNode(addresses.public + "/"))
    if when := engine.served.modified:
        made.add(dataset, DCT.modified, Literal(when.isoformat(), datatype=XSD.dateTime))
    made.add(dataset, VOID.sparqlEndpoint, NamedNode(addresses.public + "/sparql"))
    made.add(dataset, VOID.uriSpace, Literal(f"{base}/id/"))
    made.add(dataset, VOID.vocabulary, NamedNode(VOCABULARY), *map(NamedNode, _vocabularies(counted)))
    made.add(dataset, VOID.exampleResource, *map(NamedNode, counted.examples.values()))
    made.add(dataset, VOID.feature, *(NamedNode(_FORMATS_NS + name) for name in ("Turtle", "RDF_XML", "N-Triples")))
    for predicate, number in (
        (VOID.triples, counted.triples),
        (VOID.entities, counted.entities),
        (VOID.classes, len(counted.classes)),
        (VOID.properties, len(counted.properties)),
    ):
        made.add(dataset, predicate, _number(number))
    _partitions(made, base, dataset, counted)
    for name, (start, home) in LINKED_SETS.items():
        if counted.links[name]:
            _linkset(made, base, dataset, name, (start, home), counted.links[name])


def _partitions(made: Statements, base: str, dataset: NamedNode, counted: Statistics) -> None:
    for number, (iri, count) in enumerate(sorted(counted.classes.items()), start=1):
        part = NamedNode(dataset_part_iri(base, f"class-{number}"))
        made.add(dataset, VOID.classPartition, part)
        made.add(part, VOID["class"], NamedNode(iri))
        made.add(part, VOID.entities, _number(count))
    for number, (iri, count) in enumerate(sorted(counted.properties.items()), start=1):
        part = NamedNode(dataset_part_iri(base, f"property-{number}"))
        made.add(dataset, VOID.propertyPartition, part)
        made.add(part, VOID.property, NamedNode(iri))
        made.add(part, VOID.triples, _number(count))


def _linkset(made: Statements, base: str, dataset: NamedNode, name: str, target: tuple[str, str], count: int) -> None:
    start, home = target
    links, other = NamedNode(dataset_part_iri(base, f"links-{name}")), NamedNode(dataset_part_iri(base, name))
    made.add(dataset, VOID.subset, links)
    made.add(links, RDF.type, VOID.Linkset)
    made.add(links, VOID.subjectsTarget, dataset)
    made.add(links, VOID.objectsTarget, other)
    made.add(links, VOID.linkPredicate, SKOS.exactMatch)
    made.add(links, VOID.triples, _number(count))
    made.add(other, RDF.type, VOID.Dataset)
    made.add(other, FOAF.homepage, NamedNode(home))
    made.add(other, VOID.uriSpace, Literal(start))


def _vocabularies(counted: Statistics) -> list[str]:
    """Return the namespaces of the properties used, but for our own."""
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in counted.properties}
    return sorted(spaces - {VOCABULARY, DEFINITIONS})


def describe_service(made: Statements, settings: ServerSettings, addresses: Addresses, counted: Statistics) -> None:
    """Add the description of the endpoint at ``addresses``."""
    endpoint = addresses.public + "/sparql"
    service, dataset = NamedNode(f"{endpoint}#service"), NamedNode(f"{endpoint}#dataset")
    made.add(service, RDF.type, SD.Service)
    made.add(service, SD.endpoint, NamedNode(endpoint))
    made.add(service, SD.supportedLanguage, SD.SPARQL11Query)
    made.add(service, SD.resultFormat, *(NamedNode(_FORMATS_NS + name) for name in _RESULT_FORMATS))
    made.add(service, SD.feature, SD.UnionDefaultGraph)
    if settings.services:
        made.add(service, SD.feature, SD.BasicFederatedQuery)
    made.add(service, SD.defaultEntailmentRegime, NamedNode("http://www.w3.org/ns/entailment/Simple"))
    made.words(service, DCT.title, "endpoint-title")
    made.words(service, DCT.description, "endpoint-limits", **limits_of(settings))
    made.add(service, DCT.license, NamedNode(settings.licence))
    made.add(service, RDFS.seeAlso, NamedNode(addresses.public + "/void.ttl"))
    _contact(made, service, settings.contact)
    made.add(service, SD.defaultDataset, dataset)
    made.add(dataset, RDF.type, SD.Dataset)
    whole = NamedNode(f"{endpoint}#default-graph")
    made.add(dataset, SD.defaultGraph, whole)
    made.add(whole, RDF.type, SD.Graph)
    made.add(whole, VOID.triples, _number(counted.triples))
    for number, (iri, count) in enumerate(sorted(counted.graphs.items()), start=1):
        named, graph = NamedNode(f"{endpoint}#named-graph-{number}"), NamedNode(f"{endpoint}#graph-{number}")
        made.add(dataset, SD.namedGraph, named)
        made.add(named, RDF.type, SD.NamedGraph)
        made.add(named, SD.name, NamedNode(iri))
        made.add(named, SD.graph, graph)
        made.add(graph, RDF.type, SD.Graph)
        made.add(graph, VOID.triples, _number(count))


def limits_of(settings: ServerSettings) -> dict[str, object]:
    """Return the promises of the endpoint as the slots of the sentence ``endpoint-limits``."""
    limits = settings.limits
    return {
        "seconds": f"{limits.seconds:g}",
        "memory": limits.memory_mb,
        "answer": limits.answer_mb,
        "query": limits.query_bytes // 1024,
        "url": limits.url_bytes // 1024,
        "client": limits.waiting_a_client,
        "long": limits.long_queries_a_client,
        "after": f"{limits.long_after:g}",
    }


def _contact(made: Statements, service: NamedNode, contact: str) -> None:
    if not contact:
        return
    link = f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
    try:
        card = NamedNode(link)
    except ValueError:
        return
    is_mail = link.startswith("mailto:")
    made.add(service, DCAT.contactPoint, card)
    made.add(card, RDF.type, VCARD.Kind)
    made.add(card, VCARD.hasEmail if is_mail else VCARD.hasURL, card)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=XSD.integer)
