"""What people set right: each field has the value that they gave, and what was read otherwise is no evidence of it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pyoxigraph import NamedNode, Triple

from pobratim.entities import Account, ActivityEntity, AgreementEntity, Correction, OrganisationEntity, Resolution
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.load.withdrawing import things_of
from pobratim.progress import silent
from pobratim.rdf.claims import Claims
from pobratim.rdf.emit import emit, ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.nodes import Nodes
from pobratim.rdf.validate import validate
from pobratim.resolve import resolve, withdrawals
from pobratim.resolve.amending import amended_agreement
from pobratim.resolve.decisions import parse_decisions
from pobratim.resolve.withdrawal import things_taken, without
from tests.support.small_reports import write_report

Told = Callable[..., Resolution]
MEETING, SIGNING = "2024-03-01-meeting-by-vitebsk-1f7fcd", "2024-03-02-signing-ru-smolensk-1805b5"
TRAINING = "2024-03-03-training-by-vitebsk-632c98"
SIGNED = "2024-03-02-agreement-by-vitebsk-ru-smolensk"
LUCH, LUCH_SVETA = "by-vitebsk-club-luch", "by-vitebsk-club-luch-sveta"
GYMNASIUM, OURS = "by-vitebsk-gymnasium-7", "ru-smolensk-gymnasium-4"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what tells the same report with lines of a ledger, their columns apart by «|»."""
    report = write_report(
        tmp_path_factory.mktemp("report") / "r.txt",
        (
            "Встреча школьников гимназий в рамках соглашения о сотрудничестве",
            "г. Витебск",
            "Гимназия № 7 г. Витебска, МБОУ «Гимназия № 4» г. Смоленска",
        ),
        (
            "Подписание соглашения о сотрудничестве между городом Смоленском и городом Витебском",
            "г. Смоленск",
            "клуб «Луч» г. Витебска",
        ),
        ("Онлайн-семинар тренеров по хоккею", "г. Витебск", "клуб «Луч света» г. Витебска"),
    )
    read, _ = read_all([report], {}, Settings(), silent)
    records = [record for item in read for record in item.records]

    def told(*lines: str) -> Resolution:
        ledger = parse_decisions("".join(line.replace("|", "\t") + "\n" for line in lines), "decisions.tsv")
        return resolve(records, [item.entity for item in read], Gazetteer.load(), ledger)

    return told


def _activity(found: Resolution, key: str) -> ActivityEntity:
    return next(one for one in found.activities if one.key == key)


def _account(found: Resolution, row: int) -> Account:
    return next(one for one in found.accounts if one.record.row == row)


def test_a_town_that_no_report_names_comes_from_the_gazetteer(told: Told) -> None:
    before = told()
    assert "ru-velizh" not in {one.key for one in before.places}
    found = told("correct|entry|r/3|place+=ru-velizh")
    [velizh] = [one for one in found.places if one.key == "ru-velizh"]
    assert (velizh.names, velizh.kind, velizh.country, velizh.region) == (("Велиж",), "settlement", "RU", "RU-SMO")
    assert velizh.lat is not None and velizh.geonames and found.unmatched == []
    assert "ru-velizh" in _account(found, 3).places
    assert [one for one in found.places if one is not velizh] == before.places


def test_a_town_that_a_report_names_stays_as_it_is_told(told: Told) -> None:
    assert told("correct|entry|r/3|place+=ru-smolensk").places == told().places


def test_a_body_may_sit_in_a_town_that_no_report_names(told: Told) -> None:
    found = told(f"correct|organisation|{LUCH}|place=by-mstislavl")
    assert {"by-mstislavl"} == {one.place for one in found.organisations if one.key == LUCH}
    assert "by-mstislavl" in {one.key for one in found.places}


def test_what_is_no_town_stays_unknown(told: Told) -> None:
    found = told("correct|entry|r/3|place+=ru-nigde")
    assert found.unmatched == [("place", "ru-nigde")] and found.places == told().places


def _agreement(found: Resolution, key: str) -> AgreementEntity:
    return next(one for one in found.agreements if one.key == key)


def _organisation(found: Resolution, key: str) -> OrganisationEntity:
    return next(one for one in found.organisations if one.key == key)


def _read(account: Account) -> set[str]:
    return {evidence.value for evidence, _ in account.evidence}


# Events


