"""What the data set and the endpoint say of themselves: ``/void``, and the SPARQL 1.1 Service Description."""

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pobratim.rdf.terms import DCAT, DCT, RDF, RDFS, VCARD, Namespace
from pobratim.serving.http.addresses import addresses_of
from pobratim.serving.http.negotiation import MEDIA_TYPES, choose, content_type
from pobratim.serving.http.pages import lasting_headers, validator
from pobratim.serving.http.paths import READ, paths
from pobratim.serving.http.requests import VARY, is_known
from pobratim.serving.settings import ServerSettings
from pobratim.serving.workers.asker import asker_of, limits_of
from pobratim.serving.workers.engine import Engine
from pobratim.serving.workers.refusal import RefusedError
from pobratim.site.addresses import Addresses
from pobratim.site.dataset import FORMATS_NS, RDF_FORMATS, VOID, Statements, describe_dataset, number
from pobratim.site.render import content_hash
from pobratim.site.statistics import Statistics, count

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip


def routes(engine: Engine) -> list[Route]:
    """Return the routes of the data set's description."""

    async def well_known(request: Request) -> Response:
        link = f"{addresses_of(request, engine).root}/void.ttl"
        return RedirectResponse(link, 303, {"Cache-Control": "public, max-age=60"})

    async def void(request: Request) -> Response:
        name = request.path_params.get("form", "")
        if not name:
            found = choose(", ".join(request.headers.getlist("accept")), (*RDF_FORMATS, "html"))
            if found is None:
                raise _not_acceptable(request)
            if found[0] == "html":
                return RedirectResponse(addresses_of(request, engine).root + "/", 303, {"Vary": VARY})
            name = found[0]
        if name not in RDF_FORMATS:
            raise RefusedError(404, "not-found", {"path": request.url.path})
        return await _answer(request, engine, name, "void")

    return [
        *paths("/.well-known/void", well_known, READ),
        *paths("/void", void, READ),
        *paths("/void.{form}", void, READ),
    ]


async def service_description(request: Request, engine: Engine) -> Response:
    """Return the description of the endpoint, for a request without any query. Raises RefusedError 406."""
    found = choose(", ".join(request.headers.getlist("accept")), (*RDF_FORMATS, "html"))
    if found is None:
        raise _not_acceptable(request)
    if found[0] == "html":
        return RedirectResponse(addresses_of(request, engine).root + "/workbench", 303, {"Vary": VARY})
    return await _answer(request, engine, found[0], "service")


def _not_acceptable(request: Request) -> RefusedError:
    known = ", ".join(MEDIA_TYPES[name] for name in RDF_FORMATS)
    return RefusedError(406, "not-acceptable", {"found": request.headers.get("accept", "")[:200], "known": known})


async def _answer(request: Request, engine: Engine, name: str, what: str) -> Response:
    addresses = addresses_of(request, engine)
    tag = validator(engine, what, name, addresses, content_hash())
    headers = lasting_headers(engine, tag)
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    asker = asker_of(engine)
    statistics = await asker.once(count)
    made = Statements()
    if what == "void":
        describe_dataset(made, asker.data, addresses, statistics, addresses.public + "/sparql")
    else:
        describe_service(made, engine.settings, addresses, statistics)
    return Response(made.written(name), headers={**headers, "Content-Type": content_type(MEDIA_TYPES[name])})


def describe_service(made: Statements, settings: ServerSettings, addresses: Addresses, counted: Statistics) -> None:
    """Add the description of the endpoint at ``addresses``."""
    endpoint = addresses.public + "/sparql"
    service, dataset = NamedNode(f"{endpoint}#service"), NamedNode(f"{endpoint}#dataset")
    made.add(service, RDF.type, SD.Service)
    made.add(service, SD.endpoint, NamedNode(endpoint))
    made.add(service, SD.supportedLanguage, SD.SPARQL11Query)
    made.add(service, SD.resultFormat, *(NamedNode(FORMATS_NS + name) for name in _RESULT_FORMATS))
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
    made.add(whole, VOID.triples, number(counted.triples))
    for place, (iri, entities) in enumerate(sorted(counted.graphs.items()), start=1):
        named, graph = NamedNode(f"{endpoint}#named-graph-{place}"), NamedNode(f"{endpoint}#graph-{place}")
        made.add(dataset, SD.namedGraph, named)
        made.add(named, RDF.type, SD.NamedGraph)
        made.add(named, SD.name, NamedNode(iri))
        made.add(named, SD.graph, graph)
        made.add(graph, RDF.type, SD.Graph)
        made.add(graph, VOID.triples, number(entities))


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
