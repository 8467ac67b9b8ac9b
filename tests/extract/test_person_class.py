"""The class of a person in a row: invented persons of each kind of situation, the tables, and what belongs to whom."""

import csv
from collections import Counter
from functools import cache
from typing import Any

import pytest

from pobratim.extract.name_class import NAMES, class_of_name, one_name
from pobratim.extract.office_phrase import KIND, WORD
from pobratim.extract.person_class import CLASSES, Classed, most_public
from pobratim.ground.decision_table import DecisionTable
from pobratim.lexicon.lexicon import lexicon
from pobratim.record import Person
from tests.support.decisions import Told, decisions
from tests.support.places import FIXTURES
from tests.support.rows import record


@cache
def invented() -> tuple[dict[str, str], ...]:
    with (FIXTURES / "persons.tsv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def told(name: str, participants: str, **cells: str) -> Classed:
    found = record("Встреча", participants=participants, **cells)
    start = participants.rindex(name)
    return class_of_name(found, "participants", start, start + len(name))


def person_class(participants: str) -> str:
    [person] = record("Встреча", participants=participants).people
    return person.person_class


@pytest.mark.parametrize("case", invented(), ids=lambda case: case["cell"][:60])
def test_an_invented_person_has_the_class_that_the_post_tells(case: dict[str, str]) -> None:
    assert told(case["name"], case["cell"]).person_class == case["class"]


def test_the_invented_persons_are_of_all_classes() -> None:
    counts = Counter(case["class"] for case in invented())
    assert counts["office"] >= 40 and counts["private"] >= 40 and counts["head"] >= 25 and counts["honoured"] >= 10


@cache
def _told_by_fixture(table: str) -> Told:
    with decisions(_TABLES[table]) as found:
        for case in invented():
            told(case["name"], case["cell"])
        told("Чехов", "Школа имени А.П. Чехова, вечер «Чехов и Италия»")
        told("Юрия Гагарина", "Школа «Юрия Гагарина»")
        told("Анна Линд", "председатель комитета по имуществу Великих Лук Анна Линд")
        told("Анна Линд", "Совет отцов, председатель комиссии города Пскова Анна Линд и секретарь горкома Петр Ли")
    return found


_TABLES: dict[str, DecisionTable[..., Any]] = {"CLASSES": CLASSES, "NAMES": NAMES, "KIND": KIND, "WORD": WORD}


@pytest.mark.parametrize("table", ["CLASSES", "NAMES", "KIND", "WORD"])
def test_each_line_of_a_table_decides_somewhere(table: str) -> None:
    assert set(_TABLES[table].reasons()) - set(_told_by_fixture(table)) == set()


def test_each_reason_has_a_label_in_both_languages() -> None:
    rules = {concept.local: concept for concept in lexicon().concepts("person-rule")}
    handed_on = {"acts", "told-a-post"}
    assert {*CLASSES.reasons(), *NAMES.reasons(), "no-post", "remembered"} - handed_on == rules.keys()
    assert all(concept.label != local and concept.english for local, concept in rules.items())
    assert [concept.local for concept in lexicon().concepts("person-class")] == [
        "office", "head", "private", "honoured",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("директор департамента администрации города Тулы Анна Петрова", "директор фирмы «Мост» Анна Петрова"),
        ("глава города Пскова Анна Петрова", "глава фирмы города Пскова Анна Петрова"),
        ("президент города Лодзи Анна Петрова", "президент ТПП города Лодзи Анна Петрова"),
    ],
)
def test_the_body_decides_and_not_the_word(left: str, right: str) -> None:
    assert (person_class(left), person_class(right)) == ("office", "head")


def test_the_same_name_has_the_class_of_its_row() -> None:
    assert person_class("мэр города Пскова Анна Петрова") == "office"
    assert person_class("учитель школы № 2 Анна Петрова") == "private"
    assert told("Анна Петрова", "Победители: Анна Петрова, Олег Иванов") == ("private", "no-public-post")


def test_words_are_matched_whole() -> None:
    assert told("Анна Петрова", "сотрудник администрации города Анна Петрова").person_class == "private"


def test_the_most_public_post_counts_but_a_minor_stays_private() -> None:
    posts = [Classed("private", "no-public-post"), Classed("head", "leads-an-institution")]
    assert most_public(posts).person_class == "head"
    assert most_public([*posts, Classed("private", "minor")]) == ("private", "minor")
    assert most_public([]) == ("private", "no-post")
    found = record(
        "Встреча", purpose="Выступил учитель Олег Иванов.", participants="директор школы № 2 города Пскова Олег Иванов"
    )
    assert [(one.person_class, one.rule) for one in found.people] == [("head", "leads-an-institution")]


def test_a_name_elsewhere_in_the_row_is_the_same_person() -> None:
    cells = {"purpose": "Город представила Петрова."}
    found = record("Встреча", participants="мэр города Пскова Анна Петрова", **cells)
    start = cells["purpose"].index("Петрова")
    assert class_of_name(found, "purpose", start, start + 7).person_class == "office"


@pytest.mark.parametrize("name", ["Анны Петровой", "АННА ПЕТРОВА", "А. Петрова", "Петрова"])
def test_forms_of_a_name_are_one(name: str) -> None:
    assert one_name(name.lower().replace(".", "").split(), ["анна", "петрова"])


def test_a_relative_of_one_honoured_is_no_namesake() -> None:
    cell = "памятник П.М. Камышову, внучка Лидия Камышова"
    assert told("П.М. Камышову", cell).person_class == "honoured"
    assert told("Лидия Камышова", cell).person_class == "private"


def test_a_given_name_alone_is_nobodys_in_particular() -> None:
    cell = "мэр города Пскова Игорь Петров, семья Ковалёвых (Игорь и Светлана)"
    assert told("Игорь", cell) == ("private", "no-post")
    assert told("Игорь Петров", cell).person_class == "office"


def test_a_stretch_without_a_word_is_refused() -> None:
    found = record("Встреча", participants="Анна Петрова, гости")
    with pytest.raises(ValueError, match="no word"):
        class_of_name(found, "participants", 12, 13)
    with pytest.raises(KeyError):
        class_of_name(found, "result", 0, 4)


def test_a_person_of_a_record_keeps_class_and_rule_as_json() -> None:
    [person] = record("Встреча", participants="мэр города Пскова Анна Петрова").people
    data = person.to_json()
    assert list(data) == ["name", "post", "institution", "class", "rule"]
    assert (data["class"], data["rule"]) == ("office", "public-by-its-word")
    assert Person.from_json(data) == person
    assert Person.from_json({"name": "Анна", "post": ""}).person_class == "private"
