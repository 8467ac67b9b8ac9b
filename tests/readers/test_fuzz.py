"""Damaged documents of every format, and cells of any text: rows or one clear error, and never a crash.

All of it goes the whole way, through the rules and into a store: what a reader lets pass, a rule must bear.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pobratim.errors import UnreadableDocumentError
from pobratim.extract import context_of, extract_report
from pobratim.layout.walk import Layout, ReportRow, lay_out
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.messages import describe
from pobratim.problems import Problem
from pobratim.readers import read_bytes
from pobratim.store.directory import GenerationStore
from tests.support import mutations
from tests.support.places import ROOT

pytestmark = pytest.mark.slow

ROUNDS = 4
MEMORY = 3_000_000_000
SECONDS = 20
"""CPU-seconds that any document may take."""
LOADED = 12
"""How many of the documents go into the store: each has dozens of rows."""
UNFORESEEN = {"row-fault", "file-fault", "quality-fault", "row-not-read"}
"""Codes of what only the fence has caught: a fault of a rule or reader, to be mended there."""

PIECES = st.sampled_from([
    "г. Минск", "школа № 7", "«", "»", '"', "(", ")", "–", "-", "…", "", " ", "\u00a0", "\n", "\t", "№", "12",
    "31.02.2024",
    "1 марта 2024 года", "2022/2023", "😀", "\u0306", "\u202e", "\u009b", "\ufffd", "𝔸", "ё", "И.И. Иванов", "посол",
    "Договор о побратимских связях", "Китай (КНР)", "ООО «», ", "СПб", "I", "—", "соглашение", "İ", "ß", "ﬁ", "\u0660",
])  # fmt: skip
CELLS = st.one_of(
    st.text(max_size=60), st.lists(PIECES, max_size=10).map(" ".join), st.lists(PIECES, max_size=10).map("".join)
)
COLUMNS = ("section", "name", "place", "dates", "purpose", "result", "participants", "country", "format", "responsible")
ROWS = st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELLS, min_size=1), min_size=1, max_size=4)


def unforeseen(problems: list[Problem]) -> list[str]:
    return [describe(problem, "en") for problem in problems if problem.code in UNFORESEEN]


@given(ROWS, CELLS)
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_rules_bear_cells_of_any_text(rows: list[dict[str, str]], title: str) -> None:
    laid = tuple(ReportRow(n, 1, cells.get("section", ""), cells, n) for n, cells in enumerate(rows, 1))
    layout = Layout(laid, " ".join(title.split()), (), len(laid), 0, 0)
    extraction = extract_report(layout, "r", "r.txt", context_of(layout))
    assert unforeseen(extraction.problems) == []
    assert len(extraction.records) + len(extraction.quarantined) == len(rows)


@given(st.lists(st.tuples(*[CELLS] * 5), min_size=20, max_size=20))
@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_a_load_bears_cells_of_any_text(rows: list[tuple[str, ...]]) -> None:
    heads = ["№", "Наименование мероприятия", "Место проведения", "Сроки проведения", "Цель", "Участники"]
    lines = [heads, *([str(n), *cells] for n, cells in enumerate(rows, 1))]
    text = "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "r.csv")
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        report = load([file], GenerationStore(Path(name, "store")), Settings())
        [told] = report.files
        assert told.state == "loaded" and told.rows == told.stored + len(told.left_out)
        assert unforeseen([*told.problems, *told.left_out.values()]) == []
        json.dumps(report.to_json(), ensure_ascii=False).encode()


def test_the_corpus_is_large_and_always_the_same() -> None:
    first, second = (list(mutations.mutated(ROUNDS)) for _ in range(2))
    assert len(first) >= 300 and first == second
    assert len({name for name, _ in first}) > 0.9 * len(first)


def test_damaged_documents_fail_clearly_or_give_rows() -> None:
    """In a process of its own, held to MEMORY: a crash, even of a library in C, is seen as its exit code."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-m", "tests.readers.test_fuzz"], capture_output=True, text=True,
        check=False, timeout=3600, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["slow"] == [] and report["unclear"] == [] and report["unforeseen"] == []
    assert report["codes"].pop("read") > 20
    assert sum(report["codes"].values()) > 200 and len(report["codes"]) >= 6
    assert report["loaded"] > 8


def main() -> None:
    """Read the whole corpus, load what can be read; print what became of it as JSON."""
    from tests.support.report_documents import namer

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    codes: Counter[str] = Counter()
    slow, unclear, readable = [], [], []
    for name, data in mutations.mutated(ROUNDS):
        start = time.process_time()
        try:
            lay_out(read_bytes(data, name), namer())
            codes["read"] += 1
            readable.append((name, data))
        except UnreadableDocumentError as error:
            codes[error.problem.code] += 1
            said = describe(error.problem, "ru")
            if name not in said or "{" in said.replace(name, ""):
                unclear.append(said)
        if time.process_time() - start > SECONDS:
            slow.append(name)
    loaded, faults = _load(readable[:: max(1, len(readable) // LOADED)])
    print(json.dumps({"codes": codes, "slow": slow, "unclear": unclear, "unforeseen": faults, "loaded": loaded}))


def _load(documents: list[tuple[str, bytes]]) -> tuple[int, list[str]]:
    """Load documents into a store; return how many went in, and what only the fence has caught."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        for number, (file, data) in enumerate(documents):
            (folder / f"{number}-{Path(file).name}").write_bytes(data)
        report = load([folder], GenerationStore(Path(name, "store")), Settings())
        report.lines("ru")
    told = [problem for file in report.files for problem in [*file.problems, *file.left_out.values()]]
    went_in = sum(file.state in ("loaded", "unchanged") for file in report.files)
    return went_in, unforeseen([*report.problems, *told])


if __name__ == "__main__":
    main()
