"""What became of ties: the same as the comparison says, whatever the level and the years."""

import pytest

from pobratim.compare.comparison import table_source
from pobratim.compare.periods import period_of
from pobratim.compare.ties import compared
from pobratim.explore import Index, Selection, index_of
from pobratim.explore.changes import GROUP_OF, GROUPS, changes, usual_periods, years_told
from pobratim.messages import text
from pobratim.store.reader import MemoryReader, Reader

WHOLE = dict.fromkeys(GROUPS, (0, 10_000))


@pytest.mark.parametrize("level", ["municipality", "institution", "region", "country"])
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2022/2024", "2025"),
        ("2023", "2024"),
        ("2022-Q4", "2023-Q1"),
        ("2019/2021", "2024"),
        ("2023-02", "2023-03/2024-05"),
    ],
)
def test_the_states_are_those_of_the_comparison(
    several_store: Reader, several: Index, level: str, a: str, b: str
) -> None:
    one, other = period_of(a), period_of(b)
    table = compared(table_source(several_store), level, one, other, "ru")  # type: ignore[arg-type]
    told = {row[-1]: (row[0], row[4], row[5]) for row in table.rows}
    found = changes(several, Selection(level=(level,)), one, other, WHOLE)
    shown = {
        change.tie.iri: (text(f"compare-{change.state}", "ru"), change.in_a, change.in_b)
        for rows in found.rows.values()
        for change in rows
    }
    assert shown == told and found.found == len(told)
    assert {group: len(rows) for group, rows in found.rows.items()} == dict(found.counts)
    assert all(GROUP_OF[change.state] == group for group, rows in found.rows.items() for change in rows)


def test_no_report_is_not_silence(several: Index) -> None:
    found = changes(several, Selection(level=("municipality",)), period_of("2023"), period_of("2025"), WHOLE)
    assert found.counts["untold"] and found.counts["new"]
    for change in found.rows["untold"]:
        if change.state == "no-report":
            assert set(change.cells[-4:]) == {None}, change.tie.iri
    for group in ("new", "continuing", "back", "quiet"):
        for change in found.rows[group]:
            assert any(cell is not None for cell in change.cells), change.tie.iri


def test_cells_are_events_and_agreements_by_quarter(index: Index) -> None:
    found = changes(index, Selection(level=("municipality",)), period_of("2022"), period_of("2023"), WHOLE)
    every = [each for rows in found.rows.values() for each in rows]
    [change] = [each for each in every if (each.tie.left.ref, each.tie.right.ref) == ("ru-smolensk", "by-vitebsk")]
    assert found.quarters[0] == "2022-Q1" and found.quarters[-1] == "2023-Q4" and len(found.quarters) == 8
    assert change.cells == (None, None, None, None, 4, None, None, None)


def test_a_selection_counts_only_what_it_leaves(several: Index) -> None:
    selection = Selection(level=("municipality",))
    whole, some = (
        changes(several, each, period_of("2024"), period_of("2025"), WHOLE)
        for each in (selection, selection.with_(topic="sport"))
    )
    assert 0 < some.found < whole.found and some.total == whole.total
    assert sum(each.in_b for rows in some.rows.values() for each in rows) < sum(
        each.in_b for rows in whole.rows.values() for each in rows
    )


def test_the_usual_periods_are_the_last_year_told_and_the_three_before(several: Index, index: Index) -> None:
    assert usual_periods(several) == ("2022..2024", "2025") and years_told(several)[-1] == 2025
    assert usual_periods(index) == ("2020..2022", "2023")
    empty = index_of(MemoryReader([]))
    assert usual_periods(empty) is None and years_told(empty) == []
