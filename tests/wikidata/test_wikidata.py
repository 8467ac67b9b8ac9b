"""Twin towns of Wikidata: entities from a file, and pages from a live endpoint that may be slow, busy or gone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pyoxigraph import Store

from pobratim.cli import run
from pobratim.errors import ContentError, UnreadableDocumentError
from pobratim.load.pipeline import extract, load
from pobratim.load.settings import Settings
from pobratim.messages import explain
from pobratim.record import Record
from pobratim.sources import Source, WikidataSettings, find_source
from pobratim.store.directory import GenerationStore
from pobratim.wikidata import Endpoint, fetch, read_wikidata
from pobratim.wikidata.document import COLUMNS
from pobratim.wikidata.twin_towns import filled, remote_query
from tests.support.places import FIXTURES
from tests.support.sparql_server import SparqlServer, serving

pytestmark = pytest.mark.slow

SOURCES = FIXTURES / "sources"
ENTITIES, TURTLE = SOURCES / "entities.json", SOURCES / "wikidata.ttl"
QUICK = WikidataSettings(page=2, pause=0.0, attempts=3, timeout=60)


@pytest.fixture(autouse=True)
def _no_folders_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POBRATIM_LOADERS", raising=False)


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    with serving(TURTLE) as found:
        yield found


@pytest.fixture
def source() -> Source:
    return replace(find_source("wikidata-twin-towns"), wikidata=QUICK)


class Clock:
    """A clock that moves only when somebody sleeps; ``slept`` are the seconds of each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def _endpoint(url: str, clock: Clock, **settings: object) -> Endpoint:
    return Endpoint(url, replace(QUICK, **settings), clock.time, clock.sleep)  # type: ignore[arg-type]


def _table(data: bytes) -> list[dict[str, str]]:
    [table] = read_wikidata(data, "f.json").tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == list(COLUMNS)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]


def _by_partner(records: list[Record]) -> dict[str, Record]:
    return {record.agreements[0].parties[1]: record for record in records}


# Entities


def test_a_file_of_entities_is_a_table_of_statements() -> None:
    rows = _table(ENTITIES.read_bytes())
    assert len(rows) == 3
    assert rows[0] == {
        "item": "Q99900001",
        "municipality": "Смоленск",
        "municipality-country": "Q159",
        "partner-item": "Q99900002",
        "partner": "Витебск",
        "partner-country": "Q184",
        "since": "1998-05",
        "until": "",
        "statement": "http://www.wikidata.org/entity/statement/Q99900001-A",
    }
    assert (rows[1]["partner"], rows[1]["since"], rows[1]["until"]) == ("Q99900003", "198X", "2022")
    [deprecated] = read_wikidata(ENTITIES.read_bytes(), "f.json").problems
    assert deprecated.code == "wikidata-deprecated" and dict(deprecated.values) == {"count": "1"}


def test_an_entity_alone_is_read_as_well() -> None:
    entity = json.loads(ENTITIES.read_bytes())["entities"]["Q99900001"]
    assert [row["partner"] for row in _table(json.dumps(entity).encode())] == ["Q99900002", "Q99900003", ""]


def test_entities_go_the_way_of_registers(source: Source) -> None:
    records, report = extract([ENTITIES], Settings(source=source))
    file = report.files[0]
    assert (file.rows, file.stored) == (3, 2) and file.left_out[3].code == "register-no-partner"
    found = _by_partner(records)
    agreement = found["Витебск"].agreements[0]
    assert (agreement.kind, agreement.status, agreement.date) == ("twinning", "in-force", "1998-05")
    assert found["Витебск"].parties["Витебск"].wikidata == "Q99900002"
    assert found["Витебск"].parties["Витебск"].country == "BY" and found["Витебск"].home.country == "RU"
    statement = next(one for one in found["Витебск"].evidence if one.column == "statement")
    assert statement.exact.endswith("/statement/Q99900001-A") and statement.value == "/agreements/0"
    ended = found["Q99900003"].agreements[0]
    assert (ended.status, ended.date, ended.end) == ("ended", "", "2022")
    codes = {(problem.row, problem.code) for problem in file.problems}
    assert {(2, "register-no-name"), (2, "date-not-read")} <= codes


