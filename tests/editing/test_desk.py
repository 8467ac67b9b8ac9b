"""The folder beside a store: names that browsers give, drafts, rows by pages, the history."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from pobratim.editing.desk import Desk, file_name
from pobratim.editing.editor import undoable

NOW = datetime(2026, 11, 29, 14, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Отчёт за I квартал.docx", "Отчёт за I квартал.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\я\\отчёт.xlsx", "отчёт.xlsx"),
        ("a\x00b?.pdf", "a b.pdf"),
        ("..", "report"),
        ("", "report"),
        ("я" * 300 + ".docx", "я" * 97 + ".docx"),
    ],
)
def test_a_name_of_a_browser_is_a_name_of_a_file(given: str, name: str) -> None:
    assert file_name(given) == name and len(name.encode()) <= 200


def test_drafts_are_kept_told_of_and_removed(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "store")
    about, file = desk.begin("q1.docx", "Иванова", NOW)
    file.write_bytes(b"x")
    assert desk.drafts() == [about] and about.time == "2026-11-29T14:20:00+00:00" and desk.read(about) is None
    desk.keep_read(about, {"rows": 3}, [{"row": number, "remarks": number % 2} for number in range(1, 4)])
    assert [row["row"] for row in desk.rows(about, 1, 5)] == [2, 3]
    assert [row["row"] for row in desk.rows(about, 0, 5, marked=True)] == [1, 3]
    fixed = desk.fix(about, (("q1", 2, "start=2024-05-01"),))
    assert desk.draft(about.id) == fixed and desk.read(about) == {"rows": 3}
    desk.keep(fixed)  # told otherwise: what was read holds no more
    assert desk.read(about) is None
    desk.remove(about)
    assert desk.drafts() == [] and not file.exists()


@pytest.mark.parametrize("ident", ["", "..", "../..", "20261129142000-0000000g", "20261129142000-00000000"])
def test_no_other_folder_is_a_draft(tmp_path: Path, ident: str) -> None:
    assert Desk(tmp_path / "store").draft(ident) is None


def test_a_line_that_was_cut_off_costs_only_itself(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "store")
    desk.note({"id": "1"})
    with (desk.folder / "history.jsonl").open("a", encoding="utf-8") as out:
        out.write('{"id": "2", "tim')
    assert desk.history() == [{"id": "1"}]


def test_the_last_load_of_a_report_can_be_taken_back() -> None:
    def load(ident: str, *slugs: str, action: str = "accept") -> dict[str, object]:
        return {"id": ident, "action": action, "files": [{"slug": slug} for slug in slugs]}

    history = [load("1", "a"), load("2", "b", "c"), load("3", "a"), load("4", "c", action="undo"), load("5", "d")]
    assert [entry["id"] for entry in undoable(history)] == ["5", "3"]
