"""Steps of the ledger: written whole, not over others, taken back with a trace; fields as people write them."""

from pathlib import Path

import pytest

from pobratim.editing.corrections import change_of, iso_date, value_words
from pobratim.editing.ledger import OvertakenError, Step, carry_out, seen_of
from pobratim.errors import LedgerError, UsageError
from pobratim.resolve import Decision, add_decisions, read_decisions
from pobratim.resolve.decisions import strike

SAME = Decision("same", "place", "ru-a", "ru-b", "одно", "2026-11-29", 0, "Иванова", "2026-11-29T14:20:00")
APART = Decision("not-same", "place", "ru-a", "ru-b")
OTHER = Decision("rename", "place", "ru-c", "Новое")
THINGS = (("place", "ru-a"), ("place", "ru-b"))


def _plain(ledger: Path) -> list[tuple[str, str]]:
    return [(one.verdict, one.left) for one in read_decisions(ledger)]


def test_what_others_decide_on_the_same_things_is_seen_and_nothing_else(tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.tsv"
    seen = seen_of([], THINGS)
    add_decisions(ledger, [OTHER])
    assert seen_of(read_decisions(ledger), THINGS) == seen
    carry_out(ledger, Step((APART,), (), THINGS, seen), "")
    with pytest.raises(OvertakenError) as caught:
        carry_out(ledger, Step((SAME,), (), THINGS, seen), "")
    assert [one.verdict for one in caught.value.lines] == ["not-same"]
    assert _plain(ledger) == [("rename", "ru-c"), ("not-same", "ru-a")]


def test_what_is_taken_back_stays_as_a_comment(tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.tsv"
    add_decisions(ledger, [SAME, OTHER])
    assert strike(ledger, [SAME], "2026-11-30 Петров\nи ещё") == 1
    assert _plain(ledger) == [("rename", "ru-c")]
    assert "# 2026-11-30 Петров и ещё: same\tplace\tru-a\tru-b\tодно\t" in ledger.read_text(encoding="utf-8")
    assert strike(ledger, [SAME], "") == 0  # it is gone already
    add_decisions(ledger, [SAME])  # and may come again
    assert _plain(ledger) == [("rename", "ru-c"), ("same", "ru-a")]


def test_lines_that_do_not_go_together_are_not_written(tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.tsv"
    add_decisions(ledger, [SAME])
    with pytest.raises(LedgerError):
        carry_out(ledger, Step((APART,)), "")
    assert _plain(ledger) == [("same", "ru-a")]


def test_a_step_is_the_same_after_the_way_to_another_process() -> None:
    step = Step((SAME,), (OTHER,), THINGS, "x")
    assert Step.from_json(step.to_json()) == step


@pytest.mark.parametrize(
    ("given", "date"),
    [
        ("12.11.2025", "2025-11-12"),
        ("1.2.2025", "2025-02-01"),
        ("02.2025", "2025-02"),
        (" 2025 ", "2025"),
        ("лето", "лето"),
    ],
)
def test_dates_are_written_as_people_do(given: str, date: str) -> None:
    assert iso_date(given) == date


def test_a_correction_is_read_as_the_ledger_reads_it() -> None:
    assert change_of("activity", "start", "=", "31.12.2024") == "start=2024-12-31"
    assert change_of("activity", "topic", "+=", "culture") == "topic+=culture"
    for kind, field, sign, value in (
        ("activity", "start", "=", "31.02.2024"),
        ("activity", "kind", "=", "нет такого"),
        ("activity", "colour", "=", "red"),
        ("person", "kind", "=", "x"),
        ("activity", "start", "==", "2024"),
    ):
        with pytest.raises(UsageError):
            change_of(kind, field, sign, value)


def test_values_are_told_in_words() -> None:
    names = {("organisation", "by-x"): "Школа", ("place", "ru-a"): "Рославль"}
    assert value_words("activity", "start", "2024-12-31", names, "ru") == "31.12.2024"
    assert value_words("activity", "place", "ru-a", names, "ru") == "Рославль"
    assert value_words("activity", "tie", "organisation:by-x place:ru-a", names, "ru") == "Школа, Рославль"
    assert value_words("activity", "country", "BY", names, "en") == "Belarus"
    assert value_words("activity", "mode", "", names, "ru") == "—"