def test_a_town_without_a_name_gets_it_from_another_file(tmp_path: Path, source: Source) -> None:
    other = {"id": "Q99900003", "labels": {"ru": {"value": "Тюль"}}, "claims": {"P17": [], "P190": []}}
    other["claims"]["P190"] = [  # type: ignore[index]
        {"id": "Q3$A", "rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q99900001"}}}}
    ]
    other["claims"]["P17"] = [  # type: ignore[index]
        {"rank": "normal", "mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q142"}}}}
    ]
    (tmp_path / "q3.json").write_text(json.dumps(other), encoding="utf-8")
    store = GenerationStore(tmp_path / "store")
    load([ENTITIES, tmp_path / "q3.json"], store, Settings(source=source))
    places = {str(quad.subject) for quad in store.open().quads() if "/id/place/" in str(quad.subject)}
    assert "<https://w3id.org/pobratim/id/place/fr-tyul>" in places and not [one for one in places if "q999" in one]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "wikidata-no-json"),
        (b"\xff\xfe", "wikidata-no-json"),
        (b"[" * 100_000, "wikidata-no-json"),
        (b"[]", "wikidata-other-json"),
        (b'{"entities": {"Q1": {}}}', "wikidata-other-json"),
        (b'{"results": {"bindings": [{"item": {}}]}}', "wikidata-other-json"),
        (b'{"entities": {"Q1": {"claims": {}}}}', "wikidata-nothing"),
    ],
)
def test_a_file_of_another_kind_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=code):
        read_wikidata(data, "f.json")


def test_times_are_never_more_precise_than_they_say() -> None:
    def since(time: str, precision: str) -> str:
        names = {"item": "Q1", "partner": "Q2", "statement": "s", "since": time, "sincePrecision": precision}
        binding = {name: {"value": value} for name, value in names.items() if value}
        return _table(json.dumps({"results": {"bindings": [binding]}}).encode())[0]["since"]

    assert since("1998-05-12T00:00:00Z", "11") == "1998-05-12"
    assert since("1998-05-12T00:00:00Z", "10") == "1998-05"
    assert since("1998-01-01T00:00:00Z", "9") == "1998"
    assert since("1998-01-01T00:00:00Z", "") == "1998"
    assert since("1998-05-12T00:00:00Z", "") == "1998-05-12"
    assert since("1990-01-01T00:00:00Z", "8") == "199X"
    assert since("1900-01-01T00:00:00Z", "7") == "19XX"


# Live


def test_pages_follow_each_other_until_one_is_short(server: SparqlServer) -> None:
    clock = Clock()
    data = fetch("RU", _endpoint(server.url, clock, pause=1.5), QUICK)
    rows = _table(data)
    assert [row["statement"].rpartition("/")[2] for row in rows] == ["Q99900001-A", "Q99900001-B", "Q99900004-A"]
    assert [query.split()[-3:] for _, query in server.requests] == [
        ["2", "OFFSET", "0"],
        ["2", "OFFSET", "2"],
        ["2", "OFFSET", "4"],
    ]
    assert clock.slept == [QUICK.pause] * 2
    assert all(agent.startswith("pobratim/") and "https://" in agent for agent, _ in server.requests)
    assert data == fetch("RU", _endpoint(server.url, Clock()), replace(QUICK, page=500))


def test_rows_of_a_region_and_of_another_country(server: SparqlServer) -> None:
    assert {row["municipality"] for row in _table(fetch("RU-SMO", _endpoint(server.url, Clock()), QUICK))} == {
        "Смоленск"
    }
    [row] = _table(fetch("BY", _endpoint(server.url, Clock()), QUICK))
    assert (row["municipality"], row["partner"], row["since"]) == ("Витебск", "Смоленск", "")


def test_a_live_load_ends_in_ties(server: SparqlServer, tmp_path: Path, source: Source) -> None:
    store = GenerationStore(tmp_path / "store")
    settings = Settings("RU", source=source, live=True, endpoint=server.url)
    report = load([], store, settings)
    assert report.exit_code == 0 and report.files[0].file == "wikidata-twin-towns-ru.json"
    assert (report.files[0].rows, report.files[0].stored, report.totals["agreements"]) == (3, 3, 3)
    records = _by_partner(store.records()["wikidata-twin-towns-ru"])
    assert records["Витебск"].agreements[0].date == "1998-05-12"
    tulle = records["Тюль"].agreements[0]
    assert (tulle.status, tulle.date, tulle.end) == ("ended", "1981", "2022")
    ties = [
        quad for quad in store.open().quads() if quad.predicate.value.endswith("#partner") and "vitebsk" in str(quad)
    ]
    assert len(ties) == 2
    assert load([], store, settings).files[0].state == "unchanged"


def test_the_limit_of_pages_is_told_and_makes_the_exit_code_1(
    server: SparqlServer, tmp_path: Path, source: Source
) -> None:
    short = replace(source, wikidata=replace(QUICK, pages=1))
    report = load([], GenerationStore(tmp_path), Settings("RU", source=short, live=True, endpoint=server.url))
    assert report.exit_code == 1 and report.files[0].stored == 2
    assert "wikidata-cut" in {problem.code for problem in report.files[0].problems}


