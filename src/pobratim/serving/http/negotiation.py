"""Which format and which encoding a client gets: Accept and Accept-Encoding with q-values (RFC 9110, 12.5)."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote

from pobratim.messages import LANGUAGES, Language

MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "csv-excel": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "trig": "application/trig",
    "nq": "application/n-quads",
    "html": "text/html",
}
"""Media types by the name of the format (``query.answers.FORMATS``) as IANA registers them."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "application/json": ("json", "jsonld"),
    "application/xml": ("xml",),
    "text/xml": ("xml",),
    "text/plain": ("nt",),
    "application/x-turtle": ("ttl",),
    "application/xhtml+xml": ("html",),
}
"""Types that clients ask for and mean one of ours by, as what is offered has it.

Each is answered under its own name, but for XHTML: our pages are the HTML that such clients take as well.
"""
_NEVER_SENT = {"application/xhtml+xml"}

SAVED = {"csv", "csv-excel", "tsv", "xlsx", "parquet"}
"""Formats that browsers save rather than show."""
_KEPT = 128
"""Headers that are kept with what they say: clients send few different ones, attackers many and long ones."""
_READ = 4000
"""Characters of a header that are looked at."""
_TEXT = {"text/csv", "text/tab-separated-values", "text/turtle", "text/html", "text/plain", "text/xml"}


@lru_cache(maxsize=_KEPT)
def weights(header: str) -> tuple[tuple[str, float], ...]:
    """Return the entries of an Accept-like header with their q-values; a malformed q counts as 1, q=0 as refused."""
    found = []
    for entry in header[:_READ].split(","):
        name, *parameters = (part.strip().lower() for part in entry.split(";"))
        if not name:
            continue
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                is_number = value.replace(".", "", 1).isdecimal()
                weight = min(float(value), 1.0) if is_number else 1.0
        found.append((name, weight))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def choose(accept: str, offered: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the format of ``offered`` that ``accept`` prefers, with its media type; None where none is acceptable.

    Of equally welcome formats the first offered wins; no header at all accepts everything.
    """
    wanted = weights(accept) or (("*/*", 1.0),)
    best: tuple[float, int, int] | None = None
    chosen: tuple[str, str] | None = None
    for rank, name in enumerate(offered):
        names = [MEDIA_TYPES[name], *(alias for alias, meant in _ALIASES.items() if name in meant)]
        for media_type in names:
            weight, precision = _weight(media_type, wanted)
            if media_type != names[0] and precision < 3:
                continue
            key = (weight, min(precision, 1) if weight else 0, -rank)
            if weight > 0 and (best is None or key > best):
                best, chosen = key, (name, names[0] if media_type in _NEVER_SENT else media_type)
    return chosen


def _weight(media_type: str, wanted: tuple[tuple[str, float], ...]) -> tuple[float, int]:
    """Return the weight of the most precise entry that covers a type, and how precise it is."""
    whole = media_type.partition("/")[0] + "/*"
    covering = [
        (3 if name == media_type else 2 if name == whole else 1, weight)
        for name, weight in wanted
        if name in (media_type, whole, "*/*")
    ]
    if not covering:
        return 0.0, 0
    precision, weight = max(covering)
    return weight, precision


@lru_cache(maxsize=_KEPT)
def encoding(accept_encoding: str) -> str:
    """Return "br", "gzip" or "" (identity): the best that the client takes."""
    found = dict(weights(accept_encoding))
    for name in ("br", "gzip"):
        if found.get(name, 0) > 0 and found[name] >= found.get("identity", 0):
            return name
    return ""


def content_type(media_type: str) -> str:
    """Return the Content-Type header: text types say their charset."""
    return f"{media_type}; charset=utf-8" if media_type in _TEXT else media_type


@lru_cache(maxsize=_KEPT)
def language(accept_language: str, default: Language = "ru") -> Language:
    """Return the language of ours that the client prefers (RFC 4647, lookup), ``default`` where it names neither."""
    ranked = sorted(weights(accept_language), key=lambda entry: -entry[1])
    for name, weight in ranked:
        primary = name.partition("-")[0]
        if weight > 0 and primary in LANGUAGES:
            return "ru" if primary == "ru" else "en"
    return default


def disposition(name: str, ending: str) -> str:
    """Return the header that gives a download its name (RFC 6266, with the plain form for older clients)."""
    ending = "csv" if ending == "csv-excel" else ending
    kind = "attachment" if ending in SAVED else "inline"
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("%", "_")
    return f"{kind}; filename=\"{plain}.{ending}\"; filename*=UTF-8''{quote(name, safe='')}.{ending}"
