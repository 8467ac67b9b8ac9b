"""Directories, lock and atomic switch, without any graph in them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pobratim.errors import StoreError
from pobratim.store.generations import KEPT, Generations


def _publish(generations: Generations, content: str) -> int:
    with generations.locked(0):
        draft = generations.draft()
        draft.mkdir()
        (draft / "content").write_text(content, encoding="utf-8")
        return generations.commit(draft)


def _content(generations: Generations) -> str:
    current = generations.current()
    assert current is not None
    return (current / "content").read_text(encoding="utf-8")


def test_generations_are_numbered_from_one_and_the_newest_is_current(tmp_path: Path) -> None:
    generations = Generations(tmp_path / "store")
    assert [_publish(generations, text) for text in "ab"] == [1, 2]
    assert _content(generations) == "b"


def test_a_store_can_be_moved(tmp_path: Path) -> None:
    _publish(Generations(tmp_path / "store"), "a")
    (tmp_path / "store").rename(tmp_path / "moved")
    assert _content(Generations(tmp_path / "moved")) == "a"


def test_only_the_last_generations_are_kept(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    for number in range(KEPT + 2):
        _publish(generations, str(number))
    names = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert names == ["000003", "000004", "000005"]


def test_leftovers_of_a_crash_are_removed_by_the_next_writer(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    _publish(generations, "a")
    (tmp_path / "generations" / ".tmp-000002").mkdir()
    (tmp_path / ".tmp-current.json").write_text("{", encoding="ascii")
    assert _content(generations) == "a"
    assert _publish(generations, "b") == 2
    assert _content(generations) == "b"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current.json", "generations", "lock"]
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["000001", "000002"]


def test_a_generation_that_never_became_current_is_neither_read_nor_written_over(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    _publish(generations, "a")
    (tmp_path / "generations" / "000002").mkdir()
    assert _content(generations) == "a"
    assert _publish(generations, "b") == 3
    assert sorted(path.name for path in (tmp_path / "generations").iterdir()) == ["000001", "000002", "000003"]


def test_the_former_generation_stays_however_many_are_newer(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    _publish(generations, "a")
    for number in range(2, 6):
        (tmp_path / "generations" / f"00000{number}").mkdir()
    _publish(generations, "b")
    names = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert names == ["000001", "000004", "000005", "000006"]


def test_the_draft_of_work_that_fails_is_removed_at_once(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    _publish(generations, "a")
    with pytest.raises(OSError, match="full"), generations.locked(0), generations.drafting() as draft:
        (draft / "half").write_text("x", encoding="ascii")
        raise OSError("full")
    assert [path.name for path in (tmp_path / "generations").iterdir()] == ["000001"]
    assert _content(generations) == "a"


def test_a_missing_directory_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        Generations(tmp_path / "none").current()
    assert caught.value.code == "store-missing"
    assert not (tmp_path / "none").exists()


def test_an_empty_directory_is_a_store_without_generations(tmp_path: Path) -> None:
    assert Generations(tmp_path).current() is None


def test_a_directory_of_something_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"precious")
    generations = Generations(tmp_path)
    with pytest.raises(StoreError, match="store-foreign"):
        generations.current()
    with pytest.raises(StoreError, match="store-foreign"), generations.locked(0):
        pytest.fail("a foreign directory was locked")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_instead_of_a_directory_is_foreign(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match="store-foreign"), Generations(tmp_path / "store").locked(0):
        pytest.fail("a file was locked")


@contextmanager
def _other_process_holding_the_lock(store: Path) -> Iterator[subprocess.Popen[str]]:
    code = (
        "import sys; from pathlib import Path; from pobratim.store.generations import Generations\n"
        "with Generations(Path(sys.argv[1])).locked(0): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield process
        if process.stdin is not None:
            process.stdin.close()


def test_a_second_writer_is_told_which_process_holds_the_lock(tmp_path: Path) -> None:
    with _other_process_holding_the_lock(tmp_path) as other:
        with pytest.raises(StoreError) as caught, Generations(tmp_path).locked(0.2):
            pytest.fail("the lock was given twice")
        assert caught.value.values["process"] == str(other.pid)
    with Generations(tmp_path).locked(0):
        assert (tmp_path / "lock").read_text(encoding="ascii") == str(os.getpid())


def test_a_second_writer_waits_as_long_as_it_was_told(tmp_path: Path) -> None:
    with _other_process_holding_the_lock(tmp_path) as other:
        assert other.stdin is not None
        other.stdin.close()
        with Generations(tmp_path).locked(20):
            assert (tmp_path / "lock").read_text(encoding="ascii") == str(os.getpid())


def test_the_lock_is_free_after_an_error_inside(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    with pytest.raises(KeyError), generations.locked(0):
        raise KeyError
    assert _publish(generations, "a") == 1


def test_the_lock_can_be_taken_again_by_the_same_object(tmp_path: Path) -> None:
    generations = Generations(tmp_path)
    with generations.locked(0):
        assert _publish(generations, "a") == 1
        with pytest.raises(StoreError, match="store-locked"), Generations(tmp_path).locked(0):
            pytest.fail("the inner use gave the lock away")
