"""Resolution to quads: IRIs, dates, what stands in which graph."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from pobratim.entities import AgreementEntity
from pobratim.rdf.agreements import agreement_facts
from pobratim.rdf.edtf import bounds, interval
from pobratim.rdf.emit import emit
from pobratim.rdf.iris import DEFAULT_BASE, concept_iri, derived_iri, entity_iri, geonames_iri, graph_iri, successor_of
from pobratim.rdf.terms import Graph
from pobratim.resolve.keys import nameless
from tests.support.helpers_resolution import (
    GROUP,
    GYMNASIUM_7,
    HELD,
    PLANNED,
    READINGS,
    READINGS_TOLD_ALONE,
    REPORT,
    ROUND_TABLE,
    SCHOOL_3,
    SCHOOL_8,
    SIGNED,
    SIGNING,
    TALKS,
    sample_resolution,
)
from tests.support.sample_graph import AUTHORITY, BASE, LABEL, POB, TYPE, data, ontology, text, ties

DCT, SKOS, CV = "http://purl.org/dc/terms/", "http://www.w3.org/2004/02/skos/core#", "http://data.europa.eu/m8g/"
OA, ORG, TIME = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/org#", "http://www.w3.org/2006/time#"
FOAF, GEO, LEGAL = (
    "http://xmlns.com/foaf/0.1/",
    "http://www.opengis.net/ont/geosparql#",
    "http://www.w3.org/ns/legal#",
)
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
REPORT_GRAPH, EVIDENCE_GRAPH = (graph_iri(BASE, f"{name}/{REPORT}") for name in ("report", "evidence"))


def _node(kind: str, key: str) -> str:
    return f"{BASE}/id/{kind}/{key}"


def _values(subject: str, predicate: str, graph: str = "") -> set[str]:
    """Return the values of a property as text, a literal's language behind @."""
    found = set()
    for quad in (*data(), *ties()):
        if text(quad.subject) == subject and quad.predicate.value == predicate and graph in ("", text(quad.graph_name)):
            language = quad.object.language if isinstance(quad.object, Literal) else None
            found.add(text(quad.object) + (f"@{language}" if language else ""))
    return found


# IRIs


@pytest.mark.parametrize(
    ("made", "wanted"),
    [
        (entity_iri(BASE, "entry", "smolensk-2023-q1/9"), f"{BASE}/id/entry/smolensk-2023-q1/9"),
        (graph_iri(BASE, "report/a"), f"{BASE}/graph/report/a"),
        (concept_iri("topic", "culture"), "https://w3id.org/pobratim/def/topic/culture"),
        (geonames_iri(620127), "https://sws.geonames.org/620127/"),
        (derived_iri("http://e.example/a", "geometry"), "http://e.example/a/geometry"),
    ],
)
def test_iris_are_made_of_keys(made: str, wanted: str) -> None:
    assert made == wanted


@pytest.mark.parametrize(
    "key", ["", "Витебск", "a b", "a//b", "/a", "a/", "a%20b", "a#b", "a?b", "a\n", "é", "а", "-a", "../a"]
)
def test_a_key_that_is_no_ascii_slug_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        entity_iri(BASE, "place", key)
    with pytest.raises(ValueError, match="not the name"):
        graph_iri(BASE, key)


def test_the_base_is_a_setting() -> None:
    graphs = emit(sample_resolution(), "https://data.example.org/ties")
    own = {
        term.value
        for quads in graphs.values()
        for quad in quads
        for term in (quad.subject, quad.object, quad.graph_name)
        if isinstance(term, NamedNode) and f"{BASE}/id/" in term.value
    }
    assert not own and "https://data.example.org/ties/graph/authority" in graphs


# Dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-01-27", date(2023, 1, 27), date(2023, 1, 27)),
        ("2022-12", date(2022, 12, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_bounds_are_the_first_and_last_day(text: str, first: date, last: date) -> None:
    assert bounds(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-13",
        "2023-02-29",
        "23",
        "2023-1-2",
        "март",
        "2023-01-02-03",
        "+2023",
        "2023-01-27 ",
        "0000",
        "2023-00",
        "2023-01-00",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="EDTF"):
        bounds(text)


def test_an_interval_names_each_end_once() -> None:
    assert interval("2023-01-27", "2023-01-27") == "2023-01-27"
    assert interval("2022-12", "2023-01") == "2022-12/2023-01"


# Graphs


def test_emission_is_sorted_repeatable_and_without_blank_nodes() -> None:
    graphs = emit(sample_resolution(), BASE)
    assert list(graphs) == [
        AUTHORITY,
        graph_iri(BASE, "links"),
        graph_iri(BASE, "search"),
        REPORT_GRAPH,
        EVIDENCE_GRAPH,
    ]
    assert graphs == emit(sample_resolution(), BASE)
    for name, quads in graphs.items():
        assert [str(quad) for quad in quads] == sorted({str(quad) for quad in quads})
        assert {quad.graph_name for quad in quads} == {NamedNode(name)}
        assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]


def test_the_order_of_accounts_does_not_matter() -> None:
    resolution = sample_resolution()
    resolution.accounts.reverse()
    resolution.organisations.reverse()
    resolution.activities.reverse()
    assert emit(resolution, BASE) == emit(sample_resolution(), BASE)


def test_everything_pointed_at_is_typed_and_labelled() -> None:
    known = (*data(), *ties(), *ontology())
    typed = {quad.subject for quad in known if quad.predicate.value == TYPE}
    targets = {
        quad.object
        for quad in (*data(), *ties())
        if quad.predicate.value not in (TYPE, SKOS + "exactMatch") and text(quad.graph_name) != EVIDENCE_GRAPH
        if isinstance(quad.object, NamedNode)
    }
    assert len(targets) > 50 and targets <= typed
    labelled = {text(quad.subject) for quad in known if quad.predicate.value == LABEL}
    unlabelled = {target.value for target in targets} - labelled
    kinds = {iri.removeprefix(f"{BASE}/id/").partition("/")[0] for iri in unlabelled if not iri.endswith("/geometry")}
    assert kinds == {"cell", "contact", "participation", "time"}


def test_what_one_row_tells_stands_in_its_report_and_what_outlives_it_does_not() -> None:
    assert _values(_node("place", "by-vitebsk"), LABEL, AUTHORITY) == {"Витебск@ru", "Vitebsk@en"}
    assert not _values(_node("place", "by-vitebsk"), LABEL, REPORT_GRAPH)
    assert _values(_node("activity", SIGNING), LABEL, REPORT_GRAPH) and not _values(
        _node("activity", SIGNING), LABEL, AUTHORITY
    )


# Reports, rows, activities


def test_a_report_names_its_file_and_rows() -> None:
    report = _node("report", REPORT)
    assert _values(report, DCT + "identifier") == {"sha256:" + "0a" * 32}
    assert _values(report, POB + "country") == {COUNTRY + "RUS"}
    assert _values(report, DCT + "spatial") == {concept_iri("region", "RU-SMO")}
    assert _values(report, POB + "entry") == {_node("entry", f"{REPORT}/{row}") for row in (8, 9, 19, 28, 40)}


def test_a_report_without_a_title_is_called_by_its_file() -> None:
    resolution = sample_resolution()
    resolution.reports[0] = replace(resolution.reports[0], title="", home_region="", home_country="")
    quads = emit(resolution, BASE)[REPORT_GRAPH]
    titles = [
        text(q.object) for q in quads if text(q.subject) == _node("report", REPORT) and q.predicate.value == LABEL
    ]
    assert titles == ["smolensk-2023-q1.docx"]


def test_a_row_keeps_its_own_telling() -> None:
    entry = _node("entry", f"{REPORT}/19")
    assert _values(entry, POB + "entryNumber") == {"19"}
    assert _values(entry, POB + "edtf") == {"2023-03-11"}
    assert _values(entry, POB + "reportingMunicipality") == {_node("place", "ru-smolensk")}
    assert _values(entry, POB + "reports") == {_node("activity", READINGS)}
    cell = _node("cell", f"{REPORT}/19/dates")
    assert cell in _values(entry, DCT + "hasPart")
    assert _values(cell, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value") == {"11 марта\n2023 года"}
    assert _values(cell, DCT + "type") == {concept_iri("column", "dates")}


def test_two_rows_of_one_event_are_two_accounts_of_one_activity() -> None:
    activity = _node("activity", READINGS)
    accounts = {text(q.subject) for q in data() if q.predicate.value == POB + "reports" and text(q.object) == activity}
    assert accounts == {_node("entry", f"{REPORT}/19"), _node("entry", f"{REPORT}/28")}
    assert len(_values(activity, DCT + "title")) == 1
    assert _values(activity, POB + "edtf") == {"2023-03-09/2023-03-11"}
    assert _values(activity, DCT + "subject") == {concept_iri("topic", t) for t in ("science", "education")}
    assert _values(_node("activity", READINGS_TOLD_ALONE), DCT + "isReplacedBy") == {activity}


def test_an_activity_tells_kind_format_places_and_countries() -> None:
    activity = _node("activity", ROUND_TABLE)
    assert _values(activity, DCT + "type") == {concept_iri("event-kind", "round-table")}
    assert _values(activity, CV + "format") == {concept_iri("format", "online")}
    assert _values(activity, POB + "place") == {_node("place", "ru-smolensk"), _node("place", "by-grodno")}
    assert _values(activity, POB + "involvesCountry") == {COUNTRY + "BLR"}
    assert _values(_node("activity", READINGS), CV + "eventNumber") == {"50@ru"}


def test_only_what_was_held_somewhere_or_somehow_is_a_public_event() -> None:
    assert CV + "PublicEvent" in _values(_node("activity", READINGS), TYPE)
    assert CV + "PublicEvent" not in _values(_node("activity", TALKS), TYPE)


def test_a_territory_outside_iso_is_involved_by_its_own_concept() -> None:
    assert _values(_node("activity", TALKS), POB + "involvesCountry") == {
        COUNTRY + "BLR",
        concept_iri("territory", "abkhazia"),
    }


def test_days_are_instants_and_longer_spans_intervals_of_shared_instants() -> None:
    day, span = _node("time", "2023-01-27"), _node("time", "2022-12-01--2023-01-31")
    assert _values(_node("activity", ROUND_TABLE), TIME + "hasTime") == {day}
    assert _values(_node("activity", SIGNING), TIME + "hasTime") == {day}
    assert _values(day, TYPE) == {TIME + "TemporalEntity", TIME + "Instant"}
    assert _values(_node("activity", TALKS), TIME + "hasTime") == {span}
    assert _values(span, TIME + "hasBeginning") == {_node("time", "2022-12-01")}
    assert _values(span, TIME + "hasEnd") == {_node("time", "2023-01-31")}


def test_months_stay_months_beside_their_bounds() -> None:
    activity = _node("activity", TALKS)
    assert _values(activity, POB + "edtf") == {"2022-12/2023-01"}
    assert _values(activity, POB + "start") == {"2022-12-01"} and _values(activity, POB + "end") == {"2023-01-31"}


def test_an_undated_activity_has_no_time_at_all() -> None:
    resolution = sample_resolution()
    resolution.activities = [replace(one, start="", end="") for one in resolution.activities]
    quads = emit(resolution, BASE)[REPORT_GRAPH]
    about = [q for q in quads if text(q.subject) == _node("activity", SIGNING)]
    assert about and not {q.predicate.value for q in about} & {TIME + "hasTime", POB + "start", POB + "edtf"}


# Agents, agreements, contacts


def test_participations_tell_who_and_in_which_role() -> None:
    node = _node("participation", f"{SIGNING}/organisation/{SCHOOL_8[1]}/party")
    assert node in _values(_node("activity", SIGNING), CV + "hasParticipation")
    assert _values(node, CV + "role") == {concept_iri("role", "party")}
    assert _values(node, CV + "hasParticipant") == {_node("organisation", SCHOOL_8[1])}


def test_an_unnamed_official_takes_part_as_the_office() -> None:
    agents = {
        value
        for node in _values(_node("activity", TALKS), CV + "hasParticipation")
        for value in _values(node, CV + "hasParticipant")
    }
    person = _node("person", "ivanov-i-i-by-minsk-maz")
    assert {person, _node("post", "glava-goroda-ru-smolensk")} <= agents
    assert _values(person, ORG + "holds") == {_node("post", "ivanov-i-i-by-minsk-maz")}
    assert _values(_node("post", "ivanov-i-i-by-minsk-maz"), ORG + "postIn") == {_node("organisation", "by-minsk-maz")}
    assert FOAF + "Agent" in _values(_node("post", "glava-goroda-ru-smolensk"), TYPE)
    assert not _values(_node("person", "glava-goroda-ru-smolensk"), TYPE)


def test_a_group_keeps_its_wording_and_origin() -> None:
    group = _node("group", GROUP)
    assert _values(group, LABEL) == {"участники из Республики Беларусь@ru"}
    assert _values(group, POB + "country") == {COUNTRY + "BLR"}


def test_an_organisation_has_all_names_kind_seat_and_country() -> None:
    node = _node("organisation", GYMNASIUM_7[1])
    assert _values(node, SKOS + "prefLabel") == {"ГУО «Гимназия № 7 г. Гродно»@ru"}
    assert _values(node, SKOS + "altLabel") == {
        "Гимназия № 7 г. Гродно@ru",
        'GUO "Gimnaziya No. 7 g. Grodno"@ru-latn',
    }
    assert _values(node, ORG + "classification") == {concept_iri("organisation-kind", "gymnasium")}
    assert _values(node, DCT + "spatial") == {_node("place", "by-grodno")}
    assert _values(node, POB + "country") == {COUNTRY + "BLR"}
    assert CV + "PublicOrganisation" in _values(node, TYPE)


def test_a_company_is_a_legal_entity_and_a_body_of_a_region_is_seated_there() -> None:
    company = _node("organisation", "by-minsk-maz")
    assert LEGAL + "LegalEntity" in _values(company, TYPE) and CV + "PublicOrganisation" not in _values(company, TYPE)
    assert _values(company, LEGAL + "legalName") == {"ОАО «МАЗ»@ru"}
    assert len(_values(company, LEGAL + "companyType")) == 1
    council = _node("organisation", "ru-smo-council")
    assert _values(council, DCT + "spatial") == {concept_iri("region", "RU-SMO")}
    assert not _values(council, ORG + "classification")


def test_a_place_has_names_point_and_the_region_that_geonames_knows() -> None:
    town = _node("place", "by-grodno")
    assert _values(town, DCT + "isPartOf") == {concept_iri("region", "BY-HR")}
    assert _values(town, GEO + "hasGeometry") == {town + "/geometry"}
    assert _values(town + "/geometry", GEO + "asWKT") == {"POINT(23.8289 53.6758)"}
    assert _values(town, SKOS + "exactMatch") == {geonames_iri(627904)}
    assert not _values(town, SKOS + "exactMatch", AUTHORITY)
    assert POB + "Municipality" in _values(town, TYPE)


def test_what_is_not_known_of_a_place_is_not_said() -> None:
    town, region = _node("place", "by-minsk"), _node("place", "ru-smo")
    assert _values(town, DCT + "isPartOf") == {COUNTRY + "BLR"} and not _values(town, GEO + "hasGeometry")
    assert _values(region, TYPE) == {DCT + "Location"}


def test_a_region_of_another_country_than_the_reports_name_is_left_out() -> None:
    resolution = sample_resolution()
    resolution.places = [replace(place, country="PL") for place in resolution.places if place.key == "by-grodno"]
    found = [text(q.object) for q in emit(resolution, BASE)[AUTHORITY] if q.predicate.value == DCT + "isPartOf"]
    assert found == [COUNTRY + "POL"]


def test_agreements_by_status() -> None:
    signed, held, planned = (_node("agreement", key) for key in (SIGNED, HELD, PLANNED))
    assert _values(signed, POB + "signedAt") == {_node("activity", SIGNING)}
    assert _values(signed, POB + "party") == {_node(*SCHOOL_3), _node(*SCHOOL_8)}
    assert _values(signed, POB + "start") == {"2023-01-27"}
    assert _values(_node("activity", ROUND_TABLE), POB + "underAgreement") == {held}
    assert not _values(held, POB + "edtf") and not _values(held, POB + "signedAt")
    assert _values(planned, POB + "status") == {concept_iri("agreement-status", "planned")}
    assert FOAF + "Agent" in _values(_node("place", "by-vitebsk"), TYPE)


def test_a_contact_joins_two_parties_on_the_activity_of_its_row() -> None:
    stated = _values(_node("entry", f"{REPORT}/9"), POB + "states")
    assert _node("agreement", SIGNED) in stated
    [contact] = stated - {_node("agreement", SIGNED)}
    assert _values(contact, POB + "party") == {_node(*SCHOOL_3), _node(*SCHOOL_8)}
    assert _values(contact, POB + "basis") == {_node("activity", SIGNING)}


def test_ties_of_the_sample_are_derived_at_every_level() -> None:
    levels: dict[str, int] = {}
    for quad in ties():
        if quad.predicate.value == POB + "level":
            level = text(quad.object).rpartition("/")[2]
            levels[level] = levels.get(level, 0) + 1
    assert levels == {"institution": 2, "municipality": 2, "region": 2, "country": 1}


def test_literals_of_russian_text_carry_their_language() -> None:
    for quad in data():
        assert isinstance(quad, Quad)
        if quad.predicate.value in (LABEL, DCT + "title", SKOS + "prefLabel"):
            assert isinstance(quad.object, Literal) and quad.object.language in ("ru", "en")


@pytest.mark.parametrize(("told", "stored"), [("P5Y", "P5Y"), ("P18M", "P1Y6M"), ("P24M", "P2Y"), ("P6M", "P6M")])
def test_a_term_is_written_as_stores_keep_it(told: str, stored: str) -> None:
    graph, node = Graph("http://e.example/g"), NamedNode("http://e.example/a")
    agreement_facts(graph, node, AgreementEntity("a", "contract", "signed", "2023", (), duration=told, term="fixed"))
    made = {quad.predicate.value: quad.object for quad in graph}
    assert made[POB + "duration"] == Literal(stored, datatype=NamedNode("https://schema.org/Duration"))


def test_a_told_end_is_valid_and_a_reckoned_one_only_a_bound() -> None:
    def made(**more: Any) -> dict[str, str]:
        graph, node = Graph("http://e.example/g"), NamedNode("http://e.example/a")
        agreement_facts(graph, node, AgreementEntity("a", "contract", "signed", "2023-05", (), term="fixed", **more))
        return {quad.predicate.value: quad.object.value for quad in graph}  # type: ignore[union-attr]

    told, reckoned = made(end="2028"), made(duration="P5Y", expires="2028-05")
    assert told[DCT + "valid"] == "2023-05/2028" and POB + "expires" not in told
    assert reckoned[POB + "expires"] == "2028-05-31" and DCT + "valid" not in reckoned


def test_an_agreement_of_which_nothing_is_told_says_so() -> None:
    graph, node = Graph("http://e.example/g"), NamedNode("http://e.example/a")
    agreement_facts(graph, node, AgreementEntity("a", "contract", "planned", "", (), planned="2025-04/2025-06"))
    made = {quad.predicate.value: quad.object.value for quad in graph}  # type: ignore[union-attr]
    assert made[POB + "term"] == concept_iri("agreement-term", "not-stated")
    assert (made[POB + "edtf"], made[POB + "start"]) == ("2025-04/2025-06", "2025-04-01")


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("person/ivan-petrov-ru-smolensk", f"person/{nameless('ivan-petrov-ru-smolensk')}"),
        ("post/glava-ru-smolensk", f"post/{nameless('glava-ru-smolensk')}"),
        (
            "participation/2023-fair/person/ivan-petrov-ru/guest",
            f"participation/2023-fair/person/{nameless('ivan-petrov-ru')}/guest",
        ),
        ("tie/region/BY-HM--RU-SMO", "tie/region/by-hm--ru-smo"),
        ("person/0123456789abcdef", ""),
        ("place/ru-smolensk", ""),
        ("participation/2023-fair/organisation/ru-museum/guest", ""),
    ],
)
def test_an_iri_of_former_data_leads_on_by_its_form(former: str, today: str) -> None:
    found = successor_of(DEFAULT_BASE, f"{DEFAULT_BASE}/id/{former}")
    assert found == (f"{DEFAULT_BASE}/id/{today}" if today else "")


def test_an_iri_of_others_leads_nowhere() -> None:
    assert successor_of(DEFAULT_BASE, "https://example.org/id/person/Ivan") == ""


@pytest.mark.parametrize("key", ["BY-HM", "index.ttl", "a/../b", "", "имя"])
def test_what_is_no_name_of_a_file_is_no_key(key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        entity_iri(DEFAULT_BASE, "place", key)
