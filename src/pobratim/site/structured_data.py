"""Pages for search engines: schema.org as JSON-LD, for what it has a type for (https://schema.org/docs/full.html)."""

from collections.abc import Mapping, Sequence
from typing import Any

from pobratim.rdf.iris import VOCABULARY
from pobratim.site.labels import CV, DCT, LABEL, SKOS, Naming, Thing, best, expanded
from pobratim.site.neighbourhood import Group, types_of
from pobratim.site.values import coordinates

_TYPES: Mapping[str, str] = {
    "pob:Activity": "Event",
    "pob:Report": "Report",
    "pob:EventSeries": "EventSeries",
    "pob:Municipality": "AdministrativeArea",
    "org:FormalOrganization": "Organization",
    "foaf:Person": "Person",
    "skos:ConceptScheme": "DefinedTermSet",
    "skos:Concept": "DefinedTerm",
    "dct:Location": "Place",
}
_CONTEXT = "https://schema.org/"
_COUNTRY = VOCABULARY + "country"


def structured(iri: str, title: str, url: str, groups: Sequence[Group], naming: Naming) -> dict[str, Any] | None:
    """Return what schema.org can say of a thing, None for things that it has no type for."""
    types = types_of(groups)
    kind = next((name for short, name in _TYPES.items() if expanded(short) in types), None)
    if kind is None:
        return None
    said = {group.property: group for group in groups if group.direction == "out"}
    found: dict[str, Any] = {"@context": _CONTEXT, "@type": kind, "@id": iri, "name": title, "url": url}
    if kind == "Event":
        found |= _event(said, naming)
    if others := [term.value for term in _literals(said, SKOS + "altLabel")]:
        found["alternateName"] = others[:10]
    if same := [thing.iri for thing in _things(said, SKOS + "exactMatch")]:
        found["sameAs"] = same
    if kind in ("Place", "AdministrativeArea"):
        found |= _geo(said)
    if kind in ("Organization", "Place", "AdministrativeArea") and (around := _around(said, naming)):
        found["location" if kind == "Organization" else "containedInPlace"] = around
    return found


def _around(said: Mapping[str, Group], naming: Naming) -> list[dict[str, Any]]:
    """Return where an organisation or a place is: its town, else what it is part of, and its country."""
    whole = _things(said, DCT + "spatial") or _things(said, DCT + "isPartOf")
    kinds = [*(("Place", thing) for thing in whole), *(("Country", thing) for thing in _things(said, _COUNTRY))]
    named = [(kind, thing, best(thing.values(LABEL), naming.lang)) for kind, thing in kinds]
    return [{"@type": kind, "@id": thing.iri, "name": name} for kind, thing, name in named if name]


def _event(said: Mapping[str, Group], naming: Naming) -> dict[str, Any]:
    found: dict[str, Any] = {}
    # As precise as the source: "2023-09" is a date of ISO 8601 too (schema.org/Date).
    if told := _literals(said, VOCABULARY + "edtf"):
        begins, _, ends = told[0].value.partition("/")
        found |= {"startDate": begins, "endDate": ends or begins}
    places = [
        {"@type": "Place", "@id": thing.iri, "name": best(thing.values(LABEL), naming.lang)}
        for thing in _things(said, VOCABULARY + "place")
    ]
    if places:
        found["location"] = places
    modes = {thing.iri.rpartition("/")[2] for thing in _things(said, CV + "format")}
    for mode, value in (("online", "Online"), ("in-person", "Offline"), ("hybrid", "Mixed")):
        if mode in modes:
            found["eventAttendanceMode"] = f"{_CONTEXT}{value}EventAttendanceMode"
    if topics := [best(thing.values(LABEL), naming.lang) for thing in _things(said, DCT + "subject")]:
        found["keywords"] = topics
    return found


def _geo(said: Mapping[str, Group]) -> dict[str, Any]:
    for thing in _things(said, "http://www.opengis.net/ont/geosparql#hasGeometry"):
        for term in thing.values("http://www.opengis.net/ont/geosparql#asWKT"):
            if point := coordinates(term.value):
                return {"geo": {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}}
    return {}


def _things(said: Mapping[str, Group], prop: str) -> list[Thing]:
    return said[prop].things if prop in said else []


def _literals(said: Mapping[str, Group], prop: str) -> list[Any]:
    return said[prop].literals if prop in said else []
