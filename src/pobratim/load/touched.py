"""What an update of identity touches: reports to be told of anew, and things that may be told otherwise."""

from collections.abc import Iterable

from pobratim.load.departing import Departing
from pobratim.load.memory import ACTING, MUNICIPAL, REGIONAL, Memory
from pobratim.resolve.growing import Growth

_PARTIES = ("organisation", "place", "person")


class Touched:
    """What is touched by an update that what people took out has settled; its names are noted in a memory.

    ``reports`` (slugs) are told of anew: ``told`` tells of them without what people withdrew. ``away`` are reports that
    are no more, ``left`` those that stay, ``turned`` the things that were withdrawn, or given back, by type.
    """

    def __init__(self, growth: Growth, departing: Departing, memory: Memory, before: Iterable[str] = ()) -> None:
        """Take the outcome of the update, what people took out, and the memory in the making.

        ``before`` are the reports that were told of anew in this load already.
        """
        self._growth, self._departing, self._memory = growth, departing, memory
        self.left = departing.left()
        self.turned = {kind: {key for one, key in departing.turned if one == kind} for kind in _PARTIES}
        touched = {*growth.touched, *self._moved_places(), *memory.rows_of(departing.turned), *before}
        self.reports = touched & self.left.keys()
        uncut = growth.about(self.reports)
        self.told = departing.cut(uncut)
        departing.note_contacts(uncut)
        self.away = departing.looked_at - self.left.keys()
        named, now = memory.note_names(self.told, uncut, self.away)
        self._named = named | now

    def _moved_places(self) -> set[str]:
        """Return the reports that name a place which became a municipality, or is one no more."""
        places = self._growth.things.get("place", {})
        turned = {(REGIONAL if place and place.municipality else MUNICIPAL, key) for key, place in places.items()}
        return {report for named in self._memory.naming(turned).values() for report in named}

    def things(self) -> dict[str, set[str]]:
        """Return the keys of the things that may be told otherwise, by type."""
        excerpt = self._growth.excerpt
        found = {kind: {*keys} for kind, keys in self._growth.things.items()}
        for kind, key in self._departing.turned:
            found.setdefault(kind, set()).add(key)
        found.setdefault("organisation", set()).update(excerpt.seated(self.turned["place"]))
        found.setdefault("person", set()).update(excerpt.posted(self.turned["organisation"]))
        for kind, key in self._named:
            # What an activity is found by is told by all its rows, and whether a person acts.
            if kind in ("activity", ACTING):
                found.setdefault("person" if kind == ACTING else kind, set()).add(key)
        parties = [(kind, key) for kind in _PARTIES for key in found.get(kind, ())]
        found.setdefault("agreement", set()).update(excerpt.agreements_of(parties))
        return found

    def seats(self) -> tuple[set[str], set[str]]:
        """Return the keys of the places that may be told otherwise, and of the organisations that have their seats
        there or may be told otherwise themselves."""
        places = self._changed("place")
        return places, self._changed("organisation") | self._growth.excerpt.seated(places)

    def _changed(self, kind: str) -> set[str]:
        keys: Iterable[str] = self._growth.things.get(kind, ())
        return {*keys} | self.turned[kind]
