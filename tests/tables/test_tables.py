"""The flat tables: a row a thing, columns as declared, the same in every format, made once a generation."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import httpx
import pytest
from pyoxigraph import QuerySolutions, RdfFormat, parse
from python_calamine import CalamineWorkbook

from pobratim.cli import run
from pobratim.errors import ContentError, UsageError
from pobratim.frames import frame
from pobratim.query.header import parse_query
from pobratim.query.question import NamedQuery
from pobratim.store.backend import GraphReader
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader, Reader
from pobratim.tables import Table, kept, table_names, table_of
from pobratim.tables.files import dictionary, write_folder, written
from pobratim.tables.table import TYPES, made_from, table_named
from tests.support.server import Server

pandas = pytest.importorskip("pandas")

POB = "https://w3id.org/pobratim/def#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
THINGS = {
    "events": f"?id a <{POB}Activity>",
    "participations": "?event <http://data.europa.eu/m8g/hasParticipation> ?id",
    "organisations": "?id a <http://www.w3.org/ns/org#FormalOrganization>",
    "places": f"?id a <{POB}AdminUnit>",
    "reports": f"?id a <{POB}Report>",
    "ties": f"?id a <{POB}Tie>",
    "agreements": f"?id a <{POB}Agreement>",
    "accounts": f"?id a <{POB}ReportEntry>",
}
"""What has a row in each table; what ties rest on has a row a tie."""
TABLES = {*THINGS, "grounds"}


@pytest.fixture(scope="module")
def tables(example_store: Reader) -> dict[str, Table]:
    return {name: made_from(example_store, table_named(name)) for name in table_names()}


def test_every_table_tells_of_what_is_known_here() -> None:
    assert table_names() == sorted(TABLES)


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_has_one_row(name: str, tables: dict[str, Table], example_store: Reader) -> None:
    result = example_store.query(f"SELECT DISTINCT ?id WHERE {{ {THINGS[name]} }}")
    assert isinstance(result, QuerySolutions)
    keys = [row[0] for row in tables[name].rows]
    assert len(keys) == len(set(keys)) and keys
    assert {row["id"].value for row in result} <= set(keys)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_values_are_of_the_types_declared(name: str, tables: dict[str, Table]) -> None:
    table = tables[name]
    for column, values in zip(table.query.columns, zip(*table.rows, strict=True), strict=True):
        assert {type(value) for value in values} <= {TYPES[column.type], type(None)}, column.name
        if column.type == "iri":
            assert all(str(value).startswith("http") for value in values if value is not None)


def test_the_showpiece_reads_as_a_person_expects(tables: dict[str, Table]) -> None:
    events = [dict(zip(tables["events"].columns, row, strict=True)) for row in tables["events"].rows]
    [meeting] = [one for one in events if str(one["rows"]) == "smolensk-2023-q1/9"]
    assert (meeting["start"], meeting["end"], meeting["precision"]) == (date(2023, 1, 27), date(2023, 1, 27), "day")
    assert (meeting["mode"], meeting["countries"], meeting["reports"]) == ("in-person", "BY", 1)
    ties = [dict(zip(tables["ties"].columns, row, strict=True)) for row in tables["ties"].rows]
    towns = {"Смоленск", "Витебск"}
    [tie] = [one for one in ties if one["level"] == "municipality" and {one["a_name"], one["b_name"]} == towns]
    assert {tie["a_country"], tie["b_country"]} == {"RU", "BY"} and isinstance(tie["events"], int)


def test_the_grounds_of_a_tie_are_what_it_counts(tables: dict[str, Table]) -> None:
    grounds = [dict(zip(tables["grounds"].columns, row, strict=True)) for row in tables["grounds"].rows]
    assert len({one["id"] for one in grounds}) == len(grounds)
    for tie in (dict(zip(tables["ties"].columns, row, strict=True)) for row in tables["ties"].rows):
        own = [one for one in grounds if one["tie"] == tie["id"]]
        assert len([one for one in own if one["type"] == "activity"]) == tie["events"]
        assert len([one for one in own if one["type"] == "agreement"]) == tie["agreements"]
        assert all(one["reports"] == "https://w3id.org/pobratim/id/report/smolensk-2023-q1" for one in own)


def test_a_report_tells_its_region_and_days(tables: dict[str, Table]) -> None:
    [report] = [dict(zip(tables["reports"].columns, row, strict=True)) for row in tables["reports"].rows]
    assert (report["region"], report["rows"], len(str(report["reporter_ids"]).split(" | "))) == ("RU-SMO", 34, 6)
    assert (report["period_start"], report["period_end"]) == (date(2023, 1, 1), date(2023, 3, 31))
    assert (report["events_start"], report["events_end"]) == (date(2022, 12, 1), date(2023, 3, 15))


def test_a_header_that_declares_other_columns_is_an_error() -> None:
    header = "#+ summary: {ru: a, en: a}\n#+ columns:\n#+   x: {type: text, label: {ru: a, en: a}}\n"
    text = header + "SELECT ?y WHERE { ?y ?p ?o }"
    with pytest.raises(ContentError):
        made_from(MemoryReader(), parse_query(text, "t", "t.rq"))
    for right, wrong in (("type: text", "type: word"), ("type: text", "kind: text"), ("en: a}}", "de: a}}")):
        with pytest.raises(ContentError):
            parse_query(text.replace(right, wrong), "t", "t.rq")


def test_a_territory_outside_iso_is_a_country_by_its_key_and_two_terms_are_one_row() -> None:
    text = f"""
        <urn:x:/id/place/a> a <http://purl.org/dc/terms/Location>, <{POB}Municipality> ; <{RDFS}label> "Сухум"@ru ;
          <{POB}country> <https://w3id.org/pobratim/def/territory/abkhazia> .
        <https://w3id.org/pobratim/def/territory/abkhazia> <{SKOS}notation> "Q23334" .
        <urn:x:/id/agreement/b> a <{POB}Agreement> ; <{POB}party> <urn:x:/id/place/a> ; <{POB}status> <urn:x:/signed> ;
          <http://purl.org/dc/terms/type> <urn:x:/twinning> ; <{POB}term> <https://w3id.org/pobratim/def/agreement-term/fixed>,
            <https://w3id.org/pobratim/def/agreement-term/prolonged> .
        <urn:x:/id/tie/t> a <{POB}Tie> ; <{POB}level> <urn:x:/country> ;
          <http://purl.org/dc/terms/type> <urn:x:/contact> ;
          <{POB}party> <http://publications.europa.eu/resource/authority/country/RUS>,
            <https://w3id.org/pobratim/def/territory/abkhazia> .
        <http://publications.europa.eu/resource/authority/country/RUS> <{SKOS}notation> "RU" .
    """
    reader = MemoryReader(parse(text, format=RdfFormat.TURTLE))

    def lines(name: str) -> list[dict[str, object]]:
        table = table_of(reader, name)
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    assert [place["country"] for place in lines("places")] == ["abkhazia"]
    [agreement] = lines("agreements")
    assert (agreement["term"], agreement["prolonged"], agreement["countries"]) == ("fixed", True, "abkhazia")
    assert [(tie["a_country"], tie["b_country"]) for tie in lines("ties")] == [("RU", "abkhazia")]


def test_an_unknown_table_is_told_with_its_neighbours(example_store: Reader) -> None:
    with pytest.raises(UsageError) as error:
        table_of(example_store, "event")
    assert "events" in str(error.value.values)


def test_an_empty_store_gives_typed_columns_without_rows(tmp_path: Path) -> None:
    (file, *_) = [one for one in write_folder(MemoryReader(), tmp_path, ["parquet"], "en") if one.stem == "events"]
    read = pandas.read_parquet(file)
    assert len(read) == 0 and str(read["participants"].dtype) == "int64"


def test_a_table_is_made_once_a_generation(
    example_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(example_directory, tmp_path / "store")
    reader = GenerationStore(tmp_path / "store").open()
    first = table_of(reader, "events")
    made: list[NamedQuery] = []

    def counted(reader: GraphReader, query: NamedQuery) -> Table:
        made.append(query)
        return made_from(reader, query)

    monkeypatch.setattr(kept, "made_from", counted)
    again = table_of(reader, "events")
    assert not made and [tuple(row) for row in again.rows] == [tuple(row) for row in first.rows]
    folder = kept.folder_of(reader)
    assert folder is not None
    (folder / "events.parquet").write_bytes(kept.parquet_of(table_of(reader, "places")))
    assert [tuple(row) for row in table_of(reader, "events").rows] == [tuple(row) for row in first.rows] and made


def test_all_formats_say_the_same(tables: dict[str, Table]) -> None:
    table = tables["agreements"]
    rows = list(csv.DictReader(io.StringIO(written(table, "csv", "en").decode(), newline="")))
    objects = json.loads(written(table, "json", "en"))
    parquet = pandas.read_parquet(io.BytesIO(written(table, "parquet", "en")))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(written(table, "xlsx", "ru"))).get_sheet_by_index(0).to_python()
    assert [row["id"] for row in rows] == [one["id"] for one in objects] == list(parquet["id"])
    assert str(parquet["start"].dropna().iloc[0]) == next(row["start"] for row in rows if row["start"])
    assert len(sheet) == len(rows) + 1 and sheet[0][0] == "Постоянный адрес"
    assert written(table, "xlsx", "ru") == written(table, "xlsx", "ru")


def test_the_folder_holds_every_table_and_tells_the_columns(example_directory: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    formats = [word for name in ("parquet", "csv", "xlsx", "duckdb") for word in ("--format", name)]
    assert run(["tables", "-o", str(tmp_path / "out"), *formats, "--store", str(example_directory)]) == 0
    names = {file.name for file in (tmp_path / "out").iterdir()}
    single = {f"{name}.{form}" for name in TABLES for form in ("parquet", "csv")}
    assert names == single | {"columns.csv", "terms.csv", "tables.xlsx", "tables.duckdb"}
    with duckdb.connect(str(tmp_path / "out" / "tables.duckdb"), read_only=True) as database:
        assert database.execute("SELECT min(start) FROM events").fetchone()[0] == date(2022, 12, 1)
    told = list(csv.DictReader((tmp_path / "out" / "columns.csv").read_text(encoding="utf-8").splitlines()))
    assert {(one["table"], one["column"]) for one in told} == {
        (name, one.name) for name in TABLES for one in table_named(name).columns
    }


def test_the_dictionary_has_each_language(tables: dict[str, Table]) -> None:
    heads, rows = dictionary(list(tables.values()))
    assert heads == ["table", "column", "type", "label_ru", "label_en"] and all(all(row) for row in rows)


def test_a_table_is_a_frame(example_store: Reader) -> None:
    events = frame(example_store, "tables/events")
    assert str(events["start"].dtype) == "datetime64[s]" and events["id"].is_unique


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx", "json"])
def test_the_server_gives_the_file(served: Server, form: str, tables: dict[str, Table]) -> None:
    with served.client() as client:
        response = client.get(f"/tables/ties.{form}?lang=en")
        assert response.status_code == 200 and response.content == written(tables["ties"], form, "en")
        assert f'filename="ties.{form}"' in response.headers["content-disposition"]
        again = client.get(f"/tables/ties.{form}?lang=en", headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


def test_the_server_tells_what_there_is(served: Server) -> None:
    with served.client() as client:
        assert client.get("/tables/nothing.csv").status_code == client.get("/tables/ties.doc").status_code == 404
        page: httpx.Response = client.get("/tables", headers={"Accept-Language": "ru"})
    assert page.status_code == 200 and all(f"/tables/{name}.xlsx" in page.text for name in TABLES)
