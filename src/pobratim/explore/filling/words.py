"""The words of names and titles, each with what has it: so that words are found without reading all names."""

from sqlite3 import Connection

from pobratim.explore import bits

_NAMED = {
    "party": "SELECT id, folded FROM party",
    "event": "SELECT id, folded FROM event",
    "agreement": "SELECT id, folded FROM agreement",
}


def fill(database: Connection) -> None:
    """Write the words of parties, events and agreements of an index whose other tables are full."""
    for kind, sql in _NAMED.items():
        found: dict[str, list[int]] = {}
        for number, folded in database.execute(sql):
            for word in set((folded or "").split()):
                found.setdefault(word, []).append(number)
        database.executemany(
            "INSERT INTO word VALUES (?, ?, ?)",
            ((kind, word, bits.listed(numbers)) for word, numbers in sorted(found.items())),
        )
