"""Which ties, events and agreements have a value of a field, as sets: what filters and their counts are made of.

An event has the levels of the ties that rest on it, an agreement the mode of the event at which it was signed. What a
tie rests on has the topic, mode, kind, status and time that a tie is chosen by (``explore/grounds.py``).
"""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection

from pobratim.compare.periods import is_exact
from pobratim.explore import bits

NONE = "none"
"""The value of what has none: nothing is told."""
_OF = {"tie": "tie_of", "event": "event_of", "agreement": "agreement_of"}
_SUBJECTS = (*_OF, "ground")
_AREA = (
    "SELECT party.{field}, {of}.{subject} FROM {of} JOIN party ON party.id = {of}.party WHERE party.kind = '{field}'"
)
_BY_GROUND = {
    ("event", "level"): "SELECT level, event FROM ground JOIN tie ON tie.id = tie WHERE event NOT NULL",
    ("event", "tie-kind"): "SELECT kind, event FROM ground JOIN tie ON tie.id = tie WHERE event NOT NULL",
    ("agreement", "level"): "SELECT level, agreement FROM ground JOIN tie ON tie.id = tie WHERE agreement NOT NULL",
    ("agreement", "tie-kind"): "SELECT kind, agreement FROM ground JOIN tie ON tie.id = tie WHERE agreement NOT NULL",
    ("ground", "tie-kind"): "SELECT kind, ground.id FROM ground JOIN tie ON tie.id = tie",
    ("ground", "topic"): "SELECT topic, ground.id FROM ground JOIN event_topic USING (event)",
    ("ground", "mode"): "SELECT mode, ground.id FROM ground JOIN event ON event.id = event",
    ("ground", "event-kind"): "SELECT kind, ground.id FROM ground JOIN event ON event.id = event",
    ("ground", "status"): "SELECT status, ground.id FROM ground JOIN agreement ON agreement.id = agreement",
    ("ground", "agreement-kind"): "SELECT kind, ground.id FROM ground JOIN agreement ON agreement.id = agreement",
    ("ground", "type"): "SELECT IIF(event IS NULL, 'agreement', 'event'), id FROM ground",
}
_OWN = {
    ("tie", "level"): "SELECT level, id FROM tie",
    ("event", "event-kind"): "SELECT kind, id FROM event",
    ("event", "mode"): "SELECT mode, id FROM event",
    ("event", "topic"): "SELECT topic, event FROM event_topic",
    ("event", "status"): "SELECT status, event FROM event_agreement JOIN agreement ON agreement.id = agreement",
    ("event", "agreement-kind"): "SELECT kind, event FROM event_agreement JOIN agreement ON agreement.id = agreement",
    ("agreement", "agreement-kind"): "SELECT kind, id FROM agreement",
    ("agreement", "status"): "SELECT status, id FROM agreement",
    ("agreement", "mode"): "SELECT mode, agreement FROM event_agreement JOIN event ON event.id = event",
    ("agreement", "event-kind"): "SELECT kind, agreement FROM event_agreement JOIN event ON event.id = event",
    ("agreement", "topic"): """SELECT topic, agreement FROM event_agreement
        JOIN event_topic ON event_topic.event = event_agreement.event""",
}
_DATED = ("ground", "event", "agreement")


def fill(database: Connection) -> None:
    """Write the sets of an index whose other tables are full."""
    sizes = {subject: database.execute(f"SELECT MAX(id) FROM {subject}").fetchone()[0] or 0 for subject in _SUBJECTS}
    for subject, field, pairs in _fields(database):
        _put(database, subject, field, pairs, sizes[subject])


def _fields(database: Connection) -> Iterator[tuple[str, str, Iterable[tuple[object, int]]]]:
    for (subject, field), sql in {**_OWN, **_BY_GROUND}.items():
        yield subject, field, database.execute(sql)
    for subject, of in _OF.items():
        for field in ("country", "region"):
            yield subject, field, database.execute(_AREA.format(field=field, of=of, subject=subject))
    yield "ground", "exact", _exact(database.execute("SELECT date, id FROM ground"))
    for subject in _DATED:
        yield subject, "year", database.execute(f"SELECT year, id FROM {subject}")


def _exact(dated: Iterable[tuple[str | None, int]]) -> Iterator[tuple[object, int]]:
    for told, number in dated:
        if told and is_exact(told):
            yield "yes", number


def _put(database: Connection, subject: str, field: str, pairs: Iterable[tuple[object, int]], size: int) -> None:
    found: dict[str, list[int]] = {}
    for value, number in pairs:
        if value is not None:
            found.setdefault(str(value), []).append(number)
    sets = {value: bits.of(numbers) for value, numbers in found.items()}
    rest = bits.everything(size) & ~bits.union(list(sets.values()))
    if rest:
        sets[NONE] = rest
    database.executemany(
        "INSERT INTO facet VALUES (?, ?, ?, ?)",
        ((subject, field, value, bits.packed(each)) for value, each in sorted(sets.items())),
    )
