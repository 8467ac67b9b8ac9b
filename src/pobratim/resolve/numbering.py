"""Sets of namings that would have one key: the first keeps it, the others get a person's name or a number behind it."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from pobratim.resolve.clusters import blocks
from pobratim.resolve.keys import organisation_key
from pobratim.resolve.namings import Naming, order


class Base(NamedTuple):
    """The key that a set of namings has by itself, and after whom it is named ("" if nobody)."""

    key: str
    person: str


def numbered(bases: Mapping[Naming, Base], taken: Container[str]) -> dict[Naming, str]:
    """Return the keys of sets by their roots. ``taken`` are the keys that all sets have by themselves.

    Sets whose key no other one has may be left out of ``bases``.
    """
    keys, added = {root: base.key for root, base in bases.items()}, set[str]()
    for roots in blocks(sorted(bases, key=order), lambda root: [bases[root].key]).values():
        for number, root in enumerate(roots[1:], start=2):
            extras = (bases[root].person, str(number))
            made = [organisation_key(bases[root].key, "", "", extra, "") for extra in extras if extra]
            keys[root] = next((key for key in made if key not in taken and key not in added), made[-1])
            added.add(keys[root])
    return keys
