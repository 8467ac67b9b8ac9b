"""The type between building and publishing: the parts of a store, and what is told of them all together."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pobratim.load.loaded import Loaded
from pobratim.load.workshop import Part
from pobratim.problems import Problem
from pobratim.quality.identity import Question
from pobratim.store.graph_files import GraphFile
from pobratim.store.tombstones import Tombstone


@dataclass(slots=True)
class Built:
    """The parts (``workshop.py``) made of the reports that stay, the graph of ties, and what of them stays outside.

    ``left`` are the reports that stay, ``former`` the IRIs that people took out. ``unmatched`` is (type, key) of what
    decisions name and nothing is called, ``candidates`` are the open questions as the manifest tells them. ``memory``
    is a folder of what the next load goes on from, None where it must begin anew; ``looked_at`` are then the reports
    whose rows were decided on anew.
    """

    parts: dict[str, Part]
    ties: GraphFile
    left: dict[str, Loaded]
    totals: dict[str, int]
    questions: list[Question]
    candidates: list[dict[str, Any]]
    unmatched: list[tuple[str, str]]
    former: dict[str, Tombstone] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    memory: Path | None = None
    looked_at: frozenset[str] = frozenset()
