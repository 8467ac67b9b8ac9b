"""Rows of an answer as a table for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pobratim.query.words import column_name, question_words
from pobratim.site.page import Visit
from pobratim.site.values import date_text

_XSD = "http://www.w3.org/2001/XMLSchema#"
_EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
_LONG = 80
"""Characters of a text that would make a narrow column of many lines."""
_KINDS = {_XSD + name: "num" for name in ("integer", "decimal", "double")} | {_XSD + "date": "date", _EDTF: "date"}
_BOUNDS = ("first", "last", "seen", "since", "until", "precision")
"""Columns that are for comparing the dates of the column date."""


def answer_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, Mapping[str, str]]], visit: Visit
) -> dict[str, Any]:
    """Return the heads and cells of rows as SPARQL results JSON has them; what only programs need is left out."""
    shown = _for_people(columns)
    made = [_row(row, shown, visit) for row in rows]
    return {
        "columns": [(name, column_name(name, shown, visit.lang)) for name in shown],
        "rows": made,
        "numeric": {name for at, name in enumerate(shown) if _is_numeric(row[at] for row in made)},
    }


def _is_numeric(cells: Iterable[Mapping[str, str]]) -> bool:
    kinds = {cell["kind"] for cell in cells if cell["text"]}
    return kinds == {"num"}


def _for_people(columns: Sequence[str]) -> list[str]:
    """Return the columns without bounds of a date that is there in the source's own words; files have them."""
    bounds = set(_BOUNDS if "date" in columns else ())
    if "second" in columns:  # then the first is a party
        bounds -= {"first"}
    return [name for name in columns if name not in bounds]


def _row(found: Mapping[str, Mapping[str, str]], columns: Sequence[str], visit: Visit) -> list[dict[str, str]]:
    """Return the cells of a row. Where the row tells a name as well, things of ours need none: a link opens them."""
    is_named = any(term["type"] != "uri" for term in found.values())
    return [_cell(found.get(name), visit, is_named) for name in columns]


def _cell(term: Mapping[str, str] | None, visit: Visit, is_named: bool) -> dict[str, str]:
    """Return text, kind and IRI of a cell, and where it leads ("": nowhere); things of ours lead to this server."""
    if term is None or term["type"] != "uri":
        kind = _KINDS.get(term.get("datatype", ""), "") if term else ""
        kind = kind or ("long" if term and len(term["value"]) > _LONG else "")
        shown = date_text(term["value"], visit.lang) if term and kind == "date" else term["value"] if term else ""
        return {"text": shown, "href": "", "kind": kind, "iri": "", "sort": term["value"] if term else ""}
    iri = term["value"]
    ours = visit.addresses.page(iri)
    if ours is not None:
        key = iri.removeprefix(visit.addresses.base).lstrip("/").removeprefix("id/")
        shown = question_words(visit.lang)["open-page"] if is_named else key
        return {"text": shown, "href": visit.link(ours), "kind": "page" if is_named else "", "iri": key, "sort": ""}
    link = iri if urlsplit(iri).scheme in ("http", "https") else ""
    return {"text": iri, "href": link, "kind": "", "iri": "", "sort": ""}
