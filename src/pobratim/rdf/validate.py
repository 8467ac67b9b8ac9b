"""Check quads against the shapes, fast enough for every load: the shapes compiled to plain checks over an index."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Quad

from pobratim.content import content_root
from pobratim.errors import ContentError
from pobratim.messages import LANGUAGES
from pobratim.rdf.constraints import Check, compile_constraint
from pobratim.rdf.index import Index
from pobratim.rdf.shapes import PropertyShape, read_shapes
from pobratim.rdf.terms import CV, POB

_ENTRY = re.compile(r"/id/(?:entry|cell|mention)/([^/]+)/(\d+)(?:/|$)")

Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Violation:
    """A fault: the focus node and path, the message in both languages, and the rows (report, number) that it came from.

    ``owners`` is empty where no single row is to blame (an organisation, a place).
    """

    focus: str
    path: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    owners: tuple[Row, ...] = ()

    @property
    def message(self) -> str:
        """Return the message in both languages, Russian first."""
        return " / ".join(text for _, text in sorted(self.messages, reverse=True))


@dataclass(frozen=True, slots=True)
class CompiledProperty:
    """The checks of a property; what has no value passes them all where it ``may_lack``."""

    shape: PropertyShape
    checks: tuple[Check, ...]
    may_lack: bool

    def faulty(self, index: Index, nodes: Iterable[str]) -> Iterator[str]:
        """Yield those of some focus nodes whose values are not all right."""
        # Written out: most nodes have one value or none, and there are millions of them in a load.
        found, checks, may_lack = index.found_by(self.shape.steps), self.checks, self.may_lack
        for focus in nodes:
            values = found(focus)
            if not values:
                if not may_lack:
                    yield focus
                continue
            for check in checks:
                if not check(index, focus, values):
                    yield focus
                    break


@dataclass(frozen=True, slots=True)
class CompiledShape:
    """The instances of ``target`` must pass every check of every property; see ``shapes.NodeShape``."""

    target: str
    properties: tuple[CompiledProperty, ...]
    by_predicate: bool = False


def compile_shapes(path: Path) -> tuple[CompiledShape, ...]:
    """Return the shapes of a file as checks.

    Raises ContentError for SHACL that is not supported and for a message that lacks a language.
    """
    return tuple(
        CompiledShape(
            shape.target,
            tuple(_property(item, path.name) for item in shape.properties),
            shape.by_predicate,
        )
        for shape in read_shapes(path)
    )


def _property(item: PropertyShape, file: str) -> CompiledProperty:
    checks, nothing = _checks(item, file), Index(())
    return CompiledProperty(item, checks, all(check(nothing, "", ()) for check in checks))


def _checks(item: PropertyShape, file: str) -> tuple[Check, ...]:
    if set(LANGUAGES) - item.messages.keys():
        raise ContentError("shapes-message", file=file, shape=item.iri)
    try:
        return tuple(compile_constraint(name, values) for name, values in item.constraints.items())
    except (KeyError, ValueError, re.error) as error:
        raise ContentError("shapes-unsupported", file=file, term=f"{item.iri}: {error}") from error


@cache
def _compiled() -> tuple[CompiledShape, ...]:
    return compile_shapes(content_root() / "ontology" / "shapes.ttl")


def validate(quads: Iterable[Quad], shapes: Iterable[CompiledShape] | None = None) -> list[Violation]:
    """Return every fault of the quads (data with the ontology), sorted by focus node and path.

    ``shapes`` are those of ontology/shapes.ttl if not given. Raises ContentError where that file is malformed.
    """
    return faults_of(Index((quad.subject, quad.predicate, quad.object) for quad in quads), shapes)


def faults_of(index: Index, shapes: Iterable[CompiledShape] | None = None) -> list[Violation]:
    """Return every fault of what is indexed, as ``validate`` does."""
    found = [
        _violation(index, focus, item.shape)
        for shape in (_compiled() if shapes is None else shapes)
        for nodes in [index.having(shape.target) if shape.by_predicate else index.instances(shape.target)]
        for item in shape.properties
        for focus in item.faulty(index, nodes)
    ]
    return sorted(found, key=lambda v: (v.focus, v.path, v.shape))


def _violation(index: Index, focus: str, item: PropertyShape) -> Violation:
    return Violation(focus, item.path, item.iri, tuple(sorted(item.messages.items())), _owners(index, focus))


def _owners(index: Index, focus: str) -> tuple[Row, ...]:
    """Return the rows that a node of a report's graph came from: by its IRI, or by the entries that lead to it."""
    direct = _row(focus)
    if direct:
        return (direct,)
    activities = [
        focus,
        *(term.value for term in index.subjects(focus, CV.hasParticipation.value)),
        *(term.value for term in index.subjects(focus, POB.underAgreement.value)),
        *(term.value for term in index.values(focus, POB.signedAt.value)),
    ]
    told = {term.value for node in activities for term in index.subjects(node, POB.reports.value)}
    told |= {term.value for term in index.subjects(focus, POB.states.value)}
    if index.is_a(focus, POB.ParticipantGroup.value):
        # A group hangs on no activity by itself: its phrase alone tells the row.
        told |= {term.value for term in index.subjects(focus, POB.value.value)}
    return tuple(sorted({row for node in told if (row := _row(node))}))


def _row(iri: str) -> Row | None:
    match = _ENTRY.search(iri)
    return (match[1], int(match[2])) if match else None
