"""The outlines of the world as the pages' build brings them: Natural Earth as TopoJSON (world-atlas, public domain)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pobratim.content import content_root

Ring = NDArray[np.float64]
"""A row a point: degrees of longitude and latitude; the last is the first."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country's rings: of its land, its islands and the lakes in it."""

    rings: tuple[Ring, ...]

    def holds(self, lon: float, lat: float) -> bool:
        """Tell whether a place lies in it: a ray from there crosses its outlines an odd number of times."""
        return sum(_crossings(ring, lon, lat) for ring in self.rings) % 2 == 1


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries; none where the build is not there."""
    files = sorted((content_root() / "viz" / "static" / "app" / "assets").glob("countries-*.json"))
    if not files:
        return ()
    atlas = json.loads(files[0].read_text(encoding="utf-8"))
    scale, translate = (np.array(atlas["transform"][name]) for name in ("scale", "translate"))
    # A file holds steps on a grid (TopoJSON 1.0, 2.1.2).
    arcs = [np.cumsum(np.array(steps), axis=0) * scale + translate for steps in atlas["arcs"]]
    return tuple(
        Country(tuple(_ring(ring, arcs) for polygon in _polygons(geometry) for ring in polygon))
        for geometry in atlas["objects"]["countries"]["geometries"]
    )


def _polygons(geometry: Mapping[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    found: Sequence[Any] = geometry.get("arcs", ())
    return [found] if geometry["type"] == "Polygon" else found


def _ring(numbers: Iterable[int], arcs: Sequence[Ring]) -> Ring:
    """Return arcs as one line; a number below zero is an arc backwards, and each begins where the last ended."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    first, *others = parts
    return np.concatenate([first, *(arc[1:] for arc in others)])


def _crossings(ring: Ring, lon: float, lat: float) -> int:
    (x1, y1), (x2, y2) = ring[:-1].T, ring[1:].T
    is_over = (y1 > lat) != (y2 > lat)
    at = (x2 - x1) * (lat - y1) / np.where(y2 == y1, 1.0, y2 - y1) + x1
    return int((is_over & (lon < at)).sum())
