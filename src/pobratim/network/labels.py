"""The lines under a node: its short name, wrapped and cut, and its place."""

import re
import textwrap

LINE = 22
"""Letters on one line of a node's label: three labels side by side on a page 1440 pixels wide."""


def label_lines(short: str, place: str) -> list[str]:
    """Return the two or three lines under a node: the name, wrapped and cut, then its place unless named."""
    lines = textwrap.wrap(short, LINE, break_long_words=True)
    if len(lines) > 2:
        lines = [lines[0], re.sub(r"[\s,]+\w{0,2}$", "", lines[1][: LINE - 1]) + "…"]
    stem = place[:-1].lower()
    return lines + ([place] if place and stem not in short.lower() else [])
