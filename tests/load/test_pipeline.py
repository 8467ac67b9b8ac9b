"""The way into the store: every row accounted for, nothing loaded twice, faults set aside.

Reading and laying out are real; what the rows say is reduced to their names, so that these tests are about
the way.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from pobratim.entities import Account, ReportEntity, Resolution
from pobratim.errors import StoreError, UsageError
from pobratim.extract import Context, Extraction
from pobratim.layout.walk import Layout
from pobratim.load import assessment, pipeline, plan, read, resolving, workshop
from pobratim.load.pipeline import extract, load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.messages import Language, text
from pobratim.problems import Problem
from pobratim.rdf.index import Index
from pobratim.rdf.terms import Graph, Triple
from pobratim.record import Record
from pobratim.resolve import Decision
from pobratim.store.directory import GenerationStore

HEAD = ["№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Участники"]
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True)
class _Violation:
    focus: str
    message: str
    owners: tuple[tuple[str, int], ...]


def _document(path: Path, *names: str) -> Path:
    rows = [HEAD, *([str(i), name, "г. Витебск", "2023", "школы"] for i, name in enumerate(names, start=1))]
    cells = "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Отчет о международных мероприятиях за 2023 год\n\n{cells}", encoding="utf-8")
    return path


def _extract(layout: Layout, slug: str, file: str, context: Context) -> Extraction:
    assert context.home_country
    found = Extraction()
    for row in layout.rows:
        if "сломано" in row.cells["name"]:
            found.problems.append(Problem("error", "date-fault", file, row.row, "dates"))
        elif "пропало" not in row.cells["name"]:
            found.records.append(Record(slug, row.row, title=row.cells["name"], cells=dict(row.cells)))
    return found


def _resolve(
    records: Sequence[Record],
    reports: Sequence[ReportEntity],
    gazetteer: object,
    decisions: Sequence[Decision] = (),
    **_: object,
) -> Resolution:
    assert gazetteer is not None and not decisions
    accounts = [Account(f"{r.report}/{r.row}", r, "", "", "", (), (), (), (), (), "") for r in records]
    return Resolution(reports=list(reports), accounts=accounts)


class _Writer:
    """Writes the title of every row, and nothing else."""

    def __init__(self, resolution: Resolution, base: str) -> None:
        self._resolution, self._base = resolution, base

    def graphs(self, report: ReportEntity) -> list[Graph]:
        graph = Graph(f"{self._base}/graph/report/{report.slug}")
        for account in self._resolution.accounts:
            if account.record.report == report.slug:
                graph.add(NamedNode(f"{self._base}/id/entry/{account.key}"), LABEL, Literal(account.record.title))
        return [graph, Graph(f"{self._base}/graph/evidence/{report.slug}")]

    def around(self, report: ReportEntity, **_: object) -> list[Triple]:
        assert report in self._resolution.reports
        return []


def _emit(resolution: Resolution, base: str) -> dict[str, Graph]:
    writer = _Writer(resolution, base)
    return {graph.name.value: graph for report in resolution.reports for graph in writer.graphs(report)}


def _faults(index: Index) -> list[_Violation]:
    """Find fault with every label «негодное», as a shape would."""
    found = []
    for subject in index.having(LABEL.value):
        if Literal("негодное") in index.values(subject, LABEL.value):
            name, row = subject.rsplit("/", 2)[-2:]
            found.append(_Violation(subject, "Негодное название", ((name, int(row)),)))
    return found


@pytest.fixture(autouse=True)
def _small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "extract_report", _extract)
    monkeypatch.setattr(read, "context_of", lambda _, home: Context(home[:2] or "RU", home))
    for module in (plan, read):
        monkeypatch.setattr(module, "edition", lambda: "edition-1")
    monkeypatch.setattr(resolving, "resolve", _resolve)
    monkeypatch.setattr(pipeline, "name_records", lambda resolution: [a.record for a in resolution.accounts])
    monkeypatch.setattr(resolving, "emit", _emit)
    monkeypatch.setattr(workshop, "ReportWriter", _Writer)
    monkeypatch.setattr(workshop, "faults_of", _faults)
    monkeypatch.setattr(workshop, "ontology_graph", lambda base: Graph(f"{base}/graph/ontology"))
    monkeypatch.setattr(workshop, "shared_graphs", lambda *_: [])
    monkeypatch.setattr(assessment, "quality_graph", lambda _, base: Graph(f"{base}/graph/quality"))


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    return GenerationStore(tmp_path / "store")


def _labels(store: GenerationStore) -> list[str]:
    return sorted(quad.object.value for quad in store.open().quads() if isinstance(quad.object, Literal))


def _accounted(report: LoadReport) -> bool:
    return all(file.rows == file.stored + file.quarantined + file.failed for file in report.files)


def test_a_report_goes_in_whole(tmp_path: Path, store: GenerationStore) -> None:
    report = load([_document(tmp_path / "Отчёт 1.txt", "Фестиваль", "Ярмарка")], store, Settings("RU-SMO"))
    file = report.files[0]
    assert (file.file, file.slug, file.state) == ("Отчёт 1.txt", "otchet-1", "loaded")
    assert (file.rows, file.stored, file.left_out) == (2, 2, {})
    assert report.exit_code == 0 and report.generation == 1
    assert report.totals["accounts"] == 2
    assert _labels(store) == ["Фестиваль", "Ярмарка"]
    assert [record.title for record in store.records()["otchet-1"]] == ["Фестиваль", "Ярмарка"]


def test_every_row_is_accounted_for(tmp_path: Path, store: GenerationStore) -> None:
    path = _document(tmp_path / "r.txt", "Фестиваль", "сломано", "пропало", "негодное", "Ярмарка")
    report = load([path], store, Settings())
    file = report.files[0]
    assert (file.rows, file.stored, file.quarantined, file.failed) == (5, 2, 2, 1)
    assert {row: problem.code for row, problem in file.left_out.items()} == {
        2: "date-fault",
        3: "row-not-read",
        4: "row-shape",
    }
    assert _accounted(report) and report.exit_code == 1
    assert _labels(store) == ["Фестиваль", "Ярмарка"]


def test_loading_the_same_again_changes_nothing_and_says_the_same(tmp_path: Path, store: GenerationStore) -> None:
    path = _document(tmp_path / "r.txt", "Фестиваль", "сломано", "негодное")
    first = load([path], store, Settings())
    again = load([path], store, Settings())
    assert again.files[0].state == "unchanged"
    assert again.files[0].left_out == first.files[0].left_out
    assert (again.files[0].rows, again.files[0].stored) == (3, 1)
    assert (again.generation, again.changes, again.exit_code) == (1, {}, 1)
    assert _accounted(again)


def test_a_changed_report_replaces_its_rows(tmp_path: Path, store: GenerationStore) -> None:
    load([_document(tmp_path / "r.txt", "Фестиваль", "Ярмарка")], store, Settings())
    report = load([_document(tmp_path / "r.txt", "Фестиваль", "Выставка")], store, Settings())
    assert [*report.changes.values()] == [(1, 1)]
    assert _labels(store) == ["Выставка", "Фестиваль"]


def test_reports_add_up_in_any_order(tmp_path: Path) -> None:
    one, two = _document(tmp_path / "one.txt", "Фестиваль"), _document(tmp_path / "two.txt", "Ярмарка")
    dumps = []
    for name, loads in (("a", [[one, two]]), ("b", [[two], [one]]), ("c", [[tmp_path]])):
        store = GenerationStore(tmp_path / "stores" / name)
        for paths in loads:
            load(paths, store, Settings())
        out = BytesIO()
        store.open().dump(out)
        dumps.append(out.getvalue())
    assert dumps[0] == dumps[1] == dumps[2] and b"report/one" in dumps[0]


@pytest.mark.parametrize("reason", ["edition", "home", "force"])
def test_an_unchanged_file_is_read_again_for_a_reason(
    reason: str, tmp_path: Path, store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _document(tmp_path / "r.txt", "Фестиваль")
    load([path], store, Settings("RU-SMO"))
    if reason == "edition":
        for module in (plan, read):
            monkeypatch.setattr(module, "edition", lambda: "edition-2")
    settings = Settings("RU-BRY" if reason == "home" else "", force=reason == "force")
    state = "again" if reason == "edition" else "loaded"
    assert load([path], store, settings).files[0].state == state


def test_one_bad_file_never_stops_the_others(tmp_path: Path, store: GenerationStore) -> None:
    good = _document(tmp_path / "good.txt", "Фестиваль")
    (tmp_path / "bad.docx").write_bytes(b"%PDF-1.4")
    (tmp_path / "letter.txt").write_text("Уважаемые коллеги!", encoding="utf-8")
    names = ["bad.docx", "letter.txt", "none.docx", "good.txt"]
    report = load([tmp_path / name for name in names], store, Settings())
    assert [file.state for file in report.files] == ["failed", "failed", "failed", "loaded"]
    assert all(file.problems for file in report.files[:3])
    assert good.name == report.files[3].file
    assert report.exit_code == 1 and _labels(store) == ["Фестиваль"]


def test_where_nothing_can_be_read_no_store_content_is_made(tmp_path: Path, store: GenerationStore) -> None:
    report = load([tmp_path / "none.docx"], store, Settings())
    assert (report.exit_code, report.generation) == (3, 0)
    with pytest.raises(StoreError, match="store-empty"):
        store.open()


def test_an_empty_folder_is_reported(tmp_path: Path, store: GenerationStore) -> None:
    (tmp_path / "empty").mkdir()
    report = load([tmp_path / "empty"], store, Settings())
    assert [problem.code for problem in report.problems] == ["path-empty"]
    assert report.exit_code == 3


def test_two_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path, store: GenerationStore) -> None:
    paths = [_document(tmp_path / "a" / "r.txt", "Фестиваль"), _document(tmp_path / "b" / "r.txt", "Ярмарка")]
    report = load(paths, store, Settings())
    assert [file.state for file in report.files] == ["loaded", "failed"]
    assert report.files[1].problems[0].code == "slug-taken"
    assert _labels(store) == ["Фестиваль"]


def test_the_same_bytes_under_another_name_are_not_counted_twice(tmp_path: Path, store: GenerationStore) -> None:
    load([_document(tmp_path / "r.txt", "Фестиваль")], store, Settings())
    report = load([_document(tmp_path / "copy.txt", "Фестиваль")], store, Settings())
    assert report.files[0].problems[0].code == "same-content"
    assert _labels(store) == ["Фестиваль"]


def test_a_fault_without_a_row_is_reported_and_ends_the_search(
    tmp_path: Path, store: GenerationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshop, "faults_of", lambda _: [_Violation("http://x", "Нет подписи", ())])
    report = load([_document(tmp_path / "r.txt", "Фестиваль")], store, Settings())
    assert [problem.code for problem in report.problems] == ["graph-shape"]
    assert report.exit_code == 1


def test_the_base_is_kept_and_cannot_be_changed(tmp_path: Path, store: GenerationStore) -> None:
    path = _document(tmp_path / "r.txt", "Фестиваль")
    load([path], store, Settings(base="https://data.example/kg"))
    load([_document(tmp_path / "s.txt", "Ярмарка")], store, Settings())
    assert all(graph.startswith("https://data.example/kg/graph/") for graph in store.open().graphs())
    with pytest.raises(StoreError, match="store-other-base"):
        load([path], store, Settings(base="https://other.example"))


@pytest.mark.parametrize("values", [{"home": "Смоленск"}, {"home": "RUS"}, {"base": "kg"}, {"base": "http://x/"}])
def test_settings_of_the_wrong_form_are_refused(values: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Settings(**values)  # type: ignore[arg-type]


def test_extract_needs_no_store(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    path = _document(tmp_path / "r.txt", "Фестиваль", "сломано")
    records, report = extract([path], Settings(), lambda *step: steps.append(step))
    assert [record.title for record in records] == ["Фестиваль"]
    assert report.exit_code == 1 and _accounted(report)
    assert steps == [("stage-read", 0, 1), ("stage-read", 1, 1)]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_report_reads_as_text_and_as_json(lang: Language, tmp_path: Path, store: GenerationStore) -> None:
    path = _document(tmp_path / "r.txt", "Фестиваль", "пропало", "негодное")
    report = load([path, tmp_path / "none.docx"], store, Settings())
    lines = report.lines(lang)
    assert lines[0] == text("report-file-loaded", lang, file="r.txt", rows=3, stored=1, quarantined=1, failed=1)
    assert any("Негодное название" in line for line in lines)
    failed = lines.index(text("report-file-failed", lang, file="none.docx"))
    assert "none.docx" not in lines[failed + 1].replace(str(tmp_path), "")
    data = json.loads(json.dumps(report.to_json()))
    assert [item["row"] for item in data["files"][0]["left_out"]] == [2, 3]
    assert data["changes"][next(iter(report.changes))] == {"added": 1, "removed": 0}
