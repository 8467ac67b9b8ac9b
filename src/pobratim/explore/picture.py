"""What a picture of a network holds: nodes, edges, and what is left out."""

from dataclasses import dataclass
from typing import Literal

from pobratim.explore.parties import Party
from pobratim.messages import Language

EdgeKind = Literal["tie", "member", "participation"]
_LEVELS = {"place": "municipality"}
"""Kinds of parties that have another name as a level."""


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a picture; ``level`` is "more" for one that stands for ``hidden`` others next to ``ref``.

    ``id`` is the reference, of a "more" node one of its own. ``country`` is a code of two small letters, "" where it
    is not known. ``hidden`` counts neighbours that are not in the picture; ``out`` is left out by the selection.
    """

    id: str
    ref: str
    level: str
    name: str
    short: str
    country: str
    ours: bool
    hidden: int
    events: int
    town: str = ""
    region: str = ""
    out: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """Two nodes that are tied, or one of which is part of the other, or was where the other was.

    ``id`` is the key of a tie, else one of its own. ``first`` and ``last`` are as told, in EDTF, "" where nothing is.
    """

    id: str
    a: str
    b: str
    kind: EdgeKind
    events: int
    agreements: int
    first: str
    last: str
    out: bool = False


@dataclass(frozen=True, slots=True)
class Land:
    """A country in the picture."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Ego:
    """A picture: ``seed`` is the id of the node in the middle, "" where there is none.

    ``countries`` go from west to east. ``total`` counts the neighbours of the seed (without one, the ties of the
    level), ``more`` tells whether some are not shown; ``events`` counts those of the seed, ``hidden`` of these what the
    selection leaves out.
    """

    generation: int
    seed: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    countries: tuple[Land, ...]
    total: int
    more: bool
    hidden: int
    events: int


def node_of(party: Party, lang: Language) -> Node:
    """Return the node of a party, with nothing counted."""
    return Node(
        id=party.ref,
        ref=party.ref,
        level=_LEVELS.get(party.kind, party.kind),
        name=party.said(lang),
        short=party.said_briefly(lang),
        country=party.country.code.lower() if party.country else "",
        ours=party.is_ours,
        hidden=0,
        events=0,
        town=(party.town_name_en if lang == "en" and party.town_name_en else party.town_name),
        region=party.region.said(lang) if party.region else "",
    )
