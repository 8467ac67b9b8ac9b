"""Whose names go out under which setting, and what stands in the place of the others."""

from collections.abc import Mapping

from pobratim.publishing.settings import People
from pobratim.record import PersonClass

MASK = "\u2588"
"""One for each code point, so that offsets stay true."""
SHOWN: Mapping[People, frozenset[PersonClass]] = {
    "none": frozenset({"honoured"}),
    "office": frozenset({"honoured", "office"}),
    "heads": frozenset({"honoured", "office", "head"}),
}
"""The classes whose names go out. Namesakes are no persons who act."""
PUBLIC: frozenset[PersonClass] = frozenset({"office", "head"})
"""The classes of which the post goes out where the name does not."""
