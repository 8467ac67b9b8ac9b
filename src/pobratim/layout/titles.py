"""The column of events under a heading that nothing is known of («Что у нас было»), told by what stands in it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pobratim.layout.columns import ColumnNamer
from pobratim.layout.numbering import parse_number
from pobratim.lexicon.lexicon import lexicon
from pobratim.table import Row
from pobratim.text.tokens import tokenize

if TYPE_CHECKING:
    from pobratim.layout.headers import Column

_LEAST_ROWS = 2
_MOST_WORDS = 15
"""Words of a title in the mean; what has more tells of an event."""
_BESIDE = frozenset({"place", "participants", "purpose", "result", "responsible", "country"})


def with_titles(columns: tuple["Column", ...], below: Sequence[Row], namer: ColumnNamer) -> tuple["Column", ...]:
    """Take the leftmost column of titles under a heading nobody knows for the name of the event, where no other is.

    Beside it must stand dates, in figures or words, and another column of a report. Its texts differ from each other,
    are no sentences, and half of them name a kind of event: goods, persons and figures are none.
    """
    held = {name for column in columns for name in column.names}
    if "name" in held or namer.title_column != "name" or "dates" not in held or held.isdisjoint(_BESIDE):
        return columns
    rows = [row for row in below if len(row.cells) == len(columns)]
    dates = next(index for index, column in enumerate(columns) if "dates" in column.names)
    rows = [row for row in rows if namer.tells_time(row.cells[dates].text)]
    free = (n for n, one in enumerate(columns) if one.heading and not one.names and not namer.names_other(one.heading))
    found = next((n for n in free if _are_titles([row.cells[n].text.strip() for row in rows])), -1)
    return tuple(replace(one, names=("name",), guessed=True) if n == found else one for n, one in enumerate(columns))


def _are_titles(texts: Sequence[str]) -> bool:
    told = [text for text in texts if parse_number(text) is None and any(map(str.isalpha, text))]
    if len(told) < max(_LEAST_ROWS, len(texts)) or 5 * len(set(told)) < 4 * len(told):
        return False
    words = sum(len(text.split()) for text in told)
    return words <= _MOST_WORDS * len(told) and 2 * sum(map(_is_of_event, told)) >= len(told)


def _is_of_event(text: str) -> bool:
    """Tell whether a text is no sentence with a full stop and names a kind of event."""
    return not text.endswith(".") and bool(lexicon().matcher("event-kind").find(tokenize(text)))
