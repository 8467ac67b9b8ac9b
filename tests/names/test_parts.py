"""The parts of a name: by the bare name, by what extraction read of a cell, and in the record's JSON."""

import json
from dataclasses import fields
from typing import Any

import pytest

from pobratim.names.parts import before, cut, dedication, parse, parts_of, stands_in
from pobratim.record import Institution, Part, Parts, Record
from tests.support.rows import record

NAMES: list[tuple[str, dict[str, str]]] = [
    ("ГУО «Детская школа искусств № 3 «Маладик» г. Витебска»",
     {"legal_form": "ГУО", "kind": "Детская школа искусств", "numbers": "№ 3", "title": "Маладик",
      "places": "г. Витебска",
      "quotation": "Детская школа искусств № 3 «Маладик» г. Витебска"}),
    ("МБОУ «Лицей № 6 имени академика Г.Н. Флёрова»",
     {"legal_form": "МБОУ", "kind": "Лицей", "numbers": "№ 6", "honour": "имени академика Г.Н. Флёрова",
      "person": "Г.Н. Флёрова",
      "quotation": "Лицей № 6 имени академика Г.Н. Флёрова"}),
    ("Областная библиотека имени В.Л. Комарова РАН",
     {"kind": "Областная библиотека", "honour": "имени В.Л. Комарова", "person": "В.Л. Комарова",
      "initials": "РАН", "levels": "Областная"}),
    ("Клуб «Луч»", {"kind": "Клуб", "quotation": "Луч", "title": "Луч"}),
    ("Фонд имени", {"kind": "Фонд"}),
    ("Мурманская областная общественная организация «Дети войны»",
     {"legal_form": "Мурманская областная общественная организация", "kind": "общественная организация",
      "quotation": "Дети войны", "title": "Дети войны", "levels": "областная"}),
    ("Учреждение культуры Дом культуры «Луч»",
     {"legal_form": "Учреждение культуры", "kind": "Дом культуры", "quotation": "Луч", "title": "Луч"}),
    ("ГКБУК «Свет»", {"legal_form": "ГКБУК", "quotation": "Свет", "title": "Свет"}),
    ("МБОУДОД ДЮСШ", {"legal_form": "МБОУДОД", "kind": "ДЮСШ"}),
    ("МДЦ «Артек»",
     {"quotation": "Артек", "title": "Артек", "initials": "МДЦ", "unlisted": "МДЦ"}),
    ("Дом-музей Марка Шагала", {"kind": "Дом-музей", "person": "Марка Шагала"}),
    ("Музей М. Шагала г. Витебска", {"kind": "Музей", "person": "М. Шагала", "places": "г. Витебска"}),
    ("Школа города Сафоново Смоленской области", {"kind": "Школа", "places": "города Сафоново Смоленской области"}),
    ("Клуб городов России", {"kind": "Клуб"}),
    ("ИТАР-ТАСС", {"initials": "ИТАР-ТАСС"}),
    ("", {}),
]  # fmt: skip


def _texts(parts: Parts) -> dict[str, str]:
    """Return the texts of the parts that there are; those of a field that may have several joined by spaces."""
    values = {field.name: getattr(parts, field.name) for field in fields(parts) if field.name != "column"}
    return {
        name: value.text if isinstance(value, Part) else " ".join(one.text for one in value)
        for name, value in values.items()
        if value
    }


def _each(parts: Parts) -> list[Part]:
    values = [getattr(parts, field.name) for field in fields(parts) if field.name != "column"]
    return [one for value in values if value for one in ([value] if isinstance(value, Part) else value)]


@pytest.mark.parametrize(("name", "told"), NAMES)
def test_a_bare_name_is_taken_apart(name: str, told: dict[str, str]) -> None:
    assert _texts(parse(name)) == told
    assert all(name[one.start : one.end] == one.text for one in _each(parse(name)))


def _one(participants: str) -> tuple[Institution, Record]:
    found = record(participants=participants)
    return found.institutions[0], found


