import random
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from pobratim.entities import Resolution
from pobratim.evaluate import evaluate
from pobratim.lexicon.lexicon import Lexicon
from pobratim.lexicon.skos import Concept
from pobratim.messages import text
from pobratim.record import Agreement, Evidence, Group, Institution, Person, Place, Record
from pobratim.resolve import Decision, Vocabulary, from_lexicon, name_records, resolve
from pobratim.resolve.keys import nameless
from tests.support.gold_records import FakeTown, FakeTowns, gold_lines, record, report_entity
from tests.support.places import SHARED

VOCABULARY = Vocabulary(
    broader={
        "secondary-school": ("school",),
        "art-school": ("school",),
        "gymnasium": ("school",),
        "children-library": ("library",),
    },
    words={
        "administration": frozenset({"администрация"}),
        "library": frozenset({"библиотека"}),
        "children-library": frozenset({"детский", "библиотека"}),
        "school": frozenset({"школа"}),
        "secondary-school": frozenset({"средний", "школа", "сш"}),
        "RU": frozenset({"россия", "российский", "федерация", "рф"}),
    },
    legal_forms=frozenset({"мбоу", "оао", "гуо"}),
    seated=frozenset({"administration"}),
)
TOWNS = FakeTowns(
    FakeTown(1, "Смоленск", "RU", 300_000),
    FakeTown(2, "Витебск", "BY", 300_000),
    FakeTown(3, "Горки", "BY", 30_000),
    FakeTown(4, "Горки", "RU", 2_000),
    FakeTown(5, "Горки", "RU", 1_000),
    FakeTown(6, "Минск", "BY", 2_000_000),
)


def org(name: str, kind: str = "school", place: str = "", country: str = "RU", **more: Any) -> Institution:
    return Institution(more.pop("id", "i0"), name, place=place, country=country, kind=kind, **more)


def row(number: int, *institutions: Institution, report: str = "a", **more: Any) -> Record:
    values = {"title": f"Событие {number}", "reporter": "Смоленск", "home": Place("", "RU"), **more}
    for index, one in enumerate(institutions):
        one.id = f"i{index}"
    return Record(report, number, institutions=list(institutions), **values)


def run(*records: Record, ledger: Iterable[Decision] = ()) -> Resolution:
    reports = [report_entity(slug) for slug in sorted({one.report for one in records})]
    return resolve(records, reports, TOWNS, ledger, VOCABULARY)


def ids(resolution: Resolution) -> list[str]:
    return [one.id for record in name_records(resolution) for one in record.institutions]


def reasons(resolution: Resolution) -> set[str]:
    return {one.reason for one in resolution.undecided}


# Organisations


def test_number_kind_and_place_are_identity_legal_form_and_honorific_are_not() -> None:
    found = ids(
        run(
            row(
                1,
                org("МБОУ «СШ № 8 им. Ленина»", "secondary-school", "Смоленск", number="8", honorific="Ленина"),
            ),
            row(2, org("СШ № 8", "secondary-school", "Смоленск", number="8", legal_form="МАОУ")),
            row(3, org("СШ № 8", "secondary-school", "Витебск", "BY", number="8")),
            row(4, org("СШ № 9", "secondary-school", "Смоленск", number="9")),
        )
    )
    assert found[0] == found[1] == "ru-smolensk-secondary-school-8"
    assert found[2:] == ["by-vitebsk-secondary-school-8", "ru-smolensk-secondary-school-9"]


def test_a_bare_number_means_the_only_one_that_the_document_knows() -> None:
    resolution = run(
        row(1, org("Гимназия № 7 г. Витебска", "gymnasium", "Витебск", "BY", number="7")),
        row(2, org("Гимназия № 7", "gymnasium", "", "", number="7")),
    )
    assert len(set(ids(resolution))) == 1
    assert resolution.organisations[0].names == ("Гимназия № 7 г. Витебска", "Гимназия № 7")


def test_a_bare_number_with_two_candidates_stays_itself_and_is_asked_about() -> None:
    resolution = run(
        row(1, org("Гимназия № 7 г. Витебска", "gymnasium", "Витебск", "BY", number="7")),
        row(2, org("Гимназия № 7 г. Минска", "gymnasium", "Минск", "BY", number="7")),
        row(3, org("Гимназия № 7", "gymnasium", "", "", number="7")),
    )
    assert len(set(ids(resolution))) == 3
    assert reasons(resolution) == {"undecided-several"}


