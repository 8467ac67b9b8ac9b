"""Corrections step by step: whatever is set right, added, taken away or undone equals resolving all at once."""

from pathlib import Path

import pytest

from pobratim.resolve.growing import Told
from tests.support.growing import Course, pool


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    return pool(tmp_path_factory.mktemp("made"), 7)


@pytest.mark.parametrize("seed", range(200, 212))
def test_any_sequence_of_corrections_equals_resolving_all_at_once(
    tmp_path: Path, reports: list[Told], seed: int
) -> None:
    course = Course(tmp_path, seed, reports)
    course.step(0, [], course.chance.sample(reports, 4))
    for number in range(1, 7):
        for _ in range(4):
            course.decide()
        removed, added = course.reports_of_a_step() if course.chance.random() < 0.3 else ([], [])
        course.step(number, removed, added)
