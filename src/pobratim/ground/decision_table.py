"""Decision tables: a question is answered by an ordered list of named conditions, each with a verdict and a reason.

The first condition that holds decides (hit policy "First" of OMG's Decision Model and Notation): a new case is a new
line, what overrides what is the order of the lines, and the reason tells which line it was.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

Case = ParamSpec("Case")
Verdict = TypeVar("Verdict")


@dataclass(frozen=True, slots=True)
class Rule(Generic[Case, Verdict]):
    """One line: the condition, what follows from it, and its reason (a code, made of the condition's name if none)."""

    holds: Callable[Case, bool]
    verdict: Verdict
    reason: str = ""

    def __post_init__(self) -> None:
        """Name the reason after the condition: ``_other_numbers`` gives "other-numbers"."""
        if not self.reason:
            object.__setattr__(self, "reason", self.holds.__name__.strip("_").replace("_", "-"))


class DecisionTable(Generic[Case, Verdict]):
    """The lines of one question, and what holds where none of them does."""

    __slots__ = ("_otherwise", "rules")

    def __init__(self, *rules: Rule[Case, Verdict], otherwise: Verdict, reason: str = "otherwise") -> None:
        """Take the lines in the order in which they are asked."""
        self.rules = rules
        self._otherwise: Rule[Case, Verdict] = Rule(_always, otherwise, reason)

    def decide(self, *case: Case.args, **named: Case.kwargs) -> Rule[Case, Verdict]:
        """Return the first line that holds for a case, else one with the verdict of all other cases."""
        for rule in self.rules:
            if rule.holds(*case, **named):
                return rule
        return self._otherwise

    def verdict(self, *case: Case.args, **named: Case.kwargs) -> Verdict:
        """Return what follows for a case."""
        for rule in self.rules:
            if rule.holds(*case, **named):
                return rule.verdict
        return self._otherwise.verdict

    def reasons(self) -> tuple[str, ...]:
        """Return the reasons of all lines, the last one that of "otherwise"."""
        return (*(rule.reason for rule in self.rules), self._otherwise.reason)


def _always(*_case: object, **_named: object) -> bool:
    return True