def test_a_bare_number_is_not_looked_for_in_other_reports() -> None:
    resolution = run(
        row(1, org("Гимназия № 7 г. Витебска", "gymnasium", "Витебск", "BY", number="7")),
        row(1, org("Гимназия № 7", "gymnasium", "", "", number="7"), report="b"),
        row(1, org("Гимназия № 7", "gymnasium", "", "", number="7"), report="c"),
    )
    assert len(set(ids(resolution))) == 3
    assert "undecided-bare" in reasons(resolution)


def test_a_broader_kind_means_the_only_narrower_one() -> None:
    school = org("Школа № 8", "school", "Смоленск", number="8")
    secondary = org("СШ № 8", "secondary-school", "Смоленск", number="8")
    art = org("Школа искусств № 8", "art-school", "Смоленск", number="8")
    bare = org("Школа № 8", "school", "", number="8")
    assert set(ids(run(row(1, bare), row(2, secondary)))) == {"ru-smolensk-secondary-school-8"}
    three = run(row(1, bare), row(2, secondary), row(3, art))
    assert len(set(ids(three))) == 3
    assert reasons(three) == {"undecided-several"}
    assert len(set(ids(run(row(1, school), row(2, art))))) == 2


def test_short_names_are_learnt_from_aliases() -> None:
    found = ids(
        run(
            row(1, org("ОАО «Минский автомобильный завод»", "company", "Минск", "BY", aliases=["ОАО «МАЗ»"])),
            row(2, org("«МАЗ»", "company", "", "BY", proper="МАЗ")),
            row(3, org("«ГАЗ»", "company", "", "", proper="ГАЗ")),
        )
    )
    assert found[0] == found[1] != found[2]


def test_a_name_without_place_is_understood_by_its_own_report_first() -> None:
    def club(place: str = "") -> Institution:
        return org("ФК «Заря»", "club", place, proper="Заря")

    resolution = run(
        row(1, club("Смоленск")),
        row(2, club()),
        row(1, club("Витебск"), report="b"),
        row(2, club(), report="b"),
    )
    first, second, third, fourth = ids(resolution)
    assert first == second != third == fourth
    assert not resolution.undecided
    nationwide = [row(1, org("Росэнергоатом", "company", proper="Росэнергоатом"), report=slug) for slug in "abc"]
    assert set(ids(run(*nationwide))) == {"ru-company-rosenergoatom"}


def test_wordings_of_an_administration_are_one() -> None:
    names = ("Администрация города Смоленска", "Администрация г. Смоленска", "Смоленская администрация")
    mentions = [org(name, "administration", "Смоленск") for name in names]
    mentions.append(org("Администрация МО «Город Смоленск»", "administration", "Смоленск", proper="Город Смоленск"))
    found = ids(run(*(row(number, one) for number, one in enumerate(mentions))))
    assert set(found) == {"ru-smolensk-administration"}
    hotels = [org(f"Гостиница «{name}»", "hotel", "Смоленск", proper=name) for name in ("Россия", "Смоленск")]
    assert len(set(ids(run(row(1, hotels[0]), row(2, hotels[1]))))) == 2


def test_vocabulary_of_a_lexicon() -> None:
    base = "https://example.org/organisation-kind/"
    school = Concept(base + "school", "organisation-kind", "school", inflected=["школа"])
    gymnasium = Concept(
        base + "gymnasium", "organisation-kind", "gymnasium", inflected=["гимназия"], broader=[school.iri]
    )
    form = Concept("f", "legal-form", "mbou", inflected=["бюджетное учреждение"], literal=["МБОУ"])
    country = Concept("c", "country", "RUS", notation="RU", inflected=["Российская Федерация"])
    known = from_lexicon(Lexicon([school, gymnasium, form, country]))
    assert known.related("school", "gymnasium") and not known.related("gymnasium", "chamber")
    assert known.narrower("gymnasium", "school") and not known.narrower("school", "gymnasium")
    assert known.family("gymnasium") == "school"
    assert known.explained("RU", "gymnasium") == {"российский", "федерация", "гимназия"}
    assert known.legal_forms == {"мбоу"}


def test_the_same_name_in_another_town_is_another_organisation() -> None:
    clubs = [org("ФК «Заря»", "club", place, proper="Заря") for place in ("Смоленск", "Витебск")]
    assert len(set(ids(run(row(1, clubs[0]), row(2, clubs[1]))))) == 2