@pytest.mark.parametrize(
    ("change", "attribute", "value", "unread"),
    [
        ("kind=festival", "kind", "festival", {"/kind/0"}),
        ("mode=in-person", "mode", "in-person", {"/mode"}),
        ("mode=", "mode", "", {"/mode"}),
        ("start=2024-02-28", "start", "2024-02-28", {"/start", "/end"}),
        ("end=2024-04", "end", "2024-04", {"/start", "/end"}),
    ],
)
def test_a_value_of_an_event_is_set_and_its_mention_goes(
    told: Told, change: str, attribute: str, value: str, unread: set[str]
) -> None:
    before = told()
    for line in (f"correct|activity|{TRAINING}|{change}", f"correct|entry|r/3|{change}"):
        found = told(line)
        assert getattr(_activity(found, TRAINING), attribute) == value
        assert _read(_account(before, 3)) - _read(_account(found, 3)) == unread
        assert found.unmatched == []


def test_a_day_that_was_wrong_is_another_day_and_a_span_keeps_its_other_end(told: Told) -> None:
    moved = _activity(told(f"correct|activity|{TRAINING}|start=2024-02-28"), TRAINING)
    assert (moved.start, moved.end) == ("2024-02-28", "2024-02-28")
    lines = (f"correct|activity|{TRAINING}|start=2024-03-02", f"correct|activity|{TRAINING}|end=2024-03-05")
    both = _activity(told(*lines), TRAINING)
    assert (both.start, both.end) == ("2024-03-02", "2024-03-05")


def test_the_value_that_a_row_tells_keeps_its_mention(told: Told) -> None:
    assert "/mode" in _read(_account(told(f"correct|activity|{TRAINING}|mode=online"), 3))


def test_what_was_set_right_is_kept_with_who_when_and_why(told: Told) -> None:
    found = told(f"correct|activity|{TRAINING}|kind=festival|misprint|2024-05-01|Иванова|2024-05-01T10:00:00")
    made = Correction("kind", "=", "festival", "misprint", "2024-05-01T10:00:00")
    assert _activity(found, TRAINING).corrections == (made,)
    assert _activity(found, MEETING).corrections == ()


@pytest.mark.parametrize(
    ("change", "values"),
    [
        ("topic-=education", ["youth"]),
        ("topic+=sport", ["education", "youth", "sport"]),
        ("topic+=youth", ["education", "youth"]),
    ],
)
def test_topics_are_added_and_taken_away(told: Told, change: str, values: list[str]) -> None:
    account = _account(told(f"correct|activity|{MEETING}|{change}"), 1)
    assert account.record.topics == values
    # What is left is proven by its own phrase, wherever it stands now.
    proven = {one.value: one.exact for one, _ in account.evidence if one.value.startswith("/topics/")}
    before = {one.value: one.exact for one, _ in _account(told(), 1).evidence if one.value.startswith("/topics/")}
    assert proven == (before if "education" in values else {"/topics/0": before["/topics/1"]})


def test_countries_are_added_and_taken_away(told: Told) -> None:
    account = _account(told(f"correct|activity|{MEETING}|country-=BY", f"correct|activity|{MEETING}|country+=RU"), 1)
    assert account.record.countries == ["RU"] and "/countries/0" not in _read(account)


def test_places_are_added_and_taken_away(told: Told) -> None:
    found = told("correct|entry|r/3|place-=by-vitebsk", "correct|entry|r/3|place+=ru-smolensk")
    account = _account(found, 3)
    assert account.places == ("ru-smolensk",) and "/places/0" not in _read(account)
    assert "/places/0" in _read(_account(found, 1))


def test_who_took_part_is_added_with_a_role(told: Told) -> None:
    line = f"correct|activity|{TRAINING}|participant+=organisation:{LUCH} host"
    parts = {(one.agent[1], one.role) for one in _account(told(line), 3).participations}
    assert parts == {(LUCH_SVETA, "participant"), (LUCH, "host")}


def test_who_did_not_take_part_leaves_with_mentions_and_contacts(told: Told) -> None:
    account = _account(told(f"correct|activity|{MEETING}|participant-=organisation:{GYMNASIUM}"), 1)
    assert [one.agent[1] for one in account.participations] == [OURS]
    assert account.contacts == () and not {"/institutions/0", "/ties/0"} & _read(account)
    assert "/institutions/1" in _read(account)


def test_a_tie_is_missing_or_none_at_one_event(told: Told) -> None:
    pair = f"organisation:{OURS} organisation:{LUCH_SVETA}"
    account = _account(told(f"correct|entry|r/3|tie+={pair}"), 3)
    assert [(one.home[1], one.foreign[1]) for one in account.contacts] == [(OURS, LUCH_SVETA)]
    assert [one.key for one in account.contacts] == [f"{TRAINING}/{OURS}/{LUCH_SVETA}"]
    # The order of the two means nothing.
    away = _account(told(f"correct|activity|{MEETING}|tie-=organisation:{GYMNASIUM} organisation:{OURS}"), 1)
    assert away.contacts == () and "/ties/0" not in _read(away) and len(away.participations) == 2
    again = _account(told(f"correct|activity|{MEETING}|tie+=organisation:{GYMNASIUM} organisation:{OURS}"), 1)
    assert again.contacts == _account(told(), 1).contacts


