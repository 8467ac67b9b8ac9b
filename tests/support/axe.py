"""axe-core, which finds what keeps people from a page: the package that ``viz`` pins for its tests."""

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.places import ROOT

_FILE = "axe-core/axe.min.js"
_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
_RUN = """async options => (await axe.run(document, options)).violations.map(({id, impact, nodes}) =>
  [id, impact, nodes.length, nodes[0].html.slice(0, 200), nodes[0].failureSummary])"""


@cache
def axe_source() -> str:
    """Return the script: from ``viz/node_modules`` where somebody works there, else installed as the lock says.

    Skips the test where it cannot be had, fails it where CI=true.
    """
    here = ROOT / "viz" / "node_modules" / _FILE
    if here.is_file():
        return here.read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "tools/axe_core.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout
    missing = f"no axe-core: {done.stderr}"
    if os.environ.get("CI") == "true":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


def findings(page: Page, without: Mapping[str, str] | None = None) -> list[Any]:
    """Return what axe finds on a page by WCAG 2.2 AA and its best practice: rule, weight, places, the first of them.

    ``without`` are rules that do not apply, each with the reason.
    """
    page.evaluate(axe_source())
    rules = {"target-size": {"enabled": True}, **{rule: {"enabled": False} for rule in without or {}}}
    options = {"runOnly": {"type": "tag", "values": list(_RULES)}, "rules": rules, "resultTypes": ["violations"]}
    found: list[Any] = page.evaluate(_RUN, options)
    return found
