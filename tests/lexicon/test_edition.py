"""The edition covers all that reading depends on; another one reads every report again, from the kept documents."""

import ast
import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest

import pobratim
from pobratim.cli import run
from pobratim.content import content_root
from pobratim.errors import StoreError
from pobratim.extract import extract_report
from pobratim.lexicon.edition import AFTER_READING, LIBRARIES, contents, edition, edition_of, modules
from pobratim.load import journal, plan, read, rereading, unchanged, workshop
from pobratim.load.pipeline import load
from pobratim.load.report import LoadReport
from pobratim.load.settings import Settings
from pobratim.record import to_lines
from pobratim.sources import find_source
from pobratim.store.directory import GenerationStore
from pobratim.store.documents import Documents
from pobratim.store.generations import KEPT
from pobratim.store.remote.store import RemoteStore
from tests.support.places import FIXTURES
from tests.support.small_reports import write_report

pytestmark = pytest.mark.slow

PACKAGE = Path(pobratim.__file__).parent
SOURCES = FIXTURES / "sources"
HARMLESS = {"__init__", "content", "errors", "messages", "progress"}
"""What reading imports and what does not count: it finds files, names faults and words them."""


# What the edition covers


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "package", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(content_root() / "ontology", folder / "content" / "ontology")
    return folder / "package", folder / "content"


def _one_of_each_kind() -> Iterator[str]:
    seen = set()
    for root, files in ((PACKAGE, modules(PACKAGE)), (content_root(), contents(content_root()))):
        for file in files:
            name = file.relative_to(root)
            kind = (name.parent, name.suffix, "" if root == PACKAGE and len(name.parts) > 1 else name.name)
            if kind not in seen:
                seen.add(kind)
                yield name.as_posix()


@pytest.mark.parametrize("name", list(_one_of_each_kind()))
def test_one_byte_of_any_file_that_is_read_makes_another_edition(copied: tuple[Path, Path], name: str) -> None:
    before = edition_of(*copied)
    file = next(root / name for root in copied if (root / name).is_file())
    kept = file.read_bytes()
    file.write_bytes(kept + b"#")
    try:
        assert edition_of(*copied) != before
    finally:
        file.write_bytes(kept)
    assert edition_of(*copied) == before


def test_a_file_that_is_added_or_goes_makes_another_edition(copied: tuple[Path, Path]) -> None:
    package, content = copied
    before = edition_of(package, content)
    for added in (package / "extract" / "later.py", package / "later.py", content / "ontology" / "later.tsv"):
        added.write_text("", encoding="utf-8")
        assert edition_of(package, content) != before
        added.unlink()


def test_what_comes_after_reading_makes_no_other_edition(copied: tuple[Path, Path]) -> None:
    package, content = copied
    before = edition_of(package, content)
    later = [
        package / "serving" / "later.py",
        package / "rdf" / "later.py",
        content / "ontology" / "examples" / "x.ttl",
    ]
    for added in later:
        added.write_text("", encoding="utf-8")
    assert edition_of(package, content) == before and before == edition()
    for added in later:
        added.unlink()


def test_line_ends_of_a_checkout_make_no_other_edition(copied: tuple[Path, Path]) -> None:
    before = edition_of(*copied)
    file = copied[0] / "layout" / "walk.py"
    kept = file.read_bytes()
    file.write_bytes(kept.replace(b"\n", b"\r\n"))
    assert edition_of(*copied) == before
    file.write_bytes(kept)


def test_no_module_that_reading_imports_is_left_out() -> None:
    graph = grimp.build_graph("pobratim")
    roots = ("readers", "layout", "shapes", "extract", "sources", "wikidata.document")
    found: set[str] = set()
    for name in roots:
        found |= graph.find_upstream_modules(f"pobratim.{name}", as_package=True) | {f"pobratim.{name}"}
    read = {module.removeprefix("pobratim.").replace(".", "/") for module in found if module.startswith("pobratim.")}
    rooms = {module.partition("/")[0] for module in read}
    assert (read | rooms) & AFTER_READING <= HARMLESS
    assert {"layout", "extract", "lexicon", "text", "readers", "sources", "wikidata"} <= rooms


def test_what_is_left_out_is_there() -> None:
    there = {file.relative_to(PACKAGE).with_suffix("").as_posix() for file in PACKAGE.rglob("*.py")}
    rooms = {name.partition("/")[0] for name in there}
    assert there | rooms >= AFTER_READING


def test_no_library_that_reading_imports_is_left_out() -> None:
    imported: set[str] = set()
    for file in modules(PACKAGE):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
    known = packages_distributions()
    used = {known[name][0].lower() for name in imported - sys.stdlib_module_names if name in known} - {"pobratim"}
    # What only asks a live endpoint: the answer is the document; and the parser of Turtle, a fixed format.
    assert used - {"sparqlwrapper", "pyoxigraph"} <= {name.lower() for name in LIBRARIES}


