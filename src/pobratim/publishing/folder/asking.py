"""The questions that pages ask of each thing, answered by looking its statements up, without an engine for queries.

A page asks some ten questions, and a query costs more than its answer: what is asked of every thing is walked here, as
the files of ``queries/pages`` say it (a test holds the answers to theirs); all else is asked as it stands there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from pyoxigraph import Literal, NamedNode

from pobratim.rdf.terms import ADMS, ADMS_STATUS, CV, DCT, DQV, GEO, OA, OWL, POB, PROV, RDF, RDFS, SKOS, TIME
from pobratim.site.asking import DataSet, Row, Term
from pobratim.site.reading import ReaderAsker, term_of
from pobratim.sparql.terms import Term as Bound
from pobratim.store.reader import Reader

_TOLD = frozenset(
    (
        RDFS.label, RDF.type, DCT.type, POB.edtf, POB.party, POB.entryNumber, CV.role, CV.hasParticipant, RDF.value,
        TIME.inXSDDate, GEO.asWKT, DQV.isMeasurementOf, DQV.value, OA.hasBody, OA.exact,
    )
)  # fmt: skip
"""What is told of things near the one that a page is about (out.rq, in.rq)."""
_APART = frozenset((OA.hasBody, OA.hasSource, POB.property, POB.value))
"""Phrases are asked for apart (evidence.rq)."""
_MOST, _FAR, _PHRASES = 500, 1000, 101
"""The LIMITs of out.rq and in.rq, of state.rq, and of evidence.rq."""
_CARDS = 20_000
_AT_HAND = 8
"""Things of which all answers are kept: a page is made in one language after the other."""
_FATES = {DCT.isReplacedBy: "replaced", PROV.invalidatedAtTime: "withdrawn", PROV.wasInvalidatedBy: "withdrawn"}
Value = NamedNode | Literal
Answer = Callable[[Mapping[str, Bound]], Iterable[Row]]
T = TypeVar("T")
Card = tuple[tuple[Term, Term, Term | None, Term | None], ...]
"""Of a thing: relation, value, what that is called, and the date of its event."""


class DirectAsker(ReaderAsker):
    """Asks one open store of a directory."""

    def __init__(self, reader: Reader, data: DataSet, home: Sequence[str] = ()) -> None:
        """As ``ReaderAsker``."""
        super().__init__(reader, data, home)
        self._store = reader
        self._card = lru_cache(maxsize=_CARDS)(self._told)
        self._labels = lru_cache(maxsize=_CARDS)(self._named)
        # A phrase proves things on several pages, each in two languages; a row has many phrases.
        self._phrases = lru_cache(maxsize=_CARDS)(self._read_phrase)
        self._cell = lru_cache(maxsize=_CARDS)(self._read_cell)
        self._pointing = lru_cache(maxsize=_AT_HAND)(self._read_pointing)
        self._mentions = lru_cache(maxsize=_AT_HAND)(self._read_mentions)
        self._answers: Mapping[str, Answer] = {
            "state": self._in_any_language(self._state),
            "types": self._in_any_language(self._types),
            "out": self._in_any_language(self._out),
            "in": self._in_any_language(self._in),
            "evidence": self._evidence,
            "evidence-count": self._evidence_count,
            "row": self._row,
        }

    async def rows(self, name: str, **bindings: Bound) -> list[Row]:
        """Return the rows of a page's question. Raises StoreError."""
        answer = self._answers.get(name)
        return list(answer(bindings)) if answer else await super().rows(name, **bindings)

    @staticmethod
    def _in_any_language(
        answer: Callable[[NamedNode], Iterable[Row]],
    ) -> Callable[[Mapping[str, Bound]], Iterable[Row]]:
        kept = lru_cache(maxsize=_AT_HAND)(lambda iri: tuple(answer(iri)))
        return lambda bound: kept(_iri(bound))

    def _objects(self, subject: NamedNode, predicate: NamedNode) -> Iterator[Value]:
        for quad in self._store.matching(subject, predicate, None):
            if isinstance(quad.object, NamedNode | Literal):
                yield quad.object

    def _subjects(self, predicate: NamedNode, value: Value) -> Iterator[NamedNode]:
        for quad in self._store.matching(None, predicate, value):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _named(self, thing: NamedNode) -> tuple[Term, ...]:
        return tuple(sorted(map(term_of, self._objects(thing, RDFS.label)), key=_by_text))

    def _types(self, iri: NamedNode) -> Iterator[Row]:
        for found in sorted({each.value for each in self._objects(iri, RDF.type)}):
            yield {"class": Term(found, True)}

    def _state(self, iri: NamedNode) -> Iterator[Row]:
        out = _first((quad.predicate, quad.object) for quad in self._store.matching(iri, None, None))
        near = _first((quad.subject, quad.predicate) for quad in self._store.matching(None, None, iri))
        yield from _fate(out)
        for subject, predicate in near:
            if predicate == OWL.versionIRI and isinstance(subject, NamedNode):
                yield _kind("version", term_of(subject))
        if out or near or next(self._store.matching(None, iri, None), None) is not None:
            yield _kind("known")
        for count, kind in ((len(out), "much-said"), (len(near), "much-pointed")):
            if count > _MOST:
                yield _kind(kind)
            if count > _FAR:
                yield _kind("too-much")

    def _out(self, iri: NamedNode) -> Iterator[Row]:
        found = {(quad.predicate, quad.object) for quad in self._store.matching(iri, None, None)}
        for predicate, value in sorted(found, key=_in_order)[:_MOST]:
            yield from self._near(predicate, value)

    def _in(self, iri: NamedNode) -> Iterator[Row]:
        found = {
            (one.predicate, one.subject) for one in self._store.matching(None, None, iri) if one.predicate not in _APART
        }
        for predicate, thing in sorted(found, key=_in_order)[:_MOST]:
            yield from self._near(predicate, thing)

    def _near(self, predicate: NamedNode, thing: object) -> Iterator[Row]:
        """Yield the rows about a thing near by: one where nothing more is told of it."""
        if not isinstance(thing, NamedNode | Literal):
            return
        row: Row = {"property": Term(predicate.value, True), "thing": term_of(thing)}
        card = self._card(thing) if isinstance(thing, NamedNode) else ()
        if not card:
            yield row
        for relation, part, name, date in card:
            more: Row = {"relation": relation, "part": part}
            if name is not None:
                more["name"] = name
            if date is not None:
                more["date"] = date
            yield {**row, **more}

    def _told(self, thing: NamedNode) -> Card:
        found: dict[tuple[Term, Term, Term | None, Term | None], None] = {}
        said = [(quad.predicate, quad.object) for quad in self._store.matching(thing, None, None)]
        said += [
            (POB.edtf, date)
            for basis in self._objects(thing, POB.basis)
            if isinstance(basis, NamedNode)
            for date in self._objects(basis, POB.edtf)
        ]
        for predicate, value in said:
            if predicate in _TOLD and isinstance(value, NamedNode | Literal):
                for name in (self._labels(value) if isinstance(value, NamedNode) else ()) or (None,):
                    found[Term(predicate.value, True), term_of(value), name, None] = None
        if (RDF.type, CV.Participation) in said:
            for whole in set(self._subjects(CV.hasParticipation, thing)):
                for name in self._labels(whole) or (None,):
                    for date in tuple(map(term_of, set(self._objects(whole, POB.edtf)))) or (None,):
                        found[Term(CV.hasParticipation.value, True), term_of(whole), name, date] = None
        return tuple(sorted(found, key=repr))

    def _read_mentions(self, iri: NamedNode) -> tuple[NamedNode, ...]:
        beside = {target for target in self._objects(iri, OA.hasTarget) if isinstance(target, NamedNode)}
        found = self._pointing(iri).union(*(self._subjects(OA.hasTarget, target) for target in beside))
        return tuple(sorted(found, key=lambda one: one.value))

    def _read_pointing(self, iri: NamedNode) -> frozenset[NamedNode]:
        found = {*self._subjects(OA.hasBody, iri), *self._subjects(POB.value, iri)}
        near = [*self._objects(iri, CV.hasParticipation), *self._subjects(POB.reports, iri)]
        found |= {mention for one in near for mention in self._subjects(OA.hasBody, one)}
        cells = [iri, *(part for part in self._objects(iri, DCT.hasPart) if isinstance(part, NamedNode))]
        targets = {target for cell in cells for target in self._subjects(OA.hasSource, cell)}
        return frozenset(found).union(*(self._subjects(OA.hasTarget, target) for target in targets))

    def _evidence(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        iri, lang, after = _iri(bound), bound["lang"].value, bound["after"].value
        later = (one for one in self._mentions(iri) if one.value > after)
        for mention in islice(later, _PHRASES):
            yield from self._phrases(mention, lang)

    def _evidence_count(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        if count := len(self._pointing(_iri(bound))):
            yield {"count": Term(str(count), False)}

    def _read_phrase(self, mention: NamedNode, lang: str) -> tuple[Row, ...]:
        return tuple(self._phrase(mention, lang))

    def _phrase(self, mention: NamedNode, lang: str) -> Iterator[Row]:
        said = {quad.predicate: quad.object for quad in self._store.matching(mention, None, None)}
        target = said.get(OA.hasTarget)
        if not isinstance(target, NamedNode):
            return
        at = {quad.predicate: quad.object for quad in self._store.matching(target, None, None)}
        cell = at.get(OA.hasSource)
        if not isinstance(cell, NamedNode):
            return
        row: Row = {"mention": Term(mention.value, True), "cell": Term(cell.value, True)}
        wanted = {
            "thing": OA.hasBody,
            "property": POB.property,
            "value": POB.value,
            "rule": POB.rule,
            "confidence": POB.confidence,
        }
        row |= _terms(said, wanted) | _terms(at, {"exact": OA.exact})
        span = target.value.partition("#char=")[2].partition(",")
        row |= {"start": Term(span[0], False), "end": Term(span[2], False)}
        columns = self._cell(cell, lang)
        value = said.get(POB.value)
        names: Sequence[Term | None] = (self._labels(value) if isinstance(value, NamedNode) else ()) or (None,)
        parties: Sequence[Term | None] = (self._parties(value) if isinstance(value, NamedNode) else ()) or (None,)
        for column in columns:
            for name in names:
                for party in parties:
                    more = {key: term for key, term in (("name", name), ("party", party)) if term is not None}
                    yield {**row, **column, **more}

    def _parties(self, thing: NamedNode) -> tuple[Term, ...]:
        parties = [party for party in self._objects(thing, POB.party) if isinstance(party, NamedNode)]
        return tuple(dict.fromkeys(name for party in sorted(parties, key=str) for name in self._labels(party)))

    def _read_cell(self, cell: NamedNode, lang: str) -> tuple[Row, ...]:
        """Return what a cell holds, its column's name in a language, and where it stands, for each such name."""
        said = {quad.predicate: quad.object for quad in self._store.matching(cell, None, None)}
        kind = said.get(DCT.type)
        names = [name for name in (self._labels(kind) if isinstance(kind, NamedNode) else ()) if name.lang == lang]
        row = _terms(said, {"text": RDF.value})
        found: list[Row] = []
        for entry in tuple(sorted(set(self._subjects(DCT.hasPart, cell)), key=str)) or (None,):
            place: Row = {}
            if entry is not None:
                told = {
                    predicate: value
                    for predicate in (POB.entryNumber, DCT.isPartOf)
                    for value in self._objects(entry, predicate)
                }
                place = {"entry": Term(entry.value, True)}
                place |= _terms(told, {"number": POB.entryNumber, "report": DCT.isPartOf})
            found += [{**row, **place, "column": name} for name in names]
        return tuple(found)

    def _row(self, bound: Mapping[str, Bound]) -> Iterator[Row]:
        iri, lang = _iri(bound), bound["lang"].value
        said = {quad.predicate: quad.object for quad in self._store.matching(iri, None, None)}
        report, reporter = said.get(DCT.isPartOf), said.get(POB.reportingMunicipality)
        if not isinstance(report, NamedNode) or POB.entryNumber not in said:
            return
        heads: list[Row] = [{"title": title} for title in self._labels(report)]
        if isinstance(reporter, NamedNode):
            towns = [name for name in self._labels(reporter) if name.lang == "ru"]
            heads = [
                {**head, "reporter": Term(reporter.value, True), "municipality": town}
                for head in heads
                for town in towns
            ] or heads
        common: Row = {
            "iri": Term(iri.value, True),
            **_terms(said, {"number": POB.entryNumber, "report": DCT.isPartOf}),
        }
        for cell in sorted((each for each in self._objects(iri, DCT.hasPart) if isinstance(each, NamedNode)), key=str):
            told = self._cell(cell, lang)
            for head in heads:
                for each in told:
                    if "text" in each:
                        yield {
                            **common,
                            **head,
                            "cell": Term(cell.value, True),
                            "text": each["text"],
                            "column": each["column"],
                        }


def _first(found: Iterable[T]) -> list[T]:
    """Return what is found, each once, and of very much no more than tells that it is."""
    held: dict[T, None] = {}
    for each in found:
        held[each] = None
        if len(held) > _FAR:
            break
    return list(held)


def _kind(kind: str, value: Term | None = None) -> Row:
    found = {"kind": Term(kind, False)}
    return found if value is None else {**found, "value": value}


def _fate(said: Iterable[tuple[NamedNode, object]]) -> Iterator[Row]:
    """Yield what became of a thing of which so much is said."""
    held = list(said)
    is_gone = any(predicate == PROV.invalidatedAtTime for predicate, _ in held)
    for predicate, value in held:
        if not isinstance(value, NamedNode | Literal):
            continue
        if predicate in _FATES:
            yield _kind(_FATES[predicate], term_of(value))
        elif predicate == SKOS.changeNote and is_gone:
            yield _kind("reason", term_of(value))
        elif predicate == ADMS.status and value == ADMS_STATUS.Deprecated:
            yield _kind("untold", Term("", False))


def _iri(bound: Mapping[str, Bound]) -> NamedNode:
    found = bound["iri"]
    assert isinstance(found, NamedNode)
    return found


def _terms(said: Mapping[NamedNode, object], wanted: Mapping[str, NamedNode]) -> Row:
    return {
        name: term_of(value)
        for name, predicate in wanted.items()
        if isinstance(value := said.get(predicate), NamedNode | Literal)
    }


def _in_order(pair: tuple[NamedNode, object]) -> tuple[str, str, str]:
    """Return the order of the LIMITs: property, text, term."""
    predicate, value = pair
    text = value.value if isinstance(value, NamedNode | Literal) else ""
    return predicate.value, text, str(value)


def _by_text(term: Term) -> tuple[str, str]:
    return term.value, term.lang
