"""What ties rest on under a selection: of which events and agreements a tie is chosen, and what of it is counted.

Topic, kind, mode, status and period are asked of one and the same ground: an event of 2023 on culture, not an event of
2023 and another on culture. Grounds are numbered tie by tie, and behind the grounds of a tie stands its slot, a number
that no ground has. So which ties have any of some grounds is an addition: of a tie's grounds filled with ones, adding
any one carries into the slot.
"""

from dataclasses import dataclass

import numpy as np

from pobratim.explore import bits
from pobratim.explore.bits import Numbers
from pobratim.explore.in_time import in_time
from pobratim.explore.index import Index
from pobratim.explore.selection import Selection

OF_EVENTS, OF_AGREEMENTS = ("topic", "mode"), ("status",)
"""Fields of a selection that only events, and only agreements, have."""
KINDS = ("tie-kind", "event-kind", "agreement-kind")
FIELDS = (*OF_EVENTS, *OF_AGREEMENTS, "kind", "period")
"""All that a selection asks of grounds."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The grounds that count, as sets, and what a tie must have: "event", "agreement" or, "any", one of both."""

    events: int
    agreements: int
    needs: frozenset[str] = frozenset()

    @property
    def all(self) -> int:
        """Return the grounds that count."""
        return self.events | self.agreements

    def part(self, field: str, grounds: int) -> int:
        """Return those of some grounds that count and may have a value of a field."""
        kinds = {**dict.fromkeys(OF_EVENTS, self.events), **dict.fromkeys(OF_AGREEMENTS, self.agreements)}
        return grounds & kinds.get(field, self.all)

    def only(self, field: str, grounds: int) -> "Wanted":
        """Return what is wanted where a field must have a value that some grounds have.

        A kind of events leaves the agreements of a tie as they are, one of agreements its events.
        """
        is_kind = field == "kind"
        if field in OF_EVENTS or (is_kind and not grounds & self.agreements and grounds & self.events):
            return Wanted(self.events & grounds, self.agreements, self.needs | {"event"})
        if field in OF_AGREEMENTS or (is_kind and not grounds & self.events):
            return Wanted(self.events, self.agreements & grounds, self.needs | {"agreement"})
        return Wanted(self.events & grounds, self.agreements & grounds, self.needs | {"any"})


class Slots:
    """Ties as the slots behind their grounds."""

    def __init__(self, index: Index) -> None:
        """Read where the slots are."""
        self.places = index.numbers_of("tie.slot")
        """By the numbers of ties; nothing is tie 0, and its slot is 0."""
        self.last = int(self.places[-1])
        self.all = bits.of(self.places[1:])
        self._rest = bits.everything(self.last) & ~self.all

    def having(self, grounds: int) -> int:
        """Return the slots of ties with any of some grounds."""
        return ((grounds & self._rest) + self._rest) & self.all

    def of(self, wanted: Wanted) -> int:
        """Return the slots of ties that have what is wanted."""
        found = self.all
        if "event" in wanted.needs:
            found &= self.having(wanted.events)
        if "agreement" in wanted.needs:
            found &= self.having(wanted.agreements)
        return found & self.having(wanted.all) if "any" in wanted.needs else found

    def ties(self, slots: int) -> int:
        """Return the numbers of ties by their slots."""
        return bits.from_flags(bits.flags(slots, self.last)[self.places])

    def at(self, ties: int) -> int:
        """Return the slots of ties by their numbers."""
        if ties == bits.everything(len(self.places) - 1):
            return self.all
        return bits.of(self.places[bits.flags(ties, len(self.places) - 1)])

    def grounds_of(self, tie: int) -> tuple[int, int]:
        """Return the first ground of a tie and its slot, before which the last one is."""
        return int(self.places[tie - 1]) + 1, int(self.places[tie])


def slots_of(index: Index) -> Slots:
    """Return the slots of an index, read once."""
    return index.once(Slots)


def wanted(index: Index, selection: Selection) -> Wanted | None:
    """Return the grounds that a selection asks for, None where it asks nothing of them."""
    if not any(getattr(selection, name) for name in (*OF_EVENTS, *OF_AGREEMENTS, "kind", "since", "until")):
        return None
    found = everything(index)
    for field in (*OF_EVENTS, *OF_AGREEMENTS, "kind"):
        values = getattr(selection, field)
        if values:
            found = found.only(field, bits.union([having(index, field, value) for value in values]))
    if not (selection.since or selection.until):
        return found
    return found.only("period", in_time(index, "ground", *selection.bounds))


def everything(index: Index) -> Wanted:
    """Return all grounds."""
    known = index.facets.get(("ground", "type"), {})
    return Wanted(known.get("event", bits.NOTHING), known.get("agreement", bits.NOTHING))


def having(index: Index, field: str, value: str) -> int:
    """Return the grounds with a value of a field: of a kind that several schemes have, that of ties is meant."""
    for scheme in KINDS if field == "kind" else (field,):
        found = index.facets.get(("ground", scheme), {}).get(value, bits.NOTHING)
        if found:
            return found
    return bits.NOTHING


def counted(index: Index, grounds: int) -> Numbers:
    """Return how many of some grounds each tie has, by number."""
    slots = slots_of(index)
    up_to = np.cumsum(bits.flags(grounds, slots.last), dtype=np.int64)[slots.places]
    return np.diff(up_to, prepend=0)


def latest(index: Index, grounds: int) -> Numbers:
    """Return the last of some grounds that each tie has, by number, 0 for none: they are in the order of their last
    day."""
    slots = slots_of(index)
    numbers = np.where(bits.flags(grounds, slots.last), np.arange(slots.last + 1), 0)
    last = np.maximum.accumulate(numbers)[slots.places]
    return np.where(last > np.append(0, slots.places[:-1]), last, 0)
