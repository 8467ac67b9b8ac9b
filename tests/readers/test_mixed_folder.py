"""One folder with a report of every format and five broken files, loaded in one go by the command line."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from pobratim.cli import run
from pobratim.readers.files import MAX_DEPTH
from pobratim.store.directory import GenerationStore
from tests.support.places import FIXTURES, ROOT

pytestmark = pytest.mark.slow

DOCUMENTS = FIXTURES / "documents"
FORMATS = ("csv", "doc", "html", "ods", "odt", "pdf", "rtf", "tsv", "xls", "xlsx")
ROWS = 34


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _good(folder: Path) -> set[str]:
    """Put a report of each format into ``folder``, each under a name of its own, and return their slugs."""
    formats = [suffix for suffix in FORMATS if suffix != "doc" or shutil.which("antiword")]
    for suffix in formats:
        data = (DOCUMENTS / f"smolensk-2023-q1.{suffix}").read_bytes()
        (folder / f"report-{suffix}.{suffix}").write_bytes(data)
    example = ROOT / "examples" / "smolensk-2023-q1"
    (folder / "report-docx.docx").write_bytes(example.with_suffix(".docx").read_bytes())
    text = example.with_suffix(".txt").read_bytes()
    (folder / "report-txt.txt").write_bytes(text)
    # Equal bytes would be the same report once more: the archive's copy ends in a line of its own.
    (folder / "more.zip").write_bytes(_zip({"quarter/report-zip.txt": text + b"\n"}))
    return {f"report-{name}" for name in (*formats, "docx", "txt", "zip")}


def _broken(folder: Path) -> dict[str, bytes]:
    """Put five broken files into ``folder`` and return them by name."""
    word = (ROOT / "examples" / "smolensk-2023-q1.docx").read_bytes()
    nested = b"x"
    for depth in range(MAX_DEPTH + 2):
        nested = _zip({f"level-{depth}.{'zip' if depth else 'txt'}": nested})
    broken = {
        "bad-truncated.docx": word[: len(word) // 2],
        "bad-no-table.html": "<html><body><p>Отчёта нет</p></body></html>".encode(),
        "bad-picture.docx": b"GIF89a" + bytes(500),
        "bad-nested.zip": nested,
        "bad-garbage.txt": bytes(range(256)) * 40,
    }
    for name, data in broken.items():
        (folder / name).write_bytes(data)
    return broken


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    return folder


def test_every_file_and_row_of_a_mixed_folder_is_accounted_for(mixed: Path, tmp_path: Path) -> None:
    good, broken = _good(mixed), _broken(mixed)
    out, store = tmp_path / "report.json", tmp_path / "store"
    assert run(["load", str(mixed), "--store", str(store), "--report", str(out), "--lang", "ru"]) == 1
    told = json.loads(out.read_text(encoding="utf-8"))
    loaded = {file["slug"]: file for file in told["files"] if file["state"] == "loaded"}
    assert set(loaded) == good
    for file in loaded.values():
        assert file["rows"] == ROWS == file["stored"] + len(file["left_out"]), file["file"]
        assert not file["left_out"]
    failed = {
        file["file"]: [p["code"] for p in file["problems"]] for file in told["files"] if file["state"] == "failed"
    }
    problems = {problem["file"]: [problem["code"]] for problem in told["problems"]}
    named = {name: codes for name, codes in {**failed, **problems}.items() if Path(name.split("/")[0]).name in broken}
    assert {Path(name.split("/")[0]).name for name in named} == set(broken)
    assert all(len(codes) == 1 for codes in named.values())
    assert len({codes[0] for codes in named.values()}) == len(broken), named
    manifest = GenerationStore(store).manifest()
    assert set(manifest["reports"]) == good
    assert sum(report["rows"] for report in manifest["reports"].values()) == ROWS * len(good)
