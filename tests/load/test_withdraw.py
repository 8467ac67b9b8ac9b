"""Withdrawal: what leaves the graph, what its addresses answer, and how it comes back."""

import io
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from pobratim.cli import run
from pobratim.errors import LedgerError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.rdf.iris import DEFAULT_BASE, graph_iri, is_lasting, whole_of
from pobratim.rdf.validate import validate
from pobratim.resolve.decisions import parse_decisions
from pobratim.store.backend import Turnover
from pobratim.store.directory import GenerationStore
from pobratim.store.tombstones import Burial, Tombstone, read_tombstones, tombstone_graph
from tests.support.server import running_server
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

ID = f"{DEFAULT_BASE}/id/"
LUCH, ORSHA = "by-vitebsk-club-luch", "by-orsha"
MARCH = ("2024-05-01", "2024-06-01", "2024-07-01")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("POBRATIM_STORE", "POBRATIM_DECISIONS", "POBRATIM_BASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("POBRATIM_LANG", "en")


ROWS = (
    ("Круглый стол", "г. Витебск", "клуб «Луч» г. Витебска"),
    ("Концерт", "г. Орша", "школа № 2 г. Орши, клуб «Луч» г. Витебска"),
    ("Ярмарка", "г. Минск", "директор школы № 5 г. Минска Пётр Иванов"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    other = write_report(folder / "other.txt", ("Выставка", "г. Гродно", "музей г. Гродно"))
    load([write_report(folder / "r.txt", *ROWS), other], GenerationStore(folder / "store"), Settings(today=MARCH[0]))
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> GenerationStore:
    shutil.copytree(made, tmp_path, symlinks=True, dirs_exist_ok=True)
    return GenerationStore(tmp_path / "store")


def _withdraw(store: GenerationStore, *names: str, date: str = MARCH[1]) -> int:
    return run(["withdraw", *names, "--reason", "by request", "--date", date, "--store", str(store.directory)])


def _dump(store: GenerationStore) -> str:
    out = io.BytesIO()
    store.open().dump(out)
    return out.getvalue().decode()


def _stones(store: GenerationStore) -> dict[str, Tombstone]:
    found = read_tombstones(store.open().quads(graph_iri(DEFAULT_BASE, "withdrawn")))
    return {iri.removeprefix(ID): one for iri, one in found.items()}


def _dangling(store: GenerationStore) -> set[str]:
    """Return our things that something points at and nothing describes."""
    quads = list(store.open().quads())
    named = {quad.object.value for quad in quads if isinstance(quad.object, NamedNode)}
    told = {quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)}
    return {iri for iri in named - told if iri.startswith(ID)}


def _is_sound(store: GenerationStore) -> bool:
    return not validate(store.open().quads()) and not _dangling(store)


# What leaves


def test_a_row_leaves_with_what_only_it_told(store: GenerationStore, capfd: pytest.CaptureFixture[str]) -> None:
    assert _withdraw(store, "r/2") == 0
    said = capfd.readouterr().err
    assert "Leaves the graph: rows 1, activities 1," in said and "they answer 410 with the reason" in said
    stones, dump = _stones(store), _dump(store)
    assert stones["entry/r/2"] == Tombstone(MARCH[1], True, "by request")
    assert stones[f"place/{ORSHA}"].reason == "by request" and f"{ID}place/{ORSHA}>" not in dump
    assert f"organisation/{LUCH}" not in stones and f"{ID}organisation/{LUCH}>" in dump
    assert not [iri for iri in stones if f"{ID}{iri}>" in dump] and "graph/withdrawn" not in dump
    assert _is_sound(store) and len(store.records()["r"]) == 3


def test_a_report_leaves_whole_by_its_file_name(store: GenerationStore) -> None:
    assert _withdraw(store, "r.txt") == 0
    reader, stones = store.open(), _stones(store)
    assert graph_iri(DEFAULT_BASE, "report/r") not in reader.graphs()
    assert {"report/r", "entry/r/1", "entry/r/2", "entry/r/3", f"organisation/{LUCH}"} <= set(stones)
    assert not any(f"/r/{row}" in _dump(store) for row in (1, 2, 3)) and _is_sound(store)
    assert "measurement/r/" not in _dump(store)


def test_a_thing_leaves_alone_and_nothing_points_at_it(store: GenerationStore) -> None:
    assert _withdraw(store, f"{ID}organisation/{LUCH}", f"place:{ORSHA}") == 0
    stones, dump = _stones(store), _dump(store)
    assert stones[f"organisation/{LUCH}"] == stones[f"place/{ORSHA}"] == Tombstone(MARCH[1], True, "by request")
    assert f"{ID}organisation/{LUCH}>" not in dump and f"{ID}place/{ORSHA}>" not in dump
    assert f"<{ID}entry/r/1>" in dump and f"<{ID}entry/r/2>" in dump and "клуб «Луч» г. Витебска" in dump
    contacts = [one for iri, one in stones.items() if iri.startswith(("contact/", "tie/"))]
    assert all(one.is_withdrawn for one in contacts) and _is_sound(store)


def test_an_activity_leaves_with_the_rows_that_tell_of_it(store: GenerationStore) -> None:
    [activity] = [
        quad.object.value
        for quad in store.open().quads(graph_iri(DEFAULT_BASE, "report/other"))
        if quad.predicate.value.endswith("#reports") and isinstance(quad.object, NamedNode)
    ]
    assert _withdraw(store, activity) == 0
    assert {activity.removeprefix(ID), "entry/other/1"} <= set(_stones(store)) and _is_sound(store)
    report = load([], store, Settings())
    assert report.exit_code == 0 and report.totals["accounts"] == 3


def test_a_person_leaves_with_the_post_whichever_is_named(store: GenerationStore) -> None:
    [person] = {str(quad.subject) for quad in store.open().quads() if "/id/person/" in str(quad.subject)}
    key = person.rpartition("/")[2].rstrip(">")
    assert _withdraw(store, f"{ID}post/{key}") == 0
    assert {f"person/{key}", f"post/{key}"} <= set(_stones(store))
    assert key not in _dump(store) and _is_sound(store)


def test_a_thing_that_was_merged_leaves_under_all_its_keys(store: GenerationStore) -> None:
    run(["review", "--same", LUCH, "by-orsha-school-2", "--store", str(store.directory)])
    assert load([], store, Settings()).exit_code == 0
    assert _withdraw(store, f"organisation:{LUCH}") == 0
    assert {f"organisation/{LUCH}", "organisation/by-orsha-school-2"} <= set(_stones(store)) and _is_sound(store)


def test_deleting_the_line_brings_all_back(store: GenerationStore) -> None:
    before, ledger = _dump(store), store.beside / "decisions.tsv"
    assert _withdraw(store, "r", f"{ID}place/by-grodno") == 0
    assert _dump(store) != before
    ledger.write_text(
        "\n".join(line for line in ledger.read_text("utf-8").splitlines() if "withdrawn" not in line), "utf-8"
    )
    assert load([], store, Settings(today=MARCH[2])).exit_code == 0
    assert _dump(store) == before and not any(one.is_withdrawn for one in _stones(store).values())


def test_a_withdrawn_report_stays_out_when_it_is_loaded_anew(store: GenerationStore, tmp_path: Path) -> None:
    assert _withdraw(store, "r") == 0
    fresh = GenerationStore(tmp_path / "fresh")
    for paths in ([tmp_path / "other.txt"], [tmp_path / "r.txt"]):
        report = load(paths, fresh, Settings())
    assert report.files[0].stored == 0 and report.files[0].withdrawn == (1, 2, 3) and report.exit_code == 0
    assert _dump(fresh) == _dump(store)
    assert {"report/r", "entry/r/1", f"organisation/{LUCH}"} <= set(_stones(fresh))


# The command


def test_a_dry_run_lists_and_changes_nothing(store: GenerationStore, capfd: pytest.CaptureFixture[str]) -> None:
    before = _dump(store)
    options = ["--reason", "x", "--dry-run", "--store", str(store.directory)]
    assert run(["withdraw", "r/2", *options]) == 0
    out, err = capfd.readouterr()
    assert f"{ID}entry/r/2" in out.splitlines() and f"{ID}place/{ORSHA}" in out.splitlines() and "rows 1" in err
    assert _dump(store) == before and not (store.beside / "decisions.tsv").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("rr", "has no “rr”. Similar: r"),
        ("r/9", "has no “r/9”"),
        ("organisation:nobody", "has no “organisation:nobody”. Give a report's file name"),
        (f"{ID}tie/municipality/a--b", "it is what rows say"),
        (f"{ID}cell/r/1/name", "it is what rows say"),
        (f"{ID}time/2024-03-01", "A “time” cannot be withdrawn"),
    ],
)
def test_what_cannot_be_withdrawn_is_said(
    store: GenerationStore, capfd: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert _withdraw(store, name) == 2
    assert said in capfd.readouterr().err and not (store.beside / "decisions.tsv").exists()


def test_the_same_is_not_withdrawn_twice(store: GenerationStore, capfd: pytest.CaptureFixture[str]) -> None:
    assert _withdraw(store, "r/2") == 0
    assert _withdraw(store, "r/2") == 2
    assert "is withdrawn already" in capfd.readouterr().err


def test_without_a_reason_or_a_store_nothing_is_withdrawn(store: GenerationStore, tmp_path: Path) -> None:
    assert run(["withdraw", "r", "--store", str(store.directory)]) == 2
    assert run(["withdraw", "r", "--reason", "x", "--store", str(tmp_path / "none")]) == 4


def test_a_line_about_nothing_is_warned_of(store: GenerationStore) -> None:
    lines = (
        "withdrawn\treport\tnone\t\twhy",
        "withdrawn\tentry\tr/9",
        "withdrawn\tplace\tby-nowhere\t\twhy\t2024-05-01",
    )
    (store.beside / "decisions.tsv").write_text("\n".join(lines), encoding="utf-8")
    found = [problem for problem in load([], store, Settings()).problems if problem.code == "decisions-unmatched"]
    assert [dict(one.values)["key"] for one in found] == ["none", "r/9", "by-nowhere"] and not _stones(store)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("withdrawn\ttie\ta\t\twhy", "decisions-type"),
        ("withdrawn\tentry\tr\t\twhy", "decisions-key"),
        ("withdrawn\treport\tr\tthe reason\twhy", "decisions-nothing-more"),
        ("withdrawn\treport\tr\t\twhy\tMay", "decisions-date"),
    ],
)
def test_a_faulty_line_is_refused(line: str, code: str) -> None:
    with pytest.raises(LedgerError, match=code):
        parse_decisions(line, "d.tsv")


