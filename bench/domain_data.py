"""Made-up data of this domain in the project's own model, as large as wanted: what the server is measured on.

Institutions of towns of Russia and three neighbours take part in activities that 200 reports tell of; one institution
takes part in every twelfth, as a hub does. The same number gives the same quads.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from pyoxigraph import Literal, NamedNode, Quad

from pobratim.rdf.iris import COUNTRY, DEFAULT_BASE, VOCABULARY, EntityType, concept_iri, entity_iri, graph_iri

REPORTS = 200
_TOWNS = 400
_QUADS_AN_ACTIVITY = 48
_COUNTRIES = ("RUS", "BLR", "KAZ", "CHN")
_KINDS = ("school", "gymnasium", "museum", "library", "university", "administration", "company", "art-school")
_EVENTS = ("competition", "festival", "conference", "meeting", "visit", "exhibition", "exchange")
_TOPICS = ("culture", "education", "sport", "science", "youth", "economy")
_STATUSES = ("signed", "in-force", "planned")
_FIRST = date(2015, 1, 1)

CV, DCT = "http://data.europa.eu/m8g/", "http://purl.org/dc/terms/"
ORG, SKOS = "http://www.w3.org/ns/org#", "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE, LABEL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label"
_DAY = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")

_Value = str | NamedNode | Literal


def graphs(quads: int) -> dict[str, list[Quad]]:
    """Return about so many quads by graph: one of the authorities, the others a report each."""
    chance = random.Random(1)
    activities = quads // _QUADS_AN_ACTIVITY
    institutions = max(50, activities // 6)
    found: dict[str, list[Quad]] = {}
    for graph, subject, predicate, value in _authorities(institutions, chance):
        _add(found, graph, subject, predicate, value)
    for number in range(activities):
        for graph, subject, predicate, value in _activity(number, institutions, chance):
            _add(found, graph, subject, predicate, value)
    for number in range(REPORTS):
        report = _id("report", f"report-{number}")
        _add(found, f"report/report-{number}", report, RDF_TYPE, VOCABULARY + "Report")
        _add(found, f"report/report-{number}", report, VOCABULARY + "country", COUNTRY + _COUNTRIES[number % 2])
    return found


def _add(found: dict[str, list[Quad]], graph: str, subject: str, predicate: str, value: _Value) -> None:
    term = NamedNode(value) if isinstance(value, str) else value
    name = graph_iri(DEFAULT_BASE, graph)
    found.setdefault(name, []).append(Quad(NamedNode(subject), NamedNode(predicate), term, NamedNode(name)))


def _id(kind: EntityType, key: object) -> str:
    return entity_iri(DEFAULT_BASE, kind, str(key))


def town(number: int) -> str:
    """Return the IRI of a town."""
    return _id("place", f"town-{number}")


def institution(number: int) -> str:
    """Return the IRI of an institution; number 0 is the hub."""
    return _id("organisation", f"institution-{number}")


def activity(number: int) -> str:
    """Return the IRI of an activity."""
    return _id("activity", f"event-{number}")


def _authorities(institutions: int, chance: random.Random) -> Iterator[tuple[str, str, str, _Value]]:
    for number in range(_TOWNS):
        iri = town(number)
        yield "authority", iri, RDF_TYPE, VOCABULARY + "Municipality"
        yield "authority", iri, LABEL, Literal(f"Город {number}", language="ru")
        yield "authority", iri, VOCABULARY + "country", COUNTRY + _COUNTRIES[number % 4]
    for number in range(institutions):
        iri, kind = institution(number), chance.choice(_KINDS)
        seat = chance.randrange(_TOWNS)
        label = Literal(f"Учреждение «{kind}» № {number} города {seat}", language="ru")
        yield "authority", iri, RDF_TYPE, ORG + "FormalOrganization"
        yield "authority", iri, LABEL, label
        yield "authority", iri, SKOS + "prefLabel", label
        yield "authority", iri, ORG + "classification", concept_iri("organisation-kind", kind)
        yield "authority", iri, DCT + "spatial", town(seat)
        yield "authority", iri, VOCABULARY + "country", COUNTRY + _COUNTRIES[seat % 4]


def _activity(number: int, institutions: int, chance: random.Random) -> Iterator[tuple[str, str, str, _Value]]:
    graph, iri = f"report/report-{number % REPORTS}", activity(number)
    day = _FIRST + timedelta(days=chance.randrange(3650))
    title = Literal(f"Мероприятие {number}: дни дружбы и культуры", language="ru")
    for described in (iri, _id("entry", f"report-{number % REPORTS}/{number}")):
        yield graph, described, DCT + "title", title
        yield graph, described, LABEL, title
        yield graph, described, VOCABULARY + "start", Literal(day.isoformat(), datatype=_DAY)
        yield graph, described, VOCABULARY + "end", Literal(day.isoformat(), datatype=_DAY)
        yield graph, described, VOCABULARY + "edtf", Literal(day.isoformat(), datatype=_EDTF)
    yield from _entry(graph, number)
    yield graph, iri, RDF_TYPE, VOCABULARY + "Activity"
    yield graph, iri, DCT + "type", concept_iri("event-kind", chance.choice(_EVENTS))
    for topic in chance.sample(_TOPICS, 2):
        yield graph, iri, DCT + "subject", concept_iri("topic", topic)
    yield graph, iri, VOCABULARY + "place", town(chance.randrange(_TOWNS))
    yield graph, iri, VOCABULARY + "involvesCountry", COUNTRY + chance.choice(_COUNTRIES[1:])
    parties = [0] if number % 12 == 0 else []
    parties += [chance.randrange(institutions) for _ in range(chance.randint(2, 5))]
    for party in dict.fromkeys(parties):
        yield from _participation(graph, number, party)
    yield from _contact(graph, number, parties[-2], parties[-1])
    if number % 20 == 0:
        yield from _agreement(graph, number, parties[-2], parties[-1], chance.choice(_STATUSES), day)


def _entry(graph: str, number: int) -> Iterator[tuple[str, str, str, _Value]]:
    report = f"report-{number % REPORTS}"
    iri = _id("entry", f"{report}/{number}")
    yield graph, iri, RDF_TYPE, VOCABULARY + "ReportEntry"
    yield graph, iri, DCT + "isPartOf", _id("report", report)
    yield graph, iri, VOCABULARY + "reports", activity(number)
    yield graph, iri, VOCABULARY + "entryNumber", Literal(number)
    yield graph, iri, VOCABULARY + "reportingMunicipality", town(number % _TOWNS)


def _participation(graph: str, number: int, party: int) -> Iterator[tuple[str, str, str, _Value]]:
    iri = _id("participation", f"event-{number}/{party}")
    yield graph, activity(number), CV + "hasParticipation", iri
    yield graph, iri, RDF_TYPE, CV + "Participation"
    yield graph, iri, CV + "role", concept_iri("role", "participant")
    yield graph, iri, CV + "hasParticipant", institution(party)


def _contact(graph: str, number: int, one: int, other: int) -> Iterator[tuple[str, str, str, _Value]]:
    iri = _id("contact", f"event-{number}")
    yield graph, _id("entry", f"report-{number % REPORTS}/{number}"), VOCABULARY + "states", iri
    yield graph, iri, RDF_TYPE, VOCABULARY + "Contact"
    yield graph, iri, VOCABULARY + "basis", activity(number)
    for party in {one, other}:
        yield graph, iri, VOCABULARY + "party", institution(party)


def _agreement(
    graph: str, number: int, one: int, other: int, status: str, day: date
) -> Iterator[tuple[str, str, str, _Value]]:
    iri = _id("agreement", f"event-{number}")
    yield graph, iri, RDF_TYPE, VOCABULARY + "Agreement"
    yield graph, iri, DCT + "type", concept_iri("agreement-kind", "agreement")
    yield graph, iri, VOCABULARY + "status", concept_iri("agreement-status", status)
    yield graph, iri, VOCABULARY + "start", Literal(day.isoformat(), datatype=_DAY)
    for party in {one, other}:
        yield graph, iri, VOCABULARY + "party", institution(party)
