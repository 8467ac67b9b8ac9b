"""Two loads: what the last one added, took away and changed, in words; and the command over all that is compared."""

import csv
import json
from pathlib import Path

import pytest

from pobratim.cli import run
from pobratim.compare.comparison import table_source
from pobratim.compare.generations import compared
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore
from tests.support.periods_world import Reported, Told, world
from tests.support.small_reports import write_report

WAS = Reported("r", "SMO", "2023", [Told("A", "A", "kept", "2023-01-01"), Told("A", "A", "gone", "2023-02-01")])
IS = Reported(
    "r", "SMO", "2023", [Told("A", "A", "kept", "2023-01-01", topic="sport"), Told("A", "A", "come", "2023-02")]
)


def test_what_came_went_and_changed_is_said_by_field() -> None:
    found = compared(table_source(world(WAS)), table_source(world(IS)), "en").rows
    by_name = {(str(row[0]), str(row[2])): row for row in found if row[3] is None}
    assert by_name["Ties", "A — come"][1] == "added" and by_name["Ties", "A — gone"][1] == "removed"
    changed = {(row[0], row[3]): (row[4], row[5]) for row in found if row[1] == "changed"}
    assert changed["Events", "Topics (codes)"] == ("culture", "sport")
    assert not any("kept" in str(row[2]) and row[1] != "changed" for row in found)
    assert compared(table_source(world(WAS)), table_source(world(WAS)), "ru").rows == []


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two loads: a report, and its second version."""
    folder = tmp_path_factory.mktemp("loads")
    meeting = ("Встреча администраций Смоленска и Витебска", "г. Смоленск", "администрация г. Витебска")
    concert = ("Концерт", "г. Витебск, Республика Беларусь", "ансамбль")
    for rows in ([meeting], [meeting, concert]):
        report = write_report(folder / "smolensk-2024.txt", *rows)
        load([report], GenerationStore(folder / "store"), Settings())
    return folder / "store"


def test_the_last_load_is_told_as_csv_json_and_a_workbook(loaded: Path, tmp_path: Path) -> None:
    for name in ("out.csv", "out.json", "out.xlsx", "out.parquet"):
        assert run(["diff", "--store", str(loaded), "-o", str(tmp_path / name), "--lang", "ru"]) == 0
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert ("Мероприятия", "добавлено", "Концерт") in {(row["what"], row["state"], row["name"]) for row in rows}
    assert [row["id"] for row in json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))] == [
        r["id"] for r in rows
    ]


def test_loads_are_named_by_number(loaded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = GenerationStore(loaded).numbers()
    first, last = (str(number) for number in (numbers[0], numbers[-1]))
    command = ["diff", "--store", str(loaded), "--lang", "en"]
    for given in ([first], [last, first]):
        chosen = [word for number in given for word in ("--generation", number)]
        assert run([*command, *chosen, "-o", str(tmp_path / "x.csv")]) == 0
        assert "Концерт" in (tmp_path / "x.csv").read_text(encoding="utf-8")
    capsys.readouterr()
    assert run([*command, "--generation", "99"]) == 2 and "99" in capsys.readouterr().err
    assert run([*command, "--generation", first, "--period", "2023"]) == 2
    assert run([*command, "--period", "2023"]) == run([*command, "--report", "one"]) == 2
    assert run(["diff", "--store", "http://127.0.0.1:9/sparql", "--lang", "en"]) == 2


def test_one_load_has_nothing_to_be_compared_with(example_directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--store", str(example_directory), "--lang", "en"]) == 2
    assert "one load" in capsys.readouterr().err


def test_reports_and_periods_on_the_command_line(example_directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = ["--store", str(example_directory), "--lang", "ru"]
    assert run(["diff", "--report", "smolensk-2023-q1", "--report", "smolensk-2023-q1.docx", *store]) == 0
    assert "в обоих" in capsys.readouterr().out
    assert run(["diff", "--period", "2023-01", "--period", "2023-02", "--level", "country", *store]) == 0
    shown = capsys.readouterr().out
    assert "продолжается" in shown and "Беларусь" in shown
    assert run(["diff", "--period", "1999", "--period", "1998", *store]) == 0
    assert "не видно" in capsys.readouterr().out
