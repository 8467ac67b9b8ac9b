"""A store of many years: a made-up nation reports of twelve years, with towns of most regions and twenty countries."""

from pathlib import Path

from bench.made_nation import Sizes
from bench.nation_reports import write_reports
from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.store.directory import GenerationStore

SIZES = Sizes(events=1_000, institutions=15_000)
YEARS = 6
"""Years of a report: two reports a region."""


def national_store(folder: Path) -> Path:
    """Load the reports into a store in ``folder`` and return it."""
    files = write_reports(folder / "reports", SIZES, YEARS)
    found = load(files, GenerationStore(folder / "store"), Settings())
    assert {file.state for file in found.files} == {"loaded"}
    return folder / "store"
