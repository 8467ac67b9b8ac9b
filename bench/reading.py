"""Reading a document of every format into tables: milliseconds of the example report, warm, against the aim."""

from pathlib import Path
from statistics import median

from bench.timing import Result, cpu_seconds
from pobratim.content import content_root
from pobratim.readers import read_bytes

DOCUMENTS = Path(__file__).parent.parent / "tests" / "fixtures" / "documents"
AIMS = {"docx": 10, "odt": 10, "xlsx": 10, "html": 10, "ods": 10, "xls": 10, "csv": 10, "txt": 10}
"""The most milliseconds that reading a document should take, by suffix."""
PAGES, PDF_AIM = 30, 500


def measure_reading(rounds: int) -> list[Result]:
    """Return the CPU-milliseconds of one reading by format; of a PDF those of PAGES pages at the same rate."""
    examples = content_root() / "examples"
    files = [*sorted(examples.glob("smolensk-2023-q1.*")), *sorted(DOCUMENTS.glob("smolensk-2023-q1.*"))]
    found = [_result(path, rounds) for path in files if path.suffix[1:] in AIMS]
    return [*found, _pdf(DOCUMENTS / "smolensk-2023-q1.pdf", rounds)]


def _result(path: Path, rounds: int) -> Result:
    taken = _milliseconds(path, rounds)
    return _row(f"read {path.suffix}, {path.stat().st_size / 1000:,.0f} kB", taken, AIMS[path.suffix[1:]])


def _pdf(path: Path, rounds: int) -> Result:
    import pypdfium2

    pages = len(pypdfium2.PdfDocument(path))
    taken = _milliseconds(path, rounds) * PAGES / pages
    return _row(f"read .pdf with ruled tables, {PAGES} pages (from {pages})", taken, PDF_AIM)


def _milliseconds(path: Path, rounds: int) -> float:
    data = path.read_bytes()
    read_bytes(data, path.name)
    return 1000 * median(cpu_seconds(lambda: read_bytes(data, path.name)) for _ in range(rounds))


def _row(what: str, taken: float, aim: float) -> Result:
    return Result(f"{what}, CPU-ms (yardstick: the aim, at most)", f"{taken:.1f}", f"{aim}", f"{taken / aim:.2f} ×")
