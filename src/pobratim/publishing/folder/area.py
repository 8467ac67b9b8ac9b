"""The one area that a publication covers: the region of all reports, else their country."""

from collections.abc import Mapping
from dataclasses import dataclass

from pobratim.compare.comparison import lines
from pobratim.explore import Index
from pobratim.messages import Language
from pobratim.site.areas import area_iri
from pobratim.tables import Table

_HOME = "RU"
"""Where nobody tells: the reports are those of Russian municipalities."""


@dataclass(frozen=True, slots=True)
class Area:
    """An area: IRI, name by language, its bounds and middle as WKT, "" where no place of it has a point."""

    iri: str
    name: Mapping[Language, str]
    box: str = ""
    centre: str = ""


def area_of(tables: Mapping[str, Table], index: Index) -> Area:
    """Return the area of the reports; its bounds are those of the places that are known there."""
    rows = list(lines(tables["reports"]))
    regions = {str(row["region"]) for row in rows if row["region"]}
    countries = {str(row["country"]) for row in rows if row["country"]}
    if len(regions) == 1 and all(row["region"] for row in rows):
        kind, code = "region", regions.pop()
    else:
        kind, code = "country", countries.pop() if len(countries) == 1 else _HOME
    label = index.label(kind, code)
    points = [
        (float(str(row["lon"])), float(str(row["lat"])))
        for row in lines(tables["places"])
        if row[kind] == code and row["lon"] is not None and row["lat"] is not None
    ]
    iri = area_iri(f"{kind}/{code}") or ""
    name: Mapping[Language, str] = {"ru": label.ru, "en": label.en}
    return Area(iri, name, *(_bounds(points) if points else ("", "")))


def _bounds(points: list[tuple[float, float]]) -> tuple[str, str]:
    west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
    south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = ",".join(f"{lon:g} {lat:g}" for lon, lat in corners)
    return f"POLYGON(({box}))", f"POINT({(west + east) / 2:g} {(south + north) / 2:g})"
