"""Which pages of documents a change may alter, told by who stands near what changed.

A page tells of its thing, of what is said of it and what points at it, and of things one step further where the one
between is no party: an organisation's page lists its partners by way of ties, and events with all who took part. So
from a document that says something else it goes on over ties, events, agreements and rows to what is behind them, and
from any party that is reached to its town. What came or went goes no further than what it stands beside: whoever shows
it does so by way of something that leads to it now and did not, or did and does not, which is touched itself. What is
held to be altered and is not is made again for nothing; what is altered and not found here would be a fault, which a
test looks for by random changes.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pobratim.publishing.folder.documents import TIMES, VOCABULARIES
from pobratim.publishing.folder.memory import Digests

_PARTIES = ("place", "organisation", "person", "post", "publisher", "country", "region")
_ENDS = (*_PARTIES, "report", "def", "time")
"""Kinds of documents beyond which nothing is told of further ones."""
_TIE = "tie"
_NAMED = (_TIE, "series")
"""Kinds of which others than parties show the name alone: one event more is nothing to those that a tie or a series has
already."""
ALWAYS = ("country", "region", "def")
"""Kinds whose pages count things of many documents: there are few of them."""
_OF_AREAS = ("doc/tie/country/", "doc/tie/region/")
_WITHIN = {"place": "organisation", "report": "entry"}
"""A kind → the kind that stands under its name: where that changes, what tells of these is altered as well."""


def kind_of(document: str) -> str:
    """Return the kind of a document's things, "def" for terms, "" for others."""
    steps = document.split("/", 2)
    return "def" if document in VOCABULARIES else steps[1] if steps[0] == "doc" and len(steps) > 1 else ""


def is_hub(document: str) -> bool:
    """Tell whether a document may be beside very many others."""
    return kind_of(document) in ("place", *ALWAYS)


def has_changed(document: str, now: Digests, former: Mapping[str, Digests]) -> bool:
    """Tell whether a document says something else of its own things than it did."""
    known = former.get(document)
    return known is None or known.own != now.own


class Around(Protocol):
    """What stands beside documents."""

    def beside(self, document: str) -> Collection[str]:
        """Return the documents of what a document names, and of what it is told of."""

    def leading(self, document: str) -> Collection[str]:
        """Return the documents that name what a document tells of."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two states: ``around`` tells what stands beside what now."""

    former: Mapping[str, Digests]
    now: Mapping[str, Digests]
    around: Around
    _known: dict[str, set[str]] = field(default_factory=dict)
    _leads: dict[str, set[str]] = field(default_factory=dict)

    def affected(self, others: Collection[str] = (), touched: Collection[str] | None = None) -> set[str]:
        """Return the documents whose pages may be altered; ``others`` are such that count as changed.

        ``touched`` are all of which or at which something else is said, None where that is not known: what lies in
        packs does not know itself what points at it.
        """
        told = {each for each, digests in self.now.items() if has_changed(each, digests, self.former)}
        come = {each for each in told if each not in self.former} | (self.former.keys() - self.now.keys())
        told |= {*others, *come}
        pointed = {
            each
            for each, digests in self.now.items()
            if each in self.former and self.former[each].around != digests.around
        }
        pointed |= {each for each in touched or () if each in self.former and each in self.now} - told
        alone = {each for each in told | pointed if self._stays(each)}
        told, pointed = told - alone, pointed - alone
        begun = told | {
            each for one in told for each in self._around(one) if _WITHIN.get(kind_of(one)) == kind_of(each)
        }
        known = told if touched is None else told - come
        ties = {each for each in known - come if kind_of(each) == _TIE}
        through = {each for one in known - ties for each in self._around(one)}
        through |= {each for one in ties for each in self._parties(one)}
        through |= {each for one in begun - told for each in (self._around if one in pointed else self._beside)(one)}
        through |= {each for one in pointed if _goes_on(one) for each in self._around(one)}
        near = through.union(*(self._around(one) for one in told - known))
        far = {each for one in through if _goes_on(one) for each in self._beside(one)}
        far |= {each for one in through if kind_of(one) == _TIE for each in self._parties(one)}
        found = begun | pointed | near | far | alone
        return found | {each for one in found for each in self._towns(one)}

    def _stays(self, document: str) -> bool:
        """Tell whether a document that says something else alters its own page alone.

        The page of dates lists them, and what is told of a date never changes. A tie of areas rests on very many
        events, whose pages tell that it is there and what it is called, which follows of its parties.
        """
        is_known = document in self.former and document in self.now
        return document == TIMES or (is_known and document.startswith(_OF_AREAS))

    def _around(self, document: str) -> set[str]:
        """Return what is beside a document, and what leads to it: what lies in packs does not know that itself."""
        return self._beside(document) | self._leading(document)

    def _beside(self, document: str) -> set[str]:
        if document not in self._known:
            self._known[document] = set() if self._is_hub(document) else set(self.around.beside(document))
        return self._known[document]

    def _leading(self, document: str) -> set[str]:
        if document not in self._leads:
            self._leads[document] = {each for each in self.around.leading(document) if not self._is_hub(each)}
        return self._leads[document]

    def _is_hub(self, document: str) -> bool:
        """Tell whether a document is beside very many others, and says what it said."""
        return is_hub(document) and document in self.now and not has_changed(document, self.now[document], self.former)

    def _parties(self, document: str) -> set[str]:
        return {each for each in self._beside(document) if kind_of(each) in _PARTIES}

    def _towns(self, document: str) -> Iterator[str]:
        if kind_of(document) in _PARTIES:
            yield from (each for each in self._beside(document) if kind_of(each) == "place")


def _goes_on(document: str) -> bool:
    return kind_of(document) not in (*_ENDS, *_NAMED)
