"""Which ties, events and agreements a selection chooses, as sets of numbers."""

from dataclasses import dataclass

from pobratim.explore import bits
from pobratim.explore.between import concerning
from pobratim.explore.grounds import slots_of, wanted
from pobratim.explore.in_time import in_time
from pobratim.explore.index import Index, Subject
from pobratim.explore.selection import KIND_SCHEMES, LISTED, Selection
from pobratim.explore.wording import worded

OWN_KIND: dict[Subject, str] = {"tie": "tie-kind", "event": "event-kind", "agreement": "agreement-kind"}
GROUNDS = "grounds"
"""Stands for all fields that are asked of what a tie rests on (``grounds.py``)."""
PARTIES = "parties"
"""Stands for the fields that name parties, which are asked together."""
_OWN = ("country", "region", "level")
"""Fields of a tie itself."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a selection chooses of one subject, field by field: ``all`` is what there is before any choice."""

    all: int
    by_field: dict[str, int]

    @property
    def bits(self) -> int:
        """Return what has all that is chosen."""
        return self.but("")

    def but(self, field: str) -> int:
        """Return what has all that is chosen in the other fields than ``field``."""
        found = self.all
        for name, each in self.by_field.items():
            if name != field:
                found &= each
        return found


def chosen(index: Index, subject: Subject, selection: Selection, within: int | None = None) -> Chosen:
    """Return what a selection chooses of a subject, of ``within`` alone where that is given."""
    found: dict[str, int] = {}
    for field in _OWN if subject == "tie" else LISTED:
        values = getattr(selection, field)
        if values:
            found[field] = bits.union([having(index, subject, field, value) for value in values])
    if selection.place or selection.partner:
        found[PARTIES] = concerning(index, subject, selection.place, selection.partner)
    asked = wanted(index, selection) if subject == "tie" else None
    if asked is not None:
        slots = slots_of(index)
        found[GROUNDS] = slots.ties(slots.of(asked))
    elif subject != "tie" and (selection.since or selection.until):
        found["period"] = in_time(index, subject, *selection.bounds)
    if selection.words:
        found["q"] = worded(index, subject, selection.words)
    return Chosen(bits.everything(index.sizes[subject]) if within is None else within, found)


def having(index: Index, subject: Subject, field: str, value: str) -> int:
    """Return what has a value of a field. Of a kind that several schemes have, the subject's own is meant."""
    if field != "kind":
        return index.facets.get((subject, field), {}).get(value, bits.NOTHING)
    for scheme in (OWN_KIND[subject], *KIND_SCHEMES):
        found = index.facets.get((subject, scheme), {}).get(value, bits.NOTHING)
        if found:
            return found
    return bits.NOTHING
