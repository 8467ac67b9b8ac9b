"""The words of the page and the picture, from ``viz/strings.yml``."""

from functools import cache

import yaml

from pobratim.content import content_root

_PRECISIONS = {len("2023-01-27"): "precisionDay", len("2023-01"): "precisionMonth"}


@cache
def strings() -> dict[str, dict[str, str]]:
    """Return the interface words by language and key; counted nouns hold their forms, separated by "|"."""
    found: dict[str, dict[str, str]] = yaml.safe_load(
        (content_root() / "viz" / "strings.yml").read_text(encoding="utf-8")
    )
    return found


def number_of(key: str, count: int, lang: str) -> str:
    """Return "5 событий": the count with its noun, by the plural rules of CLDR for Russian and English."""
    forms = strings()[lang][key].split("|")
    return f"{count} {forms[min(_plural(count, lang), len(forms) - 1)]}"


def precision(edtf: str, lang: str) -> str:
    """Return how precise a time in EDTF is, in the words of the column ``precision`` of questions; "" for ""."""
    if not edtf:
        return ""
    return strings()[lang]["precisionInterval" if "/" in edtf else _PRECISIONS.get(len(edtf), "precisionYear")]


def _plural(count: int, lang: str) -> int:
    if lang != "ru":
        return 0 if count == 1 else 1
    if count % 10 == 1 and count % 100 != 11:
        return 0
    return 1 if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else 2
