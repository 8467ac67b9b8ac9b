"""What tests of scripts ask first: are they built?"""

import os

import pytest

import hatch_build
from tests.support.places import ROOT

MISSING = "the pages' scripts are not built from these sources: make app (needs npm's registry)"


def needs_app() -> None:
    """Skip the test at once where the pages' scripts and the workbench are not built; fail it where CI=true."""
    if hatch_build.is_fresh(ROOT):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)
