"""Lists of agreements and of twin towns: which shipped source reads them, where their headings leave no doubt."""

import re
from collections.abc import Sequence
from functools import cache

from pobratim.content import content_root
from pobratim.lexicon.words import WORDS
from pobratim.sources import MappedNamer, find_source
from pobratim.table import Document, Table

AGREEMENTS, TWIN_TOWNS = "agreements-register", "twin-towns-list"
_EVENT = re.compile(WORDS.pattern("heading-event"), re.IGNORECASE)
_TWINS = re.compile(WORDS.pattern("heading-twins"), re.IGNORECASE)
_DOCUMENT = re.compile(WORDS.pattern("heading-agreement", "heading-document"), re.IGNORECASE)
_TOP = 12
"""Rows within which a heading row is sought."""


def register_of(document: Document) -> str:
    """Return the name of the source that reads a document whose tables are all lists of partners, "" for any other.

    Certain is a partner's column beside its agreement or the date of signing, without any column of events. A list of
    twin towns may call its partners only «Город», if the text says what they are.
    """
    told = " ".join((document.preamble, *(table.caption for table in document.tables)))
    found = {_source(headings, told) for table in document.tables if (headings := _headings(table))}
    return found.pop() if len(found) == 1 else ""


def _headings(table: Table) -> list[str]:
    """Return the first row that has at least two texts and no figures before them."""
    for row in table.rows[:_TOP]:
        texts = [" ".join(cell.text.split()) for cell in row.cells]
        if sum(map(bool, texts)) > 1:
            return texts
    return []


def _source(headings: Sequence[str], told: str) -> str:
    if any(_EVENT.search(heading) for heading in headings):
        return ""
    roles, twin_roles = _roles(AGREEMENTS, headings), _roles(TWIN_TOWNS, headings)
    twins = bool(_TWINS.search(told)) or any(map(_TWINS.search, headings))
    if "agreement" not in roles and twins and twin_roles.count("partner") == 1:
        return TWIN_TOWNS if {"partner-country", "since"} & {*twin_roles} else ""
    signed = "agreement" in roles or ("since" in roles and any(map(_DOCUMENT.search, headings)))
    return AGREEMENTS if "partner" in roles and signed else ""


def _roles(source: str, headings: Sequence[str]) -> list[str]:
    return [name for heading in headings for name in _namer(source).names(heading)]


@cache
def _namer(source: str) -> MappedNamer:
    return MappedNamer(find_source(source), content_root() / "ontology" / "columns.ttl")
