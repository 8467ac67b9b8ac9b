"""Gaps: what counts as unclaimed, what does not, and of which kind it is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from pobratim.quality.claims import Claims, Span
from pobratim.quality.gaps import KINDS, gaps_of
from pobratim.quality.measures import group_gaps
from pobratim.quality.surroundings import Surroundings
from pobratim.record import Evidence, Record
from tests.support.places import ROOT
from tests.support.rows import read

pytestmark = pytest.mark.slow

EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"


def _bare(text: str, column: str = "purpose", *claimed: str, **fields: list[str]) -> Record:
    """Return a record of one cell in which only some phrases are claimed, as organisations."""
    spans = [(text.index(phrase), phrase) for phrase in claimed]
    evidence = [
        Evidence(f"/institutions/{number}", column, start, start + len(phrase), phrase, "test")
        for number, (start, phrase) in enumerate(spans)
    ]
    return Record("r", 1, cells={column: text}, evidence=evidence, **fields)  # type: ignore[arg-type]


def _found(record: Record) -> list[tuple[str, str]]:
    return [(gap.kind, gap.text) for gap in gaps_of(record)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("В ходе встречи вручены дипломы. Участники посетили завод.", []),
        ("Подписан документ с Звёздной Палатой по итогам.", [("name", "Звёздной Палатой")]),
        ("Гостей принял И. И. Гладкобородов.", [("name", "И. И. Гладкобородов")]),
        ("Гладкобородов принял гостей.", [("name", "Гладкобородов")]),
        ("МФЦНТ провёл семинар.", [("name", "МФЦНТ")]),
        ("Гости из гг. Зюзюкина и Бубукина.", [("name", "Зюзюкина"), ("name", "Бубукина")]),
        ("Диплом II степени вручён лауреату.", []),
        ("1) Обсуждение планов;\n2) Подготовка визита.", []),
        ("Учащиеся 3 «Б» класса.", []),
        ("Ансамбль «Уран-Батый» выступил.", [("quoted", "Уран-Батый")]),
    ],
)
def test_what_is_a_gap(text: str, expected: list[tuple[str, str]]) -> None:
    assert _found(_bare(text)) == expected


def test_claimed_text_is_no_gap_and_what_is_left_of_a_run_is() -> None:
    text = "Встреча с АО «Заря» и Кузей Фунтиковым Звёздной Палаты"
    assert _found(_bare(text, "purpose", "АО «Заря»", "Звёздной Палаты")) == [("name", "Кузей Фунтиковым")]


def test_a_name_is_told_once_a_row_whatever_its_case() -> None:
    record = _bare("Подписано с Звёздной Палатой. Гости Звёздной Палаты уехали.", "purpose", "Звёздной Палатой")
    assert _found(record) == []


def test_a_title_is_no_organisation() -> None:
    text = "Выставка в рамках Недели Зюзюки, конкурс юных талантов «Новый ветер», школа «Зюзюка»"
    assert _found(_bare(text)) == [("title", "Недели Зюзюки"), ("title", "Новый ветер"), ("quoted", "Зюзюка")]
    assert _found(_bare("«Дорогами дружбы»", "name")) == [("title", "Дорогами дружбы")]


def test_countries_of_the_row_are_no_gap_and_others_are_geography() -> None:
    text = "Гости из Республики Беларусь, вывод войск из Афганистана"
    assert _found(_bare(text, countries=["BY"])) == [("geography", "Афганистана")]
    assert _found(_bare("Обсуждён опыт Витебска")) == [("geography", "Витебска")]


def test_an_adjective_takes_its_noun_along() -> None:
    assert _found(_bare("Делегация с Зюзюкинского военного завода")) == [("name", "Зюзюкинского военного завода")]


def test_a_kind_that_was_read_is_no_gap() -> None:
    record, _ = read("Участие в Международном конкурсе «Новый ветер»")
    assert [kind for kind, text in _found(record) if "конкурс" in text] == []


@pytest.mark.parametrize("column", ["dates", "section", "municipality"])
def test_other_columns_have_no_gaps(column: str) -> None:
    assert gaps_of(_bare("Кузя Фунтиков", column)) == []


def test_a_gap_says_where_it_stands() -> None:
    text = f"{'слово за слово ' * 10}подписал Кузя Фунтиков \nи {'ещё много слов ' * 10}"
    [gap] = gaps_of(_bare(text))
    assert text[gap.start : gap.end] == "Кузя Фунтиков" == gap.around[1]
    assert gap.context.startswith("… ") and gap.context.endswith("…") and "\n" not in gap.context
    assert (gap.report, gap.row, gap.column, gap.origin) == ("r", 1, "purpose", "rules")


def test_gaps_are_grouped_by_words_in_any_form() -> None:
    gaps = gaps_of(_bare("Договор с Звёздной Палатой, письмо в Звёздную Палату, визит Кузи"))
    groups = group_gaps(gaps)
    assert [(group.count, group.example.text) for group in groups] == [(2, "Звёздной Палатой"), (1, "Кузи")]
    assert [KINDS.index(group.example.kind) for group in groups] == sorted(
        KINDS.index(group.example.kind) for group in groups
    )


def test_a_stretch_counts_as_claimed_from_half_of_its_letters_on() -> None:
    text = "«Заря Востока»"
    claims = Claims(_bare(text, "purpose", "Заря"))
    assert not claims.covers("purpose", text, 0, len(text)) and claims.covers("purpose", text, 0, 6)
    assert claims.holds("purpose", 1, 5) and not claims.holds("purpose", 0, 5)
    assert Surroundings(claims, "purpose", text).told(Span(1, 5))


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "pobratim", "gaps", *words], capture_output=True, text=True)


def test_the_command_lists_gaps_of_documents_and_of_a_store(tmp_path: Path, example_directory: Path) -> None:
    read_again = _run(str(EXAMPLE), "--lang", "en", "--format", "json")
    assert read_again.returncode == 0, read_again.stderr
    assert "34 rows, 34 stored" in read_again.stderr and "filled" not in read_again.stderr
    rows = json.loads(read_again.stdout)
    assert {row["kind"] for row in rows} <= set(KINDS) and rows[0].keys() >= {"text", "count", "row", "context"}
    stored = _run("--store", str(example_directory), "--format", "json")
    assert json.loads(stored.stdout) == rows and stored.stderr == ""
    page = tmp_path / "gaps.html"
    assert _run(str(EXAMPLE), "--lang", "ru", "--kind", "title", "-o", str(page)).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert "Названия мероприятий" in text and "Слова с заглавной буквы" not in text


def test_the_command_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    wrong = _run(str(EXAMPLE), "-o", str(tmp_path / "gaps.docx"), "--lang", "ru")
    assert wrong.returncode == 2 and "docx" in wrong.stderr
    assert _run("--store", str(tmp_path / "none"), "--lang", "en").returncode == 4
    assert _run(str(tmp_path / "none.docx"), "--lang", "en").returncode == 3
