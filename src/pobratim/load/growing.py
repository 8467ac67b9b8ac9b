"""A load that goes on from what the last one kept: only what changes is resolved, made and checked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from pobratim.entities import Resolution
from pobratim.fence import Fault, attempt
from pobratim.lexicon.edition import edition, program
from pobratim.load.built import Built
from pobratim.load.departing import Departing
from pobratim.load.loaded import Loaded
from pobratim.load.memory import ACTING, Memory
from pobratim.load.report import Whole, totals_of
from pobratim.load.ties import turned_ties
from pobratim.load.touched import Touched
from pobratim.load.violations import Violations
from pobratim.load.workers import Beside
from pobratim.load.workshop import BUILD_STEPS, Moved, Part, Workshop, ontology_of
from pobratim.progress import Step
from pobratim.quality.identity import asked
from pobratim.rdf.shared import things_of
from pobratim.record import Record
from pobratim.resolve import Decision
from pobratim.resolve.growing import is_current
from pobratim.resolve.growing.excerpt import LISTS
from pobratim.store.backend import StoreBackend
from pobratim.store.graph_files import GraphFile
from pobratim.ties.summarise import summaries


def memory_of(
    store: StoreBackend,
    known: Mapping[str, Loaded],
    parts: Mapping[str, Part],
    measured: Collection[str],
    base: str,
) -> Memory | Whole | None:
    """Return what a load may go on from, or why it must look at everything; None for a store that holds nothing.

    ``measured`` are the reports whose quality is known.
    """
    if not known:
        return None
    folder = store.memory()
    ontology = parts.get("ontology")
    if ontology is None or ontology.made_of != ontology_of(base) or _is_old(known):
        return Whole("program")
    if folder is None:
        return Whole("kept")
    memory = Memory(folder)
    staying = known.keys() - memory.gone().reports
    if not ({"shared", *(f"report/{slug}" for slug in staying)} <= parts.keys() and staying <= {*measured}):
        return Whole("kept")
    return memory if is_current(memory.identity) else Whole("program")


def _is_old(known: Mapping[str, Loaded]) -> bool:
    return any(item.entity.edition != edition() for item in known.values())


def grow(
    reports: Mapping[str, Loaded],
    fresh: Collection[str],
    workshop: Workshop,
    known: Memory,
    ties: GraphFile | None,
    decisions: Sequence[Decision],
    records: Callable[[str], Sequence[Record]],
    step: Step,
) -> Built | Whole:
    """Return what ``build`` would make of the reports of which some are ``fresh`` and all others were loaded before.

    ``records`` gives those of the others where they are needed. Where shapes find fault with what no row is to blame
    for, or a rule fails, it returns that: what it costs is told by all rows.
    """
    memory = Memory(workshop.folder / "memory")

    def made() -> Built | None:
        memory.begin(known)
        departing = Departing(reports, fresh, (known, memory), decisions, records, workshop.base)
        growing = _Growing(departing, workshop, memory)
        try:
            return growing.built(ties, step)
        finally:
            growing.close()

    built = attempt(made)
    if isinstance(built, Fault):
        return Whole("fault", built.values)
    return built or Whole("shape")


class _Growing:
    """The making of the parts that an update of identity touches."""

    def __init__(self, departing: Departing, workshop: Workshop, memory: Memory) -> None:
        self._departing, self._workshop, self._memory = departing, workshop, memory
        self._growth = departing.settled()

    def close(self) -> None:
        self._growth.close()

    def built(self, ties: GraphFile | None, step: Step) -> Built | None:
        departing, touched = self._departing, Touched(self._growth, self._departing, self._memory)
        while violations := Violations(parts := self._parts(touched, step)):
            following = departing.without(violations, self._growth) if violations.is_of_rows else None
            if following is None:
                return None
            self._growth = following
            touched = Touched(following, departing, self._memory, touched.reports)
        undecided = departing.open(self._growth.undecided())
        naming = self._memory.naming((one.kind, key) for one in undecided for key in (one.left, one.right))
        departing.keep()
        return Built(
            parts,
            self._ties(touched, ties),
            touched.left,
            totals_of({**departing.totals(self._growth.totals(), LISTS), "undecided": len(undecided)}),
            asked(undecided, self._growth.name, lambda *thing: naming[thing]),
            [one.to_json() for one in self._growth.candidates(undecided, departing.gone)],
            departing.unmatched(self._growth),
            departing.stones,
            memory=Beside(lambda: self._memory.folder, 1),
            looked_at=frozenset(departing.looked_at),
        )

    def _parts(self, touched: Touched, step: Step) -> dict[str, Part]:
        """Return the parts of the reports that stay."""
        step("stage-build", 1, BUILD_STEPS)
        made = self._workshop.grown(touched.told, self._moved(touched.things()), partial(step, "stage-emit"))
        step("stage-build", 2, BUILD_STEPS)
        return {name: part for name, part in made.items() if name.removeprefix("report/") not in touched.away}

    def _moved(self, wanted: dict[str, set[str]]) -> Moved:
        """Return what is told otherwise of things; ``wanted`` are those of which that may be."""
        replaced = self._departing.replaced(self._growth.replaced())
        affected = {f"{kind}/{key}" for kind, keys in wanted.items() for key in keys}
        for kind, _, heir in replaced:
            wanted.setdefault(kind, set()).add(heir)
        told = self._departing.cut(self._growth.excerpt.of_things(wanted))
        told.replaced = replaced
        former = self._workshop.things()
        fresh = {name: digest for name, digest in self._digests(told).items() if name in affected}
        things = {name: digest for name, digest in former.items() if name not in affected} | fresh
        changed = {name for name, digest in fresh.items() if former.get(name) != digest}
        people = [one.key for one in told.people if f"person/{one.key}" in changed]
        acting = self._departing.cut_accounts(self._growth.excerpt.of_people(people))
        return Moved(things, changed, told, acting)

    def _digests(self, told: Resolution) -> dict[str, str]:
        acting = self._memory.naming((ACTING, one.key) for one in told.people)
        return things_of(told, program(), {key for (_, key), reports in acting.items() if reports})

    def _ties(self, touched: Touched, ties: GraphFile | None) -> GraphFile:
        """Return the graph of ties, turned from the former one, and keep the summaries that it follows from."""
        places, organisations = touched.seats()
        parties = self._departing.cut(self._growth.excerpt.of_things({"place": places, "organisation": organisations}))
        with self._memory.ties() as book:
            changed = {**book.told_anew(parties), **summaries(touched.told), **dict.fromkeys(touched.away)}
            return turned_ties(self._workshop, ties, book, changed)
