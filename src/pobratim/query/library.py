"""The library of questions: ``queries/*.rq``, each with a ``#+`` header that says what it asks and takes.

The header is YAML behind ``#+`` at the top of the file::

    #+ summary: {ru: "Связи города", en: "Ties of a city"}
    #+ parameters:
    #+   city: {type: string, required: true, label: {ru: "Город", en: "City"}, example: "Смоленск"}
    #+ tags: [ties]

The name of a query is the name of its file. How parameters are bound stands in ``question.py``.
"""

from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from pobratim.content import content_root
from pobratim.errors import UsageError, similar
from pobratim.query.header import parse_query
from pobratim.query.question import NamedQuery, Parameter

__all__ = ["NamedQuery", "Parameter", "find_query", "library", "parse_query", "queries_root"]


def queries_root() -> Path:
    """Return the folder ``queries/``."""
    return content_root() / "queries"


def library(root: Path, group: str = "") -> dict[str, NamedQuery]:
    """Return the queries of ``root`` (or of its folder ``group``: checks, views) by name, sorted.

    Raises ContentError for the first file whose header is malformed.
    """
    files = sorted((root / group).glob("*.rq"))
    return {file.stem: _parsed(file, (told := file.stat()).st_mtime_ns, told.st_size) for file in files}


@lru_cache(maxsize=500)
def _parsed(file: Path, _changed: int, _size: int) -> NamedQuery:
    """Return the query of a file, read once as long as that stays the same: a header costs milliseconds."""
    return parse_query(file.read_text(encoding="utf-8"), file.stem, file.name)


def find_query(name: str, root: Path) -> NamedQuery:
    """Return the query called ``name`` of the main folder or a group. Raises UsageError with the nearest
    names."""
    for group in ("", "views", "checks"):
        found = library(root, group).get(name)
        if found:
            return found
    names = list(library(root))
    raise UsageError("query-unknown", name=name, near=similar(_nearest(name, names)))


def _nearest(name: str, names: list[str]) -> list[str]:
    return get_close_matches(name, names, n=3, cutoff=0.5)
