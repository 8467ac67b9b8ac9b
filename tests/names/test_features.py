"""Features are made of the parts that a name was read to have, of those of the bare name where none were."""

from pobratim.names.features import Known, Told, features
from pobratim.names.parts import parse
from pobratim.record import Part, Parts

KNOWN = Known(frozenset({"клуб"}), frozenset({"клуб"}), frozenset(), frozenset(), seated=False, placed=False)


def _features(name: str, parts: Parts | None = None, known: Known = KNOWN):  # type: ignore[no-untyped-def]
    return features(name, Told.of(parts or parse(name)), known)


def test_the_title_is_the_one_that_was_read() -> None:
    assert _features("Клуб «Луч»").title == {"луч"}
    assert _features("Клуб Луч").title == set()
    assert _features("Клуб Луч", Parts(title=Part("Луч", 90, 93))).title == {"луч"}


def test_parts_that_do_not_stand_in_the_name_tell_nothing() -> None:
    read = Parts(title=Part("Заря", 0, 4), person=Part("М. Шагала", 0, 9), initials=(Part("МАЗ", 0, 3),))
    said = _features("Клуб Луч", read)
    assert (said.title, said.honour, said.acronym) == (set(), set(), "")


def test_of_a_legal_form_the_level_is_left() -> None:
    said = _features("Смоленская областная общественная организация «Землячество»")
    assert (said.levels, said.rest, said.title) == ({"областной"}, set(), {"землячество"})


def test_a_listed_form_says_nothing_whatever_its_letters() -> None:
    assert _features("СПб ГБУ «Клуб «Маяк»").words == {"маяк"}


def test_initials_of_an_unlisted_form_say_nothing() -> None:
    said = _features("МОФ «Фонд мира»")
    assert said.acronym == "" and said.words == {"фонд", "мир"}


def test_initials_in_quotation_marks_are_the_name() -> None:
    assert _features('ОАО "БМЗ"').acronym == "БМЗ"


def test_whom_a_museum_is_about_is_honoured() -> None:
    for name in ("Клуб М. Шагала", "Клуб Марка Шагала", "Клуб «Дом М. Шагала»"):
        assert _features(name).honour == {"шагал"}, name
    assert _features("Клуб «Дом М. Шагала»").title == {"дом"}
