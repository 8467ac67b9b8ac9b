"""Reading a document is a function of its bytes and the settings alone."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from pobratim.content import content_root
from pobratim.errors import UnreadableDocumentError
from pobratim.load.read import read_report
from pobratim.load.settings import Settings

REPORT = content_root() / "examples" / "smolensk-2023-q1.txt"


def test_another_process_reads_the_same() -> None:
    data = REPORT.read_bytes()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        elsewhere = processes.submit(read_report, data, REPORT.name, "report", Settings()).result()
    here = read_report(data, REPORT.name, "report", Settings())
    assert elsewhere == here
    assert len(here.records) == 34 and here.entity.slug == "report" and here.file.stored == 34


def test_the_clock_and_the_folder_say_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_report(REPORT.read_bytes(), REPORT.name, "report", Settings())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Vladivostok")
    assert read_report(REPORT.read_bytes(), REPORT.name, "report", Settings()) == first


def test_what_is_no_report_is_refused_by_name() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_report(b"nothing here", "note.txt", "note", Settings())
    assert caught.value.problem.file == "note.txt"