def test_two_without_a_tie_have_none_anywhere(told: Told) -> None:
    found = told(f"not-tie|organisation|{OURS}|organisation:{GYMNASIUM}", "not-tie|place|by-vitebsk|place:ru-smolensk")
    assert [one.contacts for one in found.accounts] == [(), (), ()]
    assert len(_account(found, 2).participations) == 3


def test_what_a_row_names_is_added_under_the_key_that_stays(told: Told) -> None:
    line = f"correct|activity|{TRAINING}|participant+=organisation:{LUCH}"
    found = told(line, f"same|organisation|{OURS}|{LUCH}")
    assert ("organisation", OURS) in [one.agent for one in _account(found, 3).participations]
    assert _activity(found, TRAINING).corrections[0].value == f"organisation:{OURS} participant"


def test_rows_whose_dates_differ_are_made_one_event_by_their_numbers(told: Told) -> None:
    found = told("same|entry|r/3|r/1 keep=r/1", "correct|entry|r/1|place+=ru-smolensk")
    assert [one.key for one in found.activities] == [SIGNING, TRAINING]
    event = _activity(found, TRAINING)
    assert (event.kind, event.start, event.accounts) == ("meeting", "2024-03-01", ("r/3", "r/1"))
    # One row adds what is missing, and no row of the other event.
    assert [_account(found, row).places for row in (1, 2, 3)] == [
        ("by-vitebsk",), ("ru-smolensk",), ("by-vitebsk", "ru-smolensk"),
    ]  # fmt: skip


# Agreements


@pytest.mark.parametrize(
    ("change", "attribute", "value"),
    [
        ("kind=contract", "kind", "contract"),
        ("status=ended", "status", "ended"),
        ("date=2024-02", "date", "2024-02"),
        ("date=", "date", ""),
        ("end=2027", "end", "2027"),
        ("term=fixed", "term", "fixed"),
        ("number=12/3", "number", "12/3"),
        (f"party+=organisation:{LUCH}", "parties", ("organisation", LUCH)),
        ("party-=place:by-vitebsk", "parties", ("place", "by-vitebsk")),
    ],
)
def test_a_field_of_an_agreement_is_set_and_its_key_stays(
    told: Told, change: str, attribute: str, value: str | tuple[str, str]
) -> None:
    found = told(f"correct|agreement|{SIGNED}|{change}")
    one = _agreement(found, SIGNED)
    if isinstance(value, tuple):
        assert (value in one.parties) == ("+=" in change) and len(one.parties) == (3 if "+=" in change else 1)
    else:
        assert getattr(one, attribute) == value
    assert [one.field for one in one.corrections] == [change.partition("=")[0].rstrip("+-")]
    assert found.undecided == told().undecided


def test_an_end_that_was_reckoned_is_not_kept_for_another_date() -> None:
    one = AgreementEntity("a", "agreement", "signed", "2020-01-01", (), expires="2024-12-31", duration="P5Y")
    assert amended_agreement(one, (Correction("date", "=", "2021-01-01"),)).expires == ""
    assert amended_agreement(one, (Correction("status", "=", "ended"),)).expires == "2024-12-31"


# Organisations


def test_what_is_no_organisation_leaves_with_its_parts_contacts_and_mentions(told: Told) -> None:
    found = told()
    ledger = parse_decisions(f"none\torganisation\t{GYMNASIUM}\n", "d.tsv")
    left = without(found, things_taken(found, withdrawals(ledger)))
    assert ("organisation", GYMNASIUM) not in things_of(left)
    account = _account(left, 1)
    assert account.contacts == () and "/institutions/0" not in _read(account)
    assert [party for one in left.agreements for party in one.parties if party[1] == GYMNASIUM] == []


def test_name_and_facts_of_a_merge_are_those_of_the_side_that_is_chosen(told: Told) -> None:
    plain = _organisation(told(f"same|organisation|{OURS}|{GYMNASIUM}"), OURS)
    chosen = _organisation(told(f"same|organisation|{OURS}|{GYMNASIUM} keep={GYMNASIUM}"), OURS)
    assert (plain.country, plain.number) != (chosen.country, chosen.number)
    assert (chosen.country, chosen.place, chosen.number) == ("BY", "by-vitebsk", "7")
    assert chosen.names[0] == "Гимназия № 7 г. Витебска" and set(chosen.names) == set(plain.names)
    named = told(f"same|organisation|{OURS}|{GYMNASIUM} keep={GYMNASIUM}", f"rename|organisation|{OURS}|Гимназия")
    assert _organisation(named, OURS).names[0] == "Гимназия"