def test_extraction_notes_the_parts_with_their_spans() -> None:
    one, found = _one("с муниципальным учреждением «Детская школа искусств № 3 «Маладик» имени Глинки г. Витебска»")
    cell = found.cells[one.parts.column]
    assert one.parts.column == "participants"
    assert _texts(one.parts) == {
        "legal_form": "муниципальное учреждение",
        "kind": "Детская школа искусств",
        "quotation": "Детская школа искусств № 3 «Маладик» имени Глинки г. Витебска",
        "title": "Маладик",
        "honour": "имени Глинки",
        "numbers": "№ 3",
        "places": "г. Витебска",
    }
    assert one.parts.legal_form is not None
    assert cell[one.parts.legal_form.start : one.parts.legal_form.end] == "муниципальным учреждением"
    assert all(
        cell[part.start : part.end] == part.text for part in _each(one.parts) if part is not one.parts.legal_form
    )


def test_what_is_read_of_a_cell_is_what_the_bare_name_tells() -> None:
    for name in ("МБОУ «Лицей № 6 имени академика Г.Н. Флёрова»", "Клуб «Луч»", "Музей имени Янки Купалы"):
        one, _ = _one(name)
        told = _texts(one.parts) | {"complement": "", "places": ""}
        assert told == _texts(parse(one.name)) | {"complement": "", "places": ""}


def test_of_several_each_has_its_number_and_the_kind_in_the_singular() -> None:
    found = record(participants="школы № 1, 3 г. Витебска")
    texts = [_texts(one.parts) for one in found.institutions]
    assert [(text["kind"], text["numbers"]) for text in texts] == [("школа", "№ 1"), ("школа", "№ 3")]
    numbers = [one.parts.numbers[0] for one in found.institutions]
    assert [found.cells["participants"][one.start : one.end] for one in numbers] == ["№ 1", "3"]


def test_a_short_form_in_brackets_is_no_part_of_the_name() -> None:
    one, _ = _one("Объединённый институт ядерных исследований (ОИЯИ)")
    assert _texts(one.parts)["short"] == "ОИЯИ" and "initials" not in _texts(one.parts)


def test_the_longer_of_two_names_brings_its_parts() -> None:
    one, _ = _one("СШ № 8 г. Витебска, МБОУ «СШ № 8 «Луч» г. Витебска»")
    assert one.name == "МБОУ «СШ № 8 «Луч» г. Витебска»" and _texts(one.parts)["title"] == "Луч"


def test_parts_are_those_read_else_those_of_the_name() -> None:
    read = Parts("name", numbers=(Part("№ 7", 3, 6),))
    assert parts_of(Institution("a", "Школа № 8", parts=read)) is read
    assert parts_of(Institution("a", "Школа № 8")) == parse("Школа № 8")


def test_only_a_word_for_it_dedicates() -> None:
    named, about = (_one(f"Музей {person}")[0].parts for person in ("имени М.З. Шагала", "М.З. Шагала"))
    assert dedication(named) is named.honour and named.honour and about.honour and dedication(about) is None
    assert dedication(parse("Музей")) is None


@pytest.mark.parametrize(
    ("name", "text", "left", "ahead"),
    [
        ("Школа № 7 № 77", "№ 7", "Школа   № 77", "Школа "),
        ("Школа № 77", "№ 7", "Школа № 77", "Школа "),
        ("Школа", "№ 7", "Школа", "Школа"),
        ("Школа", "", "Школа", "Школа"),
    ],
)
def test_parts_are_cut_out(name: str, text: str, left: str, ahead: str) -> None:
    assert cut(name, text) == left and before(name, text) == ahead
    assert stands_in(text, name) == (left != name)


def test_json_holds_only_the_parts_that_there_are() -> None:
    _, found = _one("Клуб «Луч»")
    made: dict[str, Any] = json.loads(json.dumps(found.to_json()))
    assert set(made["institutions"][0]["parts"]) == {"column", "kind", "quotation", "title"}
    assert Record.from_json(made) == found


def test_a_record_without_parts_is_read() -> None:
    _, found = _one("Клуб «Луч»")
    made = found.to_json()
    del made["institutions"][0]["parts"]
    assert Record.from_json(made).institutions[0].parts == Parts()
    made["institutions"][0]["parts"] = {"colour": {"text": "", "start": 0, "end": 0}}
    with pytest.raises(TypeError):
        Record.from_json(made)
