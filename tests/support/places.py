"""Where things lie that tests read."""

from pathlib import Path

TESTS = Path(__file__).parents[1]
ROOT = TESTS.parent
EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"
FIXTURES = TESTS / "fixtures"
SHARED = ROOT.parent / "shared"
"""Reports that are no part of the project: tests that read them are skipped where they are absent."""
