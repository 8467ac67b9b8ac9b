"""Cards: a table whose first column names fields and whose other columns hold them, a card or a column an event."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pobratim.layout.columns import ColumnNamer
from pobratim.table import Cell, Row, Table

_LEAST_FIELDS = 3
_KNOWN_SHARE = 0.6
_NUMBER = re.compile(r"\s*+\d{0,3}\s*+[.)]*\s*+")
_CARD = re.compile(
    r"\s*+(?:карточка|мероприятие|событие|анкета|форма)?(?:\s+мероприятия)?\s*+[№#]?\s*+\d{0,3}\s*+[.):]*\s*+",
    re.IGNORECASE,
)
"""A line that only counts cards: «Карточка № 2», «Мероприятие 3»."""
_HEADING_WORDS = 4
_MAX_LABEL = 120
"""Characters of the longest field name; a longer text is a value."""


def read_cards(table: Table, namer: ColumnNamer) -> Table | None:
    """Return the events of the cards in a table as rows below one heading row, None where it holds no cards.

    Certain is a table in whose first column (behind a number) at least three fields stand one under another, a name
    and a place, date or participants among them. A field that begins again begins the next card; a line over the whole
    width stays where it is.
    """
    start = _first_field(table)
    rows = [row for row in table.rows if len(row.cells) > start + 1]
    fields = [row.cells[start] for row in rows]
    if not fields or not _are_fields([cell.text for cell in fields], namer):
        return None
    if all(_is_heading(cell.text, namer) for cell in rows[0].cells[start + 1 :]):
        return None
    labels = list(dict.fromkeys(_label(cell) for cell in fields if _label(cell)))
    head = Row(table.rows[0].index, tuple(Cell(label, column) for column, label in enumerate(labels)))
    above, _, line = table.caption.rstrip().rpartition("\n")
    caption = above if _CARD.fullmatch(line) else table.caption
    return replace(table, caption=caption, rows=(head, *_events(table, start, labels)))


def _first_field(table: Table) -> int:
    """Return the column of the field names: the second where the first only numbers them."""
    firsts = [row.cells[0].text for row in table.rows if len(row.cells) > 1]
    return int(bool(firsts) and all(_NUMBER.fullmatch(text) for text in firsts))


def _are_fields(texts: Sequence[str], namer: ColumnNamer) -> bool:
    if any(len(text) > _MAX_LABEL for text in texts):
        return False
    named = [namer.names(text) for text in texts]
    known = {name for names in named for name in names}
    enough = sum(map(bool, named)) >= _KNOWN_SHARE * len(texts)
    return enough and len(known) >= _LEAST_FIELDS and namer.is_report(known)


def _is_heading(text: str, namer: ColumnNamer) -> bool:
    """Tell whether a text beside a field's name is a heading itself: «Место проведения», not «Визит делегации»."""
    words = text.split()
    return 0 < len(words) <= _HEADING_WORDS and bool(namer.names(words[0]))


def _label(cell: Cell) -> str:
    return " ".join(cell.text.split()).rstrip(":")


def _events(table: Table, start: int, labels: Sequence[str]) -> Iterator[Row]:
    for card in _cards(table, start):
        if len(card) == 1 and len(card[0].cells) == 1:
            if not _CARD.fullmatch(card[0].cells[0].text):
                yield card[0]
            continue
        width = max(len(row.cells) for row in card)
        for column in range(start + 1, width):
            texts = {_label(row.cells[start]): row.cells[column].text for row in card if len(row.cells) > column}
            if any(text.strip() for text in texts.values()):
                cells = (Cell(texts.get(label, ""), at) for at, label in enumerate(labels))
                yield Row(card[0].index, tuple(cells))


def _cards(table: Table, start: int) -> Iterator[list[Row]]:
    """Yield the rows of each card, and each line over the whole width by itself."""
    card: list[Row] = []
    seen: set[str] = set()
    for row in table.rows:
        whole = len(row.cells) == 1
        label = "" if whole or len(row.cells) <= start else _label(row.cells[start])
        if card and (whole or label in seen):
            yield card
            card, seen = [], set()
        if whole:
            yield [row]
        elif label:
            card.append(row)
            seen.add(label)
    if card:
        yield card
