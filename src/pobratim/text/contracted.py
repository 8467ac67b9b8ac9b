"""Words of offices written as one: «облфилармония», «Мингорисполком», «госархив»."""

from functools import lru_cache

PREFIXES = {
    "обл": "областной", "гор": "городской", "рай": "районный", "край": "краевой", "рес": "республиканский",
    "гос": "государственный", "драм": "драматический", "мед": "медицинский", "пед": "педагогический",
    "муз": "музыкальный", "физ": "физический", "бел": "белорусский", "каз": "казахский", "мин": "минский",
}  # fmt: skip
"""What the first part of a contracted word stands for."""
_HEADS = (
    "исполком", "филармония", "архив", "больница", "библиотека", "театр", "университет", "колледж", "совет",
    "дума", "собрание", "телерадиокомпания", "поликлиника", "роддом", "музей", "училище", "спорткомитет", "культура",
)  # fmt: skip
"""What contracted names of institutions end with, in the nominative."""
_ONLY_BEHIND = {"культура": "физ"}
"""Endings that mean so behind one beginning only: «Минкультуры» is no culture of Minsk."""
_SHORTEST = 3
"""Letters of the shortest ending that declension leaves («дум-а»)."""


@lru_cache(maxsize=50_000)
def contracted(low: str) -> tuple[tuple[str, ...], str]:
    """Return what the parts of a folded word stand for, and the nominative of the last; ((), "") for other words.

    «облфилармонией» gives (("областной",), "филармония").
    """
    for prefix, meaning in PREFIXES.items():
        rest = low.removeprefix(prefix)
        if rest == low:
            continue
        head = next((head for head in _HEADS if _form_of(rest, head) and _ONLY_BEHIND.get(head, prefix) == prefix), "")
        if head:
            return (meaning,), head
        more, head = contracted(rest)
        if head:
            return (meaning, *more), head
    return (), ""


def _form_of(text: str, head: str) -> bool:
    stem = head.rstrip("аеиоуыэюяй")
    return text.startswith(stem) and len(stem) >= _SHORTEST and len(text) - len(stem) <= _LONGEST_ENDING


_LONGEST_ENDING = 3
