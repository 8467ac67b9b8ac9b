"""Who does something to a store, and which of the loads done can be taken back: what pages know without loading."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pobratim.editing.desk import moment
from pobratim.load.deciding import Said
from pobratim.resolve import Decision


@dataclass(frozen=True, slots=True)
class Editor:
    """Who does something, and when."""

    name: str
    now: datetime

    @property
    def time(self) -> str:
        """Return the time as the ledger has it."""
        return moment(self.now)

    def decides(self, one: Decision, why: str) -> Decision:
        """Return a decision of his."""
        return Said(why, f"{self.now:%Y-%m-%d}", self.name, self.time).beside(one)


def undoable(history: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the loads that can be taken back: the last ones of their reports, not taken back yet."""
    later: set[str] = set()
    found = []
    for entry in reversed(history):
        slugs = {one["slug"] for one in entry["files"]}
        if entry["action"] == "accept" and not slugs & later:
            found.append(entry)
        later |= slugs
    return found
