"""Terms for what a resolution holds: (type, key) pairs to IRIs."""

from pyoxigraph import NamedNode

from pobratim.entities import Resolution
from pobratim.rdf.iris import EntityType, entity_iri

Thing = tuple[str, str]
_TYPES: dict[str, EntityType] = {
    "organisation": "organisation", "place": "place", "group": "group", "agreement": "agreement",
    "contact": "contact", "activity": "activity", "entry": "entry",
}  # fmt: skip


class Nodes:
    """The terms of one resolution."""

    def __init__(self, resolution: Resolution, base: str) -> None:
        """Note who has a name: a person without one is known by the post."""
        self.base = base
        self._named = {item.key for item in resolution.people if item.name}

    def node(self, kind: EntityType, key: str) -> NamedNode:
        """Return the term of an entity. Raises ValueError for what is no key."""
        return NamedNode(entity_iri(self.base, kind, key))

    def entity(self, thing: Thing) -> NamedNode:
        """Return the term of a (type, key) pair. Raises KeyError for a type that has no term of its own."""
        kind, key = thing
        if kind == "person":
            return self.node("person" if key in self._named else "post", key)
        return self.node(_TYPES[kind], key)

    def participation(self, activity: str, agent: Thing, role: str) -> NamedNode:
        """Return the term of somebody's part in an activity."""
        return self.node("participation", f"{activity}/{agent[0]}/{agent[1]}/{role}")
