"""Ties from contacts and agreements, on the cases of tests/fixtures/model/ties.trig."""

from collections import defaultdict
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryTriples, RdfFormat, parse

from pobratim.query.answers import python_value
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.validate import validate
from pobratim.store.reader import MemoryReader
from tests.support.model_sample import MODEL, TIES, derivations, derive, model

DEF = "https://w3id.org/pobratim/def#"
KIND = "http://purl.org/dc/terms/type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
Facts = dict[str, set[object]]


@pytest.fixture(scope="module")
def ties() -> dict[str, dict[str, Facts]]:
    """The ties by level and label, each with the values of its properties by their short names."""
    nodes: dict[str, Facts] = defaultdict(lambda: defaultdict(set))
    for quad in model("ties").quads(TIES.value):
        assert isinstance(quad.subject, NamedNode)
        value = python_value(quad.object) if isinstance(quad.object, Literal) else str(quad.object).strip("<>")
        nodes[quad.subject.value][_short(quad.predicate.value)].add(value)
    found: dict[str, dict[str, Facts]] = defaultdict(dict)
    for node, facts in nodes.items():
        if "/tie/" in node:
            [level], [label] = facts["level"], facts["label"]
            found[str(level).rsplit("/", 1)[-1]][str(label)] = facts
    return found


def _short(predicate: str) -> str:
    return "kind" if predicate == KIND else predicate.replace("#", "/").rsplit("/", 1)[-1]


def _kind(tie: Facts) -> str:
    [kind] = tie["kind"]
    return str(kind).rsplit("/", 1)[-1]


def test_ties_of_institutions(ties: dict[str, dict[str, Facts]]) -> None:
    assert {label: (_kind(tie), tie["eventCount"], tie["sides"]) for label, tie in ties["institution"].items()} == {
        "Школа Б — Школа А": ("friendship", {1}, {1}),
        "Школа Б — Школа В": ("friendship", {1}, {0}),
        "Школа В — Школа А": ("friendship", {1}, {1}),
        "Музей Б — Музей А": ("project", {2}, {2}),
        "Театр Б — Театр А": ("contact", {2}, {1}),
        "Администрация А — Город В": ("contact", {1}, {1}),
        "Консульство — Администрация А": ("contact", {1}, {1}),
        "Палата Б — Палата области": ("contact", {1}, {1}),
        "Библиотека Б — Библиотека А": ("contact", {1}, {0}),
    }


def test_ties_of_municipalities_add_up_those_of_their_institutions(ties: dict[str, dict[str, Facts]]) -> None:
    rolled_up = ties["municipality"]
    assert {label: (_kind(tie), tie["eventCount"], tie["sides"]) for label, tie in rolled_up.items()} == {
        "Город Б — Город А": ("partnership", {6}, {2}),
        "Город Б — Город В": ("friendship", {1}, {0}),
        "Город В — Город А": ("friendship", {2}, {1}),
    }


def test_ties_of_regions_need_regions_on_both_sides(ties: dict[str, dict[str, Facts]]) -> None:
    [(label, tie)] = ties["region"].items()
    assert label == "Витебская область — Смоленская область"
    assert (_kind(tie), tie["eventCount"], tie["sides"]) == ("partnership", {7}, {2})


def test_ties_of_countries(ties: dict[str, dict[str, Facts]]) -> None:
    counts = {label: (tie["eventCount"], tie["sides"]) for label, tie in ties["country"].items()}
    assert counts == {
        "Беларусь — Россия": ({7}, {2}),
        "Беларусь — Франция": ({1}, {0}),
        "Франция — Россия": ({2}, {1}),
    }


@pytest.mark.parametrize("name", ["Клуб А", "Клуб Б", "Школа Г", "Город Г"])
def test_common_events_domestic_contacts_and_plans_make_no_tie(name: str, ties: dict[str, dict[str, Facts]]) -> None:
    assert not [label for level in ties.values() for label in level if name in label]


def test_an_activity_under_a_standing_agreement_dates_the_tie_of_its_parties(
    ties: dict[str, dict[str, Facts]],
) -> None:
    twins = ties["municipality"]["Город Б — Город А"]
    assert (twins["start"], twins["end"]) == ({date(2020, 1, 5)}, {date(2020, 5, 1)})
    assert {str(topic).rsplit("/", 1)[-1] for topic in twins["subject"]} == {"culture", "education"}


