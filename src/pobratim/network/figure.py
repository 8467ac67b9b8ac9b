"""What the page and the picture have in common: positions, sizes, colours, shapes and label lines."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

import networkx as nx

from pobratim.network.labels import label_lines
from pobratim.network.layout import Box, place_nodes
from pobratim.network.model import Network, Party, Tie

MAX_NODES = 2000
"""More than so many nodes no browser draws at once without stalling; the page says how many there are."""

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#a3548b", "#b07d00", "#3a9bd9", "#5b5b95")
"""Okabe and Ito's palette (2008), told apart with any colour vision, light tones darkened for white paper."""
OTHER_COLOUR = "#7d8790"
AGREEMENT_COLOUR = "#2b3a45"
CONTACT_COLOUR = "#93a0ab"

SHAPES: Mapping[str, str] = {"organisation": "dot", "municipality": "square"}
OTHER_SHAPE = "diamond"

WIDE, NARROW = 1.45, 0.55
"""Width over height of the drawing area on an office screen and on a telephone held upright."""

LETTER, LINE_HEIGHT = 7.4, 18.0
"""Mean width of a letter and height of a line, in pixels, of the page's type at 14 pixels."""


@dataclass(frozen=True, slots=True)
class Node:
    """A party as drawn; ``wide`` and ``narrow`` are the centres for the two shapes of screen, in pixels."""

    party: Party
    wide: tuple[int, int]
    narrow: tuple[int, int]
    radius: int
    colour: str
    shape: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A tie as drawn: ``width`` in pixels; dashed where no agreement stands behind it."""

    tie: Tie
    width: float
    colour: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn network; ``all_nodes`` and ``all_ties`` tell what was cut.

    ``countries`` are (IRI, colour) for the legend, home first; all others have OTHER_COLOUR.
    """

    network: Network
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    countries: tuple[tuple[str, str], ...]
    all_nodes: int
    all_ties: int


def draw(network: Network, limit: int = MAX_NODES) -> Figure:
    """Return the figure of a network, cut to the ``limit`` parties that have the most partners and events."""
    kept = kept_parties(network, limit)
    ties = [tie for tie in network.ties.values() if tie.a in kept and tie.b in kept]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(iri for iri in network.parties if iri in kept)
    graph.add_edges_from((tie.a, tie.b) for tie in ties)
    parties = [network.parties[iri] for iri in graph]
    home = home_of(network)
    colours = _colours(parties, home)
    radius = {iri: round(7 + 4 * math.sqrt(graph.degree(iri))) for iri in graph}
    lines = {party.id: tuple(_lines(party)) for party in parties}
    boxes = {iri: _box(radius[iri], lines[iri]) for iri in graph}
    at_home = frozenset(party.id for party in parties if party.country == home)
    wide, narrow = place_nodes(graph, boxes, at_home, (WIDE, NARROW))
    nodes = tuple(
        Node(
            party,
            wide[party.id],
            narrow[party.id],
            radius[party.id],
            colours.get(party.country, OTHER_COLOUR),
            SHAPES.get(party.type, OTHER_SHAPE),
            lines[party.id],
        )
        for party in parties
    )
    return Figure(
        network,
        nodes,
        tuple(_line(tie) for tie in ties),
        tuple(colours.items()),
        len(network.parties),
        len(network.ties),
    )


def kept_parties(network: Network, limit: int) -> set[str]:
    """Return the ``limit`` parties that have the most partners and events, of these who has a tie left."""
    weight: Counter[str] = Counter()
    for tie in network.ties.values():
        for iri in (tie.a, tie.b):
            weight[iri] += 1000 + tie.events
    ranked = sorted(network.parties, key=lambda iri: (-weight[iri], iri))
    first = set(islice(ranked, limit))
    # A party all of whose partners fell away would stand there without any line.
    linked = {iri for tie in network.ties.values() if tie.a in first and tie.b in first for iri in (tie.a, tie.b)}
    return first & linked


def home_of(network: Network) -> str:
    """Return the country that reports most rows; where no report names its country, the most frequent one."""
    named = [entry.home for entry in network.entries.values() if entry.home]
    counts = Counter(named or [party.country for party in network.parties.values()])
    return min(counts, key=lambda iri: (-counts[iri], iri), default="")


def _colours(parties: list[Party], home: str) -> dict[str, str]:
    counts = Counter(party.country for party in parties)
    ranked = sorted(counts, key=lambda iri: (iri != home, -counts[iri], iri))
    named = [iri for iri in ranked if iri]
    return dict(zip(named, COLOURS, strict=False))


def _lines(party: Party) -> list[str]:
    return label_lines(party.short, party.place if party.type == "organisation" else "")


def _box(radius: int, lines: tuple[str, ...]) -> Box:
    half = max(float(radius), LETTER * max(len(line) for line in lines) / 2) + 10
    return Box(half, radius + 6, radius + LINE_HEIGHT * len(lines) + 10)


def _line(tie: Tie) -> Line:
    width = min(8.0, round(1.2 + 1.1 * math.sqrt(max(1, tie.events)), 1))
    signed = bool(tie.agreements)
    return Line(tie, width, AGREEMENT_COLOUR if signed else CONTACT_COLOUR, not signed)
