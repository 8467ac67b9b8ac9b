"""Parties of ties and agreements as they are compared (data/RECORD.md): a municipality and its authority are one."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from pobratim.evaluate.match import squeeze
from pobratim.names.authority import governed, municipality, unnamed

Item = Mapping[str, Any]


def comparable(institutions: Iterable[Item], reporter: str = "", home: str = "") -> Callable[[str], Hashable]:
    """Return what makes a party (the id of one of a row's ``institutions``, or the name of a municipality) a value
    that is equal for equal parties.

    An authority in the country ``home`` that its unit alone names («Администрация района») is the ``reporter``'s.
    """
    own = municipality(reporter) if reporter else None
    known = {
        item["id"]: governed(item["name"], squeeze(item.get("place", "")))
        or (own if unnamed(item["name"]) and item.get("country") == home else None)
        for item in institutions
    }

    def party(name: str) -> Hashable:
        if name not in known:
            return municipality(name)
        return known[name] or ("body", name)

    return party
