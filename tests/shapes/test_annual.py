"""The annual form: a row a partner with its agreement, all events of the year in one cell, and results."""

import json
from pathlib import Path

import pytest

from pobratim.evaluate import evaluate, read_jsonl
from pobratim.load.intake import read_all
from pobratim.load.settings import Settings
from pobratim.record import Record, to_lines
from tests.support.places import TESTS

_GOLD = TESTS / "gold" / "annual"
_WHOLE = ("reporter", "title", "kind", "dates", "mode", "places", "countries", "agreements", "institutions")


def _read(folder: Path, text: str) -> list[Record]:
    file = folder / "annual.txt"
    file.write_text(text, encoding="utf-8")
    loaded, _ = read_all([file], {}, Settings(), lambda *_: None)
    for record in loaded[0].records:
        for one in record.evidence:
            assert record.cells[one.column][one.start : one.end] == one.exact
    return sorted(loaded[0].records, key=lambda record: record.row)


def _dump(headings: list[str], *rows: list[str]) -> str:
    told = ["\n".join(f"\n\t{cell}" for cell in row).replace("\n\n", "\n") for row in (headings, *rows)]
    return "Отчёт о международных связях города Калуги за 2024 год\n" + "\n".join(told) + "\n"


@pytest.mark.parametrize("name", sorted(path.stem for path in _GOLD.glob("*.txt")))
def test_events_agreements_and_partners_of_a_row_are_all_read(name: str, tmp_path: Path) -> None:
    records = _read(tmp_path, (_GOLD / f"{name}.txt").read_text(encoding="utf-8"))
    found = evaluate(
        read_jsonl(_GOLD / f"{name}.gold.jsonl"), [json.loads(line) for line in to_lines(records).splitlines()]
    )
    assert not found.missing_rows and not found.extra_rows
    told = {field: found.tallies[field].f1 for field in _WHOLE if found.tallies[field].f1 is not None}
    assert told == dict.fromkeys(told, 1.0) and {"title", "dates", "places", "agreements"} <= {*told}


def test_each_event_of_a_cell_has_the_cell_and_its_own_stretch_of_it(tmp_path: Path) -> None:
    records = _read(tmp_path, (_GOLD / "samara-2024.txt").read_text(encoding="utf-8"))
    of_one_cell = [one for one in records if one.reporter == "Самара"]
    assert len({one.cells["name"] for one in of_one_cell}) == 1 and len(of_one_cell) == 3
    own = [next(one.exact for one in record.evidence if one.value == "/cells/name") for record in of_one_cell]
    assert [text.split()[0] for text in own] == ["Визит", "Онлайн-урок", "Участие"]
    assert [len(one.agreements) for one in of_one_cell] == [1, 0, 0]


def test_brackets_of_a_heading_ask_for_what_no_other_column_holds(tmp_path: Path) -> None:
    event = "Визит делегации г. Витебска 3 мая 2024 г., г. Калуга"
    joint = _read(tmp_path, _dump(["№", "Мероприятие (дата, место)", "Участники"], ["1", event, "Делегация"]))
    assert [(one.title, one.start, one.places[0].name) for one in joint] == [
        ("Визит делегации г. Витебска", "2024-05-03", "Калуга")
    ]
    apart = _read(
        tmp_path,
        _dump(
            ["№", "Мероприятие (дата, место)", "Дата", "Место", "Участники"], ["1", "Визит", "3 мая", "г. Тула", "Мэр"]
        ),
    )
    assert [(one.title, one.start, one.places[0].name) for one in apart] == [("Визит", "2024-05-03", "Тула")]


@pytest.mark.parametrize(
    ("name", "days", "rows"),
    [
        ("Визит делегации\nВыставка рисунков", "3 мая 2024 г.\nиюнь 2024 г.", 2),
        ("Международный фестиваль\n«Мост»", "3 мая 2024 г.\n4 мая 2024 г.", 1),
        ("Визит делегации\nВыставка рисунков", "3 мая 2024 г.", 1),
    ],
    ids=["a day a line", "a name over two lines", "one day"],
)
def test_lines_are_events_where_as_many_days_stand_beside_them(name: str, days: str, rows: int, tmp_path: Path) -> None:
    records = _read(tmp_path, _dump(["№", "Мероприятие", "Дата", "Участники"], ["1", name, days, "Мэр"]))
    assert len(records) == rows
