"""Wikidata's answers as a document with one table, one statement of P190 a row.

Two forms are read: entities as JSON (Special:EntityData, wbgetentities, or one entity alone; wikibase/2 data model) and
SPARQL 1.1 results as JSON with the variables of queries/remote/twin-towns.rq, as ``fetch`` and query editors save them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pobratim.ground.fingerprint import fingerprint
from pobratim.problems import Problem
from pobratim.readers.grid import Grid, document, unreadable
from pobratim.table import Cell, Document, Row, Table

COLUMNS = (
    "item", "municipality", "municipality-country", "partner-item", "partner", "partner-country", "since", "until",
    "statement",
)  # fmt: skip
"""The headings of the table: columns of REGISTER_COLUMNS."""
_VARIABLES = ("item", "label", "country", "partner", "partnerLabel", "partnerCountry", "since", "until", "statement")
_TIME = re.compile(r"\+?(\d{4,})-(\d\d)-(\d\d)T.*")
_DAY, _MONTH, _YEAR = 11, 10, 9
_STATEMENT = "http://www.wikidata.org/entity/statement/"
_TWIN, _COUNTRY, _START, _END = "P190", "P17", "P580", "P582"


def read_wikidata(data: bytes, file: str) -> Document:
    """Return the statements of a file as a table. Raises UnreadableDocumentError where it is neither form."""
    try:
        content = json.loads(data)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise unreadable("wikidata-no-json", file, cause=str(error)[:100]) from error
    problems: tuple[Problem, ...] = ()
    try:
        if isinstance(content, dict) and "results" in content:
            rows = list(_of_results(content))
            if not content.get("complete", True):
                problems = (Problem("warning", "wikidata-cut", file, values=(("rows", str(len(rows))),)),)
        else:
            rows, deprecated = _of_entities(_entities(content))
            if deprecated:
                problems = (Problem("warning", "wikidata-deprecated", file, values=(("count", str(deprecated)),)),)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise unreadable("wikidata-other-json", file) from error
    if not rows:
        raise unreadable("wikidata-nothing", file)
    grid = [Row(1, _cells(COLUMNS)), *(Row(index, _cells(row)) for index, row in enumerate(rows, 2))]
    return document(file, fingerprint(data), Grid("", (Table(1, tuple(grid)),), problems))


def _cells(texts: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(text, column) for column, text in enumerate(texts))


# SPARQL results


def _of_results(content: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows; what an item with several countries gives again is passed over."""
    seen = set()
    for binding in content["results"]["bindings"]:
        value = {name: binding[name]["value"] for name in binding}
        if value["statement"] in seen:
            continue
        seen.add(value["statement"])
        row = {name: value.get(name, "") for name in _VARIABLES}
        row["item"], row["partner"] = _local(value["item"]), _local(value["partner"])
        row["label"], row["partnerLabel"] = row["label"] or row["item"], row["partnerLabel"] or row["partner"]
        for name in ("since", "until"):
            row[name] = _edtf(row[name], int(value.get(f"{name}Precision", 0)))
        yield tuple(row[name] for name in ("item", "label", "country", "partner", *_VARIABLES[4:]))


def _local(iri: str) -> str:
    return iri.rpartition("/")[2]


# Entities


def _entities(content: Any) -> dict[str, Any]:
    """Return the entities by id, of a file with many or with one alone."""
    entities = content["entities"] if "entities" in content else {content["id"]: content}
    if not all("claims" in entity for entity in entities.values()):
        raise KeyError("claims")
    return dict(entities)


def _of_entities(entities: Mapping[str, Any]) -> tuple[list[tuple[str, ...]], int]:
    """Return the rows of all entities by id, and how many statements are passed over as deprecated."""
    rows: list[tuple[str, ...]] = []
    deprecated = 0
    for item, entity in sorted(entities.items()):
        for claim in entity["claims"].get(_TWIN, []):
            if claim["rank"] == "deprecated":
                deprecated += 1
                continue
            partner = _item(claim["mainsnak"])
            other = entities.get(partner, {})
            own = (item, _label(entity) or item, _country(entity))
            theirs = (partner, _label(other) or partner, _country(other))
            qualifiers = claim.get("qualifiers", {})
            dates = (_qualifier(qualifiers, _START), _qualifier(qualifiers, _END))
            rows.append((*own, *theirs, *dates, _STATEMENT + str(claim["id"]).replace("$", "-")))
    return rows, deprecated


def _label(entity: Mapping[str, Any]) -> str:
    labels = entity.get("labels", {})
    return next((str(labels[lang]["value"]) for lang in ("ru", "mul", "en") if lang in labels), "")


def _country(entity: Mapping[str, Any]) -> str:
    """Return the id of the best-ranked country, of several equals the last that has not ended."""
    claims = [claim for claim in entity.get("claims", {}).get(_COUNTRY, []) if claim["rank"] != "deprecated"]
    best = [claim for claim in claims if claim["rank"] == "preferred"] or claims
    lasting = [claim for claim in best if _END not in claim.get("qualifiers", {})] or best
    return _item(lasting[-1]["mainsnak"]) if lasting else ""


def _item(snak: Mapping[str, Any]) -> str:
    """Return the item of a snak, "" for an unknown value or none."""
    return str(snak["datavalue"]["value"]["id"]) if snak["snaktype"] == "value" else ""


def _qualifier(qualifiers: Mapping[str, Any], name: str) -> str:
    known = [snak["datavalue"]["value"] for snak in qualifiers.get(name, []) if snak["snaktype"] == "value"]
    return _edtf(known[0]["time"], int(known[0]["precision"])) if known else ""


# Times


def _edtf(time: str, precision: int) -> str:
    """Return a time in EDTF, no more precise than ``precision`` says (Wikibase's numbers; 0 where none is given).

    Without a precision the first of January stands for its year: that is how Wikidata writes one.
    """
    match = _TIME.fullmatch(time)
    if not match:
        return time
    year, month, day = match[1].lstrip("0").zfill(4), match[2], match[3]
    if not precision:
        precision = _YEAR if (month, day) in (("01", "01"), ("00", "00")) else _DAY
    if precision < _YEAR:
        return f"{year[:3]}X" if precision == _YEAR - 1 else f"{year[:2]}XX"
    return "-".join([year, month, day][: min(precision, _DAY) - _YEAR + 1])
