"""What decision tables say while a row is read: whether a line of a table decided, and over which others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pobratim.ground.decision_table import DecisionTable, Rule

Told = dict[str, set[str]]
"""The reasons that a table gave; for each the later lines that held as well and would have said something else."""


@contextmanager
def decisions(table: DecisionTable[..., Any]) -> Iterator[Told]:
    """Record what ``table`` decides meanwhile."""
    told: Told = {}
    honest = DecisionTable.decide

    def recording(self: DecisionTable[..., Any], *case: Any) -> Rule[..., Any]:
        rule = honest(self, *case)
        if self is table:
            told.setdefault(rule.reason, set()).update(_overruled(table, rule, case))
        return rule

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DecisionTable, "decide", recording)
        patch.setattr(DecisionTable, "verdict", lambda self, *case: recording(self, *case).verdict)
        yield told


def told_by(table: DecisionTable[..., Any], run: Callable[[], object]) -> Told:
    """Return what a table decides while ``run`` does its work."""
    with decisions(table) as told:
        run()
    return told


def _overruled(table: DecisionTable[..., Any], rule: Rule[..., Any], case: tuple[Any, ...]) -> Iterator[str]:
    later = table.rules[table.rules.index(rule) + 1 :] if rule in table.rules else ()
    for other in later:
        try:
            holds = other.verdict != rule.verdict and other.holds(*case)
        except IndexError:  # a later line may take for granted what earlier ones have ruled out
            continue
        if holds:
            yield other.reason
