"""Answers as DataFrames: what each column's type is, how parameters get in, and what errors say."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd  # type: ignore[import-untyped]
import pytest

from pobratim.errors import StoreError, UsageError
from pobratim.frames import frame, open_store
from pobratim.store.reader import MemoryReader, Reader

_XSD = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "


def _column(*terms: str) -> pd.Series:
    """The column that an answer of these terms makes, in their order."""
    rows = " ".join(f"({number} {term})" for number, term in enumerate(terms))
    return frame(MemoryReader(), f"{_XSD}SELECT ?x {{ VALUES (?n ?x) {{ {rows} }} }} ORDER BY ?n")["x"]


@pytest.mark.parametrize(
    ("terms", "dtype", "values"),
    [
        (["1", "UNDEF", '"3"^^xsd:int'], "Int64", [1, pd.NA, 3]),
        (["1", "2.5", "UNDEF"], "float64", [1.0, 2.5, float("nan")]),
        (["true", "UNDEF"], "boolean", [True, pd.NA]),
        (
            ['"2023-01-27"^^xsd:date', "UNDEF", '"0988-07-28"^^xsd:date'],
            "datetime64[s]",
            [pd.Timestamp(2023, 1, 27), pd.NaT, pd.Timestamp(988, 7, 28)],
        ),
        (['"2023-01-27T10:00:00"^^xsd:dateTime'], "datetime64[us]", [pd.Timestamp(2023, 1, 27, 10)]),
        (
            ['"2023-01-27T10:00:00+03:00"^^xsd:dateTime', '"2023-01-27T10:00:00Z"^^xsd:dateTime'],
            "datetime64[us, UTC]",
            [pd.Timestamp("2023-01-27T07:00Z"), pd.Timestamp("2023-01-27T10:00Z")],
        ),
        (['"Витебск"@ru', "<http://e/x>", "UNDEF"], "string", ["Витебск", "http://e/x", pd.NA]),
    ],
)
def test_a_column_of_one_type_has_it(terms: list[str], dtype: str, values: list[object]) -> None:
    column = _column(*terms)
    assert column.dtype == dtype
    pd.testing.assert_series_equal(column, pd.Series(values, name="x", dtype=dtype))


@pytest.mark.parametrize(
    "terms",
    [
        ["1", '"2023"^^xsd:gYear'],
        ["true", "1"],
        ['"2023-01-27"^^xsd:date', '"2023-01-27T10:00:00"^^xsd:dateTime'],
        ['"2023-01-27T10:00:00Z"^^xsd:dateTime', '"2023-01-27T10:00:00"^^xsd:dateTime'],
        ['"2023-01-27"^^xsd:date', '"-0044-03-15"^^xsd:date'],
        ['"-0044-03-15T12:00:00"^^xsd:dateTime'],
        ['"9223372036854775808"^^xsd:string', "1"],
    ],
)
def test_a_column_of_several_types_is_text_as_it_stands(terms: list[str]) -> None:
    column = _column(*terms)
    assert column.dtype == "string"
    assert list(column) == [term.partition("^^")[0].strip('"') for term in terms]


def test_nothing_found_keeps_the_columns() -> None:
    empty = frame(MemoryReader(), "SELECT ?a ?b { ?a ?b ?c }")
    assert list(empty.columns) == ["a", "b"] and len(empty) == 0 and set(empty.dtypes) == {pd.StringDtype()}
    unbound = frame(MemoryReader(), "SELECT ?a { OPTIONAL { ?a ?b ?c } }")
    assert unbound["a"].isna().tolist() == [True]


def test_a_question_of_the_library_in_both_languages(example_store: Reader) -> None:
    partners = frame(example_store, "partners-of-city", city="Смоленск")
    assert list(partners.columns) == [
        "partner", "country", "kind", "events", "date", "first", "last", "precision", "tie",
    ]  # fmt: skip
    assert partners["events"].dtype == "Int64" and partners["first"].dtype == "datetime64[s]"
    vitebsk = partners.set_index("partner").loc["Витебск"]
    assert (vitebsk["country"], vitebsk["events"]) == ("Беларусь", 3)
    assert (vitebsk["first"], vitebsk["last"]) == (pd.Timestamp(2023, 1, 16), pd.Timestamp(2023, 3, 10))
    english = frame(example_store, "partners-of-city", city="Смоленск", lang="en")
    assert set(english["country"]) == {"Belarus", "France"}
    assert len(frame(example_store, "source-row", report="smolensk-2023-q1", row=9)) >= 5


def test_own_sparql_and_files_take_parameters_by_their_type(example_store: Reader, tmp_path: Path) -> None:
    text = """PREFIX pob: <https://w3id.org/pobratim/def#>
    SELECT ?activity ?start $from { ?activity a pob:Activity ; pob:start ?start FILTER(?start >= $from) }"""
    late = frame(example_store, text, **{"from": date(2023, 3, 1)})
    assert 0 < len(late) < 33 and late["start"].min() >= pd.Timestamp(2023, 3, 1)
    assert late["from"].unique().tolist() == [pd.Timestamp(2023, 3, 1)]
    file = tmp_path / "own.rq"
    file.write_text("SELECT ?a $n $t $i { BIND($n + 1 AS ?a) }", encoding="utf-8")
    row = frame(example_store, file, n=41, t='" } DROP ALL #', i="<http://e/x>").loc[0]
    assert (row["a"], row["t"], row["i"]) == (42, '" } DROP ALL #', "http://e/x")


@pytest.mark.parametrize(
    ("question", "parameters", "code", "told"),
    [
        ("partners-of-town", {}, "query-unknown", "partners-of-city"),
        ("partners-of-city", {}, "query-parameter-missing", "city=Смоленск"),
        ("partners-of-city", {"town": "Смоленск"}, "query-parameter-unknown", "city"),
        ("source-row", {"report": "x", "row": "девять"}, "query-parameter-type", "целое число"),
        ("SELECT ?x {", {}, "query-syntax", "SPARQL"),
        ("SELECT ?x { ?x ?y ?z }", {"z": "1"}, "query-parameter-not-returned", "SELECT"),
        ("ASK {}", {}, "frame-not-select", "SELECT"),
        (Path("nowhere.rq"), {}, "query-unreadable", "nowhere.rq"),
    ],
)
def test_errors_say_what_to_do(
    example_store: Reader,
    monkeypatch: pytest.MonkeyPatch,
    question: str | Path,
    parameters: dict[str, str],
    code: str,
    told: str,
) -> None:
    monkeypatch.setenv("POBRATIM_LANG", "ru")
    with pytest.raises(UsageError) as caught:
        frame(example_store, question, **parameters)
    assert caught.value.code == code
    [note] = caught.value.__notes__
    assert told in note and any(letter in note for letter in "аеиоу")


def test_without_pandas_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pobratim.frames.find_spec", lambda _: None)
    monkeypatch.setenv("POBRATIM_LANG", "en")
    with pytest.raises(UsageError) as caught:
        frame(MemoryReader(), "SELECT * {}")
    assert 'pip install ".[pandas]"' in caught.value.__notes__[0]


def test_a_store_is_opened_by_its_path(example_directory: Path, tmp_path: Path) -> None:
    assert len(open_store(str(example_directory))) > 1000
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "none")
    assert "pobratim load" in caught.value.__notes__[0]


def test_pandas_is_only_imported_when_a_frame_is_made() -> None:
    code = "import sys, pobratim.frames; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("question", ["events-timeline", "agreements", "series-history"])
def test_dates_come_as_told_and_typed(example_store: Reader, question: str) -> None:
    dated = frame(example_store, question).dropna(subset="first")
    assert len(dated) and dated["first"].dtype == dated["last"].dtype == "datetime64[s]"
    assert (dated["first"] <= dated["last"]).all()
    days = dated[dated["precision"] == "день"]
    assert len(days) and (pd.to_datetime(days["date"]) == days["first"]).all()
    assert set(dated["precision"]) <= {"день", "месяц", "год", "период"}


def test_names_are_told_as_understood(example_store: Reader) -> None:
    partners = frame(example_store, "partners-of-city", city="г. Смаленск")
    assert partners.attrs["understood"] == {"city": "Смоленск"} and partners.attrs["nothing"] == ""
    nothing = frame(example_store, "school-links", city="Витебск", partner="Тюль")
    assert nothing.attrs["nothing"] == "Витебск — Тюль: о связях школ в загруженных отчётах не сказано."
