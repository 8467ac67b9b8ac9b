"""The words of the pages of questions (``viz/pages/queries.yml``), which other places that show answers share."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import yaml

from pobratim.content import content_root
from pobratim.messages import Language


@cache
def question_words() -> dict[str, Any]:
    """Return the file: words by language, and the names of columns."""
    file = content_root() / "viz" / "pages" / "queries.yml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def column_name(name: str, columns: Sequence[str], lang: Language) -> str:
    """Return what a column is called, the variable itself where the file has no name for it.

    A key "a, b" of the file is the variable a in answers that have b as well; of several the first in the file holds.
    """
    names: dict[str, dict[Language, str]] = question_words()["columns"]
    beside = (key for key in names if key.startswith(f"{name}, ") and key.partition(", ")[2] in columns)
    found = names.get(next(beside, name))
    return found[lang] if found else name
