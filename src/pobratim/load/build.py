"""Reports to graphs: resolve, emit and validate, setting rows aside until the shapes find no fault in what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pobratim.entities import Resolution
from pobratim.fence import Fault, attempt
from pobratim.lexicon.gazetteer import Gazetteer
from pobratim.load.built import Built, nothing_kept
from pobratim.load.loaded import Loaded
from pobratim.load.memory import Gone, Memory
from pobratim.load.report import totals_of
from pobratim.load.resolving import made_of, resolved
from pobratim.load.ties import whole_ties
from pobratim.load.violations import Violations, comes_back
from pobratim.load.withdrawing import Leaving, bring_back, contacts_gone
from pobratim.load.workers import Beside
from pobratim.load.workshop import BUILD_STEPS, Part, Workshop
from pobratim.progress import Step, silent
from pobratim.quality.identity import questions
from pobratim.record import Record
from pobratim.resolve import Decision, Plain, candidates, withdrawals
from pobratim.resolve.growing import Told, update
from pobratim.ties.summarise import summaries
from pobratim.ties.whole import Whole


@dataclass(frozen=True, slots=True)
class Made:
    """A resolution without what goes by itself, the same with that (``uncut``), and the parts made of the former."""

    resolution: Resolution
    uncut: Resolution
    parts: dict[str, Part]


class _Found:
    """What was found while nothing was decided, of all rows that there are and of those that stay."""

    def __init__(self) -> None:
        self.of_all: Plain | None = None
        self.of_left: Plain | None = None

    def note_all(self, plain: Plain) -> None:
        self.of_all = plain

    def note_left(self, plain: Plain) -> None:
        self.of_left = plain


def build(reports: Mapping[str, Loaded], workshop: Workshop, step: Step, decisions: Sequence[Decision]) -> Built:
    """Resolve and emit the reports, setting rows aside until the shapes find no fault in what is left."""
    bring_back(reports)
    leaving, found = Leaving(withdrawals(decisions), workshop.base), _Found()
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), decisions, found.note_all))
    while True:
        made = _settled(reports, leaving, decisions, workshop, step, found)
        resolution, parts = made.resolution, made.parts
        step("stage-build", 2, BUILD_STEPS)
        violations = Violations(parts)
        if not violations.set_aside(reports):
            break
    left, ties = leaving.left(reports), Whole.of(summaries(resolution))
    can_go_on = not violations and all(map(comes_back, reports.values()))
    return Built(
        parts,
        whole_ties(workshop, ties),
        left,
        totals_of(resolution),
        questions(resolution),
        [one.to_json() for one in candidates(resolution)],
        resolution.unmatched,
        leaving.stones,
        violations.problems(),
        # Last of all: what changes here while that process is at work is there twice.
        _remembered(reports, leaving, made, ties, workshop, decisions, found) if can_go_on else nothing_kept(),
    )


def _remembered(
    reports: Mapping[str, Loaded],
    leaving: Leaving,
    made: Made,
    ties: Whole,
    workshop: Workshop,
    decisions: Sequence[Decision],
    found: _Found,
) -> Beside[Path | None]:
    """Begin a folder of what the next load can go on from; it is None where a rule that makes it fails."""
    memory = Memory(workshop.folder / "memory")
    left = leaving.left(reports)

    def kept() -> Path:
        memory.begin(None)
        memory.note_names(made.resolution, made.uncut)
        contacts = contacts_gone(made.uncut.accounts, leaving.gone)
        # Nobody asks for the accounts any more: identity begins with the rows.
        made.resolution.accounts.clear()
        made.uncut.accounts.clear()
        with memory.ties() as book:
            book.begin(ties)
        staying = {slug: (item, item.records) for slug, item in left.items()}
        _identify(memory.identity, staying, decisions, found.of_left)
        if leaving:
            everything = {slug: (item, item.all_records) for slug, item in reports.items()}
            _identify(memory.whole, everything, decisions, found.of_all)
            memory.keep_gone(Gone({*leaving.gone}, contacts, reports.keys() - left.keys()))
        return memory.folder

    def tried() -> Path | None:
        folder = attempt(kept)
        return None if isinstance(folder, Fault) else folder

    # The process beside has all that was resolved; here it is needed no more, and twice it would be most of the memory.
    return Beside(tried, workshop.jobs, lambda: None)


def _identify(
    state: Path,
    records: Mapping[str, tuple[Loaded, Sequence[Record]]],
    decisions: Sequence[Decision],
    plain: Plain | None,
) -> None:
    told = [Told(item.entity, held) for item, held in records.values()]
    update(None, state, (), told, decisions, lambda slug: records[slug][1], plain=plain).close()


def held(reports: Mapping[str, Loaded], decisions: Sequence[Decision], base: str) -> Resolution:
    """Return what the reports tell of with a ledger's decisions, without what these take out."""
    bring_back(reports)
    leaving = Leaving(withdrawals(decisions), base)
    if leaving:
        leaving.begin(reports, resolved(reports, Gazetteer.load(), decisions))
    return _settled(reports, leaving, decisions, None).resolution


def _settled(
    reports: Mapping[str, Loaded],
    leaving: Leaving,
    decisions: Sequence[Decision],
    workshop: Workshop | None,
    step: Step = silent,
    found: _Found | None = None,
) -> Made:
    """Resolve and (in a ``workshop``) emit what stays, once nothing of it is withdrawn."""

    def made(resolution: Resolution, uncut: Resolution | None = None) -> Made:
        step("stage-build", 1, BUILD_STEPS)
        tell = partial(step, "stage-emit")
        return Made(resolution, uncut or resolution, workshop.parts(resolution, tell) if workshop else {})

    note = found.note_left if found else None
    while True:
        # What is withdrawn from a resolution must go before graphs are made of it.
        if not leaving:
            return made_of(reports, Gazetteer.load(), decisions, made, workshop.base if workshop else "", note)
        resolution = resolved(leaving.left(reports), Gazetteer.load(), decisions, note)
        if not leaving.take_rows(reports, resolution):
            cut = leaving.cut(resolution)
            cut.unmatched = leaving.unmatched
            return made(cut, resolution)
