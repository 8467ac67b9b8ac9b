"""The place of a folder: whatever ends a publisher, the old one or the new one is there, and no other is touched."""

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pobratim.errors import UsageError
from pobratim.ground import disk
from pobratim.publishing.folder.changes import differing
from pobratim.publishing.folder.documents import is_odd
from pobratim.publishing.folder.editions import read_former
from pobratim.publishing.folder.passport import valid_until
from pobratim.publishing.folder.place import replaced
from pobratim.publishing.folder.quarters import period_name
from pobratim.publishing.folder.tree import Tree

_KILLED = """
import os, signal, sys
from pathlib import Path
from pobratim.publishing.folder import place
step, folder = int(sys.argv[1]), Path(sys.argv[2])
count = 0
def counted(name, act):
    def run(*args):
        global count
        if count == step: os.kill(os.getpid(), signal.SIGKILL)
        count += 1
        return act(*args)
    return run
Path.rename = counted("rename", Path.rename)
place.disk.sync = counted("sync", place.disk.sync)
place.disk.remove = counted("remove", place.disk.remove)
with place.replaced(folder) as draft:
    new = draft.begin()
    for number in range(5):
        (new / str(number)).write_text("new")
    draft.finish()
"""


def _fill(folder: Path, word: str) -> None:
    folder.mkdir()
    for number in range(5):
        (folder / str(number)).write_text(word)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed like that there")
def test_killed_at_any_moment_there_is_the_old_folder_or_the_new_one(tmp_path: Path) -> None:
    seen = set()
    for step in range(20):
        folder = tmp_path / f"site-{step}"
        _fill(folder, "old")
        done = subprocess.run([sys.executable, "-c", _KILLED, str(step), str(folder)], check=False)
        assert done.returncode in (0, -signal.SIGKILL)
        with replaced(folder):  # whoever comes next puts it right
            pass
        words = {(folder / str(number)).read_text() for number in range(5)}
        assert len(words) == 1, step
        seen |= words
        assert {path.name for path in tmp_path.iterdir() if path.name.startswith(f".site-{step}.")} <= {
            f".site-{step}.lock"
        }
        if done.returncode == 0:
            break
    assert seen == {"old", "new"}


def test_an_error_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    _fill(folder, "old")
    with pytest.raises(OSError), replaced(folder) as draft:
        (draft.begin() / "half").write_text("")
        raise OSError("disk full")
    assert [path.name for path in tmp_path.iterdir() if path.name != ".site.lock"] == ["site"]
    assert (folder / "0").read_text() == "old"


def test_a_second_publisher_is_refused(tmp_path: Path) -> None:
    with (
        disk.exclusive(tmp_path / ".site.lock"),
        pytest.raises(UsageError, match="publish-locked"),
        replaced(tmp_path / "site"),
    ):
        raise AssertionError


def test_what_is_not_ours_is_refused(tmp_path: Path) -> None:
    foreign = tmp_path / "photos"
    _fill(foreign, "mine")
    with pytest.raises(UsageError, match="publish-foreign"):
        read_former(foreign)
    (tmp_path / "link").symlink_to(foreign)
    for name in ("link", "photos/0"):
        with pytest.raises(UsageError, match="publish-foreign"), replaced(tmp_path / name):
            raise AssertionError
    for content in ("", "[]", "{}", '{"format": 1}', '{"format": 99}'):
        (foreign / "publication.json").write_text(content)
        with pytest.raises(UsageError, match="publish-f"):
            read_former(foreign)
    assert (foreign / "0").read_text() == "mine"


def test_a_new_or_empty_folder_is_nobodys(tmp_path: Path) -> None:
    assert read_former(tmp_path / "new").last is None
    assert read_former(tmp_path).last is None


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.put("a/b.ttl", b"1")
    with pytest.raises(ValueError, match=r"a/b\.ttl"):
        tree.put("a/b.ttl", b"2")
    assert (tmp_path / "a" / "b.ttl").read_bytes() == b"1"


def test_lines_that_only_one_of_two_sorted_lists_has() -> None:
    assert list(differing([b"a", b"b", b"d"], [b"b", b"c", b"e"])) == [
        (False, b"a"), (True, b"c"), (False, b"d"), (True, b"e"),
    ]  # fmt: skip
    assert list(differing([], [])) == []


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2023, 1, 1), date(2023, 3, 31), "2023-q1"),
        (date(2023, 10, 1), date(2023, 12, 31), "2023-q4"),
        (date(2023, 1, 1), date(2023, 12, 31), "2023"),
        (date(2022, 12, 1), date(2023, 3, 31), "2022-12-01--2023-03-31"),
    ],
)
def test_periods_have_names(start: date, end: date, name: str) -> None:
    assert period_name(start, end) == name


def test_a_version_is_valid_for_whole_months() -> None:
    assert valid_until("2026-11-30", 3) == "2027-02-28"
    assert valid_until("2027-11-30", 3) == "2028-02-29"
    assert valid_until("2026-12-31", 12) == "2027-12-31"


def test_only_documents_with_another_name_than_their_key_are_odd() -> None:
    assert not is_odd("https://e.org/id/tie/country/by--ru", "doc/tie/country/by--ru")
    assert is_odd("https://e.org/id/place/A.ttl", "doc/place/a-ttl--0123456789ab")


def test_the_same_bytes_lie_on_the_disk_once(tmp_path: Path) -> None:
    former = Tree(tmp_path / "former")
    former.put("tables/1.0.0/places.csv", b"places")
    tree = Tree(tmp_path / "now")
    tree.put("tables/1.1.0/places.csv", b"places")
    tree.put("void.ttl", b"void")
    tree.put(".well-known/void", b"void")
    tree.put("robots.txt", b"robots")
    tree.share(former.root, former.files)
    held = {path: (tree.root / path).stat().st_ino for path in tree.files}
    assert held["tables/1.1.0/places.csv"] == (former.root / "tables/1.0.0/places.csv").stat().st_ino
    assert held["void.ttl"] == held[".well-known/void"] != held["robots.txt"]
    assert {path: (tree.root / path).read_bytes() for path in tree.files} == {
        "tables/1.1.0/places.csv": b"places", "void.ttl": b"void", ".well-known/void": b"void", "robots.txt": b"robots"
    }  # fmt: skip
    assert sorted(file.name for file in tree.root.iterdir()) == [".well-known", "robots.txt", "tables", "void.ttl"]