def test_honorifics_tell_apart_only_where_nothing_else_does() -> None:
    def library(name: str, honorific: str = "") -> Institution:
        return org(name, "library", "Смоленск", honorific=honorific)

    pushkin, gogol = library("Библиотека им. Пушкина", "Пушкина"), library("Библиотека им. Гоголя", "Гоголя")
    two = ids(run(row(1, pushkin), row(2, gogol)))
    assert len(set(two)) == 2
    assert len(set(ids(run(row(1, pushkin), row(2, library("Библиотека")))))) == 1
    assert len(set(ids(run(row(1, pushkin), row(2, gogol), row(3, library("Библиотека")))))) == 3
    children = org("Детская библиотека им. Гоголя", "children-library", "Смоленск", honorific="Гоголя")
    assert len(set(ids(run(row(1, pushkin), row(2, children))))) == 2


def test_typos_join_and_near_names_are_asked_about() -> None:
    def centre(name: str) -> Institution:
        return org(name, "centre", "Смоленск", proper=name)

    typo = run(row(1, centre("Центр творческих индустрий")), row(2, centre("Центр творческих индустрый")))
    assert len(set(ids(typo))) == 1
    near = run(row(1, centre("Центральная библиотека")), row(2, centre("Центральная детская библиотека")))
    assert len(set(ids(near))) == 2
    assert reasons(near) == {"undecided-similar"}
    long = "Региональный центр выявления поддержки развития способностей талантов детей молодёжи"
    longer = run(row(1, centre(long)), row(2, centre(f"{long} села")))
    assert len(set(ids(longer))) == 2
    yearly = run(row(1, centre("Дирекция фестиваля «Лето 2023»")), row(2, centre("Дирекция фестиваля «Лето 2024»")))
    assert len(set(ids(yearly))) == 2
    numbered = run(row(1, centre("Лаборатория космонавтики 12")), row(2, centre("Лаборатория космонавтики 13")))
    assert len(set(ids(numbered))) == 2


def test_equal_names_differ_by_region() -> None:
    def chamber(region: str) -> Institution:
        return org("Торгово-промышленная палата", "chamber", region=region)

    found = ids(run(row(1, chamber("RU-SMO")), row(2, chamber("RU-BRY")), row(3, chamber("RU-SMO"), report="b")))
    assert found[0] == found[2] != found[1]
    assert found[0].startswith("ru-smo-chamber")
    name = "Палата народных ремёсел"
    each = [
        row(number, org(name, "chamber", region=area, proper=name), report=slug)
        for slug, region in (("a", "RU-SMO"), ("b", "RU-BRY"))
        for number, area in enumerate((region, ""))
    ]
    first, second, third, fourth = ids(run(*each))
    assert first == second != third == fourth


def test_the_ledger_decides() -> None:
    left, right = (
        org("Клуб «Луч»", "club", "Смоленск", proper="Луч"),
        org("«Заря»", "club", "Смоленск", proper="Заря"),
    )
    one, other = ids(run(row(1, left), row(2, right)))
    joined = [Decision("same", "organisation", one, other)]
    assert len(set(ids(run(row(1, left), row(2, right), ledger=joined)))) == 1
    moved = [org("Клуб «Луч»", "club", place, proper="Луч") for place in ("Смоленск", "Минск")]
    one, other = ids(run(row(1, moved[0]), row(2, moved[1])))
    assert one != other
    decision = Decision("same", "organisation", one, other)
    assert len(set(ids(run(row(1, moved[0]), row(2, moved[1]), ledger=[decision])))) == 1
    bare = org("Гимназия № 7", "gymnasium", "", "", number="7")
    full = org("Гимназия № 7", "gymnasium", "Витебск", "BY", number="7")
    apart = Decision("not-same", "organisation", "a-gymnasium-7", "by-vitebsk-gymnasium-7")
    assert len(set(ids(run(row(1, bare), row(2, full))))) == 1
    assert len(set(ids(run(row(1, bare), row(2, full), ledger=[apart])))) == 2


def test_one_organisation_named_twice_in_a_row_is_one_with_the_stronger_role() -> None:
    twice = row(
        1,
        org("МБОУ «СШ № 8»", "secondary-school", "Смоленск", number="8", role="participant"),
        org("Фонд", "fund", proper="Мир"),
        org("СШ № 8", "secondary-school", "Смоленск", number="8", role="organiser"),
        evidence=[
            Evidence("/institutions/2/name", "participants", 0, 6, "СШ № 8", "r"),
            Evidence("/mode", "place", 0, 1, "x", "r"),
        ],
        ties=[["i2", "i1"]],
    )
    (named,) = name_records(run(twice))
    first = named.institutions[0]
    assert (len(named.institutions), first.role, first.aliases) == (2, "organiser", ["СШ № 8"])
    assert [one.value for one in named.evidence] == ["/institutions/0/name", "/mode"]
    assert named.ties == [[one.id for one in named.institutions]]


