"""The report of a load as a file: JSON, a page, plain text, or the measurements as RDF, by the file's extension."""

import json
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, serialize

from pobratim.errors import UsageError
from pobratim.load.report import LoadReport
from pobratim.messages import Language, describe
from pobratim.quality.page import Survey, to_html
from pobratim.quality.rdf import quality_graph
from pobratim.quality.render_text import asked, details

SUFFIXES = (".json", ".html", ".txt", ".ttl")
"""The extensions that choose a form."""

_PREFIXES = {"dqv": "http://www.w3.org/ns/dqv#", "xsd": "http://www.w3.org/2001/XMLSchema#"}


def check_suffix(file: Path) -> None:
    """Raise UsageError for a file whose extension chooses no form."""
    if file.suffix.lower() not in SUFFIXES:
        raise UsageError("report-suffix", file=file, suffix=file.suffix, known=", ".join(SUFFIXES))


def render(report: LoadReport, suffix: str, lang: Language) -> bytes:
    """Return the report in the form of an extension (one of SUFFIXES)."""
    if suffix == ".json":
        return json.dumps(report.to_json(), ensure_ascii=False, indent=2).encode() + b"\n"
    if suffix == ".html":
        return to_html(survey_of(report, lang), lang).encode()
    if suffix == ".ttl":
        return _turtle(report)
    return ("\n".join([*report.lines(lang), *_details(report, lang)]) + "\n").encode()


def survey_of(report: LoadReport, lang: Language) -> Survey:
    """Return what a page tells of a load: its reports, its questions, and what went wrong outside of them."""
    notes = [describe(problem, lang) for problem in report.problems]
    for file in report.files:
        if file.state == "failed":
            notes += [describe(problem, lang) for problem in file.problems]
    shown = {file.slug for file in report.files}
    questions = [one for one in report.questions if shown.intersection(one.reports)]
    return Survey([file.quality for file in report.files if file.quality], questions, notes)


def _details(report: LoadReport, lang: Language) -> list[str]:
    lines = [line for file in report.files if file.quality for line in ("", *details(file.quality, lang))]
    questions = asked(report.questions, lang)
    return [*lines, "", *questions] if questions else lines


def _turtle(report: LoadReport) -> bytes:
    quads = quality_graph([file.quality for file in report.files if file.quality], report.base)
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=_PREFIXES) or b""
