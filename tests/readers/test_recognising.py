"""Scans recognised from the first to the last step: only where tesseract with Russian is installed."""

from io import BytesIO
from pathlib import Path
from struct import pack
from zlib import crc32

import numpy as np
import pytest
from PIL import Image
from rapidfuzz import fuzz

from pobratim.errors import UnreadableDocumentError
from pobratim.readers import read_bytes, read_document
from pobratim.readers.scans import reading
from pobratim.readers.scans.program import installed
from pobratim.table import Document
from tests.support.places import ROOT
from tests.support.scans import printed, scan_pdf, scanned

if installed() is None:
    pytest.skip("tesseract with Russian is not installed", allow_module_level=True)


def _refused(data: bytes, file: str) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as raised:
        read_bytes(data, file)
    return raised.value


def _scan(dpi: int, *pages: int) -> bytes:
    return scan_pdf([scanned(page, seed) for seed, page in enumerate(printed(dpi, pages))], dpi)


def _rows(document: Document) -> list[list[str]]:
    return [[" ".join(cell.text.split()) for cell in row.cells] for table in document.tables for row in table.rows]


@pytest.mark.slow
def test_a_scan_is_read_as_what_was_printed() -> None:
    document = read_bytes(_scan(200, 0, 1), "scan.pdf")
    printed_ = _rows(read_document(ROOT / "examples" / "smolensk-2023-q1.docx"))
    rows = _rows(document)
    assert [row[0] for row in rows] == [row[0] for row in printed_[: len(rows)]]  # the rows, their numbers and order
    assert len(rows) > 6
    pairs = [pair for row, told in zip(rows[:-1], printed_, strict=False) for pair in zip(row, told, strict=True)]
    assert min(fuzz.ratio(*pair) for pair in pairs) > 90
    assert sum(read == told for read, told in pairs) > 0.7 * len(pairs)
    assert "I квартал 2023 года" in " ".join(document.preamble.split())
    warning = next(problem for problem in document.problems if problem.code == "reader-recognised")
    told = dict(warning.values)
    assert (told["pages"], told["dpi"]) == ("2", "200")
    doubted = [one for table in document.tables for row in table.rows for cell in row.cells for one in cell.unsure]
    assert 0 < len(doubted) < int(told["words"]) / 5


@pytest.mark.slow
def test_a_page_on_its_side_is_turned() -> None:
    page = scanned(printed(200, [1])[0], 1, turn=0.5)
    upright = read_bytes(scan_pdf([np.ascontiguousarray(np.rot90(page))], 200), "scan.pdf")
    assert [row[0] for row in _rows(upright)][2:5] == ["4.", "5.", "6."]


@pytest.mark.slow
def test_two_pages_on_one_sheet_follow_each_other() -> None:
    pages = printed(200, [1, 2])
    document = read_bytes(scan_pdf([scanned(np.hstack(pages), 1, turn=0.3)], 200), "scan.pdf")
    assert [row[0] for row in _rows(document) if row[0].strip(".").isdecimal()] == [f"{n}." for n in range(4, 12)]


@pytest.mark.slow
def test_a_picture_is_read_as_a_pdf_is() -> None:
    out = BytesIO()
    Image.fromarray(scanned(printed(200, [1])[0], 1)).save(out, "png", dpi=(200, 200))
    document = read_bytes(out.getvalue(), "page.png")
    assert [row[0] for row in _rows(document)][2:5] == ["4.", "5.", "6."]


def test_a_page_that_is_too_coarse_is_refused_with_its_figure() -> None:
    error = _refused(scan_pdf([np.full((600, 800), 255, dtype=np.uint8)], 150), "scan.pdf")
    assert (error.problem.code, error.values["page"], error.values["dpi"]) == ("reader-scan-coarse", "1", "150")


def test_a_picture_that_would_fill_the_memory_is_not_decoded() -> None:
    head = b"IHDR" + pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + head + pack(">I", crc32(head)) + pack(">I", 0) + b"IDAT" + bytes(4)
    error = _refused(data, "page.png")
    assert (error.problem.code, error.values["found"]) == ("reader-scan-large", "900")


@pytest.mark.parametrize(
    ("limit", "value", "code"), [("SECONDS", 0.01, "reader-scan-timeout"), ("_MEMORY", 2**25, "reader-scan-failed")]
)
def test_recognising_is_held_to_its_limits(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: float, code: str
) -> None:
    monkeypatch.setattr(reading, limit, value)
    assert _refused(scan_pdf([np.full((600, 800), 255, dtype=np.uint8)], 200), "scan.pdf").problem.code == code


def test_a_damaged_picture_is_refused() -> None:
    assert _refused(b"\x89PNG\r\n\x1a\n" + bytes(99), "page.png").problem.code == "reader-damaged-archive"


@pytest.mark.slow
def test_a_text_layer_without_lines_gives_way_to_what_is_recognised() -> None:
    document = read_bytes(scan_pdf([scanned(printed(200, [11])[0], 1)], 200, layer="Otche7 0 mer0pr"), "scan.pdf")
    assert [row[0] for row in _rows(document)][-1].strip(".").isdecimal()
    assert "Otche7" not in document.preamble


def test_a_scan_with_a_text_layer_that_gives_no_table_says_why() -> None:
    blank = np.full((600, 800), 255, dtype=np.uint8)
    assert _refused(scan_pdf([blank], 150, layer="Report"), "scan.pdf").problem.code == "reader-scan-coarse"
    assert read_bytes(scan_pdf([blank], 150, layer="Report"), "scan.pdf", prose=True).preamble == "Report"


def test_pictures_beside_tables_are_passed_over_and_told(tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    photograph = scan_pdf([np.random.default_rng(0).integers(0, 255, (300, 400)).astype(np.uint8)], 100)
    with pdfium.PdfDocument(ROOT / "tests/fixtures/documents/smolensk-2023-q1.pdf") as report:
        report.import_pages(pdfium.PdfDocument(photograph))
        report.save(tmp_path / "r.pdf")
    document = read_document(tmp_path / "r.pdf")
    assert len(document.tables[0].rows) > 30
    assert [dict(p.values)["pages"] for p in document.problems if p.code == "reader-pictures-passed-over"] == ["13"]
