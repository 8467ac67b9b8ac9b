"""Which ties, events and agreements have a value of a field, as sets: what filters and their counts are made of.

A field means the same of all three: a tie has the topics of its events, an event the levels of the ties that rest on
it, an agreement the mode of the event at which it was signed.
"""

from collections.abc import Iterable, Iterator
from sqlite3 import Connection

from pobratim.explore import bits
from pobratim.explore.periods import quarters

NONE = "none"
"""The value of what has none: nothing is told."""
_OF = {"tie": "tie_of", "event": "event_of", "agreement": "agreement_of"}
_AREA = (
    "SELECT party.{field}, {of}.{subject} FROM {of} JOIN party ON party.id = {of}.party WHERE party.kind = '{field}'"
)
_BY_GROUND = {
    ("event", "level"): "SELECT level, event FROM ground JOIN tie ON tie.id = tie WHERE event NOT NULL",
    ("event", "tie-kind"): "SELECT kind, event FROM ground JOIN tie ON tie.id = tie WHERE event NOT NULL",
    ("agreement", "level"): "SELECT level, agreement FROM ground JOIN tie ON tie.id = tie WHERE agreement NOT NULL",
    ("agreement", "tie-kind"): "SELECT kind, agreement FROM ground JOIN tie ON tie.id = tie WHERE agreement NOT NULL",
    ("tie", "mode"): "SELECT mode, tie FROM ground JOIN event ON event.id = event",
    ("tie", "event-kind"): "SELECT kind, tie FROM ground JOIN event ON event.id = event",
    ("tie", "status"): "SELECT status, tie FROM ground JOIN agreement ON agreement.id = agreement",
    ("tie", "agreement-kind"): "SELECT kind, tie FROM ground JOIN agreement ON agreement.id = agreement",
}
_OWN = {
    ("tie", "level"): "SELECT level, id FROM tie",
    ("tie", "tie-kind"): "SELECT kind, id FROM tie",
    ("tie", "topic"): "SELECT topic, tie FROM tie_topic",
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
_DATED = {
    "tie": "SELECT start, end, year, tie FROM ground",
    "event": "SELECT start, end, year, id FROM event",
    "agreement": "SELECT start, end, year, id FROM agreement",
}


def fill(database: Connection) -> None:
    """Write the sets of an index whose other tables are full."""
    sizes = {subject: database.execute(f"SELECT COUNT(*) FROM {subject}").fetchone()[0] for subject in _OF}
    for subject, field, pairs in _fields(database):
        _put(database, subject, field, pairs, sizes[subject])


def _fields(database: Connection) -> Iterator[tuple[str, str, Iterable[tuple[object, int]]]]:
    for (subject, field), sql in {**_OWN, **_BY_GROUND}.items():
        yield subject, field, database.execute(sql)
    for subject, of in _OF.items():
        for field in ("country", "region"):
            yield subject, field, database.execute(_AREA.format(field=field, of=of, subject=subject))
        yield subject, "year", ((year, number) for _, _, year, number in database.execute(_DATED[subject]))
        yield subject, "quarter", _in_quarters(database.execute(_DATED[subject]))


def _in_quarters(dated: Iterable[tuple[str | None, str | None, object, int]]) -> Iterator[tuple[object, int]]:
    for start, end, _, number in dated:
        if start and end:
            yield from ((quarter, number) for quarter in quarters(start, end))


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