# Places


def test_place_keys_name_lesser_namesakes_by_id() -> None:
    resolution = run(
        row(1, places=[Place("Горки", "BY")]),
        row(2, places=[Place("Горки", "RU")]),
        row(3, places=[Place("Сычёвка", "RU")]),
    )
    keys = {place.key: place for place in resolution.places}
    assert {"by-gorki", "ru-gorki", "ru-sychevka", "ru-smolensk"} == set(keys)
    assert (keys["by-gorki"].geonames, keys["ru-sychevka"].lat) == (3, None)
    lesser = FakeTowns(FakeTown(4, "Горки", "RU", 9), FakeTown(5, "Горки", "RU", 8))
    lesser.choose = lambda candidates, **_: candidates[-1]  # type: ignore[method-assign]
    alone = resolve([row(1, places=[Place("Горки", "RU")])], [], lesser, (), VOCABULARY)
    assert "ru-gorki-5" in {place.key for place in alone.places}


def test_a_district_without_region_is_the_only_one_of_its_name() -> None:
    def district(region: str = "", name: str = "Горецкий район", country: str = "BY") -> Place:
        return Place(name, country, region, "district")

    one = run(row(1, places=[district("BY-MA")]), row(2, places=[district()]))
    assert {a.places for a in one.accounts} == {("by-ma-goretskiy-rayon",)}
    two = run(row(1, places=[district("BY-MA")]), row(2, places=[district("BY-VI")]), row(3, places=[district()]))
    assert two.accounts[2].places == ("by-goretskiy-rayon",)
    assert reasons(two) == {"undecided-several"}


def test_a_renamed_district_is_asked_about() -> None:
    resolution = run(row(1, reporter="Вяземский район"), row(2, reporter="Вяземский муниципальный округ"))
    assert [account.reporter for account in resolution.accounts] == [
        "ru-vyazemskiy-rayon",
        "ru-vyazemskiy-munitsipalnyy-okrug",
    ]
    assert reasons(resolution) == {"undecided-renamed"}
    assert all(place.municipality and place.kind == "district" for place in resolution.places)


def test_an_embassy_branch_sits_in_a_town_of_another_country() -> None:
    resolution = run(row(1, org("Отделение посольства", "embassy", "Смоленск", "BY")))
    assert resolution.organisations[0].place == "ru-smolensk"
    assert resolution.organisations[0].country == "BY"


# Activities


def event(number: int, title: str, start: str, end: str = "", **more: Any) -> Record:
    values = {"places": [Place("Витебск", "BY")], "kind": ["sports"], **more}
    return row(number, title=title, start=start, end=end or start, **values)


def same_as(*records: Record) -> list[list[str]]:
    return [record.same_as for record in name_records(run(*records))]


def test_two_reporters_tell_of_one_event() -> None:
    a = event(1, "Участие команды в фестивале футбола памяти Владимира Рыженкова", "2022-09")
    b = event(2, "Фестиваль памяти министра Владимира Рыженкова", "2022-09-10", "2022-09-12", reporter="Минск")
    resolution = run(a, b)
    (activity,) = resolution.activities
    assert (activity.canonical, activity.accounts) == ("a/1", ("a/1", "a/2"))
    assert (activity.start, activity.end) == ("2022-09", "2022-09")
    first, second = resolution.accounts
    assert first.own_activity == first.activity == second.activity != second.own_activity
    assert same_as(a, b) == [["a#2"], ["a#1"]]


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "2022-10-01", "end": "2022-10-02"},
        {"places": [Place("Минск", "BY")]},
        {"kind": ["concert"]},
        {"title": "Финал турнира «Кубок дружбы народов»"},
        {"title": "Турнир «Весёлый мяч»"},
        {"edition": "7", "title": "7-й турнир «Кубок дружбы народов»"},
        {"reporter": "Смоленск", "title": "Турнир «Кубок дружбы народов» среди ветеранов"},
    ],
)
def test_what_keeps_events_apart(changes: dict[str, Any]) -> None:
    title = "Турнир «Кубок дружбы народов»"
    left = event(1, title, "2022-09-01", edition="6")
    values = {"reporter": "Минск", "title": title, "start": "2022-09-01", **changes}
    right = event(2, **values)
    assert same_as(left, right) == [[], []]
    assert not run(left, right).undecided
    twin = event(2, title, "2022-09-01", reporter="Минск", edition="6")
    assert same_as(left, twin) == [["a#2"], ["a#1"]]


