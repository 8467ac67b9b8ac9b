"""Which document of a folder describes an IRI: parts are told of in the document of what they belong to.

The patterns are data (``viz/publishing/documents.csv``), since web servers go by them as well (``rules.py``): a
pattern of the path of an IRI behind the base, and the path of the document, ``$1`` being the first group.
"""

import csv
import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from pobratim.content import content_root
from pobratim.publishing.folder.packs import pack_of
from pobratim.publishing.settings import Pages
from pobratim.rdf.iris import path_of
from pobratim.site.areas import area_path

VOCABULARIES = ("def", "lexicon")
"""Documents of vocabularies, whose terms are fragments of them."""
TIMES = "doc/time"
"""The one document of all dates."""
_SEGMENT = re.compile(r"[a-z0-9][a-z0-9-]{0,199}")
_LONGEST = 32
_KNOWN = 50_000
"""IRIs whose documents are remembered: places, organisations and concepts are named again and again."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the IRIs of a kind are documented; ``pages`` are the settings under which it has pages for people."""

    kind: str
    pattern: str
    document: str
    pages: frozenset[str]


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return the table, in its order: the first pattern that fits a whole path counts."""
    file = content_root() / "viz" / "publishing" / "documents.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Pattern(row["kind"], row["pattern"], row["document"], frozenset(row["pages"].split()))
            for row in csv.DictReader(lines)
        )


class Documents:
    """Tells the documents of one publication."""

    def __init__(self, base: str, pages: Pages = "main", areas: Collection[str] = ()) -> None:
        """``areas`` are the paths (``country/by``) of countries and regions that have a document of their own."""
        self.areas = frozenset(areas)
        self._base, self._pages = base, pages
        self._kinds: Mapping[str, list[tuple[re.Pattern[str], str]]] = _by_kind()
        self._known = lru_cache(maxsize=_KNOWN)(self._of)
        self._paths = lru_cache(maxsize=_KNOWN)(self._of_path)

    def of(self, iri: str) -> str:
        """Return the path of the document about an IRI ("doc/place/ru-smolensk"), "" for one that none is about."""
        return self._known(iri)

    def _of(self, iri: str) -> str:
        iri = iri.partition("#")[0]
        area = area_path(iri)
        return f"doc/{area}" if area is not None and area in self.areas else self.of_term(iri)

    def of_term(self, iri: str) -> str:
        """Return the document about an IRI were it no area with one of its own: regions are terms of a scheme."""
        path = path_of(self._base, iri)
        return self.of_path(path) if path else ""

    def of_path(self, path: str) -> str:
        """Return the document about the IRI with a path ("id/place/ru-smolensk", "def/role/host"), "" for none."""
        return self._paths(path.partition("#")[0])

    def _of_path(self, path: str) -> str:
        if path in VOCABULARIES or path == "void":
            return path
        if path.startswith("graph/"):
            return _named(path)
        if self._pages == "all" and path.startswith("id/") and not path.startswith(("id/time/", "id/genid/")):
            return _named("doc/" + path.removeprefix("id/"))
        for pattern, document in self._kinds.get(
            "/".join(path.split("/", 2)[: 2 if path.startswith("id/") else 1]), ()
        ):
            found = pattern.fullmatch(path)
            if found:
                return _named(document.format(path, *found.groups()))
        return ""

    def is_lasting(self, iri: str) -> bool:
        """Tell whether an IRI has a document whatever else is told: an area has one where there are ties of it."""
        return bool(self.of(iri)) and area_path(iri.partition("#")[0]) is None

    def is_topic(self, iri: str, document: str) -> bool:
        """Tell whether a document is about this IRI first of all, and not about one that it is a part of."""
        area = area_path(iri)
        path = path_of(self._base, iri)
        if area is not None:
            return document == f"doc/{area}"
        if path is None or "#" in path:
            return False
        return document == _named(f"doc/{path.removeprefix('id/')}" if path.startswith(("id/", "def/")) else path)

    def pack_of(self, document: str) -> str:
        """Return the file that a document lies in together with others, "" where it has files of its own."""
        return pack_of(document) if self._pages == "packs" else ""

    def is_pageless(self, kind: str) -> bool:
        """Tell whether nothing of a kind, as IRIs name it, is told of on any page: neither its own nor another's."""
        return kind in self.pageless()

    def pageless(self) -> frozenset[str]:
        """Return all such kinds."""
        return _pageless(self._pages) if self._pages != "all" else frozenset()

    def has_page(self, document: str) -> bool:
        """Tell whether a document has a page for people, and not only its data."""
        if self._pages == "all" or document in VOCABULARIES or not document.startswith("doc/"):
            return True
        kind = "scheme" if document.startswith("doc/def/") else document.split("/", 2)[1]
        return kind not in _without_pages(self._pages)


@cache
def _by_kind() -> Mapping[str, list[tuple[re.Pattern[str], str]]]:
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for one in patterns():
        steps = one.pattern.split("/", 2)
        start = "/".join(steps[:2]) if one.pattern.startswith("id/") else steps[0]
        template = re.sub(r"\$([0-9])", r"{\1}", one.document)
        found.setdefault(start, []).append((re.compile(one.pattern), template))
    return found


@cache
def _without_pages(pages: str) -> frozenset[str]:
    return frozenset(one.kind for one in patterns() if one.pages and pages not in one.pages)


@cache
def _pageless(pages: str) -> frozenset[str]:
    """Return the kinds of IRIs that are told of in documents without pages; browsers show events in packs."""
    told = _by_kind()
    without = _without_pages(pages) - {"activity"}
    of = {
        start.removeprefix("id/"): {each.split("/")[1] for _, each in found if each.startswith("doc/")}
        for start, found in told.items()
        if start.startswith("id/")
    }
    return frozenset(kind for kind, documents in of.items() if documents and documents <= without)


def is_odd(iri: str, document: str) -> bool:
    """Tell whether a document bears another name than the key of its IRI."""
    return not iri.endswith(document.removeprefix("doc/"))


def _named(document: str) -> str:
    """Return a document's path with steps that any file system and any plain host takes.

    A step with capitals or dots could be another's file, and one of 200 characters would not fit with an ending: a
    digest stands for such (``rules.py`` tells servers of each).
    """
    return "/".join(step if _SEGMENT.fullmatch(step) else _digest(step) for step in document.split("/"))


def _digest(step: str) -> str:
    told = re.sub(r"[^a-z0-9]+", "-", step.lower()).strip("-")[:_LONGEST].strip("-")
    return f"{told or 'x'}--{hashlib.sha256(step.encode()).hexdigest()[:12]}"
