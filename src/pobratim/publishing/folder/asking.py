"""The questions that pages ask of each thing, answered by looking its statements up, without an engine for queries.

A page asks some ten questions, and a query costs more than its answer: what is asked of every thing is walked here, as
the files of ``queries/pages`` say it (a test holds the answers to theirs); all else is asked as it stands there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import cast

from pyoxigraph import NamedNode

from pobratim.publishing.folder.facts import Facts, Said
from pobratim.rdf.terms import ADMS, ADMS_STATUS, CV, DCT, DQV, GEO, OA, OWL, POB, PROV, RDF, RDFS, SKOS, TIME
from pobratim.site.asking import DataSet, Row, T, Term
from pobratim.site.reading import ReaderAsker
from pobratim.site.statistics import Statistics, count
from pobratim.site.uses import Uses, uses_of
from pobratim.sparql.terms import Term as Bound
from pobratim.store.reader import Reader

_LABEL, _TYPE, _DATE, _PARTY = RDFS.label.value, RDF.type.value, POB.edtf.value, POB.party.value
_BODY, _TARGET, _SOURCE = OA.hasBody.value, OA.hasTarget.value, OA.hasSource.value
_PART, _WHOLE, _NUMBER = DCT.hasPart.value, DCT.isPartOf.value, POB.entryNumber.value
_PROPERTY, _VALUE = POB.property.value, POB.value.value
_PARTICIPATION = CV.hasParticipation.value
_TOLD = frozenset(
    each.value
    for each in (
        RDFS.label, RDF.type, DCT.type, POB.edtf, POB.party, POB.entryNumber, CV.role, CV.hasParticipant, RDF.value,
        TIME.inXSDDate, GEO.asWKT, DQV.isMeasurementOf, DQV.value, OA.hasBody, OA.exact,
    )
)  # fmt: skip
"""What is told of things near the one that a page is about (out.rq, in.rq)."""
_OF_A_CARD = _TOLD | {POB.basis.value}
_OF_PHRASE = {
    "thing": _BODY,
    "property": _PROPERTY,
    "value": _VALUE,
    "rule": POB.rule.value,
    "confidence": POB.confidence.value,
}
_APART = frozenset((_BODY, _SOURCE, _PROPERTY, _VALUE))
"""Phrases are asked for apart (evidence.rq)."""
_MOST, _FAR, _PHRASES = 500, 1000, 101
"""The LIMITs of out.rq and in.rq, of state.rq, and of evidence.rq."""
_CARDS = 20_000
_AT_HAND, _AT_ONCE = 8, 2
"""Things of which all answers, and all statements, are kept: a page is made in one language after the other."""
_FATES = {
    DCT.isReplacedBy.value: "replaced",
    PROV.invalidatedAtTime.value: "withdrawn",
    PROV.wasInvalidatedBy.value: "withdrawn",
}
Answer = Callable[[Mapping[str, Bound]], Iterable[Row]]
Card = tuple[Row, ...]
"""Of a thing: relation, part, name and date of each thing that is told of it."""


class DirectAsker(ReaderAsker):
    """Asks one open store of a directory, and what is told of each thing of its facts."""

    def __init__(
        self,
        reader: Reader,
        facts: Facts,
        data: DataSet,
        home: Sequence[str] = (),
        counted: Statistics | None = None,
    ) -> None:
        """As ``ReaderAsker``; ``counted`` is what the data hold in all, None where that is to be asked."""
        super().__init__(reader, data, home)
        if counted is not None:
            self._once.keep(count, data.tag, counted)
        self._facts = facts
        self._card = lru_cache(maxsize=_CARDS)(self._told)
        self._labels = lru_cache(maxsize=_CARDS)(self._named)
        self._called = lru_cache(maxsize=_CARDS)(self._read_called)
        # A phrase proves things on several pages, each in two languages; a row has many phrases.
        self._phrases = lru_cache(maxsize=_CARDS)(self._read_phrase)
        self._cell = lru_cache(maxsize=_CARDS)(self._read_cell)
        self._pointing = lru_cache(maxsize=_AT_HAND)(self._read_pointing)
        self._mentions = lru_cache(maxsize=_AT_HAND)(self._read_mentions)
        self._said = lru_cache(maxsize=_AT_ONCE)(facts.said)
        self._near = lru_cache(maxsize=_AT_ONCE)(facts.pointing)
        self._taken = dict[object, object]()
        self._answers: Mapping[str, Answer] = {
            "state": self._in_any_language(self._state),
            "types": self._in_any_language(self._types),
            "out": self._in_any_language(self._out),
            "out-of-party": self._in_any_language(partial(self._out, but=POB.partner.value)),
            "in": self._in_any_language(self._in),
            "evidence": self._evidence,
            "evidence-some": self._evidence,
            "evidence-count": self._evidence_count,
            "row": self._row,
        }

    async def rows(self, name: str, **bindings: Bound) -> list[Row]:
        """Return the rows of a page's question. Raises StoreError."""
        answer = self._answers.get(name)
        return list(answer(bindings)) if answer else await super().rows(name, **bindings)

    async def taken(self, name: str, take: Callable[[list[Row]], T], iri: str) -> T:
        """Return what is made of the rows of a question about a thing, for all languages. Raises StoreError."""
        asked = name, take, iri
        if asked not in self._taken:
            while len(self._taken) >= _AT_HAND:
                del self._taken[next(iter(self._taken))]
            self._taken[asked] = await super().taken(name, take, iri)
        return cast("T", self._taken[asked])

    async def used(self) -> Uses:
        """Return how terms are used, as the pass over all lines has kept it."""
        return uses_of(self._facts.firsts, lru_cache(maxsize=_CARDS)(lambda thing: self._things(thing, _TYPE)))

    @staticmethod
    def _in_any_language(answer: Callable[[str], Iterable[Row]]) -> Callable[[Mapping[str, Bound]], Iterable[Row]]:
        kept = lru_cache(maxsize=_AT_HAND)(lambda iri: tuple(answer(iri)))
        return lambda bound: kept(_iri(bound))

    def _objects(self, subject: str, predicate: str) -> Iterator[Term]:
        return (value for _, value in self._facts.said(subject, (predicate,)))

    def _things(self, subject: str, predicate: str) -> list[str]:
        return [value.value for value in self._objects(subject, predicate) if value.is_iri]

    def _subjects(self, predicate: str, value: str) -> Iterator[str]:
        return (subject for _, subject in self._facts.near(value, predicate))

    def _named(self, thing: str) -> tuple[Term, ...]:
        return tuple(sorted(self._objects(thing, _LABEL), key=_by_text))

    def _types(self, iri: str) -> Iterator[Row]:
        for found in sorted({value.value for name, value in self._said(iri) if name == _TYPE}):
            yield {"class": Term(found, True)}

    def _state(self, iri: str) -> Iterator[Row]:
        out, near = self._said(iri)[: _FAR + 1], self._near(iri)[: _FAR + 1]
        yield from _fate(out)
        for predicate, subject in near:
            if predicate == OWL.versionIRI.value:
                yield _kind("version", Term(subject, True))
        if out or near or self._facts.is_property(iri):
            yield _kind("known")
        for size, kind in ((len(out), "much-said"), (len(near), "much-pointed")):
            if size > _MOST:
                yield _kind(kind)
            if size > _FAR:
                yield _kind("too-much")

    def _out(self, iri: str, but: str = "") -> Iterator[Row]:
        said = (one for one in self._said(iri) if one[0] != but)
        for predicate, value in sorted(said, key=_in_order)[:_MOST]:
            yield from self._around(predicate, value)

    def _in(self, iri: str) -> Iterator[Row]:
        for predicate, thing in sorted(one for one in self._near(iri) if one[0] not in _APART)[:_MOST]:
            yield from self._around(predicate, Term(thing, True))

    def _around(self, predicate: str, thing: Term) -> Iterator[Row]:
        """Yield the rows about a thing near by: one where nothing more is told of it."""
        row: Row = {"property": Term(predicate, True), "thing": thing}
        card = self._card(thing.value) if thing.is_iri else ()
        if not card:
            yield row
        for more in card:
            yield {**row, **more}

    def _told(self, thing: str) -> Card:
        """Return what is told of a thing near by: relation and part, what that is called, and its event's date."""
        found: dict[tuple[str, Term, Term | None, Term | None], None] = {}
        said = self._facts.said(thing, _OF_A_CARD)
        dates = [date for basis in _iris(said, POB.basis.value) for date in self._objects(basis, _DATE)]
        for predicate, value in (*said, *((_DATE, date) for date in dates)):
            if predicate in _TOLD:
                for name in (self._labels(value.value) if value.is_iri else ()) or (None,):
                    found[predicate, value, name, None] = None
        if (_TYPE, Term(CV.Participation.value, True)) in said:
            for whole in set(self._subjects(_PARTICIPATION, thing)):
                for name in self._labels(whole) or (None,):
                    for date in tuple(set(self._objects(whole, _DATE))) or (None,):
                        found[_PARTICIPATION, Term(whole, True), name, date] = None
        return tuple(_card_row(*each) for each in sorted(found, key=repr))

    def _read_mentions(self, iri: str) -> tuple[str, ...]:
        beside = self._things(iri, _TARGET)
        return tuple(sorted(self._pointing(iri).union(*(self._subjects(_TARGET, target) for target in beside))))

    def _read_pointing(self, iri: str) -> frozenset[str]:
        near, said = self._near(iri), self._said(iri)
        found = {subject for predicate, subject in near if predicate in (_BODY, _VALUE)}
        told = [*_iris(said, _PARTICIPATION), *(row for name, row in near if name == POB.reports.value)]
        found |= {mention for one in told for mention in self._subjects(_BODY, one)}
        cells = [iri, *_iris(said, _PART)]
        targets = {target for cell in cells for target in self._subjects(_SOURCE, cell)}
        return frozenset(found).union(*(self._subjects(_TARGET, target) for target in targets))

    def _evidence(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        iri, lang = _iri(bound), bound["lang"].value
        after = bound["after"].value if "after" in bound else ""
        later = (one for one in self._mentions(iri) if one > after)
        for mention in islice(later, _PHRASES):
            if found := self._phrases(mention):
                cell, row, called = found
                for column in self._cell(cell, lang):
                    for more in called:
                        yield {**row, **column, **more}

    def _evidence_count(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        if count := len(self._pointing(_iri(bound))):
            yield {"count": Term(str(count), False)}

    def _read_phrase(self, mention: str) -> tuple[str, Row, tuple[Row, ...]] | None:
        """Return the cell that a phrase is of, what is told of it in any language, and what its value is called."""
        said = dict(self._facts.said(mention))
        target = said.get(_TARGET)
        if target is None or not target.is_iri:
            return None
        at = dict(self._facts.said(target.value))
        cell = at.get(_SOURCE)
        if cell is None or not cell.is_iri:
            return None
        row: Row = {"mention": Term(mention, True), "cell": cell}
        row |= _terms(said, _OF_PHRASE) | _terms(at, {"exact": OA.exact.value})
        span = target.value.partition("#char=")[2].partition(",")
        row |= {"start": Term(span[0], False), "end": Term(span[2], False)}
        value = said.get(_VALUE)
        return cell.value, row, self._called(value.value) if value is not None and value.is_iri else ({},)

    def _read_called(self, thing: str) -> tuple[Row, ...]:
        """Return what a thing and its parties are called, one of each a row."""
        parties = [name for party in sorted(self._things(thing, _PARTY)) for name in self._labels(party)]
        return tuple(
            {key: term for key, term in (("name", name), ("party", party)) if term is not None}
            for name in self._labels(thing) or (None,)
            for party in dict.fromkeys(parties) or (None,)
        )

    def _read_cell(self, cell: str, lang: str) -> tuple[Row, ...]:
        """Return what a cell holds, its column's name in a language, and where it stands, for each such name."""
        said = dict(self._facts.said(cell))
        kind = said.get(DCT.type.value)
        names = [name for name in (self._labels(kind.value) if kind and kind.is_iri else ()) if name.lang == lang]
        row = _terms(said, {"text": RDF.value.value})
        found: list[Row] = []
        for entry in sorted(set(self._subjects(_PART, cell))) or (None,):
            place: Row = {}
            if entry is not None:
                told = dict(self._facts.said(entry))
                place = {"entry": Term(entry, True)} | _terms(told, {"number": _NUMBER, "report": _WHOLE})
            found += [{**row, **place, "column": name} for name in names]
        return tuple(found)

    def _row(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        iri, lang = _iri(bound), bound["lang"].value
        told = self._facts.said(iri)
        said = dict(told)
        report, reporter = said.get(_WHOLE), said.get(POB.reportingMunicipality.value)
        if report is None or not report.is_iri or _NUMBER not in said:
            return
        heads: list[Row] = [{"title": title} for title in self._labels(report.value)]
        if reporter is not None and reporter.is_iri:
            towns = [name for name in self._labels(reporter.value) if name.lang == "ru"]
            heads = [{**head, "reporter": reporter, "municipality": town} for head in heads for town in towns] or heads
        common: Row = {"iri": Term(iri, True), **_terms(said, {"number": _NUMBER, "report": _WHOLE})}
        for cell in sorted(_iris(told, _PART)):
            rows = self._cell(cell, lang)
            for head in heads:
                for each in rows:
                    if "text" in each:
                        here = {"cell": Term(cell, True), "text": each["text"], "column": each["column"]}
                        yield {**common, **head, **here}


def _iris(said: Iterable[Said], predicate: str) -> list[str]:
    return [value.value for name, value in said if name == predicate and value.is_iri]


def _card_row(relation: str, part: Term, name: Term | None, date: Term | None) -> Row:
    row: Row = {"relation": Term(relation, True), "part": part}
    if name is not None:
        row["name"] = name
    if date is not None:
        row["date"] = date
    return row


def _kind(kind: str, value: Term | None = None) -> Row:
    found = {"kind": Term(kind, False)}
    return found if value is None else {**found, "value": value}


def _fate(said: Sequence[Said]) -> Iterator[Row]:
    """Yield what became of a thing of which so much is said."""
    is_gone = any(predicate == PROV.invalidatedAtTime.value for predicate, _ in said)
    for predicate, value in said:
        if predicate in _FATES:
            yield _kind(_FATES[predicate], value)
        elif predicate == SKOS.changeNote.value and is_gone:
            yield _kind("reason", value)
        elif predicate == ADMS.status.value and value.value == ADMS_STATUS.Deprecated.value:
            yield _kind("untold", Term("", False))


def _iri(bound: Mapping[str, Bound]) -> str:
    found = bound["iri"]
    assert isinstance(found, NamedNode)
    return found.value


def _terms(said: Mapping[str, Term], wanted: Mapping[str, str]) -> Row:
    return {name: value for name, predicate in wanted.items() if (value := said.get(predicate)) is not None}


def _in_order(said: Said) -> tuple[str, str, bool, bool, str, str]:
    """Return the order of the LIMITs: property, text, and the term as N-Triples has it."""
    predicate, value = said
    return predicate, value.value, value.is_iri, bool(value.datatype), value.lang, value.datatype


def _by_text(term: Term) -> tuple[str, str]:
    return term.value, term.lang