@pytest.mark.parametrize(
    ("headers", "waited"),
    [
        ({"Retry-After": "7"}, [7.0, 7.0]),
        ({"Retry-After": "soon"}, [0.2, 0.4]),
        ({}, [0.2, 0.4]),
    ],
)
@pytest.mark.parametrize("status", [429, 503, 500])
def test_a_busy_endpoint_is_asked_again_when_it_says(
    server: SparqlServer, status: int, headers: dict[str, str], waited: list[float]
) -> None:
    server.faults = [(status, headers, b"busy")] * 2
    clock = Clock()
    assert _endpoint(server.url, clock).ask(remote_query("twin-towns"))["results"]["bindings"]
    # SPARQLWrapper tells of an HTTP 500 without its headers.
    assert clock.slept == pytest.approx([0.2, 0.4] if status == 500 else waited)


def test_retry_after_may_be_a_date(server: SparqlServer) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    server.faults = [(429, {"Retry-After": soon}, b"")]
    clock = Clock()
    _endpoint(server.url, clock).ask(remote_query("twin-towns"))
    assert 20 < clock.slept[0] <= 30


@pytest.mark.parametrize("body", [b"<html>", b'{"results": {', b"[]", b'{"boolean": true}'])
def test_a_broken_answer_is_asked_for_again(server: SparqlServer, body: bytes) -> None:
    server.faults = [(200, {"Content-Type": "application/sparql-results+json"}, body)]
    assert _endpoint(server.url, Clock()).ask(remote_query("twin-towns"))["results"]["bindings"]
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("fault", "code", "requests"),
    [
        ((503, {}, b""), "wikidata-unreachable", 3),
        ((503, {"Retry-After": "9999"}, b""), "wikidata-time-over", 1),
        ((403, {}, b""), "wikidata-refused", 1),
        ((404, {}, b""), "wikidata-refused", 1),
        ((400, {}, b"bad query"), "wikidata-refused", 1),
    ],
)
def test_an_endpoint_that_does_not_answer_is_told_of(
    server: SparqlServer, fault: tuple[int, dict[str, str], bytes], code: str, requests: int
) -> None:
    server.faults = [fault] * 9
    with pytest.raises(UnreadableDocumentError, match=code) as caught:
        _endpoint(server.url, Clock()).ask(remote_query("twin-towns"))
    assert len(server.requests) == requests
    for lang in ("ru", "en"):
        assert server.url in explain(caught.value, lang)


def test_pages_stop_when_the_time_is_over(server: SparqlServer) -> None:
    endpoint = _endpoint(server.url, Clock(), seconds=5)
    with pytest.raises(UnreadableDocumentError, match="wikidata-time-over"):
        fetch("RU", endpoint, replace(QUICK, pause=4.0))
    assert len(server.requests) == 2


def test_without_a_network_nothing_is_loaded_and_the_cause_is_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "loaders" / "quick"
    folder.mkdir(parents=True)
    (folder / "source.yml").write_text(
        "form: wikidata\ntitle: {ru: а, en: a}\npublisher: {ru: б, en: b}\n"
        "wikidata: {attempts: 2, pause: 0, endpoint: 'http://127.0.0.1:9/sparql'}\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    code = run(
        ["load", "--source", "quick", "--live", "--home", "ru", "--store", str(tmp_path / "store"), "--lang", "en"]
    )
    assert code == 3 and "does not answer" in capfd.readouterr().err


def test_a_country_without_twin_towns_is_told_of(server: SparqlServer) -> None:
    with pytest.raises(UnreadableDocumentError, match="wikidata-no-answer"):
        fetch("AQ", _endpoint(server.url, Clock()), QUICK)


# The question


def test_the_remote_question_runs_as_it_stands_and_takes_only_plain_values() -> None:
    Store().query(remote_query("twin-towns"))
    template = remote_query("twin-towns")
    assert (
        'VALUES ?home { "BY" }' in filled(template, home="BY") and filled(template, limit="7").count("\nLIMIT 7\n") == 1
    )
    for values in ({"home": 'RU" } #'}, {"limit": "1 OFFSET 2"}, {"offset": "x"}):
        with pytest.raises(ContentError, match="remote-query-slot"):
            filled(template, **values)
    with pytest.raises(ContentError, match="remote-query-slot"):
        filled("SELECT * { ?s ?p ?o }", home="RU")
    with pytest.raises(ContentError, match="remote-query-missing"):
        remote_query("nothing")


@pytest.mark.shared
def test_an_entity_as_wikidata_gives_it(shared: Path, source: Source) -> None:
    file = shared / "data" / "twin-towns" / "wikidata-entity-Q2112.json"
    records, report = extract([file], Settings(source=source))
    assert (report.files[0].rows, len(records)) == (8, 8)
    assert {record.reporter for record in records} == {"Билефельд"}
    dates = {record.agreements[0].parties[1]: record.agreements[0].date for record in records}
    assert dates["Q2235"] == "1987" and dates["Q207614"] == "" and len(dates) == 8
