"""A load that goes on from what the last one kept: only what changes is resolved, made and checked."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from pobratim.entities import Resolution
from pobratim.fence import Fault, attempt
from pobratim.lexicon.edition import edition, program
from pobratim.load.built import Built
from pobratim.load.loaded import Loaded
from pobratim.load.memory import ACTING, MUNICIPAL, REGIONAL, Memory, Thing
from pobratim.load.report import totals_of
from pobratim.load.ties import turned_ties
from pobratim.load.workers import Beside
from pobratim.load.workshop import BUILD_STEPS, Moved, Part, Workshop, ontology_of
from pobratim.progress import Step
from pobratim.quality.identity import asked
from pobratim.rdf.shared import things_of
from pobratim.record import Record
from pobratim.resolve import Decision, withdrawals
from pobratim.resolve.growing import Growth, Told, is_current, update
from pobratim.store.backend import StoreBackend
from pobratim.store.graph_files import GraphFile
from pobratim.ties.summarise import summaries, told_anew

_PARTIES = ("organisation", "place", "person")


def memory_of(
    store: StoreBackend,
    known: Mapping[str, Loaded],
    parts: Mapping[str, Part],
    measured: Collection[str],
    decisions: Sequence[Decision],
    base: str,
) -> Memory | None:
    """Return what a load may go on from, None where it must look at everything.

    That is where nothing is kept, where it or a part of the store is of another program, and where people withdrew
    anything: what leaves with it is told by all rows. ``measured`` are the reports whose quality is known.
    """
    folder = store.memory()
    ontology = parts.get("ontology")
    is_whole = (
        folder is not None
        and ontology is not None
        and ontology.made_of == ontology_of(base)
        and {"shared", *(f"report/{slug}" for slug in known)} <= parts.keys()
        and known.keys() <= {*measured}
        and all(item.entity.edition == edition() for item in known.values())
        and not withdrawals(decisions)
    )
    memory = Memory(folder) if folder is not None and is_whole else None
    return memory if memory and is_current(memory.identity) else None


def grow(
    reports: Mapping[str, Loaded],
    fresh: Collection[str],
    workshop: Workshop,
    known: Memory,
    ties: GraphFile | None,
    decisions: Sequence[Decision],
    records: Callable[[str], Sequence[Record]],
    step: Step,
) -> Built | None:
    """Return what ``build`` would make of the reports of which some are ``fresh`` and all others were loaded before.

    ``records`` gives those of the others where they are needed. None where a row cannot stay or a rule fails: which
    rows that costs is told by all of them.
    """
    memory = Memory(workshop.folder / "memory")

    def made() -> Built | None:
        memory.begin(known)
        added = [Told(reports[slug].entity, reports[slug].records) for slug in sorted(fresh)]
        growth = update(known.identity, memory.identity, (), added, decisions, records)
        try:
            return _Growing(growth, workshop, known, memory).built(reports, ties, step)
        finally:
            growth.close()

    built = attempt(made)
    return None if isinstance(built, Fault) else built


class _Growing:
    """The making of the parts that an update of identity touches."""

    def __init__(self, growth: Growth, workshop: Workshop, known: Memory, memory: Memory) -> None:
        self._growth, self._excerpt = growth, growth.excerpt
        self._workshop, self._known, self._memory = workshop, known, memory

    def built(self, reports: Mapping[str, Loaded], ties: GraphFile | None, step: Step) -> Built | None:
        step("stage-build", 1, BUILD_STEPS)
        told = self._growth.about({*self._growth.touched, *self._moved_places()})
        before, now = self._memory.note_names(told)
        parts = self._workshop.grown(told, self._moved(before | now), partial(step, "stage-emit"))
        step("stage-build", 2, BUILD_STEPS)
        if any(part.violations for part in parts.values()):
            return None
        undecided = self._growth.undecided()
        naming = self._memory.naming((one.kind, key) for one in undecided for key in (one.left, one.right))
        return Built(
            parts,
            self._ties(told, ties),
            dict(reports),
            totals_of({**self._growth.totals(), "undecided": len(undecided)}),
            asked(undecided, self._growth.name, lambda *thing: naming[thing]),
            [one.to_json() for one in self._growth.candidates(undecided)],
            self._growth.unmatched(),
            memory=Beside(lambda: self._memory.folder, 1),
        )

    def _moved_places(self) -> set[str]:
        """Return the reports that name a place which became a municipality, or is one no more."""
        places = self._growth.things.get("place", {})
        turned = {(REGIONAL if place and place.municipality else MUNICIPAL, key) for key, place in places.items()}
        return {report for named in self._memory.naming(turned).values() for report in named}

    def _moved(self, named: Iterable[Thing]) -> Moved:
        """Return what is told otherwise of things; ``named`` are those of the reports that changed, before and now."""
        wanted = {kind: {*found} for kind, found in self._growth.things.items()}
        for kind, key in named:
            # What an activity is found by is told by all its rows, and whether a person acts.
            if kind in ("activity", ACTING):
                wanted.setdefault("person" if kind == ACTING else kind, set()).add(key)
        parties = [(kind, key) for kind in _PARTIES for key in wanted.get(kind, ())]
        wanted.setdefault("agreement", set()).update(self._excerpt.agreements_of(parties))
        replaced = self._growth.replaced()
        affected = {f"{kind}/{key}" for kind, keys in wanted.items() for key in keys}
        for kind, _, heir in replaced:
            wanted.setdefault(kind, set()).add(heir)
        told = self._excerpt.of_things(wanted)
        told.replaced = replaced
        former = self._workshop.things()
        fresh = {name: digest for name, digest in self._digests(told).items() if name in affected}
        things = {name: digest for name, digest in former.items() if name not in affected} | fresh
        changed = {name for name, digest in fresh.items() if former.get(name) != digest}
        people = [one.key for one in told.people if f"person/{one.key}" in changed]
        return Moved(things, changed, told, self._excerpt.of_people(people))

    def _digests(self, told: Resolution) -> dict[str, str]:
        acting = self._memory.naming((ACTING, one.key) for one in told.people)
        return things_of(told, program(), {key for (_, key), reports in acting.items() if reports})

    def _ties(self, told: Resolution, ties: GraphFile | None) -> GraphFile:
        """Return the graph of ties, turned from the former one, and keep the summaries that it follows from."""
        former = self._known.summaries()
        places = {*self._growth.things.get("place", ())}
        organisations = {*self._growth.things.get("organisation", ())} | self._excerpt.seated(places)
        parties = self._excerpt.of_things({"place": places, "organisation": organisations})
        changed = {**told_anew(former, parties), **summaries(told)}
        self._memory.keep_summaries(changed, self._known)
        return turned_ties(self._workshop, ties, former, changed)
