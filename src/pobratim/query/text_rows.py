"""Rows as text: a table whose columns fit a terminal, or a line a value. Nothing is cut, no word is broken."""

from collections.abc import Iterable, Sequence
from datetime import date

from rich.cells import cell_len

from pobratim.ground.characters import visible

Value = str | int | float | bool | date | None
"""What a cell may hold."""

_GAP = 2
_BREAK = "\u21b5"
"""Stands for a line break where each row has one line."""
_TALL = 1.5
"""A table that is so many times longer than one line a value is shown as that."""


def table_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]], width: int | None) -> list[str]:
    """Return heads, a rule and the rows; at most ``width`` columns of a terminal wide, None for one line a row.

    Where no width of the columns leaves words and dates whole, or the table would grow long, it is ``value_lines``.
    """
    if width is None:
        cells = [[_flat(value) for value in row] for row in rows]
        return _plain([list(columns), *cells])
    cells = [[visible(_text(value)) for value in row] for row in rows]
    widths = _widths([list(columns), *cells], width)
    if widths is None:
        return _values(columns, cells, width)
    drawn = _wrapped([list(columns), *cells], widths)
    single = _values(columns, cells, width)
    return drawn if len(drawn) <= max(_TALL * len(single), 3 + len(cells)) else single


def value_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]], width: int | None) -> list[str]:
    """Return a line a value, its column's name before it, and a blank line between rows; None for unbroken lines."""
    if width is None:
        return _values(columns, [[_flat(value) for value in row] for row in rows], None)
    return _values(columns, [[visible(_text(value)) for value in row] for row in rows], width)


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _flat(value: Value) -> str:
    return _BREAK.join(_text(value).splitlines()) if isinstance(value, str) else _text(value)


def _plain(cells: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths) for row in cells]
    return [lines[0], _rule(widths), *lines[1:]]


def _wrapped(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Return rows whose cells are broken between words; a blank line parts them where any has several lines."""
    blocks = []
    for row in cells:
        broken = [_broken(text, width) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, broken), default=1)
        blocks.append([_line([b[i] if i < len(b) else "" for b in broken], widths) for i in range(height)])
    is_airy = any(len(block) > 1 for block in blocks[1:])
    lines = [*blocks[0], _rule(widths)]
    for number, block in enumerate(blocks[1:]):
        lines += ["", *block] if is_airy and number else block
    return lines


def _values(columns: Sequence[str], cells: Sequence[Sequence[str]], width: int | None) -> list[str]:
    head = max(map(cell_len, columns), default=0) + _GAP
    lines: list[str] = []
    for number, row in enumerate(cells):
        lines += [""] if number else []
        for name, text in zip(columns, row, strict=True):
            room = max(width - head, 1) if width else None
            first, *more = _broken(text, room) if room else [text]
            lines += [(_padded(name, head) + first).rstrip(), *(" " * head + line for line in more)]
    return lines


def _widths(cells: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """Return how wide the columns are that fit ``width`` and break no word, None where there are none.

    Narrow columns keep their width, the others are as wide as each other.
    """
    natural = [
        max((cell_len(line) for text in column for line in _lines(text)), default=0)
        for column in zip(*cells, strict=True)
    ]
    least = [
        max((cell_len(word) for text in column for word in text.split()), default=0)
        for column in zip(*cells, strict=True)
    ]
    room = width - _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        return None
    cap = max(cap for cap in range(room + 1) if sum(_capped(natural, least, cap)) <= room)
    return _capped(natural, least, cap)


def _longest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts), default=0)


def _capped(natural: Sequence[int], least: Sequence[int], cap: int) -> list[int]:
    return [max(low, min(high, cap)) for high, low in zip(natural, least, strict=True)]


def _broken(text: str, width: int) -> list[str]:
    """Return a text in lines of at most ``width``, broken between words only."""
    lines: list[str] = []
    for line in _lines(text):
        held = ""
        for word in line.split():
            if held and cell_len(held) + 1 + cell_len(word) > width:
                lines.append(held)
                held = word
            else:
                held = f"{held} {word}" if held else word
        lines.append(held)
    return lines


def _lines(text: str) -> list[str]:
    return text.split("\n")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * _GAP).join(map(_padded, cells, widths)).rstrip()


def _rule(widths: Sequence[int]) -> str:
    return (" " * _GAP).join("─" * width for width in widths)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
