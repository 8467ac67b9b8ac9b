"""How precise a time is, in words of ``viz/words/picture.yml``."""

from pobratim.messages import Language, texts

_PRECISIONS = {len("2023-01-27"): "precisionDay", len("2023-01"): "precisionMonth"}


def precision(edtf: str, lang: Language) -> str:
    """Return how precise a time in EDTF is, in the words of the column ``precision`` of questions; "" for ""."""
    if not edtf:
        return ""
    return texts("picture", lang)["precisionInterval" if "/" in edtf else _PRECISIONS.get(len(edtf), "precisionYear")]
