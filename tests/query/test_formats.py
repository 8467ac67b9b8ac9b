"""Every format holds the whole answer, typed where the format has types."""

import csv
import io
import json
import zipfile
from datetime import date

import pyarrow.parquet
import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse
from python_calamine import CalamineWorkbook

from pobratim.errors import UsageError
from pobratim.query import answers as formats
from pobratim.query import workbook
from pobratim.query.answers import FORMATS, ROW_FORMATS, choose_format, python_value, write_result, write_rows
from pobratim.query.text_rows import Value
from pobratim.store.backend import QueryResult
from pobratim.store.reader import MemoryReader

XSD = "http://www.w3.org/2001/XMLSchema#"
LONG = "очень длинное название " * 20


def _typed(lexical: str, kind: str) -> Literal:
    return Literal(lexical, datatype=NamedNode(XSD + kind))


VALUES: list[NamedNode | Literal] = [
    Literal("=1+1"),
    Literal("[bold]да[/bold]"),
    Literal(LONG.strip()),
    _typed("42", "integer"),
    _typed("0.5", "decimal"),
    _typed("true", "boolean"),
    _typed("2023-01-27", "date"),
    NamedNode("http://e.example/я"),
]
READER = MemoryReader(
    Quad(
        NamedNode(f"http://e.example/{i}"),
        NamedNode("http://e.example/p"),
        value,
        NamedNode("http://g.example"),
    )
    for i, value in enumerate(VALUES)
)
ROWS = "SELECT ?s ?o ?nothing { ?s ?p ?o } ORDER BY ?s"


def _written(query: str, name: str, width: int | None = None) -> bytes:
    out = io.BytesIO()
    write_result(READER.query(query), name, out, "ru", width)
    return out.getvalue()


def _column(kind: str, query: str = ROWS) -> list[object]:
    table = pyarrow.parquet.read_table(io.BytesIO(_written(query, "parquet")))
    return list(table.column(kind).to_pylist())


def test_terms_become_python_values() -> None:
    assert [python_value(value) for value in VALUES[3:]] == [
        42,
        0.5,
        True,
        date(2023, 1, 27),
        "http://e.example/я",
    ]
    assert python_value(None) is None
    assert python_value(Literal("привет", language="ru")) == "привет"
    assert python_value(_typed("2023-01-27Z", "date")) == "2023-01-27Z"
    assert python_value(_typed("many", "integer")) == "many"


def test_csv_and_tsv_hold_every_row_and_value() -> None:
    rows = list(csv.reader(io.StringIO(_written(ROWS, "csv").decode())))
    assert rows[0] == ["s", "o", "nothing"]
    assert [row[1] for row in rows[1:]] == [value.value for value in VALUES]
    assert _written(ROWS, "tsv").count(b"\n") == len(VALUES) + 1


def test_csv_without_the_columns_given_is_that_of_the_engine_but_for_them() -> None:
    whole = list(csv.reader(io.StringIO(_written(ROWS, "csv").decode(), newline="")))
    result = READER.query(ROWS)
    out = io.BytesIO()
    write_result(result, "csv", out, "ru", given={"s"})
    assert out.getvalue().count(b"\r\n") == len(VALUES) + 1
    assert list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""))) == [row[1:] for row in whole]


def test_json_and_xml_are_those_of_the_protocol() -> None:
    answer = json.loads(_written(ROWS, "json"))
    assert answer["head"]["vars"] == ["s", "o", "nothing"]
    assert len(answer["results"]["bindings"]) == len(VALUES)
    assert b"http://www.w3.org/2005/sparql-results#" in _written(ROWS, "xml")


def test_a_piped_table_has_one_line_a_row_and_cuts_nothing() -> None:
    lines = _written(ROWS, "table").decode().splitlines()
    assert len(lines) == len(VALUES) + 2
    assert lines[0].split() == ["s", "o", "nothing"]
    assert LONG.strip() in lines[4]
    assert "[bold]да[/bold]" in lines[3]
    assert "\x1b" not in "".join(lines)


def test_a_table_for_a_terminal_is_wrapped_not_cut() -> None:
    shown = _written(ROWS, "table", width=60).decode()
    assert max(map(len, shown.splitlines())) <= 60
    assert shown.count("название") == 20