def test_an_undated_activity_neither_shortens_nor_lengthens_a_tie(ties: dict[str, dict[str, Facts]]) -> None:
    theatres = ties["institution"]["Театр Б — Театр А"]
    assert (theatres["start"], theatres["end"]) == ({date(2020, 4, 1)}, {date(2020, 4, 30)})
    assert "start" not in ties["institution"]["Библиотека Б — Библиотека А"]


def test_a_tie_names_what_it_rests_on(ties: dict[str, dict[str, Facts]]) -> None:
    basis = {str(node).rsplit("/id/", 1)[-1] for node in ties["institution"]["Музей Б — Музей А"]["basis"]}
    assert basis == {"contact/museums-4", "contact/museums-5"}
    assert "agreement/twin" in {
        str(node).rsplit("/id/", 1)[-1] for node in ties["municipality"]["Город Б — Город А"]["basis"]
    }


def test_partners_stand_in_both_directions_and_only_for_ties() -> None:
    quads = set(model("ties").quads(TIES.value))
    partners = {(q.subject, q.object) for q in quads if q.predicate.value == DEF + "partner"}
    assert partners == {(b, a) for a, b in partners}
    parties = {q.subject: set[object]() for q in quads if q.predicate.value == DEF + "party"}
    for quad in quads:
        if quad.predicate.value == DEF + "party":
            parties[quad.subject].add(quad.object)
    assert {frozenset(pair) for pair in partners} == {frozenset(pair) for pair in parties.values()}


def test_every_tie_is_whole_and_keeps_the_shape() -> None:
    quads = list(model("ties").quads())
    for predicate in (KIND, LABEL, DEF + "level", DEF + "eventCount", DEF + "sides"):
        named = [q.subject for q in quads if q.predicate.value == predicate and q.graph_name == TIES]
        assert len(named) == len(set(named)), f"more than one {predicate}"
    assert [fault for fault in validate(quads) if "/tie/" in fault.focus] == []


def test_the_order_of_quads_does_not_matter() -> None:
    quads = list(parse((MODEL / "ties.trig").read_bytes(), format=RdfFormat.TRIG))
    ontology = list(ontology_graph(DEFAULT_BASE))
    assert derive(quads + ontology) == derive([*reversed(ontology), *reversed(quads)])


def test_no_contacts_and_agreements_no_ties() -> None:
    node = NamedNode("https://w3id.org/pobratim/id/activity/1")
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert derive([Quad(node, kind, NamedNode(DEF + "Activity"), TIES)]) == set()


def test_a_tie_is_dated_as_precisely_as_its_sources() -> None:
    pob, edtf = "https://w3id.org/pobratim/def#", NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
    day = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    graph, tie = NamedNode("urn:g"), NamedNode("urn:tie")
    told = {"a": ("2023-01-16", "2023-01-16", "2023-01-16"), "b": ("2023-09", "2023-09-01", "2023-09-30")}
    quads = [Quad(tie, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), NamedNode(pob + "Tie"), graph)]
    for name, (text, first, last) in told.items():
        contact, event = NamedNode(f"urn:contact-{name}"), NamedNode(f"urn:event-{name}")
        quads += [
            Quad(tie, NamedNode(pob + "basis"), contact, graph), Quad(contact, NamedNode(pob + "basis"), event, graph),
            Quad(event, NamedNode(pob + "edtf"), Literal(text, datatype=edtf), graph),
            Quad(event, NamedNode(pob + "start"), Literal(first, datatype=day), graph),
            Quad(event, NamedNode(pob + "end"), Literal(last, datatype=day), graph),
        ]  # fmt: skip
    result = MemoryReader(quads).query(derivations()["20-dates"].text)
    assert isinstance(result, QueryTriples)
    assert {triple.predicate.value.removeprefix(pob): triple.object.value for triple in result} == {
        "edtf": "2023-01-16/2023-09", "start": "2023-01-16", "end": "2023-09-30",
    }  # fmt: skip
