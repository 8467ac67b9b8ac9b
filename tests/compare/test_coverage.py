"""Whose reports prove that nothing was."""

from datetime import date

import pytest

from pobratim.compare.comparison import Line
from pobratim.compare.coverage import Coverage, Span


def _report(**days: date | None) -> Line:
    empty = dict.fromkeys(("period_start", "period_end", "events_start", "events_end"))
    return {"id": "r", "region": None, "reporter_ids": "town", **empty, **days}


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (
            {"period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)},
            Span(date(2023, 1, 1), date(2023, 12, 31), date(2023, 1, 1)),
        ),
        (
            {"events_start": date(2024, 2, 29), "events_end": date(2025, 2, 28)},
            Span(date(2024, 2, 29), date(2025, 2, 28), date(2025, 2, 28)),
        ),
        ({"period_start": date(2019, 1, 1), "period_end": date(2026, 12, 31)}, None),
        ({"events_start": date(2024, 2, 29), "events_end": date(2025, 3, 1)}, None),
        ({}, None),
    ],
)
def test_what_gathers_more_than_a_year_proves_no_silence(days: dict[str, date], span: Span | None) -> None:
    assert Coverage([_report(**days)], []).spans(["town"]) == ([span] if span else [])
