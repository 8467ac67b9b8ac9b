"""Decisions of what a person writes: keys are looked up, what a merge joins is compared."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pyoxigraph import NamedNode, QuerySolutions

from pobratim.content import content_root
from pobratim.errors import UsageError, similar
from pobratim.names.parts import parse
from pobratim.rdf.iris import entity_iri
from pobratim.resolve import Candidate, Decision
from pobratim.resolve.decisions import NAMED, TIED
from pobratim.resolve.fields import key_of
from pobratim.resolve.ledger import Verdict
from pobratim.store.backend import GraphReader

_KINDS = (*NAMED, "agreement", "entry")
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands beside a decision: why, on which day, by whom and at what time."""

    why: str
    date: str
    author: str
    time: str

    def beside(self, one: Decision) -> Decision:
        """Return a decision with it."""
        return replace(one, why=self.why, date=self.date, author=self.author, time=self.time)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants decided, by option; ``keep`` are keys of sides, ``at`` the event of ties, "" for all."""

    same: Pairs = ()
    not_same: Pairs = ()
    rename: Pairs = ()
    correct: Pairs = ()
    tie: Pairs = ()
    not_tie: Pairs = ()
    not_organisation: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    at: str = ""


class Deciding:
    """Makes decisions on what a store holds."""

    def __init__(self, found: Sequence[Candidate], reader: GraphReader) -> None:
        """Take the open questions of a store, and what reads it."""
        self._reader, self._base = reader, reader.manifest.get("base", "")
        self._asked = {side.key: one.type for one in found for side in (one.left, one.right)}

    def decisions(self, wishes: Wishes) -> list[Decision]:
        """Return the decisions. Raises UsageError for keys that nothing has, or that do not go together."""
        found = [*self._pairs("same", wishes.same), *self._pairs("not-same", wishes.not_same)]
        found = self._kept(found, wishes.keep)
        for verdict, pairs in (("rename", wishes.rename), ("correct", wishes.correct)):
            found += [Decision(verdict, *self._thing(left), right) for left, right in pairs]  # type: ignore[arg-type]
        found += self._ties(wishes)
        for name in wishes.not_organisation:
            kind, key = self._thing(name)
            if kind != "organisation":
                raise UsageError("review-no-organisation", key=name)
            found.append(Decision("none", kind, key, ""))
        return found

    def _pairs(self, verdict: Verdict, pairs: Pairs) -> Iterator[Decision]:
        for left, right in pairs:
            (kind, key), (other_kind, other) = self._thing(left), self._thing(right)
            if kind != other_kind:
                raise UsageError("review-two-types", left=left, right=right)
            yield Decision(verdict, kind, key, other)

    def _kept(self, found: list[Decision], keep: Iterable[str]) -> list[Decision]:
        for name in keep:
            thing = self._thing(name)
            at = [n for n, one in enumerate(found) if one.verdict == "same" and thing in one.things]
            if not at:
                raise UsageError("review-keep", key=name)
            for n in at:
                found[n] = replace(found[n], keep=thing[1])
        return found

    def _ties(self, wishes: Wishes) -> Iterator[Decision]:
        """Yield decisions on ties: at one event, or (``not_tie`` only) wherever the two are named."""
        event = self._thing(wishes.at) if wishes.at else None
        if event and event[0] not in ("activity", "entry"):
            raise UsageError("review-at", key=wishes.at)
        if wishes.tie and not event:
            raise UsageError("review-at-wanted")
        for sign, pairs in (("+=", wishes.tie), ("-=", wishes.not_tie)):
            for left, right in pairs:
                parties = self._party(left), self._party(right)
                other = ":".join(parties[1])
                if event:
                    yield Decision("correct", *event, f"tie{sign}{':'.join(parties[0])} {other}")
                else:
                    yield Decision("not-tie", *parties[0], other)

    def _party(self, name: str) -> tuple[str, str]:
        thing = self._thing(name)
        if thing[0] not in TIED:
            raise UsageError("review-party", key=name)
        return thing

    def _thing(self, name: str) -> tuple[str, str]:
        """Return type and key of what a person names: a key, TYPE:KEY, REPORT/NUMBER of a row, or an IRI."""
        given, _, rest = name.partition(":")
        wanted, key = (given, rest) if given in _KINDS else ("", name)
        kinds = [wanted] if wanted else [*dict.fromkeys([self._asked.get(key, ""), *_KINDS])]
        for kind in filter(None, kinds):
            plain = key_of(key, kind)
            if plain != key or self._asked.get(plain) == kind:
                return kind, plain
            if plain.isascii() and ("/" in plain) == (kind == "entry") and self._exists(kind, plain):
                return kind, plain
        raise UsageError("review-unknown-key", key=name, near=similar(get_close_matches(key, self._asked, n=3)))

    def _exists(self, kind: str, key: str) -> bool:
        try:
            return self._reader.describes(entity_iri(self._base, kind, key))  # type: ignore[arg-type]
        except ValueError:
            return False

    # What a merge joins

    def mismatches(self, decisions: Iterable[Decision]) -> Iterator[tuple[Decision, list[str]]]:
        """Yield each merge whose two sides differ in what usually tells things apart, with the fields."""
        for one in decisions:
            if one.verdict == "same":
                left, right = self._facts(one.type, one.left), self._facts(one.type, one.right)
                differ = [field for field in left if field in right and not left[field] & right[field]]
                if differ:
                    yield one, differ

    def _facts(self, kind: str, key: str) -> Mapping[str, set[str]]:
        query = (content_root() / "queries" / "store" / "facts-of-identity.rq").read_text(encoding="utf-8")
        iri = NamedNode(entity_iri(self._base, kind, key))  # type: ignore[arg-type]
        answer, found = self._reader.query(query, {"iri": iri}), defaultdict[str, set[str]](set)
        assert isinstance(answer, QuerySolutions)
        for row in answer:
            found[row["field"].value].add(row["value"].value)
        names = found.pop("name", set())
        numbers = {number.text for name in names for number in parse(name).numbers} if kind == "organisation" else set()
        return found | ({"number": numbers} if numbers else {})
