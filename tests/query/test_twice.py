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
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.asking import answer
from tests.support.places import TESTS

pytestmark = pytest.mark.slow

GOLD = TESTS / "gold"
REPORTS = ("centre-2025", "south-siberia-2025")
_SCHOOLS = "гимназия № 7 (Республика Беларусь), МБОУ «Школа № 3» г. Обнинска"
_UNPLACED = [
    ("№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"),
    ("1", "День дружбы", "г. Обнинск", "", _SCHOOLS),
    ("2", "Подписание соглашения о сотрудничестве школ", "г. Обнинск", "15 января 2025 года", _SCHOOLS),
    ("3", "Обмен опытом", "г. Обнинск", "3 марта 2025 года", f"Администрация района Республики Беларусь, {_SCHOOLS}"),
]
_HEAD = "Отчёт о международных мероприятиях муниципальных образований Калужской области за 2025 год\n\nг. Обнинск\n\n"
UNPLACED = _HEAD + "\n".join("".join(f"\t{cell}\n" for cell in row) for row in _UNPLACED)
"""A school of which no town is told, an event of which no day is: only the report tells which they are."""
GROUPS = ("", "views", "pages", "tables")
DEFINED, THINGS = "https://w3id.org/pobratim/def", "https://w3id.org/pobratim/id/"
QUERIES = {f"{group}/{name}": query for group in GROUPS for name, query in library(queries_root(), group).items()}

VALUES = {
    "city": "Сочи", "partner": "Рамсар", "name": "ru-stavropol-university-skfu", "thing": "ru-sochi",
    "country": "Беларусь", "row": "3", "report": "centre-2025.txt", "since": "2025-06-01", "before": "2025-06-01",
    "from_a": "2025-01-01", "to_a": "2025-06-30", "from_b": "2025-07-01", "to_b": "2025-12-31",
}  # fmt: skip
"""On what these reports have something to say."""
EMPTY = {"/same-event-reports", "/school-links", "views/school-links"}
"""Questions on which these reports say nothing."""
ACCOUNTS = {
    "/facts-of": "asks for mentions, which each report has of its own",
    "/facts-with-source": "asks for mentions, which each report has of its own",
    "/reports-overview": "asks for the reports themselves",
    "tables/accounts": "is the table of rows of reports",
    "tables/reports": "is the table of reports",
}
"""Questions of which a row is an account or a report, and why."""
TELLING = {"report", "row", "entry", "mention", "file", "iri", "id"}
"""Columns that say which account it is."""
COUNTED = {"reports", "sources", "rows"}
"""Columns that say how many reports tell of a fact, and where."""
OF_ROW = "/id/group/"
"""Participants without a name are those of one row: nothing tells whether another row means the same people."""
ONLY_ACCOUNTS = "/same-event-reports"
"""Asks what several rows tell of: everything, once each is loaded twice."""


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    yield _loaded(tmp_path_factory.mktemp("once"), copies=1)


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    yield _loaded(tmp_path_factory.mktemp("twice"), copies=2)


def _loaded(folder: Path, copies: int) -> Reader:
    texts = {name: (GOLD / f"{name}.txt").read_text(encoding="utf-8") for name in REPORTS} | {"unplaced": UNPLACED}
    for name, text in texts.items():
        for copy in range(copies):
            # The same words; other bytes, since the same file is refused. The name is before or behind the first one's.
            again = f"again-{name}" if name == "unplaced" else f"{name}-again"
            (folder / f"{again if copy else name}.txt").write_text(text + "\n" * copy, encoding="utf-8")
    store = GenerationStore(folder / "store")
    report = load(sorted(folder.glob("*.txt")), store, Settings())
    assert [file.state for file in report.files] == ["loaded"] * len(texts) * copies
    return store.open()


def _rows(query: NamedQuery, reader: Reader, left_out: set[str]) -> Counter[tuple[tuple[str, str], ...]]:
    named = {each.name for each in query.parameters}
    values = {name: value for name, value in VALUES.items() if name in named}
    result = answer(query, reader, values | ({"name": "сочи"} if query.name == "find" else {}))
    assert isinstance(result, QuerySolutions)
    names = [variable.value for variable in result.variables if variable.value not in left_out]
    rows = (tuple((name, str(row[name])) for name in names) for row in result)
    return Counter(row for row in rows if not any(OF_ROW in value for _, value in row))


