"""Damaged documents of every format: each gives rows or one clear error, within memory and time, and never a crash."""

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import mutations

from pobratim.errors import UnreadableDocumentError
from pobratim.layout import lay_out
from pobratim.messages import describe
from pobratim.readers import read_bytes

ROUNDS = 4
MEMORY = 3_000_000_000
SECONDS = 20


def test_the_corpus_is_large_and_always_the_same() -> None:
    first, second = (list(mutations.mutated(ROUNDS)) for _ in range(2))
    assert len(first) >= 300 and first == second
    assert len({name for name, _ in first}) > 0.9 * len(first)


def test_damaged_documents_fail_clearly_or_give_rows() -> None:
    """In a process of its own, held to MEMORY: a crash, even of a library in C, is seen as its exit code."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", __file__], capture_output=True, text=True, check=False, timeout=600,
        cwd=Path(__file__).parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["slow"] == [] and report["unclear"] == []
    assert report["codes"].pop("read") > 20
    assert sum(report["codes"].values()) > 200 and len(report["codes"]) >= 6


def main() -> None:
    """Read the whole corpus; print what became of it as JSON."""
    from report_documents import namer

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    codes: Counter[str] = Counter()
    slow, unclear = [], []
    for name, data in mutations.mutated(ROUNDS):
        start = time.monotonic()
        try:
            lay_out(read_bytes(data, name), namer())
            codes["read"] += 1
        except UnreadableDocumentError as error:
            codes[error.problem.code] += 1
            said = describe(error.problem, "ru")
            if name not in said or "{" in said.replace(name, ""):
                unclear.append(said)
        if time.monotonic() - start > SECONDS:
            slow.append(name)
    print(json.dumps({"codes": codes, "slow": slow, "unclear": unclear}))


if __name__ == "__main__":
    main()
