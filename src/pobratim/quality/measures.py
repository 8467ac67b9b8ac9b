"""The quality of one report, in numbers and examples, from what is stored of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pobratim.problems import Problem
from pobratim.quality.gaps import KINDS, PROPOSED, Gap, GapKind, gaps_of
from pobratim.record import Evidence, Record
from pobratim.sources.expected import HAS
from pobratim.text.tokens import tokenize

FIELDS: Mapping[str, Callable[[Record], bool]] = MappingProxyType(
    {
        "reporter": lambda record: bool(record.reporter),
        "dates": HAS["dates"],
        "places": HAS["places"],
        "mode": lambda record: bool(record.mode),
        "countries": HAS["countries"],
        "participants": HAS["participants"],
        "institutions": lambda record: bool(record.institutions),
        "people": lambda record: bool(record.people),
        "agreements": HAS["agreements"],
        "ties": lambda record: bool(record.ties),
        "series": lambda record: bool(record.series),
        "evidence": lambda record: any(item.value != "/title" for item in record.evidence),
    }
)
"""A field → whether a row has it; evidence counts where anything but the title was read from the row's text."""

LIKELY = 0.6
"""Ties that are less likely are for a person to look at: of those above it nineteen in twenty are right."""

_TIES = "/ties/"
CERTAIN = 1.0
"""The confidence of what is written out; a value below it was inferred (record.Evidence)."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of ``rows`` stored rows have a field. ``least`` is the share (0..1) that the source lets expect."""

    have: int
    rows: int
    least: float | None = None

    @property
    def value(self) -> float:
        """Return the share 0..1; 1 for a report without rows."""
        return self.have / self.rows if self.rows else 1.0

    @property
    def percent(self) -> str:
        """Return the share as people read it: 100 % and 0 % only for all and none."""
        shown = round(self.value * 100)
        return f"{min(99, max(1, shown)) if 0 < self.value < 1 else shown}\u00a0%"

    def with_more(self, other: "Share | None") -> "Share":
        """Return the share of the rows of both, of which one expects what the other one does."""
        return self if other is None else replace(self, have=self.have + other.have, rows=self.rows + other.rows)

    @property
    def short(self) -> bool:
        """Tell whether it is less than expected."""
        return self.least is not None and self.have < self.least * self.rows


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps of one kind with the same words in any form: the first as an example, and how many there are."""

    example: Gap
    count: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that was inferred: its ``shown`` form, and the evidence."""

    row: int
    shown: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Before:
    """Earlier reports, taken together: their slugs, the shares over all their rows, how many of them have a column.

    ``own`` tells that there is one, the report itself as it was loaded before.
    """

    reports: tuple[str, ...]
    coverage: Mapping[str, Share]
    columns: Mapping[str, int]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """One report: ``rows`` rows in are ``stored`` and ``left_out`` (row → cause). Gap groups are most frequent first.

    ``coverage`` goes by the keys of FIELDS. ``columns`` are the local names of ontology/columns.ttl that the report
    has, ``unknown_columns`` headings that mean nothing to the program. ``undecided`` counts the identities left for a
    person to decide that touch the report. ``before`` is what it was held against (form.py), None without any.
    ``proposals`` are a model's, only where one was asked. ``refused`` are ties that were not taken, though likely
    enough to be looked at.
    """

    report: str
    file: str
    title: str
    rows: int
    stored: int
    left_out: Mapping[int, Problem]
    coverage: Mapping[str, Share]
    gaps: tuple[GapGroup, ...]
    doubts: tuple[Doubt, ...]
    columns: tuple[str, ...]
    unknown_columns: tuple[str, ...] = ()
    undecided: int = 0
    before: Before | None = None
    warnings: tuple[Problem, ...] = ()
    proposals: tuple[GapGroup, ...] = ()
    refused: tuple[Doubt, ...] = ()

    def unclaimed(self, kind: GapKind) -> int:
        """Return how many stretches of a kind no rule has claimed."""
        return sum(group.count for group in self.gaps if group.example.kind == kind)


def coverage(records: Sequence[Record], least: Mapping[str, float] = MappingProxyType({})) -> dict[str, Share]:
    """Return the share of rows that have each field; ``least`` are the shares that the source lets expect."""
    return {name: Share(sum(map(has, records)), len(records), least.get(name)) for name, has in FIELDS.items()}


def group_gaps(gaps: Iterable[Gap]) -> tuple[GapGroup, ...]:
    """Return the gaps by kind and words, the kinds in the order of KINDS, the most frequent first."""
    groups: dict[tuple[GapKind, tuple[str, ...]], list[Gap]] = {}
    for gap in gaps:
        groups.setdefault((gap.kind, _key(gap.text)), []).append(gap)
    made = [GapGroup(members[0], len(members)) for members in groups.values()]
    return tuple(
        sorted(made, key=lambda one: ((*KINDS, *PROPOSED).index(one.example.kind), -one.count, one.example.text))
    )


def doubts_of(record: Record) -> list[Doubt]:
    """Return the values of a record that were inferred, each once, in the order of the record."""
    found = {item.value: item for item in record.evidence if item.confidence < _sure(item.value)}
    return [Doubt(record.row, _shown(record, item), item) for item in found.values()]


def refused_of(record: Record) -> list[Doubt]:
    """Return the ties that were not taken though they are not unlikely, the likeliest first."""
    return [
        Doubt(record.row, one.value, replace(one, value=_TIES))
        for one in sorted(record.doubtful, key=lambda one: (-one.confidence, one.value))
    ]


def _sure(value: str) -> float:
    """Return from which confidence on a value is no doubt: a tie's is its probability, and never 1."""
    return LIKELY if value.startswith(_TIES) else CERTAIN


def columns_of(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the local names of the columns that some row has, sorted."""
    return tuple(sorted({name for record in records for name in record.cells}))


def all_gaps(records: Iterable[Record]) -> list[Gap]:
    """Return the gaps of all records, in their order."""
    return [gap for record in records for gap in gaps_of(record)]


def _key(text: str) -> tuple[str, ...]:
    words = [token for token in tokenize(text) if token.kind != "mark"]
    return tuple(token.word.readings[0].lemma if token.kind == "word" else token.text for token in words)


def _shown(record: Record, evidence: Evidence) -> str:
    """Return the value that a JSON pointer of one or two steps leads to, as people read it."""
    name, *position = evidence.value.removeprefix("/").split("/")
    if name == "series":
        return record.series_name
    value = getattr(record, name)
    if evidence.value.startswith(_TIES):
        names = {one.id: one.name for one in record.institutions}
        return " – ".join(names.get(party, party) for party in value[int(position[0])])
    if position:
        # Municipalities are kept by name; evidence counts them.
        value = (list(value) if isinstance(value, dict) else value)[int(position[0])]
    return value if isinstance(value, str) else str(getattr(value, "name", "") or evidence.exact)
