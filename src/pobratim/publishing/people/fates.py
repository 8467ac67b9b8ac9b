"""What becomes of nodes: which stay, which go, and for which persons the post stands."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from zlib import crc32

from pobratim.publishing.people.lines import Line, iri_of, node
from pobratim.publishing.people.shown import PUBLIC, SHOWN
from pobratim.publishing.people.telling import Parts
from pobratim.publishing.settings import People
from pobratim.rdf.iris import concept_iri, whole_of
from pobratim.rdf.terms import CV, DCT
from pobratim.record import PersonClass

_CLASS = concept_iri("person-class", "")
_OF_THEIR_OWN = ("activity", "agreement", "organisation", "place", "series")
"""Things whose key stands in the IRIs of all that is theirs."""
_RECORDS = (*_OF_THEIR_OWN, "entry", "person", "post", "group", "contact", "tie")
"""Things that stay behind whole where something of them is wrong."""
_STEPS = re.compile(r"/|--")
_KNOWN = 100_000
"""Terms whose fates are remembered: lines come by subject, and name the same things again and again."""


def number_of(text: str) -> int:
    """Return a number for a step of a key or for a term; of two that share one more is looked at, never less."""
    return crc32(text.encode())


def telling_step(key: str) -> str:
    """Return the step of a key by which it is known where the key, or one that goes on from it, was looked up."""
    return max(_STEPS.split(key), key=lambda step: (len(step), step))


class Fates:
    """The fate of every IRI of ours, told by the parts that persons take and by the keys that are struck.

    A person of whom no part is known is private. Ask only when all reports were heard.
    """

    def __init__(self, base: str, people: People) -> None:
        """``people`` tells whose names go out."""
        self._base = base
        self._begin = f"{base}/id/"
        self._ours = f"<{self._begin}"
        self._shown = SHOWN[people]
        self._classes: dict[str, set[PersonClass]] = defaultdict(set)
        self.parts = Parts.none()
        self._known: dict[str, str | None] = {}
        self._steps = set[int]()

    def hear(self, lines: Iterable[Line]) -> None:
        """Note the parts that persons take, as the graph of a report tells them."""
        for line in lines:
            if line.predicate == node(DCT.type.value) and line.object.startswith(f"<{_CLASS}"):
                self.parts.classes[line.subject] = iri_of(line.object).removeprefix(_CLASS)  # type: ignore[assignment]
            elif line.predicate == node(CV.hasParticipant.value) and line.object.startswith(f"<{self._begin}person/"):
                self.parts.of[line.subject] = iri_of(line.object).rpartition("/")[2]

    def join(self, parts: Parts) -> None:
        """Take what further graphs tell."""
        self.parts.classes.update(parts.classes)
        self.parts.of.update(parts.of)
        self.parts.struck.update(parts.struck)
        self.parts.left_out.update(parts.left_out)
        self._known.clear()

    def settle(self) -> None:
        """Tell the classes of persons from all that was heard."""
        for part, person in self.parts.of.items():
            self._classes[person].add(self.parts.classes.get(part, "private"))
        self._known.clear()

    def strike(self, keys: Iterable[str]) -> None:
        """Let things with these keys go, with all that has such a key in its IRI."""
        self.parts.struck.update(keys)
        self._known.clear()

    def leave_out(self, terms: Iterable[str]) -> None:
        """Let things go with these terms, and what is a part of them."""
        for term in terms:
            kind, _, key = self.key(term).partition("/")
            if kind in _OF_THEIR_OWN:
                self.parts.struck.add(key)
            else:
                self.parts.left_out.add(term)
        self._known.clear()

    def begin(self) -> None:
        """Take note from now on of the terms that are asked for, for ``steps``."""
        self._known.clear()
        self._steps = set()

    def steps(self) -> set[int]:
        """Return numbers of all steps of the keys that were asked for since ``begin``."""
        return self._steps

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield all that fates are told by, each with the step of keys by which it is known whom it is told of."""
        for part, person in self.parts.of.items():
            yield telling_step(self.key(part)), f"part {part} {self.parts.classes.get(part)} {person}"
        for person, classes in self._classes.items():
            yield telling_step(person), f"person {person} {sorted(classes)}"
        for key in self.parts.struck:
            yield telling_step(key), f"struck {key}"
        for term in self.parts.left_out:
            yield telling_step(self.key(term)), f"left-out {term}"

    def record_of(self, term: str) -> str:
        """Return the thing whose record a statement about a term is in: a row for its cells; "" for none."""
        iri = iri_of(term)
        whole = node(whole_of(self._base, iri) or iri) if iri.startswith(self._begin) else ""
        return whole if self.key(whole).partition("/")[0] in _RECORDS else ""

    def term(self, term: str) -> str | None:
        """Return what stands for a term, None where it goes."""
        if not term.startswith(self._ours):
            return term
        known = self._known
        if term not in known:
            if len(known) >= _KNOWN:
                known.clear()
            known[term] = self._fate(term)
        return known[term]

    def is_person(self, term: str) -> bool:
        """Tell whether a term is the node of a person."""
        return term.startswith(f"<{self._begin}person/")

    def key(self, term: str) -> str:
        """Return the type and key of a term of ours ("organisation/by-minsk"), "" for another one."""
        iri = iri_of(term)
        return iri.removeprefix(self._begin) if iri.startswith(self._begin) else ""

    def _fate(self, term: str) -> str | None:
        kind, _, key = self.key(term).partition("/")
        steps = _STEPS.split(key)
        self._steps.update(map(number_of, steps))
        if self.parts.left_out and not self.parts.left_out.isdisjoint(
            (term, node(whole_of(self._base, iri_of(term)) or iri_of(term)))
        ):
            return None
        if self.parts.struck and not self.parts.struck.isdisjoint(steps):
            return None
        if kind == "person":
            return self._person(term, key)
        if kind == "post":
            # A post without a holder's name is no person; that of a private one goes with him.
            return term if key not in self._classes or self._classes[key] & (PUBLIC | self._shown) else None
        if kind == "participation" and term in self.parts.of:
            return term if self.parts.classes.get(term, "private") in (PUBLIC | self._shown) else None
        return term

    def _person(self, term: str, key: str) -> str | None:
        classes = self._classes.get(key, set())
        if classes & self._shown:
            return term
        return node(f"{self._begin}post/{key}") if classes & PUBLIC else None