def test_an_edition_and_a_name_are_enough_even_where_the_town_bears_the_name() -> None:
    gagarin = [Place("Гагарин", "RU")]
    a = event(1, "50-е чтения, посвященные памяти Ю.А. Гагарина", "2023-03-11", edition="50", places=gagarin)
    b = event(
        2,
        "50-е Гагаринские чтения",
        "2023-03-09",
        "2023-03-11",
        edition="50",
        places=gagarin,
        reporter="Минск",
    )
    assert same_as(a, b) == [["a#2"], ["a#1"]]


def test_undated_equal_titles_of_two_reports_are_two_events() -> None:
    a, b = event(1, "День города", ""), event(1, "День города", "", report="b")
    resolution = run(a, b)
    assert len(resolution.activities) == 2
    assert all(one.key.startswith("undated-sports-by-vitebsk-") for one in resolution.activities)


# Agreements, contacts, people


def agreement(date: str = "", status: str = "signed", kind: str = "agreement") -> Agreement:
    return Agreement(kind, status, date, ["Смоленск", "Витебск"])


PARTIES = {"Витебск": Place("Витебск", "BY")}


def test_agreements_with_equal_parties_and_date_are_one() -> None:
    resolution = run(
        row(1, agreements=[agreement("2023-01-27")], parties=PARTIES),
        row(2, agreements=[agreement("2023-01-27", "in-force", "contract")], parties=PARTIES),
        row(3, agreements=[agreement("", "in-force")], parties=PARTIES),
    )
    assert [(one.key, one.status) for one in resolution.agreements] == [
        ("2023-01-27-agreement-by-vitebsk-ru-smolensk", "signed"),
        ("undated-agreement-by-vitebsk-ru-smolensk", "in-force"),
    ]
    assert resolution.agreements[0].signed_at == resolution.accounts[0].activity
    assert resolution.agreements[1].signed_at == ""
    assert reasons(resolution) == {"undecided-agreement"}


def test_what_several_rows_tell_of_a_term_comes_together() -> None:
    signed = replace(agreement("2023-01-27"), duration="P5Y", term="fixed", expires="2028-01")
    named = replace(agreement("2023-01-27", "in-force"), number="17", subject="о дружбе")
    [one] = run(row(1, agreements=[signed], parties=PARTIES), row(2, agreements=[named], parties=PARTIES)).agreements
    assert (one.term, one.duration, one.expires, one.number, one.subject) == (
        "fixed",
        "P5Y",
        "2028-01",
        "17",
        "о дружбе",
    )
    for more in (replace(named, end="2030"), replace(named, prolonged=True)):
        [one] = run(row(1, agreements=[signed], parties=PARTIES), row(2, agreements=[more], parties=PARTIES)).agreements
        assert one.expires == "", "nothing is reckoned where an end is told or the agreement was prolonged"
    [one] = run(row(1, agreements=[agreement("2023-01-27")], parties=PARTIES)).agreements
    assert one.term == "not-stated"


def test_two_documents_of_one_day_and_a_plan_stay_apart() -> None:
    day = [agreement("2023-01-27"), agreement("2023-01-27", kind="protocol")]
    assert len(run(row(1, agreements=day, parties=PARTIES)).agreements) == 2
    stages = [agreement(status="planned"), agreement(status="signed")]
    assert len({one.key for one in run(row(1, agreements=stages, parties=PARTIES)).agreements}) == 2


def test_contacts_put_the_home_side_first() -> None:
    school = org("СШ № 8", "secondary-school", "Витебск", "BY", number="8")
    resolution = run(row(1, school, ties=[["i0", "Смоленск"], ["Витебск", "Смоленск"]], parties=PARTIES))
    first, second = resolution.accounts[0].contacts
    assert (first.home, first.foreign) == (
        ("place", "ru-smolensk"),
        ("organisation", "by-vitebsk-secondary-school-8"),
    )
    assert (second.home, second.foreign) == (("place", "ru-smolensk"), ("place", "by-vitebsk"))
    agents = {one.agent for one in resolution.accounts[0].participations}
    assert {first.home, first.foreign, second.foreign} == agents


