"""The index: made once a generation, of the tables, and the same whoever makes it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pobratim.compare.comparison import table_source
from pobratim.explore import Index, bits, index_file, index_of
from pobratim.explore.filling import parties
from pobratim.explore.index_file import FILE, is_current, make
from pobratim.store.directory import GenerationStore
from pobratim.store.reader import MemoryReader
from pobratim.tables import table_of


def test_sets_of_numbers_come_back_in_an_order() -> None:
    held = bits.of([3, 70, 1, 8])
    assert bits.unpacked(bits.packed(held)) == held and held.bit_count() == 4
    assert bits.first(held, range(100, 0, -1), 1, 2) == [8, 3]
    assert bits.first(held, [70, 500, 1], 0, 9) == [70, 1]
    for order in (range(1, 5_000), range(4_999, 0, -1), range(300, 900), range(0, 5_000, 3)):
        for few in (bits.of(range(7, 5_000, 61)), bits.of(range(1, 4_000, 2)), bits.NOTHING, bits.of([0, 255, 256])):
            assert bits.first(few, order, 2, 20) == bits.first(few, list(order), 2, 20)
            there = {*bits.numbers(few)}
            assert bits.of(there) == few and there == {n for n, has in enumerate(bits.flags(few, 5_000)) if has}
            for start, end in ((0, 1), (7, 8), (3, 300), (250, 5_000)):
                [part] = bits.parts(few, [(start, end)])
                assert bits.numbers(part) == sorted(number - start for number in there if start <= number < end)
    assert bits.everything(3) == bits.of([1, 2, 3]) and bits.union([bits.of([1]), bits.of([2])]) == bits.of([1, 2])


def test_every_row_of_the_tables_is_in_the_index(example_directory: Path, index: Index) -> None:
    reader = GenerationStore(example_directory).open()
    for table, name in (
        ("tie", "ties"), ("event", "events"), ("agreement", "agreements"), ("account", "accounts"),
        ("report", "reports"), ("ground", "grounds"), ("event_party", "participations"),
    ):  # fmt: skip
        assert index.value(f"SELECT COUNT(*) FROM {table}") == len(table_of(reader, name).rows) > 0, name
    parties = {str(row[0]) for name in ("places", "organisations") for row in table_of(reader, name).rows}
    assert parties <= {row[0] for row in index.rows("SELECT iri FROM party")}


def test_no_number_leads_nowhere(several: Index) -> None:
    for table, column, target in (
        ("tie", "a", "party"), ("tie", "b", "party"), ("event_party", "party", "party"), ("ground", "tie", "tie"),
        ("account", "report", "report"), ("account", "reporter", "party"), ("tie_of", "party", "party"),
        ("event_of", "event", "event"), ("agreement_party", "party", "party"), ("event_place", "party", "party"),
    ):  # fmt: skip
        sql = f"SELECT COUNT(*) FROM {table} WHERE {column} NOT NULL AND {column} NOT IN (SELECT id FROM {target})"
        assert several.value(sql) == 0, (table, column)
    assert several.value("SELECT COUNT(*) FROM ground WHERE event IS NULL AND agreement IS NULL") == 0
    assert several.value("SELECT COUNT(*) FROM account WHERE reporter IS NULL") == 0


def test_it_lies_beside_the_tables_and_is_made_once(example_directory: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(example_directory, store)
    index = index_of(GenerationStore(store).open())
    assert index.file.parent == store / "tables" / "000001" and is_current(index.file)
    made, sizes = index.file.stat().st_mtime_ns, index.sizes
    assert index_of(GenerationStore(store).open()).file.stat().st_mtime_ns == made
    index.file.write_bytes(b"SQLite format 3\0 and nothing else")
    again = index_of(GenerationStore(store).open())
    assert is_current(again.file) and again.sizes == sizes
    assert [file.name for file in index.file.parent.iterdir() if file.name.startswith(".")] == []


def test_it_goes_on_from_the_index_before(
    example_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = table_source(GenerationStore(example_directory).open())
    alone, after, other = (tmp_path / name for name in ("alone", "after", "other"))
    make(tables, 1, alone)
    with monkeypatch.context() as patch:
        patch.setattr(parties, "short_name", lambda *_: "read once more")
        make(tables, 1, after, alone)
        assert _content(after) == _content(alone)
        patch.setattr(index_file, "program", lambda: "another program")
        make(tables, 1, other, alone)
    assert "read once more" in _content(other)


def _content(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return "\n".join(database.iterdump())


def test_an_index_of_another_version_is_none(index: Index, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Index(tmp_path / "nothing.sqlite")
    (tmp_path / "other.sqlite").write_bytes(b"no database at all, but some bytes of text")
    with pytest.raises(FileNotFoundError):
        Index(tmp_path / "other.sqlite")
    assert not is_current(tmp_path / "other.sqlite") and is_current(index.file)


def test_the_maker_prints_where_the_index_is(example_directory: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pobratim.explore"]
    made = subprocess.run([*command, str(example_directory), "", "1", str(tmp_path)], capture_output=True, text=True)
    assert made.returncode == 0 and Path(made.stdout) == example_directory / "tables" / "000001" / FILE
    lost = subprocess.run([*command, str(tmp_path / "none"), "", "1", str(tmp_path)], capture_output=True, text=True)
    assert lost.returncode == 4 and lost.stdout == ""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who may write everywhere is never refused")
def test_a_folder_that_cannot_be_written_leads_to_the_spare_one(example_directory: Path, tmp_path: Path) -> None:
    shutil.copytree(example_directory, tmp_path / "store")
    shutil.rmtree(tmp_path / "store" / "tables", ignore_errors=True)
    (tmp_path / "store").chmod(0o555)
    command = [sys.executable, "-m", "pobratim.explore", str(tmp_path / "store"), "", "1", str(tmp_path / "spare")]
    made = subprocess.run(command, capture_output=True, text=True)
    assert made.returncode == 0 and Path(made.stdout) == tmp_path / "spare" / FILE


def test_an_empty_store_has_an_empty_index() -> None:
    index = index_of(MemoryReader())
    assert index.sizes == {"tie": 0, "event": 0, "agreement": 0} and index.home.all == frozenset()
