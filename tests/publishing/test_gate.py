"""A whole store through the gate: no byte of what goes out has a private name. All persons here are invented."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolution, QuerySolutions

from pobratim.cli import run
from pobratim.errors import LedgerError
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.publishing.people.gated import gated_store, held_back_file
from pobratim.publishing.people.shown import MASK
from pobratim.publishing.settings import People
from pobratim.rdf.iris import is_of_evidence
from pobratim.resolve.decisions import parse_decisions, read_decisions
from pobratim.store.backend import QueryResult
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

ROWS = (
    ("Поездка Тихона Овсюкова на олимпиаду", "г. Минск (Республика Беларусь)", "Учащиеся школы № 5 г. Смоленска"),
    (
        "Встреча с делегацией г. Витебска",
        "г. Смоленск",
        "Мэр города Смоленска Олег Зубров, директор гимназии № 7 г. Смоленска Анна Белова, "
        "учитель гимназии № 7 г. Смоленска Глафира Зыбина; администрация г. Витебска (Республика Беларусь)",
    ),
    (
        "Ярмарка",
        "г. Витебск (Республика Беларусь)",
        "ИП Чубукова Э.А., студия Златы Мережкиной, библиотека им. Ю.А. Гагарина г. Смоленска, Dr. Jadwiga Wrona",
    ),
    ("Концерт", "г. Витебск (Республика Беларусь)", "Учитель Олег Зубров, победители конкурса"),
)
PRIVATE = ("Овсюков", "Зыбина", "Зыбин", "Чубуков", "Мережкин", "Jadwiga", "Wrona")
SPELT = ("ovsyukov", "zybina", "chubukov", "merezhkin", "wrona")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> GenerationStore:
    """A store of a report with private persons in titles, participants and names of organisations."""
    folder = tmp_path_factory.mktemp("gate")
    store = GenerationStore(folder / "store")
    report = load([write_report(folder / "report.txt", *ROWS)], store, Settings())
    assert [file.state for file in report.files] == ["loaded"]
    return store


def rows_of(result: QueryResult) -> list[QuerySolution]:
    """Return the rows of a SELECT."""
    assert isinstance(result, QuerySolutions)
    return list(result)


def _bytes(store: GenerationStore) -> str:
    """Return all that a store holds but the ontology, files of the engine included, in lower case."""
    files = [file for file in store.directory.rglob("*") if file.is_file() and not file.name.startswith("ontology-")]
    return "\n".join(file.read_bytes().decode(errors="replace") for file in files).lower()


def _lines(store: GenerationStore, part: str = "") -> Iterator[str]:
    for graph, file in store.graph_files().items():
        if not graph.endswith("/ontology"):
            yield from (line for line in map(bytes.decode, file.lines()) if part in line)


@pytest.mark.parametrize("people", ["none", "office", "heads"])
def test_no_byte_has_a_private_name(loaded: GenerationStore, tmp_path: Path, people: People) -> None:
    out = _bytes(gated_store(loaded, people, tmp_path / "public"))
    assert [name for name in (*PRIVATE, *SPELT) if name.lower() in out] == []
    assert ("зубров" in out, "белова" in out) == (people != "none", people == "heads")
    assert "гагарин" in out  # a namesake
    assert all(name.lower() in _bytes(loaded) for name in PRIVATE)


def test_what_is_told_of_a_phrase_is_true_of_the_masked_cell(loaded: GenerationStore, tmp_path: Path) -> None:
    reader = gated_store(loaded, "office", tmp_path / "public").open()
    rows = rows_of(
        reader.query(
            """SELECT ?text ?target ?exact WHERE {
              ?target <http://www.w3.org/ns/oa#hasSource> ?cell ; <http://www.w3.org/ns/oa#exact> ?exact .
              ?cell <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?text }"""
        )
    )
    assert len(rows) > 20
    for text, target, exact in rows:
        start, end = map(int, re.findall(r"char=(\d+),(\d+)", target.value)[0])
        assert text.value[start:end] == exact.value
    assert any(MASK in exact.value for _, _, exact in rows)


def test_phrases_prove_what_goes_out(loaded: GenerationStore, tmp_path: Path) -> None:
    reader = gated_store(loaded, "none", tmp_path / "public").open()
    for graph in filter(is_of_evidence, reader.graphs()):
        result = reader.query(
            f"""SELECT ?m WHERE {{ GRAPH <{graph}> {{
              ?m <http://www.w3.org/ns/oa#hasBody> ?s ; <https://w3id.org/pobratim/def#property> ?p ;
                 <https://w3id.org/pobratim/def#value> ?v }} FILTER(isIRI(?v)) FILTER NOT EXISTS {{ ?s ?p ?v }} }}"""
        )
        assert rows_of(result) == []


def test_a_person_whose_name_is_hidden_takes_part_by_his_post(loaded: GenerationStore, tmp_path: Path) -> None:
    store = gated_store(loaded, "none", tmp_path / "public")
    assert not list(_lines(store, "/id/person/"))
    assert any("hasParticipant" in line and "/id/post/" in line for line in _lines(store))
    assert any("Мэр города Смоленска" in line for line in _lines(store, "/id/post/"))
    assert not any("учитель" in line.lower() for line in _lines(store, "/id/post/"))


def test_one_name_is_a_mayor_in_one_row_and_nobody_in_another(loaded: GenerationStore, tmp_path: Path) -> None:
    cells = list(_lines(gated_store(loaded, "office", tmp_path / "public"), "ns#value> "))
    assert any("Олег Зубров" in line for line in cells)
    assert any(f"Учитель {MASK * 11}" in line for line in cells)


def test_what_did_not_change_is_not_made_again(loaded: GenerationStore, tmp_path: Path) -> None:
    first = gated_store(loaded, "none", tmp_path / "public")
    again = gated_store(loaded, "none", tmp_path / "public")
    assert (first.generation(), again.generation()) == (1, 1)
    assert gated_store(loaded, "heads", tmp_path / "public").generation() == 2


def test_the_lines_stay_sorted_and_the_public_store_has_neither_records_nor_documents(
    loaded: GenerationStore, tmp_path: Path
) -> None:
    store = gated_store(loaded, "none", tmp_path / "public")
    for file in store.graph_files().values():
        lines = list(file.lines())
        assert lines == sorted(set(lines))
    assert store.records() == {} and not (store.directory / "documents").exists()
    assert set(store.manifest()) == {"base", "people", "files", "format"}


def test_a_decision_shows_or_masks_a_name_of_one_row(loaded: GenerationStore, tmp_path: Path) -> None:
    ledger = tmp_path / "decisions.tsv"
    ledger.write_text(
        "show-name\tentry\treport/4\tОлег  Зубров\tagreed\nmask-name\tentry\treport/2\tОлег Зубров\tasked for\n",
        encoding="utf-8",
    )
    store = gated_store(loaded, "office", tmp_path / "public", read_decisions(ledger))
    cells = [line for line in _lines(store, "ns#value> ") if "/participants>" in line]
    assert [line.split("/id/cell/")[1].split("/participants")[0] for line in cells if "Олег Зубров" in line] == [
        "report/4"
    ]
    held = held_back_file(store).read_text(encoding="utf-8")
    assert "show-name\tentry\treport/2\tОлег Зубров\tparticipants 21-32: private, mask-name" in held
    assert [one.verdict for one in parse_decisions(held, "held-back.tsv")] == ["show-name"] * (held.count("\n") - 1)


def test_a_ledger_that_shows_and_masks_a_name_is_refused() -> None:
    lines = "show-name\tentry\ta/1\tОлег Зубров\nmask-name\tentry\ta/1\tОЛЕГ ЗУБРОВ\n"
    with pytest.raises(LedgerError, match="decisions-twice"):
        parse_decisions(lines, "decisions.tsv")
    with pytest.raises(LedgerError, match="decisions-name"):
        parse_decisions("mask-name\tentry\ta/1\t \n", "decisions.tsv")


def test_a_dump_masks_names_unless_it_is_the_whole(
    loaded: GenerationStore, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    sizes = {}
    for options in ([], ["--people", "office"], ["--whole"]):
        target = tmp_path / "x.nq"
        assert run(["dump", *options, "--store", loaded.name, "-o", str(target), "--lang", "en"]) == 0
        sizes[" ".join(options)] = target.read_text(encoding="utf-8").count("/id/person/")
    assert sizes[""] == 0 < sizes["--people office"] <= sizes["--whole"]
    assert "neither publish it" in capfd.readouterr().err
    assert run(["dump", "--whole", "--people", "none", "--store", loaded.name]) == 2


def test_the_check_tells_how_many_names_were_held_back(
    loaded: GenerationStore, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    common = ["--store", loaded.name, "--config", str(tmp_path / "p.toml"), "--lang", "en", "--example"]
    assert run(["publish", "--init", *common]) == 0
    assert run(["publish", "--check", *common]) == 0
    told = capfd.readouterr().err
    file = loaded.public / "none" / "held-back.tsv"
    assert f"Names masked: {file.read_text(encoding='utf-8').count(chr(10)) - 1}," in told and str(file) in told
