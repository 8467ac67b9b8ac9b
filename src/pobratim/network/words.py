"""The words of the page and the picture, from ``viz/words/network.yml``."""

from collections.abc import Mapping

from pobratim.messages import Language, noun, texts

_PRECISIONS = {len("2023-01-27"): "precisionDay", len("2023-01"): "precisionMonth"}


def strings(lang: Language) -> Mapping[str, str]:
    """Return the interface words by key; counted nouns hold their forms."""
    return texts("network", lang, "words", "counted")


def number_of(key: str, count: int, lang: Language) -> str:
    """Return "5 событий": the count with its noun."""
    return f"{count} {noun(strings(lang)[key], count, lang)}"


def precision(edtf: str, lang: Language) -> str:
    """Return how precise a time in EDTF is, in the words of the column ``precision`` of questions; "" for ""."""
    if not edtf:
        return ""
    return strings(lang)["precisionInterval" if "/" in edtf else _PRECISIONS.get(len(edtf), "precisionYear")]
