"""What a version offers: data sets with their files, as the catalogue and the passport describe them alike."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from pobratim.content import content_root
from pobratim.messages import Language
from pobratim.publishing.folder.dumps import Dump
from pobratim.publishing.folder.flat import Flat
from pobratim.publishing.folder.quarters import Quarter, Quarters
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.folder.words import both, periods
from pobratim.publishing.settings import Publication
from pobratim.tables import table_named

ALL = "all"
"""The key of the data set of everything."""
_CSVW = "http://www.w3.org/ns/csvw"
_AUTHORITY = "http://publications.europa.eu/resource/authority/file-type/"
_MEDIA = "http://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files: IRIs in the tables of the EU and of IANA, and what people call it."""

    iri: str
    media: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A file of a data set: ``key`` lasts over versions, ``path`` lies below the folder. Texts are by language."""

    key: str
    path: str
    format: Format
    title: Mapping[Language, str]
    told: Told
    is_packed: bool = False
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Set:
    """A data set: everything, or a period (``quarter``). ``span`` are its first and last day, None where unknown."""

    key: str
    title: Mapping[Language, str]
    description: Mapping[Language, str]
    span: tuple[date, date] | None
    reports: tuple[str, ...]
    offers: tuple[Offer, ...]
    quarter: Quarter | None = None


@cache
def formats() -> Mapping[str, Format]:
    """Return the formats by the endings of files (``viz/publishing/formats.csv``)."""
    file = content_root() / "viz" / "publishing" / "formats.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            row["name"]: Format(_AUTHORITY + row["code"], _MEDIA + row["media"], row["label"])
            for row in csv.DictReader(lines)
        }


def sets_of(
    tree: Tree, version: str, publication: Publication, quarters: Quarters, flats: Sequence[Flat], dumps: Sequence[Dump]
) -> list[Set]:
    """Return the data sets of a version, that of everything first."""
    every = [report for quarter in quarters.every for report in quarter.reports]
    starts, ends = [each.start for each in quarters.every], [each.end for each in quarters.every]
    whole = Set(
        ALL,
        both("all-title", title=publication.title),
        publication.description,
        (min(starts), max(ends)) if starts else None,
        (*every, *quarters.undated),
        tuple(_whole(tree, version, flats, dumps)),
    )
    return [whole, *(_of_quarter(tree, publication, each, flats, dumps) for each in quarters.every)]


def _whole(tree: Tree, version: str, flats: Sequence[Flat], dumps: Sequence[Dump]) -> list[Offer]:
    found = [_table(tree, flat) for flat in flats if not flat.quarter]
    folder = f"tables/{version}"
    for name, form, code in (
        ("tables", "xlsx", "sheets"),
        ("places", "geojson", "places"),
        ("events", "geojson", "events"),
    ):
        path = f"{folder}/{name}.{form}"
        found.append(Offer(f"{name}.{form}", path, formats()[form], both(f"file-{code}"), tree.files[path]))
    for dump in dumps:
        if not dump.quarter:
            found += [_dump(tree, dump, form, both(f"file-{dump.name}")) for form in dump.files]
    return found


def _of_quarter(
    tree: Tree, publication: Publication, quarter: Quarter, flats: Sequence[Flat], dumps: Sequence[Dump]
) -> Set:
    offers = [_table(tree, flat) for flat in flats if flat.quarter == quarter.name]
    for dump in dumps:
        if dump.quarter == quarter.name:
            offers += [_dump(tree, dump, form, both("file-quarter", period=periods(quarter))) for form in dump.files]
    title = both("quarter-title", title=publication.title, period=periods(quarter))
    about = both("quarter-description", description=publication.description, period=periods(quarter))
    return Set(quarter.name, title, about, (quarter.start, quarter.end), quarter.reports, tuple(offers), quarter)


def _table(tree: Tree, flat: Flat) -> Offer:
    path = flat.files["csv"]
    title = table_named(flat.table).summary
    return Offer(f"{flat.table}.csv", path, formats()["csv"], dict(title), tree.files[path], follows=_CSVW)  # type: ignore[arg-type]


def _dump(tree: Tree, dump: Dump, form: str, title: Mapping[Language, str]) -> Offer:
    path = dump.files[form]
    return Offer(path.rpartition("/")[2], path, formats()[form], title, tree.files[path], is_packed=True)
