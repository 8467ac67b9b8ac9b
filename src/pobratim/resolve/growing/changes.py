"""What an update changes of the things that a state holds: each by type and key, as it is now."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pobratim.entities import (
    ActivityEntity,
    AgreementEntity,
    OrganisationEntity,
    PersonEntity,
    PlaceEntity,
    SeriesEntity,
)
from pobratim.resolve.growing.packing import pack, unpack
from pobratim.resolve.growing.tables import Tables

KINDS: Mapping[str, type[Any]] = {
    "activity": ActivityEntity, "agreement": AgreementEntity, "organisation": OrganisationEntity,
    "person": PersonEntity, "place": PlaceEntity, "series": SeriesEntity,
}  # fmt: skip
"""What is held by type; each has a table of that name."""


@dataclass(slots=True)
class Changes:
    """``things`` by type and key, None for what is no more; ``rows`` (ids) whose accounts or what they name changed;

    ``reports`` that changed themselves or lost rows.
    """

    things: dict[str, dict[str, Any]] = field(default_factory=lambda: defaultdict(dict))
    rows: set[int] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)


class Things:
    """The things of a state, written one by one; notes which of them changed."""

    def __init__(self, tables: Tables, changes: Changes, *, is_new: bool = False) -> None:
        """Take where they are kept and where changes are noted; a state that ``is_new`` holds none of them yet."""
        self._tables, self._changes, self._is_new = tables, changes, is_new

    def put(self, kind: str, key: str, thing: Any | None) -> tuple[Any | None, Any | None]:
        """Keep a thing in place of what had its key, None for none; return what was and what is if they differ.

        Where nothing changed both are None.
        """
        is_first = self._is_new and key not in self._changes.things[kind]
        old = None if is_first else self._tables.value(f"SELECT entity FROM {kind} WHERE key = ?", key)
        new = None if thing is None else pack(thing)
        if old == new:
            return None, None
        if new is None:
            self._tables.run(f"DELETE FROM {kind} WHERE key = ?", key)
        elif old is None:
            self._tables.run(f"INSERT INTO {kind}(key, entity) VALUES (?, ?)", key, new)
        else:
            self._tables.run(f"UPDATE {kind} SET entity = ? WHERE key = ?", new, key)
        self._changes.things[kind][key] = thing
        return (None if old is None else unpack(KINDS[kind], old)), thing
