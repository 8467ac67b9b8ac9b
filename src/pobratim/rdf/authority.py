"""The graph of what outlives a report: places, organisations, people and their posts, series."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode

from pobratim.entities import OrganisationEntity, PersonEntity, PlaceEntity, Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.rdf import vocabulary
from pobratim.rdf.corrections import change_notes
from pobratim.rdf.iris import EntityType, derived_iri, entity_iri, graph_iri
from pobratim.rdf.terms import CV, DCT, FOAF, GEO, LEGAL, ORG, POB, SKOS, Graph, ru
from pobratim.text.transliterate import latin

_COMPANY = "company"
# What a key is part of the IRI of. Former IRIs lead to those that stay; an activity's do so in its report's graph.
_REPLACEABLE: dict[str, tuple[EntityType, ...]] = {
    "organisation": ("organisation",), "place": ("place",), "agreement": ("agreement",), "person": ("post",),
}  # fmt: skip


_PLACE = (DCT.Location,)
_MUNICIPALITY = (*_PLACE, POB.Municipality, CV.AdminUnit, GEO.Feature)
_POST, _PERSON, _SERIES = (ORG.Post, FOAF.Agent), (FOAF.Person, FOAF.Agent), (POB.EventSeries,)
_ORGANISATION = (ORG.FormalOrganization, FOAF.Agent)
_OF_CATEGORIES = {"public": CV.PublicOrganisation, _COMPANY: LEGAL.LegalEntity}


def classes_in(resolution: Resolution, base: str) -> Iterator[tuple[str, tuple[NamedNode, ...]]]:
    """Yield the IRI of each thing that the authority graph describes, and the classes it is of there."""
    for place in resolution.places:
        yield entity_iri(base, "place", place.key), _place_classes(place)
    for organisation in resolution.organisations:
        yield entity_iri(base, "organisation", organisation.key), _organisation_classes(organisation)
    for person in resolution.people:
        yield entity_iri(base, "post", person.key), _POST
        if person.name:
            yield entity_iri(base, "person", person.key), _PERSON
    for series in resolution.series:
        yield entity_iri(base, "series", series.key), _SERIES


def _place_classes(place: PlaceEntity) -> tuple[NamedNode, ...]:
    return _MUNICIPALITY if place.municipality else _PLACE


def _organisation_classes(organisation: OrganisationEntity) -> tuple[NamedNode, ...]:
    categories = vocabulary.kind_categories(organisation.kind)
    return (*_ORGANISATION, *(cls for category, cls in _OF_CATEGORIES.items() if category in categories))


def authority_graph(resolution: Resolution, base: str) -> Graph:
    """Return the authority graph."""
    graph = Graph(graph_iri(base, "authority"))
    for place in resolution.places:
        _place(graph, place, base)
    for organisation in resolution.organisations:
        _organisation(graph, organisation, base)
    for person in resolution.people:
        _person(graph, person, base)
    people = {person.key for person in resolution.people if person.name}
    for kind, former, stays in resolution.replaced:
        for named in (*_REPLACEABLE[kind], *(("person",) if kind == "person" and stays in people else ())):
            old, new = (NamedNode(entity_iri(base, named, key)) for key in (former, stays))
            graph.add(old, DCT.isReplacedBy, new)
    for series in resolution.series:
        node = NamedNode(entity_iri(base, "series", series.key))
        graph.type(node, *_SERIES)
        graph.label(node, series.name)
    return graph


def _named(graph: Graph, node: NamedNode, names: tuple[str, ...]) -> None:
    """Add the preferred label, the other spellings, and the preferred one in Latin letters."""
    graph.label(node, names[0])
    graph.add(node, SKOS.altLabel, *(ru(name) for name in names[1:]), Literal(latin(names[0]), language="ru-Latn"))


def _located(graph: Graph, node: NamedNode, country: str, region: str) -> None:
    """Add country and region, each where known; the nearest of them as dct:isPartOf."""
    state, district = vocabulary.country(country), vocabulary.region(region)
    if state is not None:
        graph.add(node, POB.country, state)
    parent = district or state
    if parent is not None:
        graph.add(node, DCT.isPartOf, parent)


def region_of(place: PlaceEntity) -> str:
    """Return the region (notation) that the reports tell of a place, else that of its settlement in GeoNames, or "".

    A region of another country than the reports name is left out: the graph takes no stance in disputes.
    """
    settlement = Gazetteer.load().by_number(place.geonames) if place.geonames and not place.region else None
    found = Gazetteer.load().region_of(settlement) if settlement else ""
    same_country = found and vocabulary.region_country(found) == vocabulary.country(place.country)
    return place.region or (found if same_country else "")


def _place(graph: Graph, place: PlaceEntity, base: str) -> None:
    node = NamedNode(entity_iri(base, "place", place.key))
    graph.type(node, *_place_classes(place))
    _named(graph, node, place.names)
    settlement = Gazetteer.load().by_number(place.geonames) if place.geonames else None
    if settlement and settlement.english:
        graph.label(node, settlement.english, "en")
    _located(graph, node, place.country, region_of(place))
    change_notes(graph, node, "place", place.corrections)
    if place.lat is not None and place.lon is not None:
        geometry = NamedNode(derived_iri(node.value, "geometry"))
        graph.add(node, GEO.hasGeometry, geometry)
        graph.type(geometry, GEO.Geometry)
        graph.add(geometry, GEO.asWKT, Literal(f"POINT({place.lon} {place.lat})", datatype=GEO.wktLiteral))


def _organisation(graph: Graph, organisation: OrganisationEntity, base: str) -> None:
    node = NamedNode(entity_iri(base, "organisation", organisation.key))
    graph.type(node, *_organisation_classes(organisation))
    _named(graph, node, organisation.names)
    graph.add(node, SKOS.prefLabel, ru(organisation.names[0]))
    graph.add(node, DCT.title, ru(organisation.names[0]))
    kind = vocabulary.kind(organisation.kind)
    if kind is not None:
        graph.add(node, ORG.classification, kind)
    if _COMPANY in vocabulary.kind_categories(organisation.kind):
        graph.add(node, LEGAL.legalName, ru(organisation.names[0]))
    forms = [form for label in organisation.legal_forms if (form := vocabulary.legal_form(label)) is not None]
    graph.add(node, LEGAL.companyType, *forms)
    state = vocabulary.country(organisation.country)
    if state is not None:
        graph.add(node, POB.country, state)
    region = vocabulary.region(organisation.region)
    if organisation.place:
        graph.add(node, DCT.spatial, NamedNode(entity_iri(base, "place", organisation.place)))
    elif region is not None:
        graph.add(node, DCT.spatial, region)
    change_notes(graph, node, "organisation", organisation.corrections)


def _person(graph: Graph, person: PersonEntity, base: str) -> None:
    post = NamedNode(entity_iri(base, "post", person.key))
    graph.type(post, *_POST)
    graph.label(post, person.post)
    graph.add(post, SKOS.prefLabel, ru(person.post))
    graph.add(post, DCT.title, ru(person.post))
    if person.organisation:
        graph.add(post, ORG.postIn, NamedNode(entity_iri(base, "organisation", person.organisation)))
    if person.name:
        node = NamedNode(entity_iri(base, "person", person.key))
        graph.type(node, *_PERSON)
        graph.label(node, person.name)
        graph.add(node, FOAF.name, ru(person.name))
        graph.add(node, DCT.title, ru(person.name))
        graph.add(node, ORG.holds, post)
