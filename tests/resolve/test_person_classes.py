"""The class of a person in an activity: of what its rows tell, the least public."""

import pytest

from pobratim.entities import Participation
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.record import Person, PersonClass, Place, Record
from pobratim.resolve import resolve
from pobratim.resolve.people import cautious

RULE = "leads-a-territory"


def row(number: int, report: str, *people: Person) -> Record:
    places = [Place("Псков", "RU", "RU-PSK")]
    return Record(
        report, number, title="Встреча с делегацией Витебска", start="2024-05-01", end="2024-05-01", kind=["meeting"],
        places=places, people=list(people), reporter="Псков", home=places[0],
    )  # fmt: skip


def person(
    person_class: PersonClass, rule: str, name: str = "Анна Петрова", post: str = "глава города Пскова"
) -> Person:
    return Person(name, post, "", person_class, rule)


def parts(*records: Record) -> list[list[Participation]]:
    accounts = resolve(records, [], Gazetteer.load()).accounts
    return [[part for part in account.participations if part.agent[0] == "person"] for account in accounts]


def test_a_participation_has_class_and_rule_of_the_person() -> None:
    [[part]] = parts(row(1, "one", person("office", RULE)))
    assert (part.person_class, part.rule) == ("office", RULE)


def test_others_than_persons_have_none() -> None:
    [account] = resolve([row(1, "one", person("office", RULE))], [], Gazetteer.load()).accounts
    others = [part for part in account.participations if part.agent[0] != "person"]
    assert all((part.person_class, part.rule) == ("", "") for part in others)


def test_of_two_whom_one_key_means_in_one_row_the_least_public_class_is_told() -> None:
    [found] = parts(row(1, "one", person("office", RULE), person("private", "no-post", post="")))
    assert {part.person_class for part in found} == {"private"}


def test_a_post_of_another_row_lifts_nothing() -> None:
    first, second = parts(
        row(1, "one", person("office", RULE)),
        row(1, "two", person("private", "no-public-post")),
    )
    assert {(part.person_class, part.rule) for part in (*first, *second)} == {("private", "no-public-post")}


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_classes_the_least_public_is_told(turned: bool) -> None:
    told = [("a", person("office", "envoy")), ("a", person("head", "abbot")), ("b", person("office", "envoy"))]
    told += [("b", person("office", "leads-a-territory"))]
    found = cautious(told[::-1] if turned else told)
    assert found == {"a": ("head", "abbot"), "b": ("office", "envoy")}