# What a new version of a report no longer has


def test_a_row_that_is_told_no_more_is_noted_until_it_comes_back(store: GenerationStore, tmp_path: Path) -> None:
    report = load([write_report(tmp_path / "r.txt", *ROWS[:2])], store, Settings(today=MARCH[1]))
    stones = _stones(store)
    assert stones["entry/r/3"] == Tombstone(MARCH[1]) == stones["place/by-minsk"]
    assert report.gone == {"withdrawn": 0, "replaced": 0, "untold": len(stones)}
    assert f"{len(stones)} addresses that no report tells of any more" in "\n".join(report.lines("en"))
    again = load([], store, Settings(today=MARCH[2]))
    assert again.changes == {} and again.gone["untold"] == 0 and _stones(store) == stones
    load([write_report(tmp_path / "r.txt", *ROWS)], store, Settings(today=MARCH[2]))
    assert not _stones(store)


def test_a_thing_with_another_key_is_known_by_its_words(store: GenerationStore, tmp_path: Path) -> None:
    def activities() -> set[str]:
        quads = store.open().quads(graph_iri(DEFAULT_BASE, "report/r"))
        return {
            quad.object.value.removeprefix(ID)
            for quad in quads
            if quad.predicate.value.endswith("#reports") and isinstance(quad.object, NamedNode)
        }

    before = activities()
    file = tmp_path / "r.txt"
    file.write_text(file.read_text("utf-8").replace("3 марта 2024 года", "4 марта 2024 года"), "utf-8")
    report = load([file], store, Settings(today=MARCH[1]))
    [old], [new] = before - activities(), activities() - before
    assert _stones(store)[old] == Tombstone(MARCH[1], replacement=ID + new) and report.gone["replaced"] >= 1
    # Another event in its row is none of its words.
    load([write_report(file, *ROWS[:2], ("Лекция о праве", "г. Полоцк", "студенты"))], store, Settings(today=MARCH[2]))
    assert _stones(store)[new] == Tombstone(MARCH[2])


