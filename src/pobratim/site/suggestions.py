"""What is suggested while somebody types: things found by name in groups by kind, and two parties as a pair."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pobratim.lexicon.words import WORDS
from pobratim.messages import Language
from pobratim.search import Candidate, Hit, Match, SearchIndex
from pobratim.search.ranking import BEGUN
from pobratim.search.references import key_of
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_path
from pobratim.site.page import Visit
from pobratim.site.words import words
from pobratim.templating.styles import country_colours

KINDS: Mapping[str, tuple[str, ...]] = {
    "towns": ("place",),
    "regions": ("region",),
    "countries": ("country",),
    "organisations": ("institution",),
    "pairs": (),
    "agreements": ("agreement",),
    "events": ("event", "series"),
    "people": ("person",),
    "reports": ("report",),
}
"""The groups in their order, each with the types of search (``search.documents``) that it takes."""
_PARTIES = ("place", "region", "country", "institution")
"""What may be a party of a pair; of equally good names the former is meant."""
_ASKED = 60
_MOST = 4
"""Things that are asked for, and that a group shows."""
_MOST_WORDS = 4
"""Words in which two names are looked for where nothing stands between them."""
_AND = "|".join(["and", *sorted(word for word in WORDS.of("between-like") if word.isalpha())])
_BETWEEN = re.compile(rf"\s+[—–-]\s+|\s*[—–;,/+]\s*|\s+(?:{_AND})\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing: ``ref`` is how addresses name it ("by-vitebsk", "institution:KEY"; "" for what has no such name).

    ``note`` tells where or what it is, ``page`` is the link to it, ``country`` a code with a colour of its own or "".
    """

    ref: str
    iri: str
    label: str
    note: str
    page: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The suggestions of one kind (of ``KINDS``) under its name in the visitor's language."""

    kind: str
    label: str
    hits: tuple[Suggestion, ...]


def suggested(typed: str, index: SearchIndex, visit: Visit, kinds: Sequence[str] = ()) -> list[Group]:
    """Return what may be meant by what is typed so far, in the order of ``KINDS``; of ``kinds`` only, if any."""
    hits = _hits(typed, index, visit.lang)
    found = {kind: tuple(_suggestion(hit, visit) for hit in hits if hit.type in types) for kind, types in KINDS.items()}
    if not kinds or "pairs" in kinds:
        found["pairs"] = tuple(_pairs(typed, index, visit))
    names = words()["suggested"]
    return [
        Group(kind, names[kind][visit.lang], every[:_MOST])
        for kind, every in found.items()
        if every and (not kinds or kind in kinds)
    ]


def _hits(typed: str, index: SearchIndex, lang: Language) -> list[Hit]:
    """Return what is found, without what only looks like it where anything has the very words or begins with them."""
    hits = index.find(typed, limit=_ASKED, lang=lang)
    hits += index.find(typed, limit=_MOST, types=KINDS["reports"], lang=lang)
    sure = [hit for hit in hits if hit.score >= BEGUN]
    return sure or hits


def _suggestion(hit: Hit, visit: Visit) -> Suggestion:
    page = _page(hit.iri, visit.addresses)
    note = ", ".join(dict.fromkeys(part for part in (hit.place, hit.country) if part and part != hit.label))
    return Suggestion(reference(hit.type, hit.iri), hit.iri, hit.label, note, visit.link(page), _country(hit))


def reference(type_: str, iri: str) -> str:
    """Return how addresses name a party: the key of a place, else type and key; "" for what is no party."""
    if type_ not in (*_PARTIES, "person"):
        return ""
    area = area_path(iri)
    if area is not None:
        return area.replace("/", ":")
    return key_of(iri) if type_ == "place" else f"{type_}:{key_of(iri)}"


def _country(hit: Hit) -> str:
    """Return the code of a thing's country: keys of ours begin with it, and a country's own is one."""
    code = reference(hit.type, hit.iri).rpartition(":")[2].partition("-")[0].upper()
    return code if code in country_colours() else ""


def _page(iri: str, addresses: Addresses) -> str:
    return addresses.page(iri) or addresses.described(iri)


def _pairs(typed: str, index: SearchIndex, visit: Visit) -> Iterator[Suggestion]:
    """Yield the pair of two parties that are named one after the other, if there are two."""
    for left, right, is_parted in _parted(typed):
        a, b = (_party(part, index, is_parted) for part in (left, right))
        if a is not None and b is not None and a.document.iri != b.document.iri:
            yield _pair(a, b, visit)
            return


def _parted(typed: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the ways to take two names out of a text, and whether something stands between them."""
    parts = [part.strip() for part in _BETWEEN.split(typed.strip(), maxsplit=1)]
    if len(parts) == 2 and all(parts):
        yield parts[0], parts[1], True
        return
    named = typed.split()
    for at in range(1, len(named) if len(named) <= _MOST_WORDS else 0):
        yield " ".join(named[:at]), " ".join(named[at:]), False


def _party(name: str, index: SearchIndex, is_parted: bool) -> Candidate | None:
    """Return the party that a text names; where nothing parts two names both must be whole names of places."""
    found = index.candidates(name, _PARTIES if is_parted else _PARTIES[:3])
    surest = min(found, key=lambda each: (each.how, _PARTIES.index(each.document.type)), default=None)
    least = Match.PART if is_parted else Match.FORM
    return surest if surest is not None and surest.how <= least else None


def _pair(a: Candidate, b: Candidate, visit: Visit) -> Suggestion:
    iris = [each.document.iri for each in (a, b)]
    refs = [reference(each.document.type, each.document.iri) for each in (a, b)]
    label = " — ".join(_said(each.document.labels, visit.lang) for each in (a, b))
    asked = urlencode({"city": key_of(iris[0]), "partner": key_of(iris[1])})
    return Suggestion("/".join(refs), "", label, "", visit.to(f"/queries/pair?{asked}"))


def _said(labels: Mapping[str, str], lang: Language) -> str:
    return labels.get(lang) or next(iter(labels.values()), "")
