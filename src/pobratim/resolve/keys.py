"""The keys of things: ASCII slugs made only of what identifies a thing, never of its place in a report.

==============  ==================================================================================
place           country, [region of a district,] name, [GeoNames id of a lesser namesake]
organisation    place (else region, else country), kind, number or else proper name; where no place is told
                and the name is a kind's or a number alone, the country and a digest of the report
person          16 hex digits of the SHA-256 of: name or else post, organisation or place of the office
activity        start, kind, place, 6 hex digits of the SHA-256 of the title (undated: of report and title)
agreement       date, kind, parties
contact         activity / home party / foreign party
group           report / row / place in the row, from 1
==============  ==================================================================================
"""

import hashlib
import re

from pobratim.names.normalisation import folded
from pobratim.text.transliterate import shorten, slug

_TITLE_DIGITS = 6
_PERSON_DIGITS = 16
_PERSON = re.compile(r"[0-9a-f]{16}")
_DEVICES = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Keys that cannot be names of files: the start page of a folder, and devices of Windows ("Naming Files, Paths, and
Namespaces" of its documentation)."""


def joined(*parts: str) -> str:
    """Return the parts that are not empty as one key of at most 80 characters."""
    return shorten("-".join(part for part in parts if part))


def place_key(name: str, country: str, region: str = "", geonames: int = 0) -> str:
    """Return the key of a place.

    ``region`` (notation) is given for districts only, ``geonames`` only where a larger settlement of the
    country bears the name as well. A region notation holds its country: ``RU-SMO`` → ``ru-smo``.
    """
    area = slug(region) or slug(country) or "xx"
    return joined(area, slug(name), str(geonames) if geonames else "")


def organisation_key(area: str, kind: str, number: str, words: str, honorific: str) -> str:
    """Return the key of an organisation; ``area`` is the key of its place, or region or country notation.

    A number decides alone. The honorific («имени …») counts only where neither number nor name is left: a
    town has one library named after Pushkin and another after Gogol.
    """
    detail = slug(number) or slug(words)
    return joined(slug(area), slug(kind), detail, "" if detail else slug(honorific))


def person_key(name: str, post: str, office: str) -> str:
    """Return the key of a person, or of a post where the name is not given; ``office`` is a key."""
    return nameless(joined(slug(name) or slug(post), office))


def nameless(spelled: str) -> str:
    """Return the key of a person of whom ``spelled`` is the key in words; a key without words as it is.

    Keys are public and cannot be taken back, so none holds a person's name. Those of data made before this held it
    ("ivan-petrov-ru-smolensk"): what they lead to is computed from them, so that no list has to keep them.
    """
    return spelled if _PERSON.fullmatch(spelled) else hashlib.sha256(spelled.encode()).hexdigest()[:_PERSON_DIGITS]


def activity_key(start: str, kind: str, place: str, title: str, report: str) -> str:
    """Return the key that an account's activity has on its own.

    An undated title says too little («День города»): there the report counts as well, by what tells it from others.
    """
    said = folded(title) if start else f"{report} {folded(title)}"
    digest = hashlib.sha256(said.encode()).hexdigest()[:_TITLE_DIGITS]
    return joined(slug(start) or "undated", slug(kind) or "event", place, digest)


def contact_key(activity: str, home: str, foreign: str) -> str:
    """Return the key of a contact of two parties at an activity."""
    return "/".join((activity, home, foreign))


def series_key(name: str) -> str:
    """Return the key of a series, "" for no name."""
    return file_safe(slug(name), "series")


def file_safe(key: str, kind: str) -> str:
    """Return ``key``, followed by ``kind`` where no file could bear it as a name: ``index`` → ``index-report``."""
    return f"{key}-{kind}" if _DEVICES.fullmatch(key) else key
