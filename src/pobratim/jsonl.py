"""Records as JSON lines, the form in which they are stored and in which ``pobratim extract`` prints them."""

import json
from collections.abc import Iterable

from pobratim.record import Record

# Some readers take these for the end of a line, and cell texts may hold them.
_SEPARATORS = {ord(char): f"\\u{ord(char):04x}" for char in "\u0085\u2028\u2029"}


def to_lines(records: Iterable[Record]) -> str:
    """Return one line a record, each closed by a line feed, keys in the order of the fields."""
    lines = [json.dumps(record.to_json(), ensure_ascii=False) for record in records]
    return "".join(line.translate(_SEPARATORS) + "\n" for line in lines)


def from_lines(text: str) -> list[Record]:
    """Read what ``to_lines`` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return [Record.from_json(json.loads(line)) for line in text.split("\n") if line]
