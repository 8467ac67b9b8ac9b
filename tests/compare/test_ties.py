"""Ties of two periods: each state from a store by hand, and the question that says the same as the command."""

from datetime import date
from functools import cache

import pytest
from pyoxigraph import QuerySolutions

from pobratim.compare.comparison import TableOf, table_source
from pobratim.compare.periods import Period, in_order, is_exact, period_of
from pobratim.compare.ties import LEVELS, Level, compared
from pobratim.errors import UsageError
from pobratim.messages import Language
from pobratim.query.answers import python_value
from pobratim.query.library import library, queries_root
from pobratim.store.reader import MemoryReader, Reader
from tests.support.periods_world import Reported, Told, world
from tests.support.server import Server

YEARS = (period_of("2023"), period_of("2024"))


@cache
def sample() -> MemoryReader:
    """Two towns of one region that report together until 2024, then A alone; H of another begins in 2024."""
    return world(
        Reported("r22", "SMO", "2022", [Told("A", "A", "back", "2022-05-01"), Told("G", "G", "left", "2022-06-01")]),
        Reported(
            "r23",
            "SMO",
            "2023",
            [
                Told("A", "A", "continuing", "2023-03-01"),
                Told("A", "A", "quiet", "2023-04-01"),
                Told("A", "A", "quiet", "2023-04-02", topic="sport"),
                Told("G", "G", "no-report", "2023-05-01"),
                Told("A", "A", "crossing", "2023-12-28/2024-01-10"),
                Told("A", "A", "vague", "2023-11/2024-02"),
                Told("A", "A", "between", "2023-07-01"),
                Told("G", "G", "of-both", "2023-08-01", event="fair"),
                Told("A", "A", "of-a", "2023-08-01", event="fair"),
            ],
        ),
        Reported(
            "r24",
            "SMO",
            "2024",
            [
                Told("A", "A", "continuing", "2024-05-01"),
                Told("A", "A", "new", "2024-05-02"),
                Told("A", "A", "back", "2024-05-03"),
                Told("A", "A", "between", "2024-05-04"),
                Told("A", "A", "planned", "2024-06-01", plan=True),
            ],
        ),
        Reported("h24", "BRY", "", [Told("H", "H", "first", "2024-02-01"), Told("H", "H", "first", "2024-03")]),
    )


@cache
def tables(reader: Reader) -> TableOf:
    return table_source(reader)


def states(
    a: str, b: str, level: Level = "municipality", reader: Reader | None = None
) -> dict[str, tuple[str, int, int]]:
    """Return state and counts by the partner abroad, and its topic where that is asked."""
    found = compared(tables(reader or sample()), level, period_of(a), period_of(b), "en")
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    names = [next(str(row[side]) for side in ("first", "second") if str(row[side])[:1].islower()) for row in rows]
    keys = [f"{name} {row['topic']}" if row["topic"] else name for name, row in zip(names, rows, strict=True)]
    return {
        key: (str(row["state"]), int(str(row["count_a"])), int(str(row["count_b"])))
        for key, row in zip(keys, rows, strict=True)
    }


def test_every_state_of_two_years() -> None:
    assert states("2023", "2024") == {
        "continuing": ("continuing", 1, 1),
        "crossing": ("continuing", 1, 1),
        "between": ("continuing", 1, 1),
        "new": ("new", 0, 1),
        "first": ("first known", 0, 2),
        "back": ("back", 0, 1),
        "quiet": ("quiet", 2, 0),
        "of-a": ("quiet", 1, 0),
        "no-report": ("cannot be judged: no report", 1, 0),
        "of-both": ("cannot be judged: no report", 1, 0),
        "vague": ("cannot be judged: vague date", 0, 0),
    }


def test_a_report_of_the_region_speaks_for_its_towns() -> None:
    assert states("2022", "2023")["left"] == ("quiet", 1, 0)
    alone = world(
        Reported("one", "SMO", "2022", [Told("G", "G", "left", "2022-06-01")]),
        Reported("of-nobody", "SMO", "2023", [Told("", "A", "other", "2023-06-01")]),
    )
    assert states("2022", "2023", reader=alone)["left"] == ("quiet", 1, 0)


def test_what_came_up_between_the_periods_is_neither_new_nor_back() -> None:
    found = states("2022", "2024")
    assert found["between"] == ("came up in between", 0, 1) and found["new"][0] == "new"
    assert found["back"] == ("continuing", 1, 1)


def test_a_plan_is_no_activity() -> None:
    assert "planned" not in {**states("2023", "2024"), **states("2022", "2024-H1")}


