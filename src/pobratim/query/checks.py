"""Checks of a whole store: the SHACL shapes, and the queries of ``queries/checks``, where a row is a
fault."""

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions

from pobratim.errors import ContentError
from pobratim.messages import Language
from pobratim.query.answers import python_value
from pobratim.query.library import NamedQuery, library, queries_root
from pobratim.rdf.validate import validate
from pobratim.store.backend import GraphReader

COLUMNS = ("severity", "check", "about", "message")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``check`` is "shacl" or a query's name, ``about`` what it was found on."""

    severity: str
    check: str
    about: str
    message: str

    def row(self) -> tuple[str, str, str, str]:
        """Return the values of COLUMNS."""
        return (self.severity, self.check, self.about, self.message)


def check(reader: GraphReader, lang: Language, root: Path | None = None) -> list[Fault]:
    """Return all faults of a store: shapes first, then the queries by name, errors before warnings.

    ``root`` is the folder of queries, that of the program if not given. Raises ContentError for a check that
    is not a SELECT query or needs parameters.
    """
    shapes = [
        Fault("error", "shacl", violation.focus, violation.message) for violation in validate(list(reader.quads()))
    ]
    queries = library(root or queries_root(), "checks").values()
    found = [fault for query in queries for fault in _run(query, reader, lang)]
    return sorted(shapes, key=Fault.row) + sorted(found, key=Fault.row)


def _run(query: NamedQuery, reader: GraphReader, lang: Language) -> list[Fault]:
    result = query.run(reader, {}, lang)
    if not isinstance(result, QuerySolutions):
        kind = "ASK" if isinstance(result, QueryBoolean) else "CONSTRUCT"
        raise ContentError("check-not-select", file=query.file, kind=kind)
    names = [variable.value for variable in result.variables]
    faults = []
    for solution in result:
        values = zip(names, map(python_value, solution), strict=True)
        about = ", ".join(f"{name}={value}" for name, value in values if value is not None)
        faults.append(Fault(query.severity, query.name, about, query.summary[lang]))
    return faults
