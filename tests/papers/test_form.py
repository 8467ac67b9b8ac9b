"""The form of the yearly table is data: another order and other heads are taken, what is no form is refused."""

from pathlib import Path

import pytest

from pobratim.errors import ContentError
from pobratim.papers.form import COLUMNS, form

SMALL = """
title: {ru: "Связи: {place}, {year}", en: "Ties: {place}, {year}"}
law: {ru: "Порядок № 1", en: "Order No. 1"}
columns:
  - {name: partner, width: 3, head: {ru: "С кем", en: "Whom"}}
  - {name: events, width: 1, head: {ru: "Сколько", en: "How many"}}
total: {ru: "Всего", en: "All"}
signature: {ru: "Подпись", en: "Signed"}
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "form.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_usual_form_has_all_columns_and_names_the_order() -> None:
    usual = form()
    assert {column.name for column in usual.columns} == set(COLUMNS)
    assert "№ 911" in usual.law["ru"] and "69.5" in usual.law["ru"] and "№ 4-ФЗ" in usual.law["ru"]


def test_a_form_of_ones_own_is_taken(tmp_path: Path) -> None:
    own = form(written(tmp_path, SMALL))
    assert [(column.name, column.head["ru"]) for column in own.columns] == [("partner", "С кем"), ("events", "Сколько")]
    assert own.law["en"] == "Order No. 1"


@pytest.mark.parametrize(
    "change",
    [
        ("name: partner", "name: partners"),
        ("{year}", "{month}"),
        ("width: 3", "width: wide"),
        ("width: 3", "width: 0"),
        ("total:", "sum:"),
        ("columns:", "columns: ["),
    ],
)
def test_what_is_no_form_is_refused_with_its_name(tmp_path: Path, change: tuple[str, str]) -> None:
    file = written(tmp_path, SMALL.replace(*change))
    with pytest.raises(ContentError) as caught:
        form(file)
    assert (caught.value.code, caught.value.values["file"]) == ("paper-form", str(file))


def test_a_form_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        form(tmp_path / "none.yml")