def test_a_month_is_sure_in_its_quarter_and_a_year_is_not() -> None:
    assert states("2023-H2", "2024-Q1")["first"] == ("first known", 0, 2)
    assert states("2023-H2", "2024-03-01/2024-03-15")["first"] == ("cannot be judged: vague date", 0, 0)
    later = world(Reported("r", "BRY", "2024", [Told("H", "H", "once", "2024"), Told("H", "H", "once", "2024-05-01")]))
    assert states("2024-Q1", "2024-Q2", reader=later)["once"] == ("cannot be judged: vague date", 0, 1)


def test_a_period_that_no_report_tells_is_that_of_its_events() -> None:
    untold = world(
        Reported("r23", "BRY", "", [Told("H", "H", "was", "2023-02-01"), Told("H", "H", "other", "2023-03-01")]),
        Reported("r24", "BRY", "", [Told("H", "H", "other", "2024-03-01")]),
    )
    assert states("2023", "2024", reader=untold)["was"] == ("quiet", 1, 0)
    assert states("2023", "2025", reader=untold)["was"] == ("cannot be judged: no report", 1, 0)
    early = world(Reported("r", "BRY", "", [Told("H", "H", "one", "2023-12-20"), Told("H", "H", "two", "2024-03-01")]))
    assert states("2023", "2024", reader=early)["two"][0] == "first known"


def test_levels_and_topics() -> None:
    assert states("2023", "2024", "topic")["quiet sport"] == ("quiet", 1, 0)
    for level, pair in (("region", {"Смоленская область", "Витебская область"}), ("country", {"Россия", "Беларусь"})):
        rows = compared(tables(sample()), level, *YEARS, "ru").rows  # type: ignore[arg-type]
        assert ("продолжается", pair) in [(row[0], {row[1], row[2]}) for row in rows]
    assert compared(tables(sample()), "institution", *YEARS, "ru").rows == []


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("a", "b", "lang"), [("2023", "2024", "ru"), ("2022", "2024", "en"), ("2023-11", "2024-02/2024-05", "ru")]
)
def test_the_question_says_what_the_command_does(a: str, b: str, level: Level, lang: Language) -> None:
    told = compared(tables(sample()), level, period_of(a), period_of(b), lang)
    assert asked(sample(), level, period_of(a), period_of(b), lang) == [tuple(row) for row in told.rows]


def test_the_endpoint_says_it_too(served: Server, example_store: Reader) -> None:
    days = {"from_a": "2023-01-01", "to_a": "2023-02-15", "from_b": "2023-02-16", "to_b": "2023-03-31"}
    a, b = period_of("2023-01-01/2023-02-15"), period_of("2023-02-16/2023-03-31")
    with served.client() as client:
        answer = client.get("/queries/compare-periods.json", params={**days, "level": "institution", "lang": "en"})
    rows = [
        [row[name]["value"] for name in ("state", "countA", "countB", "tie")]
        for row in answer.json()["results"]["bindings"]
    ]
    told = compared(tables(example_store), "institution", a, b, "en").rows
    assert rows == [[str(row[0]), str(row[4]), str(row[5]), str(row[6])] for row in told] and rows


def asked(reader: Reader, level: str, a: Period, b: Period, lang: Language) -> list[tuple[object, ...]]:
    days = {"from_a": a.first, "to_a": a.last, "from_b": b.first, "to_b": b.last}
    query = library(queries_root(), "")["compare-periods"]
    with query.faults_told():
        result = query.run(reader, {"level": level, **{name: str(day) for name, day in days.items()}}, lang)
        assert isinstance(result, QuerySolutions)
        return [tuple(map(python_value, row))[:7] for row in result]


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-h2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-01/2023-03", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q4/2024-Q1", date(2023, 10, 1), date(2024, 3, 31)),
        ("2023-05-09", date(2023, 5, 9), date(2023, 5, 9)),
    ],
)
def test_periods_as_people_name_them(told: str, first: date, last: date) -> None:
    assert period_of(told) == Period(first, last)


@pytest.mark.parametrize("told", ["", "soon", "2023-13", "2023-H3", "2023-Q5", "2024/2023", "23"])
def test_what_is_no_period_is_an_error(told: str) -> None:
    with pytest.raises(UsageError):
        period_of(told)


def test_periods_stand_in_order_and_apart() -> None:
    assert in_order(*reversed(YEARS)) == YEARS
    with pytest.raises(UsageError):
        in_order(period_of("2023"), period_of("2023-Q4/2024"))
    assert is_exact("2024-01-02/2024-02-03") and not is_exact("2024-01/2024-02-03")
