"""Paragraphs of a text whose lines were broken at a width, as mail programs and editors do."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pobratim.readers.lines import join_lines

_WIDEST = 130
"""Characters of the longest line that a width broke; a line of a paragraph a line is longer somewhere."""
_NARROWEST = 40
_SLACK = 2
_FEWEST, _LEAST_WITHIN = 2, 3
_ITEM = re.compile(r"\s*(?:[-–—•·*▪●‣◦○■□✓]|\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]+\.)\s")


def paragraphs(text: str) -> str:
    """Return a text with a paragraph a line, blank lines kept; a text that no width broke as it is.

    A line goes on with the next where that one's first word would not have fitted into it, begins no list's item and is
    not set in deeper.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST or not _is_broken(lines, width):
        return text
    made: list[list[str]] = []
    for number, line in enumerate(lines):
        if number and _goes_on(lines[number - 1], line, width):
            made[-1].append(line.strip())
        else:
            made.append([line.strip()])
    return "\n".join(map(join_paragraph, made))


def _is_broken(lines: Sequence[str], width: int) -> bool:
    """Tell whether a width broke the lines: several fill it and go on below, a third of them in small letters."""
    going = [line.lstrip() for before, line in pairwise(lines) if _goes_on(before, line, width)]
    return len(going) >= _FEWEST and _LEAST_WITHIN * sum(1 for line in going if line[0].islower()) >= len(going)


def _goes_on(before: str, line: str, width: int) -> bool:
    if not before.strip() or not line.strip() or is_item(line):
        return False
    deeper = len(line) - len(line.lstrip()) > len(before) - len(before.lstrip()) and not is_item(before)
    return not deeper and len(before.rstrip()) + 1 + len(line.split()[0]) > width - _SLACK


def is_item(line: str) -> bool:
    """Tell whether a line begins an item of a list, by its mark or number."""
    return bool(_ITEM.match(line))


def join_paragraph(lines: Sequence[str]) -> str:
    """Return the lines of a paragraph as one: words that a line's end cut are whole, other ends are spaces."""
    return join_lines("\n".join(lines)).replace("\n", " ") if len(lines) > 1 else lines[0]
