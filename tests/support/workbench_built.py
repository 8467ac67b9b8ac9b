"""What tests of the workbench ask first: is there one?"""

import os

import pytest

import hatch_build
from tests.support.places import ROOT

MISSING = "the workbench is not built from these sources: make workbench (needs npm's registry)"


def needs_workbench() -> None:
    """Skip the test at once where the workbench is not built; fail it where CI=true."""
    if hatch_build.is_fresh(ROOT):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)
