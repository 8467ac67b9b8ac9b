"""Run by the environment ``light``: what csvw, Frictionless, skosify and PyLD find in folders.

Arguments: the name of a check, then folders. Prints a line of JSON a folder: the faults found.
"""

import gzip
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from foreign.telling import tell

_LINES = 1_500
"""Quads that are put into canonical form: PyLD takes 3 ms a quad."""


def csvw(folder: Path) -> Iterator[str]:
    """Check every table against the metadata beside it (CSVW, W3C, 2015)."""
    from csvw import CSVW

    for file in sorted(folder.rglob("*-metadata.json")):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            table = CSVW(str(file), validate=True)
            if not table.is_valid:
                yield f"{file.name}: {[str(each.message)[:200] for each in told][:3]}"


def frictionless(folder: Path) -> Iterator[str]:
    """Check the data package."""
    from frictionless import validate

    for file in sorted(folder.rglob("datapackage.json")):
        report = validate(str(file))
        for error in report.flatten(["type", "note"])[:3] if not report.valid else []:
            yield f"{file.name}: {error}"


def skosify(folder: Path) -> Iterator[str]:
    """Let skosify look at each scheme by itself: a warning is something that it had to mend."""
    import skosify as skos
    from rdflib import RDF, SKOS, Graph

    told: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    logging.getLogger().addHandler(Listener(logging.WARNING))
    whole = Graph()
    for file in sorted(folder.rglob("vocabulary.nq.gz")):
        quads = gzip.decompress(file.read_bytes()).decode().splitlines()
        own = (f"{line.rpartition(' <')[0]} ." for line in quads if "/lexicon#" not in line)  # marks are no SKOS
        whole.parse(data="\n".join(own), format="nt")
    for scheme in sorted(whole.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        part = Graph()
        for thing in (scheme, *whole.subjects(SKOS.inScheme, scheme)):
            part += whole.triples((thing, None, None))
        if (scheme, SKOS.hasTopConcept, None) not in part:
            told.append(f"{scheme} has no top concept")
        skos.skosify(part, label=None)
    yield from told


def canonical(folder: Path) -> Iterator[str]:
    """Put the first quads of each dump into canonical form (RDFC-1.0): they are in it already."""
    from pyld import jsonld

    for file in sorted(folder.rglob("data.nq.gz")):
        lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)[:_LINES]
        options = {"algorithm": "URDNA2015", "inputFormat": "application/n-quads", "format": "application/n-quads"}
        if jsonld.normalize("".join(lines), options) != "".join(lines):
            yield f"{file.name} is not in canonical form"


CHECKS: dict[str, Callable[[Path], Iterator[str]]] = {
    "csvw": csvw,
    "frictionless": frictionless,
    "skosify": skosify,
    "canonical": canonical,
}


if __name__ == "__main__":
    tell(CHECKS)
