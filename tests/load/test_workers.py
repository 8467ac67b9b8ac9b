"""Work in several processes: in order, and one that dies takes only its own piece along."""

import multiprocessing
import os
import pickle
import signal
import time
import weakref
from collections import Counter
from pathlib import Path

import pytest

import pobratim.load.intake as intake
import pobratim.load.pipeline as pipeline
from pobratim.errors import LedgerError, PobratimError, UnreadableDocumentError, UsageError
from pobratim.load.loaded import Loaded
from pobratim.load.pipeline import load
from pobratim.load.read import read_report
from pobratim.load.settings import Settings
from pobratim.load.workers import Beside, LostError, attempts, cores, each
from pobratim.messages import describe
from pobratim.problems import Problem
from pobratim.store.directory import GenerationStore
from tests.support.small_reports import write_report

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing can be forked")]

ROW = ("Фестиваль", "г. Витебск", "Гимназия № 7 г. Витебска")


def _squared(number: int | None) -> int:
    assert number is not None
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 5:
        raise ValueError("five")
    return number * number


def test_what_is_lost_and_what_fails_stands_in_its_place() -> None:
    pieces = [0, 1, None, 3, 4, 5, *range(6, 40)]
    made = list(attempts(_squared, pieces, 3))
    assert isinstance(made[3], LostError) and isinstance(made[5], ValueError)
    wanted = [None if number is None else number * number for number in pieces]
    assert [one for at, one in enumerate(made) if at not in (3, 5)] == wanted[:3] + wanted[4:5] + wanted[6:]


def test_a_lost_piece_is_made_here() -> None:
    here = os.getpid()

    def work(number: int) -> int:
        if number == 2 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number + 1

    assert list(each(work, range(5), 2)) == [1, 2, 3, 4, 5]


def test_work_beside_is_done_by_another_process_where_there_may_be_several() -> None:
    assert Beside(os.getpid, 1).made() == os.getpid() != Beside(os.getpid, 2).made()


def test_work_beside_begins_before_it_is_asked_for_and_ends_when_it_is_left(tmp_path: Path) -> None:
    def work() -> None:
        (tmp_path / "begun").write_text(str(os.getpid()), encoding="ascii")
        time.sleep(600)

    beside = Beside(work, 2)
    while not (tmp_path / "begun").exists() or not (tmp_path / "begun").read_text(encoding="ascii"):
        time.sleep(0.01)
    beside.close()
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "begun").read_text(encoding="ascii")), 0)


def test_a_process_beside_ends_with_its_work_before_it_is_heard() -> None:
    before = {one.pid for one in multiprocessing.active_children()}
    beside = Beside(lambda: "done", 2)
    while {one.pid for one in multiprocessing.active_children()} - before:  # those that ended are none of them
        time.sleep(0.01)
    assert beside.made() == "done"


def test_work_beside_that_is_lost_is_done_here_and_what_it_raises_is_raised() -> None:
    here = os.getpid()

    def lost() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    assert Beside(lost, 2).made() == here
    for jobs in (1, 2):
        with pytest.raises(ValueError, match="five"):
            Beside(lambda: _squared(5), jobs).made()


def test_what_stands_for_work_beside_that_is_lost_is_all_that_is_kept_of_it_here() -> None:
    class Large:
        pass

    def beside(end: bool) -> tuple[Beside[str], weakref.ref[Large]]:
        large = Large()

        def work() -> str:
            if end:
                os.kill(os.getpid(), signal.SIGKILL)
            return type(large).__name__

        return Beside(work, 2, lambda: "lost"), weakref.ref(large)

    for is_lost, told in ((True, "lost"), (False, "Large")):
        found, large = beside(is_lost)
        assert large() is None
        assert found.made() == told


def test_a_process_gives_way_to_another_one_after_some_pieces() -> None:
    hands = list(each(lambda _: os.getpid(), range(20), 2, 3))
    assert max(Counter(hands).values()) == 3
    assert os.getpid() not in hands


def test_there_is_a_process_a_core() -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)


def _killing(data: bytes, file: str, name: str, settings: Settings) -> Loaded:
    if name == "r3":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_report(data, file, name, settings)


def test_a_killed_reader_refuses_its_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [write_report(tmp_path / "in" / f"r{number}.txt", (f"{ROW[0]} {number}", *ROW[1:])) for number in range(9)]
    monkeypatch.setattr(intake, "read_report", _killing)
    report = load(files, GenerationStore(tmp_path / "store"), Settings("RU-SMO", jobs=2))
    assert [file.file for file in report.files if file.state == "failed"] == ["r3.txt"]
    [problem] = report.files[3].problems
    assert problem.code == "file-lost" and "r3.txt" in describe(problem, "en") and report.totals["reports"] == 8


def test_an_interrupted_load_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, file = GenerationStore(tmp_path / "store"), write_report(tmp_path / "r.txt", ROW)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "build", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load([file], store, Settings("RU-SMO"))
    monkeypatch.setattr(intake, "read_report", interrupted)
    report = load([file], store, Settings("RU-SMO"))
    assert report.files[0].state == "loaded" and len(store.records()["r"]) == 1
    assert not list(store.directory.glob(".tmp-*"))


@pytest.mark.parametrize(
    "error",
    [
        UnreadableDocumentError(Problem("error", "reader-empty", "a.docx", values=(("limit", "5"),))),
        LedgerError([Problem("error", "decisions-date", "decisions.tsv", 3)]),
        UsageError("query-unknown", name="x", near=""),
    ],
)
def test_an_error_comes_from_another_process_as_it_was(error: PobratimError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error) and again.__dict__ == error.__dict__ and again.args == error.args


def test_nobody_goes_on_with_the_work_of_one_who_was_killed(tmp_path: Path) -> None:
    told, late = tmp_path / "told", tmp_path / "late"

    def work(_: int) -> None:
        told.write_text(str(os.getpid()))
        time.sleep(3)
        late.touch()

    parent = os.fork()
    if not parent:
        list(each(work, [0], 2))
        os._exit(0)
    while not (told.exists() and told.read_text()):
        time.sleep(0.01)
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    time.sleep(4)
    assert not late.exists()