def test_people_are_told_apart_by_office() -> None:
    mayor = Person("Борис Ёлкин", "Глава города Витебска")
    resolution = run(
        row(1, people=[mayor, Person("", "Глава города Смоленска")], parties=PARTIES),
        row(2, people=[Person("Елкин Борис", "глава города Витебска")], parties=PARTIES, report="b"),
        row(3, people=[Person("Борис Ёлкин", "тренер")]),
    )
    assert {(one.name, one.post) for one in resolution.people} == {
        ("Борис Ёлкин", "Глава города Витебска"),
        ("Борис Ёлкин", "тренер"),
        ("", "Глава города Смоленска"),
    }


def test_no_key_of_a_person_holds_a_name() -> None:
    resolution = run(row(1, people=[Person("Борис Ёлкин", "Глава города Витебска")], parties=PARTIES))
    [person] = resolution.people
    assert re.fullmatch("[0-9a-f]{16}", person.key)
    assert person.key == nameless("boris-elkin-by-vitebsk")
    assert nameless(person.key) == person.key


def test_the_parts_of_an_activity_stand_in_the_keys_of_its_contacts_and_groups() -> None:
    group, same = Group("школьники", "BY"), Group("школьники", "BY")
    resolution = run(
        row(7, ties=[["Витебск", "Смоленск"]], parties=PARTIES, groups=[group, Group("студенты", "CN"), same])
    )
    [account] = resolution.accounts
    assert [one.key for one in account.contacts] == [f"{account.activity}/ru-smolensk/by-vitebsk"]
    assert [one.key for one in account.groups] == [f"{account.key}/1", f"{account.key}/2", f"{account.key}/1"]


def test_evidence_names_entities() -> None:
    pointers = ("/institutions/0/name", "/people/0/post", "/places/0", "/reporter", "/start", "/ties/0")
    said = row(
        1,
        org("СШ № 8", "secondary-school", "Смоленск", number="8"),
        places=[Place("Витебск", "BY")],
        people=[Person("", "директор", "i0")],
        ties=[["i0", "Витебск"]],
        parties=PARTIES,
        evidence=[Evidence(pointer, "name", 0, 1, "x", "rule") for pointer in pointers],
    )
    (account,) = run(said).accounts
    assert [kind for _, (kind, _) in account.evidence] == [
        "organisation",
        "person",
        "place",
        "place",
        "",
        "contact",
    ]
    assert account.evidence[1][1] == ("person", nameless("direktor-ru-smolensk-secondary-school-8"))
    assert account.evidence[5][1] == ("contact", account.contacts[0].key)


# The whole


def test_keys_are_short_ascii_slugs() -> None:
    title = "Очень длинное название " * 9
    resolution = run(
        row(
            1,
            org(title, "fund", proper=title),
            title=title,
            agreements=[agreement()],
            ties=[["i0", "Витебск"]],
            parties=PARTIES,
        )
    )
    keys = [one.key for one in resolution.organisations] + [one.key for one in resolution.places]
    keys += [one.key for one in resolution.activities] + [one.key for one in resolution.agreements]
    keys += [step for one in resolution.accounts[0].contacts for step in one.key.split("/")]
    assert len(keys) == 8
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) and len(key) <= 80 for key in keys)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared reports are not here")
def test_gold_as_records_resolves_to_gold_identity_in_any_order() -> None:
    gold = [line for report in ("smolensk-2023-q1", "borderlands") for line in gold_lines(report)]
    records = [record(line) for line in gold]
    resolution = run(*records)
    scores = evaluate(gold, [one.to_json() for one in name_records(resolution)])
    assert scores.tallies["identity"].f1 == 1.0
    assert scores.tallies["same_as"].f1 == 1.0
    assert scores.macro_f1 == 1.0
    for seed in range(3):
        shuffled = [record(line) for line in gold]
        random.Random(seed).shuffle(shuffled)
        assert run(*shuffled) == resolution
    again = run(*name_records(resolution))
    assert name_records(again) == name_records(resolution)


@pytest.mark.parametrize("kind", ["several", "bare", "similar", "renamed", "event", "agreement"])
def test_every_reason_is_said_in_both_languages(kind: str) -> None:
    russian, english = text(f"undecided-{kind}", "ru"), text(f"undecided-{kind}", "en")
    assert russian and english and russian != english
