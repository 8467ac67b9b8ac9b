"""Parties of ties and agreements as they are compared (data/RECORD.md): a municipality and its authority are one."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from pobratim.evaluate.match import squeeze
from pobratim.names.authority import governed, municipality

Item = Mapping[str, Any]


def comparable(institutions: Iterable[Item]) -> Callable[[str], Hashable]:
    """Return what makes a party (the id of one of a row's ``institutions``, or the name of a municipality) a value
    that is equal for equal parties."""
    known = {item["id"]: governed(item["name"], squeeze(item.get("place", ""))) for item in institutions}

    def party(name: str) -> Hashable:
        if name not in known:
            return municipality(name)
        return known[name] or ("body", name)

    return party
