"""Old Word documents by foreign programs: LibreOffice starts once for many, and nothing it started outlives it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.readers import doc, office, processes
from pobratim.readers.files import converting_together, find_documents
from pobratim.readers.processes import StuckError, run
from tests.support.compound_sample import compound
from tests.support.hidden_documents import odt
from tests.support.places import FIXTURES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")
_STAND_IN = """#!/bin/sh
echo start >> {log}
sleep 300 &
echo $! >> {log}.children
while [ "$1" != --outdir ]; do shift; done
out=$2; shift 2
for source in "$@"; do
  case "$(tail -c 5 "$source")" in
    *stuck) sleep 300 ;;
    *dies) exit 81 ;;
    *bad) ;;
    *) cp {made} "$out/$(basename "$source" .doc).odt" ;;
  esac
done
"""


class StandIn:
    """A program that does as LibreOffice: it converts what does not end in stuck, dies or bad, and leaves a child."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._log = folder / "log"
        made = folder / "made.odt"
        made.write_bytes(odt("<text:p>а</text:p>"))
        path = folder / "soffice"
        path.write_text(_STAND_IN.format(log=self._log, made=made), encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setattr(office, "office", lambda: str(path))
        monkeypatch.setattr(doc, "_antiword", lambda: None)

    @property
    def starts(self) -> int:
        return len(self._log.read_text(encoding="utf-8").split()) if self._log.exists() else 0

    def children(self) -> list[int]:
        """Return the children that still run."""
        numbers = map(int, Path(f"{self._log}.children").read_text(encoding="utf-8").split())
        return [number for number in numbers if _runs(number)]


def _runs(number: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    return StandIn(tmp_path, monkeypatch)


def _folder(tmp_path: Path, *ends: str) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number, end in enumerate(ends):
        data = compound({"WordDocument": str(number).encode()})
        (folder / f"r{number}.doc").write_bytes(data + end.encode())
    return folder


def _codes(folder: Path) -> list[str]:
    _, report = extract([folder], Settings(jobs=1))  # each process would start one of its own
    return [file.problems[0].code for file in report.files]


def test_many_documents_are_converted_by_one_start(tmp_path: Path, stand_in: StandIn) -> None:
    assert _codes(_folder(tmp_path, *["good"] * 6, "--bad")) == ["layout-no-report"] * 6 + ["reader-damaged-archive"]
    assert stand_in.starts == 1 and stand_in.children() == []


def test_nothing_is_started_where_no_document_needs_it(tmp_path: Path, stand_in: StandIn) -> None:
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    list(converting_together(list(find_documents([tmp_path / "a.txt"]))))
    assert stand_in.starts == 0


def test_a_document_that_stops_it_costs_only_itself(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "SECONDS", 5)
    told = _codes(_folder(tmp_path, "good", "stuck", "good", "-dies", "good"))
    assert told == [
        "layout-no-report",
        "reader-tool-timeout",
        "layout-no-report",
        "reader-damaged-archive",
        "layout-no-report",
    ]
    assert stand_in.starts == 3 and stand_in.children() == []


def test_a_program_that_can_do_nothing_is_not_asked_for_ever(tmp_path: Path, stand_in: StandIn) -> None:
    assert set(_codes(_folder(tmp_path, *["-dies"] * 9))) == {"reader-damaged-archive"}
    assert stand_in.starts <= 3


def test_the_children_of_what_hangs_end_with_it(tmp_path: Path) -> None:
    script = f"sleep 300 & echo $! > {tmp_path}/child; sleep 300"
    begin = time.monotonic()
    with pytest.raises(StuckError):
        run(["/bin/sh", "-c", script], 0.5, tmp_path)
    assert time.monotonic() - begin < 30
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    while _runs(child) and time.monotonic() - begin < 30:  # who was killed is there until the system has taken it away
        time.sleep(0.05)
    assert not _runs(child)


def test_a_program_that_goes_on_has_time(tmp_path: Path) -> None:
    script = f"for i in 1 2 3 4; do sleep 1; echo x >> {tmp_path}/done; done; echo end"

    def progress() -> int:
        done = tmp_path / "done"
        return done.stat().st_size if done.exists() else 0

    assert run(["/bin/sh", "-c", script], 3, tmp_path, progress=progress).output == b"end\n"
    assert run(["/bin/sh", "-c", "exit 7"], 60, tmp_path).code == 7


def test_a_program_that_prints_too_much_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "OUTPUT", 1_000)
    assert run(["/bin/sh", "-c", "yes | head -c 5000"], 60, tmp_path).output == b""


@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed")
def test_libreoffice_itself_converts_several_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "_antiword", lambda: None)
    data = (FIXTURES / "documents" / "smolensk-2023-q1.doc").read_bytes()
    for number in range(3):
        (tmp_path / f"r{number}.doc").write_bytes(data + bytes([number]))
    _, report = extract([tmp_path], Settings())
    assert [file.rows for file in report.files] == [34, 34, 34]
