"""The measure of the classes of persons, and what it says of the labelled names beside the project."""

from pathlib import Path

import pytest

from bench.gold_reports import gold_files
from bench.persons import CLASSES, FOLDER, Told, judge, labelled, read, table
from tests.support.rows import record

TABLE = "row\tname\tclass\n1\tАнна Петрова\toffice\n1\tОлег  Сом\tprivate\n1\tИгорь Нет\tprivate\n"


def test_labelled_names_are_judged_by_the_rows_that_hold_them(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(TABLE, encoding="utf-8")
    row = record("Встреча", participants="мэр города Пскова Анна Петрова, учитель Олег\nСом")
    found = list(judge(labelled(file, "test"), {"test": [row]}))
    assert [(one.person_class, one.rule) for one in found] == [
        ("office", "public-by-its-word"), ("private", "no-public-post"), ("private", "missing"),
    ]  # fmt: skip
    assert table(found)[-1] == "right: 3 of 3 (1.000); private taken for office 0, head 0, honoured 0"


def test_a_private_person_taken_for_another_is_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "names.tsv"
    file.write_text(TABLE, encoding="utf-8")
    wrong = [Told(one, "head", "") for one in labelled(file, "test")]
    assert table(wrong)[-1].endswith("private taken for office 0, head 2, honoured 0")
    assert [line.split(" | ")[0] for line in table(wrong)[2:-1]] == [f"| {name}" for name in CLASSES]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not FOLDER.is_dir(), reason="the labelled names are not here")
def test_the_labelled_names_are_told_and_none_that_is_private_is_lifted() -> None:
    gold, files = labelled(FOLDER / "persons-shared.tsv"), gold_files()
    found = list(judge(gold, {name: read(files[name][0]) for name in {one.report for one in gold}}))
    invented = FOLDER / "private-freetext.tsv"
    found += judge(labelled(invented, "invented"), {"invented": read(invented.with_suffix(".txt"))})
    assert sum(one.gold.person_class == one.person_class for one in found) >= 0.97 * len(found)
    assert [one for one in found if one.gold.person_class == "private" != one.person_class] == []