def test_an_empty_table_says_so() -> None:
    assert _written("SELECT ?s { ?s <http://e.example/none> ?o }", "table").decode() == "Ничего не найдено.\n"


def _sheet(query: str) -> tuple[str, str]:
    with zipfile.ZipFile(io.BytesIO(_written(query, "xlsx"))) as archive:
        return (
            archive.read("xl/worksheets/sheet1.xml").decode(),
            archive.read("xl/sharedStrings.xml").decode(),
        )


def test_excel_cells_are_typed_and_formulas_stay_texts() -> None:
    sheet, strings = _sheet(ROWS)
    assert "<v>42</v>" in sheet and "<v>0.5</v>" in sheet
    assert '<c r="B7" t="b"><v>1</v></c>' in sheet
    assert "<v>44953</v>" in sheet  # 2023-01-27 as days since 1900
    assert 'topLeftCell="A2"' in sheet and 'state="frozen"' in sheet
    assert "<f>" not in sheet and "=1+1" in strings
    assert LONG.strip() in strings


def test_excel_keeps_what_its_numbers_and_dates_cannot_hold_as_text() -> None:
    values = f'12345678901234567 "1812-09-07"^^<{XSD}date>'
    big = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ ({values}) }} }}"
    strings = _sheet(big)[1]
    assert "12345678901234567" in strings and "1812-09-07" in strings


def test_excel_files_are_the_same_bytes_each_time() -> None:
    assert _written(ROWS, "xlsx") == _written(ROWS, "xlsx")


def test_what_excel_cannot_hold_is_refused_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as short, pytest.raises(UsageError, match="format-too-long"):
        short.setattr(workbook, "_ROWS", len(VALUES))
        _written(ROWS, "xlsx")
    monkeypatch.setattr(workbook, "_TEXT", 10)
    with pytest.raises(UsageError, match="format-cell-too-long"):
        _written(ROWS, "xlsx")


def test_a_workbook_gives_back_what_was_written_into_its_sheets() -> None:
    rows: list[list[Value]] = [[" a\nb ", 1], ["=1+1 <b> & 'c'", -2.5], ["_x0041_", 10**14], ["я" * 300, None]]
    days: list[list[Value]] = [[date(1901, 1, 1), True], [date(2026, 12, 31), False]]
    texts: list[list[Value]] = [[date(1812, 9, 7), None], [float("inf"), None]]
    out = io.BytesIO()
    workbook.write_sheets([("Лист 'А' & Ко", ["имя", "число"], rows), ("", ["день", "да"], days + texts)], out)
    book = CalamineWorkbook.from_filelike(io.BytesIO(out.getvalue()))
    assert book.sheet_names == ["Лист 'А' & Ко", "Sheet2"]
    told = book.get_sheet_by_index(0).to_python()
    assert told == [["имя", "число"], *([text, "" if number is None else number] for text, number in rows)]
    assert book.get_sheet_by_index(1).to_python()[1:] == [*days, ["1812-09-07", ""], ["inf", ""]]


def test_signs_that_no_workbook_can_hold_are_spelt_out() -> None:
    out = io.BytesIO()
    workbook.write_sheets([("a", ["x"], [["b\x01\r\ufffe"]])], out)
    with zipfile.ZipFile(out) as archive:
        assert "<t>b_x0001__x000D__xFFFE_</t>" in archive.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("names", [["a", "A"], ["a/b"], ["x" * 32]])
def test_a_name_that_no_sheet_can_have_is_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match="no name of a sheet"):
        workbook.write_sheets([(name, ["x"], []) for name in names], io.BytesIO())


def test_parquet_columns_have_one_type_each() -> None:
    assert _column("n", "SELECT ?n { VALUES ?n { 1 2 UNDEF } }") == [1, 2, None]
    assert _column("n", "SELECT ?n { VALUES ?n { 1 0.5 } }") == [1.0, 0.5]
    assert _column("n", "SELECT ?n { VALUES ?n { 1 'a' true } }") == ["1", "a", "True"]
    assert _column("nothing") == [None] * len(VALUES)
    assert _column("o")[:2] == ["=1+1", "[bold]да[/bold]"]


