"""The type between building and publishing: the parts of a store, and what is told of them all together."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pobratim.load.loaded import Loaded
from pobratim.load.workers import Beside
from pobratim.load.workshop import Part
from pobratim.problems import Problem
from pobratim.quality.identity import Question
from pobratim.store.graph_files import GraphFile
from pobratim.store.tombstones import Tombstone


def nothing_kept() -> Beside[Path | None]:
    """Return what makes no folder."""
    return Beside(lambda: None, 1)


@dataclass(slots=True)
class Built:
    """The parts (``workshop.py``) made of the reports that stay, the graph of ties, and what of them stays outside.

    ``left`` are the reports that stay, ``former`` the IRIs that people took out. ``unmatched`` is (type, key) of what
    decisions name and nothing is called, ``candidates`` are the open questions as the manifest tells them. ``memory``
    makes a folder of what the next load goes on from, None where it must begin anew; ``looked_at`` are then the reports
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
    memory: Beside[Path | None] = field(default_factory=nothing_kept)
    looked_at: frozenset[str] = frozenset()