TOWN = {"iri": f"{THINGS}place/ru-sochi"}
PAGES = {
    **dict.fromkeys(("in", "in-counts", "in-list", "in-list-of-class", "out", "out-counts", "out-of-party"), TOWN),
    **dict.fromkeys(("types", "state"), TOWN),
    "out-list": TOWN | {"property": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"},
    "concepts": {"iri": f"{DEFINED}/role"},
    "examples": {"class": f"{DEFINED}#Tie"},
    "linksets": {"space": "http://www.wikidata.org/"},
    "schemes": {},
    "used-concepts": {},
    "vocabulary-terms": {},
}
"""What pages ask of facts, with what they bind; below is what else they bind where a question takes it."""
BOUND = {"lang": "ru", "after": "", "property": f"{DEFINED}#party", "class": f"{DEFINED}#Tie"}
OF_ACCOUNTS = {
    **dict.fromkeys(("evidence", "evidence-some"), "phrases of reports"),
    "evidence-count": "how many phrases", "row": "a row of a report",
    "reports-list": "reports", "report-titles": "reports", "property-use": "how often properties are used",
    **dict.fromkeys(("sitemap", "sitemap-of-graph"), "addresses of all things, rows and phrases among them"),
    **dict.fromkeys(("classes", "properties", "entities"), "the size of the data, rows and phrases among them"),
    **dict.fromkeys(("graph", "graphs", "graph-classes", "graph-known"), "graphs, of which each report has one"),
    **dict.fromkeys(("description", "vocabulary"), "triples, which are a set"),
    **dict.fromkeys(
        ("review-facts", "review-moves", "review-name", "review-row"), "what an editor weighs, accounts among it"
    ),
}  # fmt: skip
"""Questions of pages that a second report does change, or that have no rows: what they ask for."""
TOLD_BY = ("/id/entry/", "/id/report/", "/id/mention/", "/id/contact/", "/id/cell/", "/id/evidence/")
"""What is of one report alone: its addresses hold these."""
SIZES = {"count", "uses"}
"""Columns of the pages that count neighbours, rows and phrases among them."""


def _neighbours(page: str, reader: Reader) -> Counter[tuple[tuple[str, str], ...]]:
    query = QUERIES[f"pages/{page}"]
    values = {each.name: value for each in query.parameters if (value := {**BOUND, **PAGES[page]}.get(each.name))}
    result = query.run(reader, values | ({"after": ""} if "after" in {e.name for e in query.parameters} else {}), "ru")
    assert isinstance(result, QuerySolutions)
    left_out = SIZES if page.endswith("-counts") or page == "used-concepts" else set[str]()
    names = [variable.value for variable in result.variables if variable.value not in left_out]
    rows = (tuple((name, str(row[name])) for name in names) for row in result)
    return Counter(row for row in rows if not any(part in value for _, value in row for part in TOLD_BY))


@pytest.mark.parametrize("page", PAGES)
def test_a_second_report_of_the_same_changes_no_page(once: Reader, twice: Reader, page: str) -> None:
    before, after = _neighbours(page, once), _neighbours(page, twice)
    assert before and after == before


def test_every_question_of_the_pages_is_compared_or_asks_for_accounts() -> None:
    assert {f"pages/{name}" for name in (*PAGES, *OF_ACCOUNTS)} == {n for n in QUERIES if n.startswith("pages/")}
    assert not PAGES.keys() & OF_ACCOUNTS.keys()


ASKED = [name for name in QUERIES if not name.startswith("pages/") and name != ONLY_ACCOUNTS]


@pytest.mark.parametrize("name", ASKED)
def test_a_second_report_of_the_same_changes_no_row(once: Reader, twice: Reader, name: str) -> None:
    left_out = TELLING if name in ACCOUNTS else COUNTED
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