def test_no_file_that_reading_opens_is_left_out(tmp_path: Path) -> None:
    script = tmp_path / "read.py"
    script.write_text(
        "import sys\nopened = set()\n"
        "sys.addaudithook(lambda name, told: opened.add(str(told[0])) if name == 'open' else None)\n"
        "from pathlib import Path\nfrom pobratim.load.intake import read_all\n"
        "from pobratim.load.settings import Settings\n"
        "from pobratim.progress import silent\nfrom pobratim.sources import find_source\n"
        "for name, source in zip(sys.argv[1::2], sys.argv[2::2]):\n"
        "    chosen = find_source(source) if source != '-' else None\n"
        "    read, _ = read_all([Path(name)], {}, Settings('RU', source=chosen), silent)\n"
        "    assert read and read[0].records, name\n"
        "print('\\n'.join(sorted(opened)))\n",
        encoding="utf-8",
    )
    inputs = [str(content_root() / "examples" / "smolensk-2023-q1.docx"), "-", *_register()]
    done = subprocess.run([sys.executable, str(script), *inputs], capture_output=True, text=True, check=True)
    root = content_root()
    opened = {Path(line) for line in done.stdout.splitlines() if Path(line).is_relative_to(root / "ontology")}
    assert root / "ontology" / "settlements.tsv.gz" in opened and root / "ontology" / "register-columns.ttl" in opened
    # The lexicon parses every list; those of later steps are among them.
    assert opened <= set(contents(root))


def _register() -> list[str]:
    return [str(next(SOURCES.glob("agreements*"))), "agreements-register"]


# The documents that are kept


def _kept(store: Path) -> set[str]:
    return {file.name for file in (store / "documents").glob("*/*")}


def test_a_document_is_kept_once_and_read_back(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "documents")
    documents.keep(b"one")
    documents.keep(b"one")
    [name] = _kept(tmp_path)
    assert documents.read(name) == b"one"
    with pytest.raises(StoreError, match="document-missing"):
        documents.read("0" * 64)


def test_a_damaged_document_is_told_and_mended_by_keeping_it_again(tmp_path: Path) -> None:
    documents = Documents(tmp_path / "documents")
    documents.keep(b"one")
    [name] = _kept(tmp_path)
    next((tmp_path / "documents").glob("*/*")).write_bytes(b"two")
    with pytest.raises(StoreError, match="document-damaged"):
        documents.read(name)
    documents.keep(b"one")
    assert documents.read(name) == b"one"


def test_a_document_goes_with_the_last_generation_that_names_it(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "store")
    for number in range(KEPT + 1):
        write_report(tmp_path / "r.txt", (f"Встреча {number}", "г. Витебск", "школьники"))
        load([tmp_path / "r.txt"], store, Settings())
        assert len(_kept(tmp_path / "store")) == min(number + 1, KEPT)
    (tmp_path / "store" / "documents" / "ab").mkdir(exist_ok=True)
    (tmp_path / "store" / "documents" / "ab" / ".tmp-half").write_bytes(b"half")
    load([], store, Settings())
    assert len(_kept(tmp_path / "store")) == KEPT
    assert set(_kept(tmp_path / "store")) >= {
        facts["entity"]["sha256"] for facts in store.manifest()["reports"].values()
    }


def test_a_store_behind_a_url_keeps_them_in_its_state_folder(tmp_path: Path) -> None:
    store = RemoteStore("http://127.0.0.1:9/sparql", tmp_path)
    store.documents.keep(b"one")
    assert [file.relative_to(tmp_path).parts[1:3] for file in tmp_path.rglob("documents")] == [("store", "documents")]


