"""Columns of numbers, four bytes each by number from 0 on, which a sum or a comparison goes through all at once."""

from collections.abc import Mapping
from sqlite3 import Connection

import numpy as np

_DAY = "IIF(start IS NULL OR end IS NULL, 0, CAST(replace({day}, '-', '') AS INTEGER))"
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "tie": {"a": "a", "b": "b", "slot": "slot"},
    **{what: {day: _DAY.format(day=day) for day in ("start", "end")} for what in ("ground", "event", "agreement")},
}
"""A table → its columns, each with the expression of its numbers."""
KIND = np.dtype("<i4")
"""Bytes are those of this kind of number."""


def fill(database: Connection) -> None:
    """Write the columns of an index whose other tables are full. Of what has no number there is a 0."""
    for table, columns in _COLUMNS.items():
        size = database.execute(f"SELECT MAX(id) FROM {table}").fetchone()[0] or 0
        for name, expression in columns.items():
            found = np.zeros(size + 1, KIND)
            for number, value in database.execute(f"SELECT id, {expression} FROM {table}"):
                found[number] = value
            database.execute("INSERT INTO numbers VALUES (?, ?)", (f"{table}.{name}", found.tobytes()))
