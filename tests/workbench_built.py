"""What tests of the workbench ask first: is there one?"""

import os
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).parents[1]
MISSING = "the workbench is not built from these sources: make workbench (needs npm's registry)"


def needs_workbench() -> None:
    """Skip the test at once where the workbench is not built; fail it where CI=true."""
    if hatch_build.is_fresh(ROOT):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)
