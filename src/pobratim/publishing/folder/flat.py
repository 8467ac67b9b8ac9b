"""The flat tables as files that describe themselves: CSV with CSVW (W3C, 2015), a Frictionless data package, Parquet,
Excel, GeoJSON (RFC 7946), and the networks as GraphML."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pobratim.compare.comparison import lines
from pobratim.messages import LANGUAGES
from pobratim.network import views, write_network
from pobratim.publishing.folder.quarters import Quarters, parts_of
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.query.question import THINGS, Column, ColumnType, NamedQuery
from pobratim.store.backend import GraphReader
from pobratim.tables import Table
from pobratim.tables.files import sheets, written
from pobratim.tables.table import table_named

BY_QUARTER = ("events", "agreements")
"""Tables that every quarter has a part of."""
_SHEETS = "tables.xlsx"
_SHEET_ROWS = 100_000
"""Rows of a table that is a sheet: of a nation all tables had 20 million cells, each of which is an object on its way,
and no program of tables opens such a file with ease. All are there as CSV and Parquet."""
_CSVW: Mapping[ColumnType, object] = {
    "iri": "anyURI", "text": "string", "list": "string", "integer": "integer", "number": "double", "date": "date",
    "flag": {"base": "boolean", "format": "True|False"},
}  # fmt: skip
_FRICTIONLESS: Mapping[ColumnType, Mapping[str, object]] = {
    "iri": {"type": "string", "format": "uri"}, "text": {"type": "string"}, "list": {"type": "string"},
    "integer": {"type": "integer"}, "number": {"type": "number"}, "date": {"type": "date"},
    "flag": {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]},
}  # fmt: skip
_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Flat:
    """A table as files: ``files`` by format, ``table`` its name, ``quarter`` "" for the whole."""

    table: str
    quarter: str
    files: Mapping[str, str]


def write_tables(
    tree: Tree, version: str, tables: Mapping[str, Table], quarters: Quarters, publication: Publication
) -> list[Flat]:
    """Write the tables of a version one by one, and return what was written. Raises OSError, UsageError."""
    folder = f"tables/{version}"
    made = [_write_table(tree, folder, table, "", publication) for table in tables.values()]
    parts = [parts_of(tables[name], quarters) for name in BY_QUARTER]
    for quarter in quarters.every:
        for part in parts:
            made.append(_write_table(tree, f"{folder}/{quarter.name}", part[quarter.name], quarter.name, publication))
    for name, content in (("places", _places(tables)), ("events", _events(tables))):
        tree.put(f"{folder}/{name}.geojson", _json(content))
    tree.put(f"{folder}/datapackage.json", _json(_package(tree, folder, tables, version, publication)))
    return made


def write_book(tree: Tree, version: str, tables: Mapping[str, Table]) -> None:
    """Write the tables of a version as one Excel file, but those of very many rows. Raises OSError."""
    shown = [table for table in tables.values() if len(table.rows) <= _SHEET_ROWS]
    tree.put(f"tables/{version}/{_SHEETS}", sheets(shown, "ru"))


def _write_table(tree: Tree, folder: str, table: Table, quarter: str, publication: Publication) -> Flat:
    files = {"csv": f"{folder}/{table.name}.csv"}
    tree.put(files["csv"], written(table, "csv", "ru"))
    tree.put(f"{files['csv']}-metadata.json", _json(_csvw(table, publication)))
    if not quarter:
        files["parquet"] = f"{folder}/{table.name}.parquet"
        tree.put(files["parquet"], written(table, "parquet", "ru"))
    return Flat(table.name, quarter, files)


def _csvw(table: Table, publication: Publication) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "ru"}],
        "url": f"{table.name}.csv",
        "dc:title": _said(table.query.summary),
        "dc:description": _said(table.query.description),
        "dc:license": {"@id": publication.licence.iri},
        "dc:publisher": {"@id": publication.publisher.homepage},
        "dialect": {"header": True, "delimiter": ",", "encoding": "utf-8"},
        "tableSchema": {"columns": [_csvw_column(column) for column in table.query.columns], "primaryKey": "id"},
    }


def _said(texts: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"@value": texts[lang], "@language": lang} for lang in LANGUAGES]


def _csvw_column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _said(column.label),
        "datatype": _CSVW[column.type],
        "required": column.name == "id",
    }
    return found | ({"separator": _SEPARATOR} if column.type == "list" else {})


def _package(tree: Tree, folder: str, tables: Iterable[str], version: str, publication: Publication) -> dict[str, Any]:
    code = publication.licence.iri.rpartition("/")[2].replace("_", "-")
    return {
        "profile": "tabular-data-package",
        "name": publication.passport.name.lower(),
        "title": publication.title[publication.languages[0]],
        "description": publication.description[publication.languages[0]],
        "homepage": publication.public_url,
        "version": version,
        "licenses": [{"name": code, "path": publication.licence.iri, "title": publication.licence.title}],
        "contributors": [{"title": publication.publisher.name[publication.languages[0]], "role": "publisher"}],
        "resources": [_resource(table_named(name), tree.files[f"{folder}/{name}.csv"]) for name in tables],
    }


def _resource(table: NamedQuery, told: Told) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.summary["ru"],
        "description": table.description["ru"],
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "bytes": told.size,
        "hash": f"sha256:{told.digest}",
        "schema": {
            "fields": [
                {"name": one.name, "title": one.label["ru"], "description": one.label["en"], **_FRICTIONLESS[one.type]}
                for one in table.columns
            ],
            "missingValues": [""],
            "primaryKey": "id",
        },
    }


def _places(tables: Mapping[str, Table]) -> dict[str, Any]:
    return _collection(
        (
            str(row["id"]),
            (row["lon"], row["lat"]),
            {key: row[key] for key in ("name", "name_en", "country", "region", "events")},
        )
        for row in lines(tables["places"])
    )


def _events(tables: Mapping[str, Table]) -> dict[str, Any]:
    """Return events at the first of their places; what is nowhere has no geometry (RFC 7946, 3.2)."""
    points = {row["id"]: (row["lon"], row["lat"]) for row in lines(tables["places"])}
    return _collection(
        (
            str(row["id"]),
            points.get(str(row["places"] or "").partition(_SEPARATOR)[0], (None, None)),
            {key: row[key] for key in ("title", "date", "start", "end", "kind", "mode", "place_names")},
        )
        for row in lines(tables["events"])
    )


def _collection(features: Iterator[tuple[str, tuple[Any, Any], Mapping[str, Any]]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [_feature(*each) for each in features]}


def _feature(iri: str, point: tuple[Any, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    is_somewhere = None not in point
    values = {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
    return {
        "type": "Feature",
        "id": iri,
        "geometry": {"type": "Point", "coordinates": list(point)} if is_somewhere else None,
        "properties": {name: value for name, value in values.items() if value is not None},
    }


def write_networks(tree: Tree, reader: GraphReader) -> list[str]:
    """Write the networks that need no choice as GraphML, and return their files. Raises OSError."""
    made = []
    with TemporaryDirectory() as folder:
        for name, view in views().items():
            if any(one.required or one.type in THINGS for one in view.query.parameters):
                continue  # it asks about somebody, who may not be in these data
            file = Path(folder) / f"{name}.graphml"
            write_network(name, {}, reader, file, "ru")
            made.append(f"networks/{name}.graphml")
            tree.put(made[-1], file.read_bytes())
    return made


def _json(content: Mapping[str, Any] | Sequence[Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
