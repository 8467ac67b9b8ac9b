"""What people call towns and regions in speech: ontology/nicknames.tsv, for search, never for reading reports."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.ground.fingerprint import fingerprint

_FILE = "nicknames.tsv"


def nicknames(names: Iterable[str], type_: str, countries: Collection[str]) -> Iterator[str]:
    """Yield the nicknames of a thing of ``type_`` called ``names`` in one of ``countries`` (ISO 3166-1 alpha-2).

    Raises ContentError for a malformed line of the file.
    """
    table = _table()
    for name in names:
        for country in countries:
            yield from table.get((type_, name, country), ())


@cache
def edition() -> str:
    """Return what differs with every change of the file."""
    return fingerprint((content_root() / "ontology" / _FILE).read_bytes())


@cache
def _table() -> dict[tuple[str, str, str], tuple[str, ...]]:
    text = (content_root() / "ontology" / _FILE).read_text(encoding="utf-8")
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        parts = line.split("\t")
        if len(parts) != 4 or parts[0] not in ("place", "region") or not all(parts):
            raise ContentError("content-line", file=_FILE, line=number)
        type_, name, country, others = parts
        found[type_, name, country] = tuple(others.split("|"))
    return found
