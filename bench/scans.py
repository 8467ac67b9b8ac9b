"""Reading the example report printed and scanned: rows, cells and macro F1 by resolution, and CPU-seconds a page.

``python -m bench.scans`` prints a table; ``--dpi`` measures one resolution, ``--words`` lists the cells that differ.
The scan is made of the printed example (tests/support/scans.py): each page turned by one degree, on grey paper with
grain. Scores are those of ``pobratim evaluate`` against the gold of ../shared/data. It needs tesseract with Russian.
"""

import argparse
import json
import resource
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from bench.gold_reports import ROOT, gold_files
from pobratim.errors import UnreadableDocumentError
from pobratim.evaluate import evaluate, read_jsonl
from pobratim.load.pipeline import extract
from pobratim.load.settings import Settings
from pobratim.messages import describe
from pobratim.readers import read_document
from pobratim.readers.scans.program import installed
from pobratim.record import to_lines
from pobratim.table import Document
from tests.support.scans import printed, scan_pdf, scanned

NAME = "smolensk-2023-q1"
AIMS = {300: 0.965, 200: 0.92}
"""Resolution → the least macro F1 that a scan of it should give."""
RESOLUTIONS = (*AIMS, 150)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one scan gave.

    ``rows`` and ``cells`` are those that are as in the .docx, of so many in it; ``errors`` is the share of characters
    read wrongly, ``seconds`` the CPU time a page.
    """

    dpi: int
    rows: tuple[int, int]
    cells: tuple[int, int]
    errors: float
    f1: float
    doubtful: int
    found: tuple[int, int]
    """Words read wrongly that are marked as doubtful, of all read wrongly."""
    seconds: float
    differing: tuple[tuple[str, str], ...]


def measure(dpi: int) -> Measured:
    """Scan the example at ``dpi``, read and score it."""
    pages = [scanned(page, seed) for seed, page in enumerate(printed(dpi))]
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{NAME}.pdf")
        path.write_bytes(scan_pdf(pages, dpi))
        before = _cpu()
        document = read_document(path)
        seconds = (_cpu() - before) / len(pages)
        with patch("pobratim.load.read.read_bytes", lambda *_, **__: document):  # it need not be recognised twice
            records, outcome = extract([path], Settings())
        if not records:
            raise SystemExit(f"nothing was read: {outcome.lines('en')}")
    gold = gold_files()[NAME][1]
    scores = evaluate(read_jsonl(gold), [json.loads(line) for line in to_lines(records).splitlines()])
    truth = read_document(ROOT / "examples" / f"{NAME}.docx")
    mine, theirs = _rows(document), _rows(truth)
    same = [(one, other) for one, other in zip(mine, theirs, strict=False) if len(one) == len(other)]
    pairs = [(a, b) for one, other in same for a, b in zip(one, other, strict=True)]
    wrong = [(a, b) for a, b in pairs if a != b]
    cells = sum(map(len, theirs))
    letters = sum(len(b) for _, b in pairs)
    lost = sum(_distance(a, b) for a, b in wrong)
    return Measured(
        dpi, (len(same), len(theirs)), (len(pairs) - len(wrong), cells), lost / letters, scores.macro_f1,
        *_doubts(document, truth), seconds, tuple(wrong),
    )  # fmt: skip


def _cpu() -> float:
    """Return the CPU-seconds of this process and of those that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _rows(document: Document) -> list[list[str]]:
    """Return the texts of all rows with white space folded."""
    return [[" ".join(cell.text.split()) for cell in row.cells] for table in document.tables for row in table.rows]


def _distance(one: str, other: str) -> int:
    """Return how many characters must be put in, left out or changed."""
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal")


def _doubts(document: Document, truth: Document) -> tuple[int, tuple[int, int]]:
    """Return how many words are doubtful, and of those read wrongly how many are doubtful."""
    doubtful = caught = wrong = 0
    said = [cell for table in document.tables for row in table.rows for cell in row.cells if not cell.merged]
    known = {word for row in _rows(truth) for text in row for word in text.split()}
    for cell in said:
        doubtful += len(cell.unsure)
        at = 0
        for word in cell.text.split():
            at = cell.text.index(word, at)
            if word not in known:
                wrong += 1
                caught += any(one.start < at + len(word) and at < one.end for one in cell.unsure)
            at += len(word)
    return doubtful, (caught, wrong)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dpi", type=int, action="append", help="dots an inch; may be repeated")
    parser.add_argument("--words", action="store_true", help="list the cells that differ from the .docx")
    options = parser.parse_args()
    if not installed():
        raise SystemExit("tesseract with Russian is not installed: apt-get install tesseract-ocr tesseract-ocr-rus")
    if NAME not in gold_files():
        raise SystemExit("../shared/data is not there: nothing to score against")
    print("| dpi | rows | cells as in the .docx | wrong characters | doubtful words (of the wrong ones) "
          "| macro F1 (aim) | CPU-s a page |\n|---|---|---|---|---|---|---|")  # fmt: skip
    for dpi in options.dpi or RESOLUTIONS:
        try:
            one = measure(dpi)
        except UnreadableDocumentError as error:
            print(f"| {dpi} | refused: {describe(error.problem, 'en')} |||||| ")
            continue
        aim = f" (≥ {AIMS[dpi]})" if dpi in AIMS else ""
        print(
            f"| {dpi} | {one.rows[0]} of {one.rows[1]} | {one.cells[0]} of {one.cells[1]} | {one.errors:.2%} "
            f"| {one.doubtful} ({one.found[0]} of {one.found[1]}) | {one.f1:.3f}{aim} | {one.seconds:.1f} |"
        )
        if options.words:
            print("\n".join(f"  read {mine!r}\n  is   {theirs!r}" for mine, theirs in one.differing))


if __name__ == "__main__":
    main()