# Another edition


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Return what makes the program another one: a rule that puts titles in capitals, and the edition that tells so."""
    old = extract_report

    def changed(*given: object, **named: object) -> object:
        found = old(*given, **named)  # type: ignore[arg-type]
        for record in found.records:
            record.topics = ["culture"]
        return found

    monkeypatch.setattr(read, "extract_report", changed)
    for module in (plan, read, rereading):
        monkeypatch.setattr(module, "edition", lambda: "another")
    yield


def _upgrade(request: pytest.FixtureRequest) -> None:
    request.getfixturevalue("upgrade")


def _reports(folder: Path) -> list[Path]:
    return [
        write_report(folder / "one.txt", ("Встреча", "г. Витебск", "клуб «Луч» г. Витебска")),
        write_report(folder / "two.txt", ("Концерт", "г. Орша", "школа № 2 г. Орши"), ("Ярмарка", "г. Минск", "дети")),
    ]


def _dump(store: GenerationStore) -> bytes:
    out = io.BytesIO()
    store.open().dump(out)
    return out.getvalue()


def _codes(report: LoadReport) -> list[str]:
    return [problem.code for problem in report.problems]


def test_another_edition_reads_every_report_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    one, two = _reports(tmp_path)
    old = GenerationStore(tmp_path / "old")
    load([one, two], old, Settings("RU-BRY"))
    one.unlink()
    _upgrade(request)
    report = load([], old, Settings())
    assert [file.state for file in report.files] == ["again", "again"]
    assert report.exit_code == 0 and not report.problems
    assert "2 reports read again: the rules have changed." in report.lines("en")
    assert not any("two.txt" in line for line in report.lines("en"))
    new = GenerationStore(tmp_path / "new")
    load([two], new, Settings("RU-BRY"))
    load([_reports(tmp_path)[0]], new, Settings("RU-BRY"))
    assert _dump(old) == _dump(new) and old.records() == new.records()
    assert {row.topics[0] for rows in old.records().values() for row in rows} == {"culture"}
    assert load([], old, Settings()).files == []


def test_a_file_at_hand_is_read_again_as_it_was_read(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    one, two = _reports(tmp_path)
    store = GenerationStore(tmp_path / "store")
    load([one, two], store, Settings("RU-BRY"))
    _upgrade(request)
    report = load([one], store, Settings())
    assert [(file.file, file.state) for file in report.files] == [("one.txt", "again"), ("two.txt", "again")]
    regions = {facts["entity"]["home_region"] for facts in store.manifest()["reports"].values()}
    assert regions == {"RU-BRY"}


def test_documents_that_are_not_kept_are_named_and_the_old_records_stay(
    tmp_path: Path, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two = _reports(tmp_path)
    store = GenerationStore(tmp_path / "store")
    load([one, two], store, Settings())
    before = store.records()
    shutil.rmtree(tmp_path / "store" / "documents")
    _upgrade(request)
    assert run(["load", "--store", str(tmp_path / "store"), "--lang", "ru"]) == 1
    assert "Загрузите заново (2): one.txt, two.txt" in capfd.readouterr().err
    assert store.records() == before
    report = load([two], store, Settings())
    assert _codes(report) == ["reread-needed"] and report.exit_code == 1
    assert dict(report.problems[0].values) == {"count": "1", "files": "one.txt"}
    assert load([one], store, Settings()).exit_code == 0
    assert load([], store, Settings()).exit_code == 0


def test_a_damaged_document_is_told_by_name(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    one, _ = _reports(tmp_path)
    store = GenerationStore(tmp_path / "store")
    load([one], store, Settings())
    next((tmp_path / "store" / "documents").glob("*/*")).write_bytes(b"x")
    _upgrade(request)
    report = load([], store, Settings())
    assert _codes(report) == ["reread-damaged", "reread-needed"]
    assert report.problems[0].file == "one.txt" and report.exit_code == 1


def test_what_is_not_to_be_kept_is_needed_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    one, two = _reports(tmp_path)
    store = str(tmp_path / "store")
    assert run(["load", str(one), "--store", store, "--no-keep"]) == 0
    assert run(["load", str(two), "--store", store]) == 0
    assert len(_kept(tmp_path / "store")) == 1
    _upgrade(request)
    report = load([], GenerationStore(tmp_path / "store"), Settings())
    assert dict(report.problems[0].values)["files"] == "one.txt"


def test_records_of_another_form_are_made_anew_or_the_load_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = _reports(tmp_path)
    store = GenerationStore(tmp_path / "store")
    usual = GenerationStore(tmp_path / "usual")
    load([one, two], usual, Settings())
    with monkeypatch.context() as patched:
        patched.setattr(unchanged, "program", lambda: "a former one")
        patched.setattr(workshop, "program", lambda: "a former one")
        patched.setattr(journal, "to_lines", lambda rows: to_lines(rows).replace('"groups"', '"crowds"'))
        load([one, two], store, Settings())
    assert store.records() == {}
    shutil.copytree(tmp_path / "store", tmp_path / "bare", symlinks=True)
    shutil.rmtree(tmp_path / "bare" / "documents")
    assert load([], store, Settings()).exit_code == 0
    assert store.records() == usual.records()
    with pytest.raises(StoreError, match="store-records-lost") as refused:
        load([one], GenerationStore(tmp_path / "bare"), Settings())
    assert refused.value.values["files"] == "two.txt"


def test_a_changed_source_reads_its_reports_again_and_a_missing_one_is_named(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(content_root() / "loaders" / "agreements-register", mine / "agreements-register")
    store = GenerationStore(tmp_path / "store")
    source = find_source("agreements-register", [mine])
    load([SOURCES / "agreements.csv"], store, Settings("RU-SMO", source=source, loaders=(mine,)))
    assert load([], store, Settings()).files == []  # one of the program's own has the name, and is not taken for it
    file = mine / "agreements-register" / "source.yml"
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert [one.state for one in load([], store, Settings(loaders=(mine,))).files] == ["again"]
    assert store.manifest()["reports"]["agreements"]["entity"]["source_edition"] != source.edition
    _upgrade(request)
    report = load([], store, Settings())
    assert _codes(report) == ["reread-source"] and report.exit_code == 1
    assert [one.state for one in load([], store, Settings(loaders=(mine,))).files] == ["again"]


def test_an_answer_of_a_live_source_is_kept_and_read_again(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store = GenerationStore(tmp_path / "store")
    source = find_source("wikidata-twin-towns")
    load([SOURCES / "entities.json"], store, Settings("RU", source=source))
    before = store.records()
    _upgrade(request)
    assert [file.state for file in load([], store, Settings()).files] == ["again"]
    assert store.records() == before