def test_graph_of_former_iris_is_read_as_it_was_written() -> None:
    stones = {
        f"{ID}place/a": Tombstone("2024-05-01", True, "a reason"),
        f"{ID}place/b": Tombstone("2024-05-01", replacement=f"{ID}place/c"),
    }
    quads = tombstone_graph(stones, DEFAULT_BASE)
    assert read_tombstones(quads) == stones and not validate(quads)


def test_a_decision_without_a_day_holds_since_the_load_that_met_it() -> None:
    def make(today: str, former: Iterable[Quad]) -> dict[str, Tombstone]:
        burial = Burial(DEFAULT_BASE, {f"{ID}place/a": Tombstone("", True, "why")}, today)
        turnover = Turnover(list, frozenset(), list(former), lambda _: False, lambda *_: ())
        return read_tombstones(burial.graph(turnover))

    first = make("2024-05-01", [])
    assert first == {f"{ID}place/a": Tombstone("2024-05-01", True, "why")}
    assert make("2024-06-01", tombstone_graph(first, DEFAULT_BASE)) == first


def test_parts_are_told_from_things() -> None:
    assert whole_of(DEFAULT_BASE, f"{ID}cell/r/3/name") == f"{ID}entry/r/3"
    assert whole_of(DEFAULT_BASE, f"{ID}place/ru-a/geometry") == f"{ID}place/ru-a"
    assert whole_of(DEFAULT_BASE, f"{ID}place/ru-a") is None
    assert is_lasting(DEFAULT_BASE, f"{ID}entry/r/3") and not is_lasting(DEFAULT_BASE, f"{ID}time/2024")


