"""What people decided about identity, as the resolvers need it: replayed on every run, undone by leaving the line out.

``same A B``: both are one thing, which keeps the key A. ``not-same A B``: they are two, do not ask again. ``rename A``
sets the preferred name, ``correct A`` one field. ``withdrawn A``: it leaves the graph (``withdrawal.py``). Keys are
those that the things have, or would have on their own. The order of decisions means nothing; where two lines want
different keys to stay, the first in the alphabet stays.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["same", "not-same", "rename", "correct", "withdrawn"]
VERDICTS: tuple[Verdict, ...] = ("same", "not-same", "rename", "correct", "withdrawn")


@dataclass(frozen=True, slots=True)
class Decision:
    """One line: ``left`` is a key of ``type``; ``right`` another one, a name, or ``field=value``.

    ``why`` and ``date`` are the person's words; ``line`` is the line of the file, 0 for what stands in none.
    """

    verdict: Verdict
    type: str
    left: str
    right: str
    why: str = ""
    date: str = ""
    line: int = 0

    @property
    def pair(self) -> frozenset[str]:
        """Return both keys of a decision about two things."""
        return frozenset((self.left, self.right))

    def value_of(self, name: str) -> str:
        """Return the value that the decision gives a field, "" if it gives it none."""
        given, _, value = self.right.partition("=")
        return value if self.verdict == "correct" and given == name else ""

    def names_key(self, kind: str, key: str) -> bool:
        """Tell whether the decision speaks of that thing."""
        keys = (self.left, self.right) if self.verdict in ("same", "not-same") else (self.left,)
        return (self.type == kind and key in keys) or (kind == "place" and self.value_of("place") == key)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The decisions about things of one type: ``same`` are sets of keys of one thing, ``kept`` whose key stays.

    ``names`` are preferred names by key, ``fields`` corrected fields by key.
    """

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    kept: Mapping[frozenset[str], str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        """Return all keys that the decisions name."""
        return {key for pair in (*self.same, *self.different) for key in pair} | self.names.keys() | self.fields.keys()

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
    names = {one.left: one.right for one in chosen if one.verdict == "rename"}
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    for one in chosen:
        if one.verdict == "correct":
            name, _, value = one.right.partition("=")
            fields[one.left][name] = value
    different = frozenset(one.pair for one in chosen if one.verdict == "not-same")
    return Verdicts(frozenset(sets), different, kept, names, dict(fields))


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
