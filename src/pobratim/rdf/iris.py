"""The only module that mints IRIs: ``{base}/id/{type}/{key}`` for data, fixed ones for vocabulary and concepts."""

import re
from typing import Literal

DEFAULT_BASE = "https://w3id.org/pobratim"
VOCABULARY = "https://w3id.org/pobratim/def#"
DEFINITIONS = "https://w3id.org/pobratim/def/"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"

EntityType = Literal[
    "report", "entry", "cell", "activity", "organisation", "place", "person", "post", "agreement", "series", "group",
    "contact", "mention", "participation", "time", "publisher", "measurement",
]  # fmt: skip
_LASTING = (
    "report", "entry", "activity", "organisation", "place", "person", "post", "agreement", "series", "group", "contact",
    "tie",
)  # fmt: skip
"""The types whose IRIs people keep; the others are parts of them or shared by all data."""
_PARTS = {"cell": ("entry", 2), "mention": ("entry", 2), "participation": ("activity", 1), "measurement": ("report", 1)}
"""Type of a part → that of the thing it belongs to, and how many steps of the key are that thing's."""
_FIXED = DEFINITIONS.removesuffix("def/")
_SPAN = re.compile(r"id/cell/[^#]+#char=[0-9]+,[0-9]+")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]*[^\s<>\"{}|\\^`/#?]")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
_PATH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*(?:/[A-Za-z0-9][A-Za-z0-9._~-]*)*")


def is_base(text: str) -> bool:
    """Tell whether IRIs can begin with a text: an http(s) address without a slash at its end."""
    return _BASE.fullmatch(text) is not None


def entity_iri(base: str, kind: EntityType, key: str) -> str:
    """Return the IRI of an entity. Raises ValueError for a key that is no slug (or path of slugs) in lower case."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of ASCII letters, digits and hyphens: {key!r}")
    return f"{base}/id/{kind}/{key}"


def named_iri(base: str, name: str) -> str:
    """Return the IRI of a thing by type and key ("place/ru-smolensk"); the IRI of a region or country stays."""
    return name if ":" in name else f"{base}/id/{name}"


def tie_iri(base: str, level: str, left: str, right: str) -> str:
    """Return the IRI of a tie of a level between two sides, as ties call them; codes lose their capitals."""
    return f"{base}/id/tie/{level}/{left.lower()}--{right.lower()}"


def graph_iri(base: str, name: str) -> str:
    """Return the IRI of a named graph: "authority", "links", "search", "ties", "ontology", "withdrawn" or
    "report/SLUG", and "evidence/SLUG" for the phrases of that report."""
    if not _KEY.fullmatch(name):
        raise ValueError(f"not the name of a graph: {name!r}")
    return f"{base}/graph/{name}"


def is_of_evidence(graph: str) -> bool:
    """Tell whether a named graph holds the phrases of a report."""
    return "/graph/evidence/" in graph


def concept_iri(scheme: str, local: str) -> str:
    """Return the IRI of a concept of one of our schemes."""
    return f"{DEFINITIONS}{scheme}/{local}"


def blank_iri(base: str, file: str, label: str) -> str:
    """Return the IRI that stands for a blank node of a file of ontology/."""
    return f"{base}/id/genid/{file}/{label}"


def span_iri(cell: str, start: int, end: int) -> str:
    """Return the IRI of a stretch of a cell's text, as RFC 5147 names it: between characters, counted from 0."""
    return f"{cell}#char={start},{end}"


def geonames_iri(number: int) -> str:
    """Return the GeoNames IRI of a place."""
    return f"https://sws.geonames.org/{number}/"


def wikidata_iri(item: str) -> str:
    """Return the IRI of a Wikidata item ("Q2")."""
    return f"http://www.wikidata.org/entity/{item}"


def derived_iri(iri: str, part: str) -> str:
    """Return the IRI of a part of an entity that has no key of its own (a geometry, a selector)."""
    return f"{iri}/{part}"


def dataset_iri(base: str) -> str:
    """Return the IRI of the whole data set, as the description at ``{base}/void`` names it."""
    return f"{base}/void#dataset"


def dataset_part_iri(base: str, name: str) -> str:
    """Return the IRI of a part of the data set ("class-3"), or of one that it links to ("wikidata")."""
    return f"{base}/void#{name}"


def kind_of(base: str, iri: str) -> str:
    """Return the type that an IRI of data names, "" for one that is none of ours."""
    path = iri.removeprefix(f"{base}/id/")
    return path.partition("/")[0] if path != iri else ""


def is_lasting(base: str, iri: str) -> bool:
    """Tell whether an IRI is one that people keep: of a thing of its own, not of a part or of what all data share."""
    return kind_of(base, iri) in _LASTING and whole_of(base, iri) is None


def whole_of(base: str, iri: str) -> str | None:
    """Return the IRI of what a part belongs to (a cell's row, a measurement's report), None for what is no part."""
    kind, _, key = iri.removeprefix(f"{base}/id/").partition("/")
    if kind_of(base, iri) == "place" and "/" in key:  # its geometry
        return f"{base}/id/place/{key.partition('/')[0]}"
    if kind_of(base, iri) not in _PARTS:
        return None
    whole, steps = _PARTS[kind]
    return f"{base}/id/{whole}/{'/'.join(key.split('/')[:steps])}"


def successor_of(base: str, iri: str) -> str:
    """Return the IRI that what an IRI of former data named bears today, "" where its form is today's.

    Former IRIs held the names of persons, and capitals in the codes of regions and countries.
    """
    from pobratim.resolve.keys import nameless  # imported here: a server has no use for all of resolve/

    kind = kind_of(base, iri)
    steps = iri.removeprefix(f"{base}/id/{kind}/").lower().split("/")
    if not kind:
        return ""
    if kind in ("person", "post"):
        steps = [nameless("/".join(steps))]
    elif kind == "participation" and steps[1:2] == ["person"] and len(steps) > 2:
        steps[2] = nameless(steps[2])
    today = f"{base}/id/{kind}/{'/'.join(steps)}"
    return today if today != iri else ""


def path_of(base: str, iri: str) -> str | None:
    """Return the path of an IRI of ours, without a slash before it: ``id/place/ru-smolensk``, ``def#Tie``.

    None for an IRI of others. ``iri_of`` is the way back.
    """
    for root, names in ((base + "/", ("id/", "graph/", "void#")), (_FIXED, ("def/", "def#", "lexicon#"))):
        path = iri.removeprefix(root)
        if path != iri and path.startswith(names):
            return path
    return {_FIXED + "def": "def", _FIXED + "lexicon": "lexicon", base + "/void": "void"}.get(iri)


def iri_of(base: str, path: str) -> str | None:
    """Return the IRI that a path stands for, None where none can be: keys are ASCII slugs.

    A fragment has only the stretch of a cell (``span_iri``).
    """
    whole, mark, _ = path.partition("#")
    if not _PATH.fullmatch(whole) or (mark and not _SPAN.fullmatch(path)):
        return None
    if path.startswith(("id/", "graph/")) or path == "void":
        return f"{base}/{path}"
    return _FIXED + path if path.startswith("def/") or path in ("def", "lexicon") else None
