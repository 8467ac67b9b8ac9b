"""Faults of single statements that no portal, and no official shape, would refuse: IRIs and dates that are none.

RFC 3987 lets no IRI have a space; the DCAT-AP shapes and CKAN take one that has (data.gouv.fr#1437). What goes out is
ASCII besides, as all that this program mints is.
"""

import re
from datetime import date
from functools import lru_cache

from pobratim.rdf.edtf import bounds

_IRI = r"<[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]+>"
"""A scheme, then what RFC 3986 lets stand unescaped."""
_TEXT = r'"(?:[^"\\]|\\.)*"'
_DATES = (
    r"http://www\.w3\.org/2001/XMLSchema#(?:date|gYear|gYearMonth|dateTime)|http://id\.loc\.gov/datatypes/edtf/EDTF"
)
_CLEAN = re.compile(
    rf"{_IRI} {_IRI} (?:{_IRI}|{_TEXT}(?:@[A-Za-z0-9-]+|\^\^(?!<(?:{_DATES})>){_IRI})?)(?: {_IRI})? \.\n"
)
"""A line whose IRIs are right, and whose object is no date."""
_ONE = re.compile(_IRI)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_DATED = re.compile(
    r'"(?P<text>[^"]*)"\^\^<http://(?:www\.w3\.org/2001/XMLSchema#(?P<type>date|gYear|gYearMonth|dateTime)'
    r"|id\.loc\.gov/datatypes/edtf/(?P<edtf>EDTF))>"
)
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ZONE = r"(?:Z|[+-]\d{2}:\d{2})?"
_FORMS = {
    "date": re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}{_ZONE}"),
    "gYear": re.compile(rf"\d{{4}}{_ZONE}"),
    "gYearMonth": re.compile(rf"\d{{4}}-(?:0[1-9]|1[0-2]){_ZONE}"),
    "dateTime": re.compile(rf"\d{{4}}-\d{{2}}-\d{{2}}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?{_ZONE}"),
}


def is_clean(line: str) -> bool:
    """Tell at one look whether a line of N-Quads has nothing wrong; of a line with a date nothing is told."""
    return _CLEAN.fullmatch(line) is not None


@lru_cache(maxsize=100_000)
def fault_of(term: str) -> str:
    """Return the code of what is wrong with a term as N-Quads write it: "iri", "date", "" for nothing."""
    if term.startswith("<"):
        return "" if _ONE.fullmatch(term) else "iri"
    match = _DATED.fullmatch(term)
    if match is None:
        return ""
    return "" if (_is_edtf(match["text"]) if match["edtf"] else _is_dated(match["type"], match["text"])) else "date"


def shown(term: str) -> str:
    """Return a term for people: without marks and type."""
    bare = term[1:-1] if term.startswith("<") else term[1:].rpartition('"')[0]
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), bare)


def _is_edtf(text: str) -> bool:
    first, _, last = text.partition("/")
    try:
        begin, _ = bounds(first)
        return last in ("", "..") or bounds(last)[1] >= begin
    except ValueError:
        return False


def _is_dated(kind: str, text: str) -> bool:
    if not _FORMS[kind].fullmatch(text):
        return False
    day = _DAY.match(text)
    try:
        return day is None or date(*map(int, day.groups())) is not None
    except ValueError:
        return False