def test_parquet_columns_with_numbers_too_large_for_it_are_text() -> None:
    assert _column("n", "SELECT ?n { VALUES ?n { 1 9223372036854775807 } }") == [1, 9223372036854775807]
    assert _column("n", "SELECT ?n { VALUES ?n { 1 9223372036854775808 } }") == ["1", "9223372036854775808"]


def test_triples_are_written_as_rdf() -> None:
    query = "CONSTRUCT { ?s <http://e.example/q> 1 } { ?s ?p 42 }"
    assert _written(query, "nt") == (
        b'<http://e.example/3> <http://e.example/q> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )
    for name in ("ttl", "jsonld", "rdf", "trig", "nq"):
        assert b"e.example/3" in _written(query, name)


def test_yes_and_no() -> None:
    assert _written("ASK { ?s ?p 42 }", "table").decode() == "да\n"
    assert json.loads(_written("ASK { ?s ?p 43 }", "json"))["boolean"] is False


def _chosen(query: str, wanted: str | None, output: str | None) -> str:
    result: QueryResult = READER.query(query)
    return choose_format(wanted, output, result)


def test_the_format_comes_from_the_option_the_extension_or_the_kind_of_answer() -> None:
    assert _chosen(ROWS, None, None) == "table"
    assert _chosen(ROWS, None, "out/answer.XLSX") == "xlsx"
    assert _chosen(ROWS, "csv", "answer.txt") == "csv"
    assert _chosen(ROWS, None, "answer.txt") == "table"
    assert _chosen("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", None, None) == "ttl"


@pytest.mark.parametrize(
    ("query", "wanted"), [(ROWS, "ttl"), ("CONSTRUCT {?s ?p ?o} {?s ?p ?o}", "xlsx"), ("ASK {}", "parquet")]
)
def test_a_format_that_does_not_fit_names_those_that_do(query: str, wanted: str) -> None:
    with pytest.raises(UsageError) as caught:
        _chosen(query, wanted, None)
    assert caught.value.code == "format-unknown"
    assert set(caught.value.values["known"].split(", ")) < set(FORMATS)


def test_an_unknown_extension_is_not_guessed() -> None:
    with pytest.raises(UsageError, match="format-unknown"):
        _chosen(ROWS, None, "answer.docx")


def test_rows_that_are_no_answer_are_written_too() -> None:
    rows = [("=x", 1, None), ("я", 2, date(2023, 1, 27))]
    out = io.BytesIO()
    write_rows(["a", "b", "c"], rows, "csv", out, "ru")
    assert list(csv.reader(io.StringIO(out.getvalue().decode()))) == [
        ["a", "b", "c"],
        ["=x", "1", ""],
        ["я", "2", "2023-01-27"],
    ]
    out = io.BytesIO()
    write_rows(["a", "b", "c"], rows, "json", out, "ru")
    assert json.loads(out.getvalue())[1] == {"a": "я", "b": 2, "c": "2023-01-27"}


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_every_row_format_writes_something(name: str) -> None:
    out = io.BytesIO()
    write_rows(["a"], [("x",)], name, out, "ru")
    assert out.getvalue()


PEOPLE = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
CONSTRUCT { ?s a foaf:Person ; foaf:name ?n ; <http://e.example/q> 1.5 }
{ VALUES (?s ?n) { (<http://e.example/b> 'Б'@ru) (<http://e.example/a> 'А'@ru) } }"""


@pytest.mark.parametrize("name", ["ttl", "trig", "rdf"])
def test_triples_that_people_read_come_in_order_with_the_prefixes_that_they_use(name: str) -> None:
    texts = {_written(PEOPLE, name).decode() for _ in range(5)}
    assert len(texts) == 1
    (text,) = texts
    assert text.index("e.example/a") < text.index("e.example/b")
    assert "foaf" in text and "skos" not in text


def test_more_triples_than_are_put_in_order_are_all_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_IN_ORDER", 3)
    written = list(parse(_written(PEOPLE, "ttl"), format=RdfFormat.TURTLE))
    assert len(set(map(str, written))) == 6
