"""What two reports tell is told once: loaded again under another name, they add accounts, and change no fact."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.query.checks import check
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.store.directory import GenerationStore, Reader
from tests.support.asking import answer
from tests.support.places import TESTS

GOLD = TESTS / "gold"
REPORTS = ("centre-2025", "south-siberia-2025")
GROUPS = ("", "views", "pages")
QUERIES = {f"{group}/{name}": query for group in GROUPS for name, query in library(queries_root(), group).items()}

VALUES = {
    "city": "Сочи", "partner": "Рамсар", "name": "ru-stavropol-university-skfu", "country": "Беларусь", "row": "3",
    "report": "centre-2025.txt", "since": "2025-06-01", "before": "2025-06-01",
}  # fmt: skip
"""On what these reports have something to say."""
EMPTY = {"/same-event-reports", "/school-links", "views/school-links"}
"""Questions on which these reports say nothing."""
ACCOUNTS = {"/facts-with-source", "/pair", "/people-in-office", "/reports-overview"}
"""Questions of which a row is an account: the same facts, with the report and the row that tell them."""
TELLING = {"report", "row", "entry", "mention", "file", "iri", "reports"}
"""Columns that say which account it is, or how many there are."""
ONLY_ACCOUNTS = "/same-event-reports"
"""Asks what several rows tell of: everything, once each is loaded twice."""


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    yield _loaded(tmp_path_factory.mktemp("once"), copies=1)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    yield _loaded(tmp_path_factory.mktemp("twice"), copies=2)


def _loaded(folder: Path, copies: int) -> Reader:
    for name in REPORTS:
        text = (GOLD / f"{name}.txt").read_text(encoding="utf-8")
        for copy in range(copies):
            # The same words; other bytes, since the same file is refused.
            (folder / f"{name}{'-again' * copy}.txt").write_text(text + "\n" * copy, encoding="utf-8")
    store = GenerationStore(folder / "store")
    report = load(sorted(folder.glob("*.txt")), store, Settings())
    assert [file.state for file in report.files] == ["loaded"] * len(REPORTS) * copies
    return store.open()


def _rows(query: NamedQuery, reader: Reader, left_out: set[str]) -> Counter[tuple[tuple[str, str], ...]]:
    named = {each.name for each in query.parameters}
    values = {name: value for name, value in VALUES.items() if name in named}
    result = answer(query, reader, values | ({"name": "сочи"} if query.name == "find" else {}))
    assert isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables if variable.value not in left_out]
    return Counter(tuple((name, str(row[name])) for name in names) for row in result)


ASKED = [name for name in QUERIES if not name.startswith("pages/") and name != ONLY_ACCOUNTS]


@pytest.mark.parametrize("name", ASKED)
def test_a_second_report_of_the_same_changes_no_row(once: Reader, twice: Reader, name: str) -> None:
    left_out = TELLING if name in ACCOUNTS else {"reports"}
    before, after = (_rows(QUERIES[name], reader, left_out) for reader in (once, twice))
    assert before or name in EMPTY
    if name in ACCOUNTS:
        assert set(after) == set(before) and sum(after.values()) == 2 * sum(before.values())
    else:
        assert after == before
        assert max(after.values(), default=1) == max(before.values(), default=1)


def test_it_adds_accounts_alone(once: Reader, twice: Reader) -> None:
    assert not _rows(QUERIES[ONLY_ACCOUNTS], once, set())
    told = _rows(QUERIES[ONLY_ACCOUNTS], twice, {"entry", "report"})
    assert told and set(told.values()) == {2}


def test_it_adds_no_faults(once: Reader, twice: Reader) -> None:
    assert {(fault.check, fault.message) for fault in check(twice, "ru")} == {
        (fault.check, fault.message) for fault in check(once, "ru")
    }
