"""Two generations of a store: what a load added, took away and changed, by the things' keys and in words."""

from collections.abc import Iterator, Sequence

from pobratim.compare.comparison import Comparison, Line, TableOf, lines, parties
from pobratim.messages import Language, text
from pobratim.query.text_rows import Value
from pobratim.tables import Table

COLUMNS = ("what", "state", "name", "field", "before", "after", "id")
TABLES = ("reports", "events", "agreements", "organisations", "places", "ties")
"""What is compared, in this order."""


def compared(before: TableOf, after: TableOf, lang: Language) -> Comparison:
    """Return what came, what went and, a row a field, what is otherwise in a later generation."""
    return Comparison(COLUMNS, [row for name in TABLES for row in _table(before(name), after(name), lang)])


def _table(before: Table, after: Table, lang: Language) -> Iterator[Sequence[Value]]:
    old, new = ({str(one["id"]): one for one in lines(table)} for table in (before, after))
    what = after.query.summary[lang]
    for iri in sorted({*old, *new}, key=lambda iri: (_name(new.get(iri) or old[iri]), iri)):
        if iri not in old or iri not in new:
            state = text("compare-added" if iri in new else "compare-removed", lang)
            yield what, state, _name(new.get(iri) or old[iri]), None, None, None, iri
            continue
        for column in after.query.columns:
            was, now = old[iri].get(column.name), new[iri][column.name]
            if was != now:
                state = text("compare-changed", lang)
                yield what, state, _name(new[iri]), column.label[lang], was, now, iri


def _name(line: Line) -> str:
    if "a_name" in line:
        return parties(line)
    named = (line.get(column) for column in ("title", "name"))
    own = next((str(name) for name in named if name), "")
    return own or " ".join(str(line[part]) for part in ("kind", "party_names") if line.get(part)) or str(line["id"])