# What the server answers


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server of a store with a withdrawn row, a row that is told no more, and an activity with another key."""
    folder = tmp_path_factory.mktemp("served")
    store, file = GenerationStore(folder / "store"), folder / "r.txt"
    load([write_report(file, *ROWS, ("Лекция", "г. Лида", "студенты"))], store, Settings(today=MARCH[0]))
    load([write_report(file, *ROWS)], store, Settings(today=MARCH[1]))
    ledger = f"withdrawn\tentry\tr/2\t\tпо просьбе <участника>\t{MARCH[2]}\n"
    (folder / "decisions.tsv").write_text(ledger, encoding="utf-8")
    load([], store, Settings())
    with running_server(folder / "store", folder) as server, server.client() as client:
        yield client


@pytest.mark.parametrize("accept", ["text/turtle", "application/ld+json", "*/*"])
@pytest.mark.parametrize("path", ["/id/entry/r/2", "/doc/entry/r/2", "/doc/entry/r/2.ttl", "/id/cell/r/2/name"])
def test_a_withdrawn_address_is_gone_for_programs(served: httpx.Client, path: str, accept: str) -> None:
    answer = served.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (410, "application/problem+json")
    said = answer.json()
    assert (said["reason"], said["invalidatedAtTime"]) == ("по просьбе <участника>", MARCH[2])


@pytest.mark.parametrize(
    ("lang", "said"), [("ru", "отозвано (1\u00a0июля\u00a02024)"), ("en", "withdrawn (1\u00a0July\u00a02024)")]
)
def test_a_withdrawn_address_is_gone_for_people(served: httpx.Client, lang: str, said: str) -> None:
    answer = served.get("/id/entry/r/2", headers={"Accept": "text/html", "Accept-Language": lang})
    assert answer.status_code == 410 and said in answer.text
    assert "по просьбе &lt;участника&gt;" in answer.text and "noindex" in answer.text


def test_what_is_told_no_more_is_gone_without_a_reason(served: httpx.Client) -> None:
    answer = served.get("/id/place/by-lida", headers={"Accept-Language": "en"})
    assert answer.status_code == 410 and "do not tell any more" in answer.json()["detail"]
    assert "reason" not in answer.json() and answer.json()["invalidatedAtTime"] == MARCH[1]
    assert served.get("/id/place/by-nowhere").status_code == 404


def test_what_is_gone_is_in_no_list(served: httpx.Client) -> None:
    assert served.get(f"/describe?iri={ID}place/{ORSHA}", follow_redirects=True).status_code == 410
    parts = [urlsplit(link).path for link in re.findall("<loc>(.*?)</loc>", served.get("/sitemap.xml").text)]
    site_map = "".join(served.get(path).text for path in parts)
    assert "/doc/entry/r/1<" in site_map and "/doc/entry/r/2<" not in site_map and f"place/{ORSHA}" not in site_map
    found = _found(served, "Орша")
    assert found.status_code == 200 and f"place/{ORSHA}" not in found.text and "entry/r/2" not in found.text
    assert served.get("/graph/withdrawn", headers={"Accept": "text/html"}).status_code == 200
    assert "entry/r/2" in served.get("/graph/withdrawn.nt").text


def _found(client: httpx.Client, text: str) -> httpx.Response:
    """Return what the search answers once its index is made."""
    for _ in range(120):
        answer = client.get("/search", params={"q": text}, headers={"Accept": "application/json"})
        if answer.status_code != 503:
            break
        time.sleep(0.5)
    return answer


def test_a_literal_is_no_tombstone() -> None:
    odd = Quad(NamedNode(f"{ID}place/x"), NamedNode("http://www.w3.org/ns/prov#invalidatedAtTime"), Literal("soon"))
    assert read_tombstones([odd]) == {}