def test_a_place_made_one_with_another_can_be_where_that_is(told: Told) -> None:
    found = told("same|place|ru-smolensk|by-vitebsk keep=by-vitebsk")
    [place] = found.places
    assert (place.key, place.country, place.names[0]) == ("ru-smolensk", "BY", "Витебск")


def test_an_agreement_made_one_with_another_can_have_its_facts(told: Told) -> None:
    other = f"undated-agreement-{GYMNASIUM}-{OURS}"
    found = told(f"same|agreement|{SIGNED}|{other} keep={other}")
    [one] = found.agreements
    assert (one.key, one.status, one.date) == (SIGNED, "in-force", "")


# The graph


def test_what_is_set_right_makes_a_graph_that_the_shapes_accept(told: Told) -> None:
    found = told(
        f"correct|activity|{TRAINING}|start=2024-02-28|misprint|2024-05-01|Иванова",
        f"correct|activity|{TRAINING}|kind=festival",
        f"correct|activity|{TRAINING}|topic-=sport",
        f"correct|activity|{TRAINING}|country+=RU",
        f"correct|activity|{TRAINING}|place+=ru-smolensk",
        f"correct|activity|{TRAINING}|participant+=place:ru-smolensk host",
        f"correct|activity|{TRAINING}|tie+=organisation:{OURS} organisation:{LUCH_SVETA}",
        f"correct|agreement|{SIGNED}|status=ended",
        f"correct|agreement|{SIGNED}|end=2025",
        f"correct|agreement|{SIGNED}|party+=organisation:{LUCH}",
        "not-tie|place|by-vitebsk|place:ru-smolensk",
    )
    graphs = emit(found, DEFAULT_BASE)
    quads = [quad for graph in graphs.values() for quad in graph]
    assert validate([*quads, *ontology_graph(DEFAULT_BASE)]) == []
    facts, claims = {quad.triple for quad in quads}, Claims(found, Nodes(found, DEFAULT_BASE))
    assert {Triple(*claim) for account in found.accounts for _, claim in claims.of(account)} <= facts

    def values(kind: str, key: str, predicate: str) -> set[str]:
        node = NamedNode(f"{DEFAULT_BASE}/id/{kind}/{key}")
        return {getattr(q.object, "value", "") for q in quads if q.subject == node and q.predicate.value == predicate}

    pob, note = "https://w3id.org/pobratim/def#", "http://www.w3.org/2004/02/skos/core#changeNote"
    assert values("activity", TRAINING, f"{pob}start") == {"2024-02-28"}
    notes = values("activity", TRAINING, note)
    assert "Исправлено вручную, начало: 2024-02-28 (2024-05-01): misprint" in notes
    assert {"Убрано вручную, тема: спорт", "Removed by hand, topic: sport"} <= notes
    assert values("agreement", SIGNED, f"{pob}status") == {"https://w3id.org/pobratim/def/agreement-status/ended"}
    assert "Corrected by hand, status: ended" in values("agreement", SIGNED, note)
    contacts = {q.subject for q in quads if getattr(q.object, "value", "") == f"{pob}Contact"}
    assert len(contacts) == 2 and NamedNode(f"{DEFAULT_BASE}/id/contact/{TRAINING}/{OURS}/{LUCH_SVETA}") in contacts


# What is not there


@pytest.mark.parametrize(
    ("line", "thing"),
    [
        ("correct|activity|2024-none|kind=festival", ("activity", "2024-none")),
        (f"correct|activity|{TRAINING}|place+=by-none", ("place", "by-none")),
        (f"correct|activity|{TRAINING}|series=none", ("series", "none")),
        (f"correct|activity|{TRAINING}|tie+=organisation:none place:by-vitebsk", ("organisation", "none")),
        (f"correct|agreement|{SIGNED}|party+=place:by-none", ("place", "by-none")),
        ("correct|agreement|none|status=ended", ("agreement", "none")),
        ("same|entry|r/1|r/9", ("entry", "r/9")),
        (f"not-tie|organisation|{LUCH}|place:by-none", ("place", "by-none")),
    ],
)
def test_a_line_that_names_what_is_not_there_is_told_and_changes_nothing(
    told: Told, line: str, thing: tuple[str, str]
) -> None:
    found = told(line)
    assert found.unmatched == [thing]
    assert replace(found, unmatched=[], replaced=[]) == told()


def test_leaving_the_lines_out_undoes_them_and_their_order_means_nothing(told: Told) -> None:
    lines = [
        f"correct|activity|{MEETING}|topic-=youth",
        f"correct|activity|{MEETING}|kind=festival",
        "correct|entry|r/1|place+=ru-smolensk",
        f"rename|activity|{MEETING}|Встреча",
    ]
    assert told(*lines) == told(*reversed(lines)) != told()
