"""Stores that were copied in part, or by programs that know no links: refused, never written over, and repaired."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from pobratim.cli import run
from pobratim.errors import StoreError
from pobratim.record import Record
from pobratim.store.directory import GenerationStore

GRAPH = "http://g.example/1"


def _publish(store: Path, value: str) -> int:
    quad = Quad(NamedNode("http://e.example/s"), NamedNode("http://e.example/p"), Literal(value), NamedNode(GRAPH))
    records = {"r": [Record("r", 1, title=value)]}
    return GenerationStore(store).publish({GRAPH: [quad]}, records, {"reports": {"r": {}}}).generation


def _value(store: Path) -> str:
    [quad] = GenerationStore(store).open().quads()
    [record] = GenerationStore(store).records()["r"]
    assert isinstance(quad.object, Literal) and record.title == quad.object.value
    return record.title


def _files(store: Path) -> dict[str, bytes]:
    names = {path: path.relative_to(store).as_posix() for path in store.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for path, name in names.items() if name != "lock"}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for value in ("a", "b"):
        _publish(tmp_path / "store", value)
    return tmp_path / "store"


@pytest.fixture
def former(store: Path) -> Path:
    """A store as versions before wrote it: a link in place of the file, and no inventories."""
    (store / "current.json").unlink()
    for file in store.glob("generations/*/contents.json"):
        file.unlink()
    (store / "current").symlink_to(Path("generations") / "000002")
    return store


def _without_pointer(store: Path) -> None:
    (store / "current.json").unlink()


def _pointer_is_a_folder(store: Path) -> None:
    (store / "current.json").unlink()
    (store / "current.json").mkdir()


def _pointer_cut_short(store: Path) -> None:
    (store / "current.json").write_bytes((store / "current.json").read_bytes()[:9])


def _pointer_empty(store: Path) -> None:
    (store / "current.json").write_bytes(b"")


def _pointer_elsewhere(store: Path) -> None:
    (store / "current.json").write_text('{"generation": "../000002", "contents": ""}', encoding="ascii")


def _generation_gone(store: Path) -> None:
    shutil.rmtree(store / "generations" / "000002")


def _all_generations_gone(store: Path) -> None:
    shutil.rmtree(store / "generations")


def _file_gone(store: Path) -> None:
    next(store.glob("generations/000002/store/*.sst")).unlink()


def _file_cut_short(store: Path) -> None:
    file = max(store.glob("generations/000002/store/*.sst"), key=lambda path: path.stat().st_size)
    content = file.read_bytes()
    file.unlink()  # it is a hard link to that of the former generation
    file.write_bytes(content[:-1])


def _small_file_changed(store: Path) -> None:
    file = store / "generations" / "000002" / "records" / "r.jsonl"
    file.write_bytes(file.read_bytes().replace(b'"b"', b'"c"'))


def _inventory_of_another(store: Path) -> None:
    shutil.copy(store / "generations" / "000001" / "contents.json", store / "generations" / "000002")


DAMAGES: dict[Callable[[Path], None], str] = {
    _without_pointer: "unmarked",
    _pointer_is_a_folder: "pointer",
    _pointer_cut_short: "pointer",
    _pointer_empty: "pointer",
    _pointer_elsewhere: "missing",
    _generation_gone: "missing",
    _all_generations_gone: "missing",
    _file_gone: "partial",
    _file_cut_short: "partial",
    _small_file_changed: "partial",
    _inventory_of_another: "partial",
}


@pytest.mark.parametrize(("damage", "kind"), DAMAGES.items())
def test_a_damaged_store_is_refused_and_nothing_in_it_changes(
    store: Path, damage: Callable[[Path], None], kind: str
) -> None:
    damage(store)
    before = _files(store)
    opened = GenerationStore(store)
    for act in (opened.open, opened.manifest, opened.records, opened.search_folder, lambda: _publish(store, "c")):
        with pytest.raises(StoreError, match=f"store-broken-{kind}"):
            act()
    with pytest.raises(StoreError, match=f"store-broken-{kind}"):
        opened.update("INSERT DATA { <urn:a> <urn:b> <urn:c> }", GRAPH)
    assert _files(store) == before


@pytest.mark.parametrize("damage", [_without_pointer, _generation_gone, _file_cut_short])
def test_a_load_into_a_damaged_store_says_what_to_do(
    store: Path, damage: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    damage(store)
    for arguments in (["load", "examples/smolensk-2023-q1.docx"], ["dump"], ["query", "agreements"], ["serve"]):
        assert run([*arguments, "--store", str(store), "--lang", "ru"]) == 4
        said = capsys.readouterr().err
        assert "000001" in said and f"pobratim repair --store {store}" in said


@pytest.mark.parametrize(
    ("damage", "value", "code", "following"),
    [
        (_without_pointer, "b", 0, 3),
        (_pointer_cut_short, "b", 0, 3),
        (_pointer_elsewhere, "b", 0, 3),
        (_generation_gone, "a", 0, 2),
        (_file_gone, "a", 1, 3),
        (_file_cut_short, "a", 1, 3),
        (_small_file_changed, "a", 1, 3),
    ],
)
def test_repair_puts_the_newest_whole_generation_in_force(
    store: Path, damage: Callable[[Path], None], value: str, code: int, following: int
) -> None:
    damage(store)
    before = set(_files(store))
    assert run(["repair", "--store", str(store)]) == code
    assert _value(store) == value
    assert before <= set(_files(store))
    assert _publish(store, "c") == following
    assert _value(store) == "c"


def test_repair_without_a_whole_generation_changes_nothing(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in (1, 2):
        (store / "generations" / f"00000{number}" / "manifest.json").unlink()
    before = _files(store)
    assert run(["repair", "--store", str(store), "--lang", "en"]) == 4
    assert "no whole generation (damaged: 000002, 000001)" in capsys.readouterr().err
    assert _files(store) == before


def test_a_whole_store_is_left_as_it_is_unless_a_generation_is_named(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _files(store)
    assert run(["repair", "--store", str(store), "--lang", "en"]) == 0
    assert "nothing to repair" in capsys.readouterr().err
    assert _files(store) == before
    assert run(["repair", "--store", str(store), "--generation", "1"]) == 0
    assert _value(store) == "a"
    assert _publish(store, "c") == 3


def test_there_is_nothing_to_repair_behind_a_url_or_in_an_empty_folder(tmp_path: Path) -> None:
    assert run(["repair", "--store", "http://127.0.0.1:9/sparql"]) == 2
    assert run(["repair", "--store", str(tmp_path)]) == 4
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("follow", [True, False])
def test_a_whole_copy_is_a_store(store: Path, tmp_path: Path, follow: bool) -> None:
    shutil.copytree(store, tmp_path / "copy", symlinks=not follow)
    assert _value(tmp_path / "copy") == "b"
    assert _publish(tmp_path / "copy", "c") == 3


def test_what_the_engine_can_do_without_need_not_be_copied(store: Path) -> None:
    for name in ("LOG", "LOCK"):
        (store / "generations" / "000002" / "store" / name).unlink(missing_ok=True)
    assert _value(store) == "b"


def test_what_file_managers_leave_behind_is_no_harm(store: Path) -> None:
    for name in (".DS_Store", "._current.json", "desktop.ini", "Thumbs.db"):
        (store / name).write_bytes(b"\xff")
    for folder in (store / "generations", store / "generations" / "000002" / "records"):
        (folder / ".DS_Store").write_bytes(b"\xff")
        (folder / "._r.jsonl").write_bytes(b"\xff")
    assert _value(store) == "b"
    assert _publish(store, "b") == 2
    assert _publish(store, "c") == 3


def test_a_store_with_a_link_is_read_and_the_next_load_writes_the_file(former: Path) -> None:
    assert _value(former) == "b"
    assert _publish(former, "b") == 2
    assert _publish(former, "c") == 3
    assert json.loads((former / "current.json").read_text(encoding="ascii"))["generation"] == "000003"
    assert not (former / "current").is_symlink() and _value(former) == "c"


def test_a_link_that_was_copied_as_its_text_is_read(former: Path) -> None:
    (former / "current").unlink()
    (former / "current").write_text("generations/000001", encoding="ascii")
    assert _value(former) == "a"
    assert _publish(former, "c") == 3
    assert not (former / "current").exists()


def test_a_link_to_nowhere_is_a_damaged_store(former: Path) -> None:
    (former / "current").unlink()
    (former / "current").symlink_to("generations/000009")
    with pytest.raises(StoreError, match="store-broken-missing"):
        GenerationStore(former).open()


def test_a_former_store_without_its_link_is_repaired(former: Path) -> None:
    (former / "current").unlink()
    with pytest.raises(StoreError, match="store-broken-unmarked"):
        _publish(former, "c")
    assert run(["repair", "--store", str(former)]) == 0
    assert _value(former) == "b"


def test_a_former_store_copied_with_what_its_link_led_to_is_repaired(former: Path, tmp_path: Path) -> None:
    _publish(former / "newer", "c")  # a newer generation that never became current
    (former / "newer" / "generations" / "000001").rename(former / "generations" / "000003")
    shutil.rmtree(former / "newer")
    shutil.copytree(former, tmp_path / "copy", symlinks=False)
    before = _files(tmp_path / "copy")
    with pytest.raises(StoreError, match="store-broken-pointer"):
        _publish(tmp_path / "copy", "d")
    assert _files(tmp_path / "copy") == before
    assert run(["repair", "--store", str(tmp_path / "copy")]) == 0
    assert _value(tmp_path / "copy") == "b"
    assert not (tmp_path / "copy" / "current").exists()


def test_a_former_store_that_lost_a_report_is_damaged(former: Path) -> None:
    (former / "generations" / "000002" / "records" / "r.jsonl").unlink()
    with pytest.raises(StoreError, match="store-broken"):
        GenerationStore(former).records()
    assert run(["repair", "--store", str(former)]) == 1
    assert _value(former) == "a"


def test_where_there_are_no_hard_links_files_are_copied(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Linkless:
        def __init__(self, folder: str) -> None:
            self.folder = folder

        @classmethod
        def read_only(cls, folder: str) -> "Linkless":
            return cls(folder)

        def backup(self, target: str) -> None:
            Path(target).mkdir()
            raise OSError("Operation not permitted")

    class Engine:
        read_only = Linkless.read_only

        def __new__(cls, *arguments: str) -> object:  # type: ignore[misc]
            return Store(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("pobratim.store.reader.Store", Engine)
        assert _publish(store, "c") == 3
    assert _value(store) == "c"


def test_reports_may_be_called_what_windows_takes_for_a_device(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path)
    records = {name: [Record(name, 1)] for name in ("con", "com1", "com", "nul-2")}
    store.publish({}, records, {})
    assert store.records() == records
    names = {path.stem for path in tmp_path.glob("generations/000001/records/*")}
    assert names == {"con_", "com1_", "com", "nul-2"}
