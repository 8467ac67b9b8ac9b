"""What decisions would change, told to a person before anything is written."""

from collections import Counter
from collections.abc import Sequence

from pobratim.load.preview import Difference, Kind
from pobratim.messages import Language, text

_KINDS = ("organisation", "place", "activity", "agreement", "person", "series", "contact")
_CHANGES: tuple[Kind, ...] = ("gone", "new", "changed")


def told(found: Sequence[Difference], lang: Language) -> list[str]:
    """Return a line for each difference."""
    return [_line(one, lang) for one in found]


def counts(found: Sequence[Difference], lang: Language) -> str:
    """Return how many things of each type go, come and change, in words."""
    counted = Counter((one.change, one.kind) for one in found)
    parts = []
    for change in _CHANGES:
        kinds = [f"{text(f'withdraw-{kind}', lang)} {n}" for kind in _KINDS if (n := counted[change, kind])]
        if kinds:
            parts.append(text(f"preview-{change}-count", lang, counts=", ".join(kinds)))
    return "; ".join(parts) or text("preview-nothing", lang)


def _line(one: Difference, lang: Language) -> str:
    values = {"thing": f"{one.kind}:{one.key}", "name": one.name}
    if one.into:
        return text("preview-joined", lang, into=one.into, **values)
    fields = "; ".join(
        text("preview-field", lang, field=text(f"fact-{name}", lang), old=old or "—", new=new or "—")
        for name, old, new in one.fields
    )
    return text(f"preview-{one.change}", lang, fields=fields, **values)
