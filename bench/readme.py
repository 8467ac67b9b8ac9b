"""The tables that measures keep in READMEs, each between two marks of its own."""

import re
from collections.abc import Iterable
from pathlib import Path

README = Path(__file__).with_name("README.md")


def put(mark: str, lines: Iterable[str], path: Path = README) -> None:
    """Write the lines of a table between ``<!-- mark -->`` and ``<!-- end of mark -->`` of a README."""
    made = "\n".join([f"<!-- {mark} -->", *lines, f"<!-- end of {mark} -->"])
    old = path.read_text(encoding="utf-8")
    path.write_text(re.sub(f"<!-- {mark} -->.*?<!-- end of {mark} -->", lambda _: made, old, flags=re.S), "utf-8")
