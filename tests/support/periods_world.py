"""A small store by hand for comparisons: reports of several years, each row a contact of two towns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import RdfFormat, parse

from pobratim.rdf.edtf import bounds
from pobratim.rdf.emit import ontology_graph
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.store.reader import MemoryReader
from tests.support.model_sample import derive

_PREFIXES = """
@prefix : <https://w3id.org/pobratim/id/> .
@prefix pob: <https://w3id.org/pobratim/def#> .
@prefix topic: <https://w3id.org/pobratim/def/topic/> .
@prefix kind: <https://w3id.org/pobratim/def/event-kind/> .
@prefix paper: <https://w3id.org/pobratim/def/agreement-kind/> .
@prefix status: <https://w3id.org/pobratim/def/agreement-status/> .
@prefix region: <https://w3id.org/pobratim/def/region/> .
@prefix country: <http://publications.europa.eu/resource/authority/country/> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
HOME = {"A": "SMO", "G": "SMO", "H": "BRY"}
"""Towns that report, and their regions; all others are in Belarus."""


@dataclass(frozen=True)
class Told:
    """A row: who reports it ("" for nobody named), its two towns, when, and what it says.

    ``event`` is that of another row where both tell of one; a ``plan`` is an agreement that is only planned.
    """

    reporter: str
    home: str
    partner: str
    edtf: str
    topic: str = "culture"
    event: str = ""
    plan: bool = False


@dataclass(frozen=True)
class Reported:
    """A report: its name, its region, the period it tells ("" for none), and its rows."""

    name: str
    region: str
    period: str
    rows: Sequence[Told]


def world(*reports: Reported) -> MemoryReader:
    """Return the store of these reports, with its ties."""
    rows = [row for report in reports for row in report.rows]
    towns = sorted({town for row in rows for town in (row.home, row.partner)} | {*HOME})
    text = "\n".join([_PREFIXES, *map(_town, towns), *map(_report, reports)])
    quads = {*parse(text.encode(), format=RdfFormat.TURTLE), *ontology_graph(DEFAULT_BASE)}
    return MemoryReader(quads | derive(quads))


def _town(name: str) -> str:
    region = f"RU-{HOME[name]}" if name in HOME else "BY-VI"
    country = "RUS" if name in HOME else "BLR"
    facts = f'rdfs:label "{name}"@ru ; pob:country country:{country} ; dct:isPartOf region:{region}'
    return f":place\\/{name} a pob:Municipality, cv:AdminUnit, dct:Location, geo:Feature ; {facts} ."


def _report(report: Reported) -> str:
    node = f":report\\/{report.name}"
    names = f'dct:title "{report.name}"@ru ; rdfs:label "{report.name}"@ru'
    lines = [f'{node} a pob:Report ; {names} ; dct:source "{report.name}.docx" .']
    if report.region:
        lines.append(f"{node} dct:spatial region:RU-{report.region} .")
    if report.period:
        first, last = bounds(report.period)
        days = f'dcat:startDate "{first}"^^xsd:date ; dcat:endDate "{last}"^^xsd:date'
        lines.append(
            f"{node} dct:temporal :time\\/{report.period} . :time\\/{report.period} a dct:PeriodOfTime ; {days} ."
        )
    lines += [_row(report.name, number, row) for number, row in enumerate(report.rows, 1)]
    return "\n".join(lines)


def _row(report: str, number: int, row: Told) -> str:
    key = f"{report}-{number}"
    entry, event = f":entry\\/{report}\\/{number}", f":activity\\/{row.event or key}"
    parties = f"pob:party :place\\/{row.home}, :place\\/{row.partner}"
    start, _, end = row.edtf.partition("/")
    first, last = bounds(start)[0], bounds(end or start)[1]
    days = f'pob:edtf "{row.edtf}"^^edtf:EDTF ; pob:start "{first}"^^xsd:date ; pob:end "{last}"^^xsd:date'
    facts = [f"{entry} a pob:ReportEntry ; dct:isPartOf :report\\/{report} ; pob:entryNumber {number} ; {days} ."]
    if row.reporter:
        facts.append(f"{entry} pob:reportingMunicipality :place\\/{row.reporter} .")
    facts.append(f'{entry} dct:title "{key}"@ru ; rdfs:label "{key}"@ru ; pob:reports {event} .')
    facts += (
        f'{event} a pob:Activity ; dct:title "{row.event or key}"@ru ; dct:type kind:meeting .',
        f"{event} dct:subject topic:{row.topic} ; {days} .",
    )
    if row.plan:
        paper = f":agreement\\/{key} a pob:Agreement ; dct:type paper:twinning ; pob:status status:planned ; {parties}"
        facts.append(f"{paper} ; pob:signedAt {event} .")
    else:
        facts.append(
            f"{entry} pob:states :contact\\/{key} . :contact\\/{key} a pob:Contact ; {parties} ; pob:basis {event} ."
        )
    return "\n".join(facts)
