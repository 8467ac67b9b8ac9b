"""What people decided of identity and facts, as the resolvers need it: replayed on every run, undone by leaving it out.

``same A B``: both are one thing, which keeps the key A (and with ``keep`` what only one of them tells of itself).
``not-same A B``: they are two, do not ask again. ``rename A`` sets the preferred name, ``correct A`` a field
(``fields.py``). ``not-tie A B``: no row states a contact of the two. ``withdrawn A``: it leaves the graph, and ``none
A``: there is no such organisation (``withdrawal.py``). ``show-name A N`` and ``mask-name A N`` change nothing that is
resolved: the name N of the row A goes out with what is published, or does not. Keys are those that the things have, or
would have on their own; a row (``entry``) stands for its event. The order of decisions means nothing; where two lines
want different keys to stay, the first in the alphabet stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Literal

from pobratim.entities import Correction
from pobratim.resolve.fields import Final, Thing, parts_of, thing_of, things_in, with_final_keys

Verdict = Literal["same", "not-same", "rename", "correct", "not-tie", "none", "withdrawn", "show-name", "mask-name"]
VERDICTS: tuple[Verdict, ...] = (
    "same", "not-same", "rename", "correct", "not-tie", "none", "withdrawn", "show-name", "mask-name",
)  # fmt: skip
LEAVING = ("withdrawn", "none")
"""What takes a thing out of the graph, behind all resolving."""
_PAIRS = ("same", "not-same")
_NAME = "name"
"""The field that ``rename`` sets."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: ``left`` is a key of ``type``; ``right`` another one, ``type:key``, a name, or ``field=value``.

    ``why``, ``date``, ``author`` and ``time`` (ISO 8601) are the person's words; ``line`` is the line of the file, 0
    for what stands in none. ``keep`` is the key of the one of two things made one whose name and facts hold, "" for
    those of both.
    """

    verdict: Verdict
    type: str
    left: str
    right: str
    why: str = ""
    date: str = ""
    line: int = 0
    author: str = ""
    time: str = ""
    keep: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """Return both keys of a decision about two things."""
        return frozenset((self.left, self.right))

    @property
    def things(self) -> list[Thing]:
        """Return (type, key) of all that the decision speaks of."""
        found = [(self.type, self.left)]
        if self.verdict in _PAIRS:
            found.append((self.type, self.right))
        elif self.verdict == "correct":
            found += things_in(self.type, self.right)
        elif self.verdict == "not-tie" and (other := thing_of(self.right)):
            found.append(other)
        return found

    @property
    def correction(self) -> Correction:
        """Return what a decision that renames or corrects sets right."""
        told = (self.why, self.time or self.date)
        if self.verdict == "rename":
            return Correction(_NAME, "=", self.right, *told)
        return Correction(*parts_of(self.right), *told)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The decisions about things of one type: ``same`` are sets of keys of one thing, ``kept`` whose key stays.

    ``sides`` are keys whose names and facts hold for what they are part of, ``corrections`` what was set right by key,
    sorted.
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    kept: Mapping[frozenset[str], str] = field(default_factory=dict)
    sides: frozenset[str] = frozenset()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    @property
    def names(self) -> dict[str, str]:
        """Return the names that people gave, by key."""
        return {key: given[_NAME] for key in self.corrections if _NAME in (given := self.fields(key))}

    def fields(self, *keys: str) -> dict[str, str]:
        """Return the fields set for a thing of several ``keys``; the first key that sets a field holds."""
        return {one.field: one.value for one in reversed(self.of(*keys)) if one.sign == "="}

    def of(self, *keys: str) -> tuple[Correction, ...]:
        """Return what was set right of a thing of several ``keys``, each field and value once: the first key holds."""
        found: dict[tuple[str, ...], Correction] = {}
        for one in (one for key in keys for one in self.corrections.get(key, ())):
            found.setdefault((one.field,) if one.sign == "=" else (one.field, one.value), one)
        return tuple(found.values())

    def side(self, keys: Iterable[str]) -> str:
        """Return the first of some keys whose name and facts hold, "" for none."""
        return min(self.sides.intersection(keys), default="")

    def apart(self, left: str, right: str) -> bool:
        """Tell whether two keys were decided to be of two things."""
        return frozenset((left, right)) in self.different

    def key(self, keys: AbstractSet[str], known: Collection[str]) -> str:
        """Return the key that stays of one of the sets in ``same``, "" where none of them is known."""
        present = sorted(key for key in keys if key in known)
        wanted = self.kept.get(frozenset(keys), "")
        return wanted if wanted in present else next(iter(present), "")

    def aliases(self, known: Collection[str]) -> dict[str, str]:
        """Return key → key that stays, for every known key that another one replaces."""
        found = {}
        for keys in sorted(self.same, key=sorted):
            stays = self.key(keys, known)
            found.update({key: stays for key in sorted(keys) if key in known and key != stays})
        return found


def verdicts(ledger: Iterable[Decision], thing: str) -> Verdicts:
    """Return the decisions about things of one type."""
    chosen = [one for one in ledger if one.type == thing]
    merged = [one for one in chosen if one.verdict == "same"]
    sets = linked(one.pair for one in merged)
    replaced = {one.right for one in merged}
    kept = {keys: min(keys - replaced or keys) for keys in sets}
    given: dict[str, set[Correction]] = defaultdict(set)
    for one in chosen:
        if one.verdict in ("rename", "correct"):
            given[one.left].add(one.correction)
    return Verdicts(
        frozenset(sets),
        frozenset(one.pair for one in chosen if one.verdict == "not-same"),
        kept,
        frozenset(one.keep for one in merged if one.keep),
        {key: tuple(sorted(found, key=_order)) for key, found in given.items()},
    )


def _order(one: Correction) -> tuple[str, ...]:
    return (one.field, one.sign, one.value, one.why, one.when)


def under_final_keys(ledger: Iterable[Decision], final: Final) -> list[Decision]:
    """Return the decisions with the keys that things in their values have now; what names an unknown thing is left out.

    Decisions about a row become such about its event: ``final`` tells that of an entry. What decisions are about keeps
    its key otherwise.
    """
    found = (_under_final_keys(one, final) for one in ledger)
    return [one for one in found if one is not None]


def _under_final_keys(one: Decision, final: Final) -> Decision | None:
    if one.verdict == "correct":
        right = with_final_keys(one.type, one.right, final)
    elif one.type == "entry" and one.verdict in _PAIRS:
        right = final(("entry", one.right))
    else:
        right = one.right
    left = final(("entry", one.left)) if one.type == "entry" else one.left
    if left is None or right is None:
        return None
    keep = (final(("entry", one.keep)) or "") if one.type == "entry" and one.keep else one.keep
    return replace(one, type="activity" if one.type == "entry" else one.type, left=left, right=right, keep=keep)


def no_ties(ledger: Iterable[Decision], final: Final) -> frozenset[frozenset[Thing]]:
    """Return the pairs of things that have no tie, under the keys that they have now."""
    found = set()
    for one in ledger:
        if one.verdict == "not-tie":
            known = [(kind, now) for kind, key in one.things if (now := final((kind, key))) is not None]
            found |= {frozenset(known)} if len(known) == 2 else set()
    return frozenset(found)


def linked(pairs: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Return the sets of keys that pairs put together, each sorted set once."""
    near: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        for key in pair:
            near[key] |= pair
    found, seen = [], set[str]()
    for key in sorted(near):
        if key not in seen:
            group, fresh = {key}, {key}
            while fresh:
                fresh = set[str]().union(*(near[one] for one in fresh)) - group
                group |= fresh
            seen |= group
            found.append(frozenset(group))
    return found
