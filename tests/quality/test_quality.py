"""Quality without gold: shares, a changed form, measurements as RDF, and the report of a load in every form."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from pobratim.entities import Account, Participation, ReportEntity, Resolution, Undecided
from pobratim.errors import UsageError
from pobratim.load.pipeline import load, survey
from pobratim.load.report import FileReport, LoadReport
from pobratim.load.report_files import SUFFIXES, check_suffix, render
from pobratim.load.settings import Settings
from pobratim.messages import describe, text
from pobratim.problems import Problem
from pobratim.quality.form import before, changes, fallen
from pobratim.quality.identity import by_report, questions
from pobratim.quality.measures import FIELDS, Before, Quality, Share, columns_of, coverage, doubts_of
from pobratim.quality.rdf import measurements, quality_graph
from pobratim.quality.render_text import brief, details
from pobratim.record import Evidence, Institution, Place, Record
from pobratim.sources.source import Expected
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import Reader
from tests.support.places import EXAMPLE, ROOT

pytestmark = pytest.mark.slow

DQV = "http://www.w3.org/ns/dqv#"
METRIC = "https://w3id.org/pobratim/def/quality-metric/"
CELLS = {"name": "Встреча", "dates": "1 мая 2024 года", "place": "г. Псков"}


def _record(row: int, *, dated: bool = True, report: str = "r", cells: dict[str, str] | None = None) -> Record:
    return Record(report, row, start="2024-05-01" if dated else "", cells=CELLS if cells is None else cells)


def _records(rows: int, dated: int, **more: object) -> list[Record]:
    return [_record(row, dated=row < dated, **more) for row in range(rows)]  # type: ignore[arg-type]


def _entity(slug: str, **more: str) -> ReportEntity:
    return replace(ReportEntity(slug, slug, f"{slug}.docx", "0" * 64, "RU", "RU-SMO", ""), **more)


def _quality(**more: object) -> Quality:
    share = coverage(_records(4, 3))
    plain = Quality("r", "r.docx", "Отчёт", 5, 4, {}, share, (), (), ("dates", "name"))
    return replace(plain, **more)  # type: ignore[arg-type]


def test_the_share_of_each_field_is_counted() -> None:
    records = [
        Record("r", 1, reporter="Псков", start="2024", institutions=[Institution("a", "А")], mode="online"),
        Record("r", 2, places=[Place("Псков")], countries=["BY"], evidence=[Evidence("/title", "name", 0, 1, "В", "")]),
    ]
    found = {name: share.have for name, share in coverage(records, {"dates": 0.9}).items()}
    assert found == {
        **dict.fromkeys(FIELDS, 0),
        **dict.fromkeys(["reporter", "dates", "institutions", "participants", "mode", "places", "countries"], 1),
    }
    dates = coverage(records, {"dates": 0.9})["dates"]
    assert dates.short and not coverage(records)["dates"].short and not coverage(records, {"dates": 0.5})["dates"].short
    assert dates.percent == "50\u00a0%"


@pytest.mark.parametrize(("have", "rows", "shown"), [(0, 9, "0"), (1, 999, "1"), (998, 999, "99"), (9, 9, "100")])
def test_all_and_none_are_not_rounded_to(have: int, rows: int, shown: str) -> None:
    assert Share(have, rows).percent == f"{shown}\u00a0%"


def test_every_share_that_a_source_may_expect_is_measured() -> None:
    from pobratim.sources.source import SHARES

    assert set(SHARES) <= set(FIELDS)
    assert Expected().shares == {}


@pytest.mark.parametrize(
    ("was", "now", "alarm"),
    [
        (Share(30, 30), Share(20, 30), True),
        (Share(30, 30), Share(23, 30), False),  # a fall of less than a quarter of the rows
        (Share(3, 3), Share(1, 3), False),  # so few rows may differ by chance
        (Share(10, 30), Share(30, 30), False),
        (Share(0, 0), Share(0, 30), False),
        (Share(300, 300), Share(0, 0), False),
    ],
)
def test_only_a_wide_and_sure_fall_raises_the_alarm(was: Share, now: Share, alarm: bool) -> None:
    assert fallen(was, now) is alarm


def _held_against(entity: ReportEntity, earlier: Mapping[str, tuple[ReportEntity, list[Record]]]) -> Before | None:
    return before(entity, {slug: one for slug, (one, _) in earlier.items()}, lambda slug: earlier[slug][1])


def test_a_report_is_held_against_its_own_former_load_first() -> None:
    earlier = {"r": (_entity("r"), _records(4, 4)), "other": (_entity("other"), _records(9, 0))}
    found = _held_against(_entity("r"), earlier)
    assert found and found.own and found.reports == ("r",) and found.coverage["dates"] == Share(4, 4)


@pytest.mark.parametrize(
    ("mine", "alike"),
    [
        ({}, ("a", "b")),
        ({"home_region": ""}, ()),
        ({"home_region": "RU-BRY"}, ()),
        ({"source": "twin-towns"}, ("c",)),
    ],
)
def test_else_against_the_reports_of_its_publisher(mine: dict[str, str], alike: tuple[str, ...]) -> None:
    earlier = {
        "a": (_entity("a"), _records(4, 4)),
        "b": (_entity("b"), _records(6, 1)),
        "c": (_entity("c", source="twin-towns"), _records(3, 3)),
        "empty": (_entity("empty"), []),
    }
    found = _held_against(_entity("new", **mine), earlier)
    assert (found.reports if found else ()) == alike
    if found and len(alike) == 2:
        assert not found.own and found.coverage["dates"] == Share(5, 10) and found.columns["dates"] == 2


def test_a_column_that_most_earlier_reports_had_is_missed() -> None:
    known = Before(("a", "b", "c"), coverage(_records(30, 30)), Counter(name=3, dates=2, result=1))
    found = changes(_entity("new"), _records(30, 30, cells={"name": "Встреча"}), known)
    assert [(one.code, one.column, one.severity) for one in found] == [("form-changed-column", "dates", "warning")]
    assert dict(found[0].values) == {"had": "2", "reports": "3"}


def test_a_fall_is_told_with_its_numbers() -> None:
    known = Before(("a",), coverage(_records(30, 30)), Counter(name=1))
    [found] = changes(_entity("new"), _records(26, 2), known)
    assert found.code == "form-changed-dates" and found.file == "new.docx"
    assert "2 из 26" in describe(found, "ru") and "30 of 30" in describe(found, "en")
    assert changes(_entity("new"), [], known) == []


@pytest.mark.parametrize("field", [*FIELDS, "column"])
def test_every_change_has_its_message(field: str) -> None:
    values = dict.fromkeys(("have", "rows", "now", "had", "of", "was", "reports"), "1")
    assert all(text(f"form-changed-{field}", lang, **values) for lang in ("ru", "en"))
    assert field == "column" or all(text(f"field-{field}", lang) for lang in ("ru", "en"))


def test_inferred_values_are_told_as_people_read_them() -> None:
    record = Record(
        "r",
        3,
        start="2024",
        institutions=[Institution("a", "Музей")],
        series="kubok",
        parties={"Псков": Place("Псков"), "Омск": Place("Омск")},
        ties=[["Псков", "Омск"], ["Псков", "a"]],
        series_name="Кубок",
        evidence=[
            Evidence("/start", "dates", 0, 1, "м", "date", 0.7),
            Evidence("/institutions/0", "name", 0, 1, "М", "test", 0.5),
            Evidence("/series", "name", 0, 1, "К", "test", 0.8),
            Evidence("/mode", "name", 0, 1, "о", "test", 1.0),
            Evidence("/parties/1", "name", 0, 1, "О", "test", 0.8),
            Evidence("/ties/0", "name", 0, 1, "с", "test", 0.55),
            Evidence("/ties/1", "name", 0, 1, "и", "test", 0.9),
        ],
    )
    assert [(doubt.row, doubt.shown) for doubt in doubts_of(record)] == [
        (3, shown) for shown in ("2024", "Музей", "Кубок", "Омск", "Псков – Омск")
    ]


def test_questions_of_identity_carry_names_and_reports() -> None:
    def account(report: str, own: str, place: str) -> Account:
        record = Record(report, 1, title=f"Встреча {own}")
        there = (Participation(("organisation", f"org-{report}"), "host"),)
        return Account(f"{report}/1", record, "", own, own, there, (place,), (), (), (), "")

    resolution = Resolution(accounts=[account("a", "x", "pskov"), account("b", "y", "tver")])
    resolution.undecided = [
        Undecided("activity", "x", "y", 0.6, "undecided-event"),
        Undecided("organisation", "org-b", "org-c", 0.9, "undecided-similar"),
        Undecided("place", "omsk", "tomsk", 0.5, "undecided-renamed"),
    ]
    found = questions(resolution)
    assert [(one.left, one.right, one.reports) for one in found] == [
        ("Встреча x", "Встреча y", ("a", "b")),
        ("org-b", "org-c", ("b",)),
        ("omsk", "tomsk", ()),
    ]
    assert by_report(found) == {"a": 1, "b": 2}


def test_measurements_are_those_of_the_ontology() -> None:
    quads = parse(path=str(ROOT / "ontology" / "quality-metrics.ttl"), format=RdfFormat.TURTLE)
    known: dict[str, set[str]] = {}
    for quad in quads:
        subject = str(quad.subject).strip("<>")
        if subject.startswith(METRIC):
            fact = quad.predicate.value.rsplit("#")[-1]
            language = quad.object.language if isinstance(quad.object, Literal) else ""
            known.setdefault(subject.removeprefix(METRIC), set()).add(f"{fact} {language}")
    assert set(known) == {metric for metric, _ in measurements(_quality())}
    labelled = {f"{name} {lang}" for name in ("prefLabel", "definition") for lang in ("ru", "en")}
    assert all(labelled | {"inDimension ", "expectedDataType "} <= facts for facts in known.values())


def test_a_measurement_says_of_what_and_how_much() -> None:
    quads = quality_graph([_quality(left_out={5: Problem("error", "row-not-read", "r.docx", 5)})], "https://x.example")
    assert {quad.graph_name for quad in quads} == {NamedNode("https://x.example/graph/quality")}
    by_metric = {
        str(quad.subject).strip("<>").rpartition("/")[2]: quad.object.value
        for quad in quads
        if quad.predicate.value == DQV + "value" and isinstance(quad.object, Literal)
    }
    assert (by_metric["rows"], by_metric["rows-stored"], by_metric["rows-left-out"]) == ("5", "4", "1")
    assert by_metric["coverage-dates"] == "0.75"
    about = {quad.object for quad in quads if quad.predicate.value == DQV + "computedOn"}
    assert about == {NamedNode("https://x.example/id/report/r")}


def test_shares_of_a_report_without_rows_are_not_measured() -> None:
    empty = _quality(stored=0, rows=0, coverage=coverage([]))
    assert not [metric for metric, _ in measurements(empty) if metric.startswith("coverage")]
    assert brief(empty, "ru") == []


def test_the_store_answers_for_the_quality_of_its_reports(example_store: Reader) -> None:
    values = {
        str(quad.subject).rpartition("/")[2].strip(">"): quad.object.value
        for quad in example_store.quads("https://w3id.org/pobratim/graph/quality")
        if isinstance(quad.object, Literal)
    }
    assert values["rows"] == values["rows-stored"] == "34" and values["rows-left-out"] == "0"
    assert values["coverage-dates"] in {"1", "1.0"} and int(values["unclaimed-title"]) > 0


HEADINGS = ["№ п/п", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"]


def _dump(path: Path, headings: list[str], dates: str = "1 мая 2024 года") -> Path:
    rows = [[f"{n}.", f"Встреча {n}", "г. Витебск (Республика Беларусь)", dates, "Делегация"] for n in range(1, 13)]
    cells = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in [headings, *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Отчет о мероприятиях муниципальных образований Смоленской области\n\n{cells}", encoding="utf-8")
    return path


def test_a_changed_form_is_loud(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    first = load([_dump(tmp_path / "a" / "отчёт.txt", HEADINGS)], store, Settings())
    assert first.exit_code == 0 and not first.files[0].problems
    changed = [*HEADINGS[:3], "Шифр бюджета", HEADINGS[4]]
    second = load([_dump(tmp_path / "b" / "отчёт.txt", changed)], store, Settings())
    file = second.files[0]
    codes = [problem.code for problem in file.problems if problem.code != "date-missing"]
    assert codes == ["layout-unknown-column", "form-changed-column", "form-changed-dates"]
    assert second.exit_code == 1 and file.quality and file.quality.unknown_columns == ("Шифр бюджета",)
    assert file.quality.before and file.quality.before.own
    again = load([tmp_path / "b" / "отчёт.txt"], store, Settings())
    assert (again.files[0].state, again.changes) == ("unchanged", {})
    assert again.files[0].quality and again.files[0].quality.unknown_columns == ("Шифр бюджета",)
    other = load([_dump(tmp_path / "c" / "другой.txt", HEADINGS)], store, Settings())
    assert "form-changed-column" not in [problem.code for problem in other.files[0].problems]


def test_a_load_says_what_is_filled_and_not_recognised(example_directory: Path) -> None:
    records, report = survey([EXAMPLE], Settings())
    [file] = report.files
    assert file.quality and file.quality.columns == columns_of(records)
    lines = report.lines("ru")
    assert "34" in lines[0] and lines[1].startswith("  заполнено: муниципалитет 100\u00a0%, даты 100\u00a0%")
    told = r"  не узнано: имён \d+, названий в кавычках \d+, названий мероприятий \d+, мест \d+; .*"
    assert re.fullmatch(told, lines[2])
    unchanged = load([EXAMPLE], GenerationStore(example_directory), Settings())
    assert not [line for line in unchanged.lines("ru") if "заполнено" in line] and unchanged.files[0].quality


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_report_is_written_in_every_form(suffix: str, example_directory: Path) -> None:
    report = load([EXAMPLE], GenerationStore(example_directory), Settings())
    written = render(report, suffix, "en")
    assert written == render(report, suffix, "en") and written.endswith(b"\n")
    body = written.decode()
    if suffix == ".json":
        quality = json.loads(body)["files"][0]["quality"]
        assert quality["rows"] == {"in": 34, "stored": 34, "left_out": 0} and quality["coverage"]["dates"]["share"] == 1
        assert quality["gaps"][0].keys() >= {"kind", "text", "count", "context"} and quality["before"] is None
    elif suffix == ".ttl":
        found = {quad.predicate.value for quad in parse(body, format=RdfFormat.TURTLE)}
        assert {DQV + "isMeasurementOf", DQV + "computedOn", DQV + "value"} <= found
    else:
        assert "34 rows in the report = 34 stored + 0 left out." in body


def test_the_text_tells_all(example_directory: Path) -> None:
    report = load([EXAMPLE], GenerationStore(example_directory), Settings())
    quality = report.files[0].quality
    assert quality
    problem = Problem("error", "row-not-read", "r.docx", 7)
    lines = list(details(replace(quality, left_out={7: problem}, unknown_columns=("Шифр",)), "ru"))
    assert "  строка 7: строку не удалось прочесть" in lines and "Неизвестные графы: Шифр" in lines
    assert sum(" × " in line for line in lines) == len(quality.gaps)


def test_an_extension_without_a_form_is_refused_before_the_work() -> None:
    check_suffix(Path("Отчёт.HTML"))
    with pytest.raises(UsageError, match="report-suffix"):
        check_suffix(Path("отчёт.docx"))


def test_a_report_without_quality_is_rendered_too() -> None:
    failed = FileReport("a.pdf", "failed", problems=[Problem("error", "path-missing", "a.pdf")])
    for suffix in SUFFIXES:
        body = render(LoadReport([failed], base="https://x.example"), suffix, "ru").decode()
        assert "a.pdf" in body or suffix == ".ttl"
