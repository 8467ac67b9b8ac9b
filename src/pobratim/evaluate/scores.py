"""Counts per field and the figures made of them."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

ROW_FIELDS = (
    "reporter",
    "title",
    "kind",
    "topics",
    "dates",
    "mode",
    "places",
    "countries",
    "institutions",
    "role",
    "agreements",
    "ties",
    "people",
    "series",
    "same_as",
)
"""The fields that the macro F1 averages; what else is printed is a part of one, or spans rows."""

FIELDS = (
    "reporter",
    "title",
    "kind",
    "topics",
    "start",
    "end",
    "dates",
    "mode",
    "places",
    "place-names",
    "countries",
    "institutions",
    "role",
    "institution-place",
    "institution-country",
    "people",
    "agreements",
    "agreement-kind",
    "ties",
    "series",
    "same_as",
    "series-pairs",
    "identity",
)
"""All fields, in the order in which they are printed."""


@dataclass(slots=True)
class Tally:
    """Right, wrongly given and missed answers of one field.

    Where a row has exactly one answer (``single``), a wrong one counts as wrong and missed at once, so that
    precision, recall and F1 all equal the accuracy.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    single: bool = False

    @property
    def precision(self) -> float | None:
        """Return right / given, None where nothing was given."""
        given = self.right + self.wrong
        return self.right / given if given else None

    @property
    def recall(self) -> float | None:
        """Return right / required, None where nothing was required."""
        required = self.right + self.missed
        return self.right / required if required else None

    @property
    def f1(self) -> float | None:
        """Return the harmonic mean of precision and recall, None where nothing was given or required."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None


@dataclass(frozen=True, slots=True)
class Miss:
    """One difference: ``kind`` is wrong (not in gold), missed (only in gold) or differs (one answer)."""

    report: str
    row: int
    field: str
    kind: str
    expected: str
    got: str


@dataclass(slots=True)
class Scores:
    """All tallies by field (see FIELDS), all misses, and the rows that one side lacks ("report#row").

    ``reports`` are those of the gold and of the records; ``renamed`` tells that the two are compared though their names
    differ, ``unmet`` the gold's reports of which the records have no row.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in FIELDS})
    misses: list[Miss] = field(default_factory=list)
    rows: int = 0
    missing_rows: list[str] = field(default_factory=list)
    extra_rows: list[str] = field(default_factory=list)
    reports: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    renamed: bool = False
    unmet: tuple[str, ...] = ()

    @property
    def strange(self) -> bool:
        """Tell whether no row of the gold is one of the records: none by report and number, or by title.

        Reports of two names are compared row by row; where not one title is the same, they are not one report.
        """
        title = self.tallies["title"]
        other = self.renamed and title.missed > 0 and not title.right
        return len(self.missing_rows) == self.rows or other

    @property
    def macro_f1(self) -> float:
        """Return the mean F1 of those ROW_FIELDS that were scored at all (0.0 if none was)."""
        values = [value for name in ROW_FIELDS if (value := self.tallies[name].f1) is not None]
        return sum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class Row:
    """Notes the answers of one row in the scores."""

    scores: Scores
    report: str
    number: int

    def single(self, field_name: str, right: bool, expected: object, got: object) -> None:
        """Note the one answer of a field."""
        tally = self.scores.tallies[field_name]
        tally.single = True
        if right:
            tally.right += 1
            return
        tally.wrong += 1
        tally.missed += 1
        self._miss(field_name, "differs", expected, got)

    def items(
        self,
        field_name: str,
        expected: Iterable[Hashable],
        got: Iterable[Hashable],
        accepted: Iterable[Hashable] = (),
        show: Callable[[Hashable], object] = str,
    ) -> None:
        """Note a set of answers; what is ``accepted`` only is neither required nor wrong."""
        wanted, given = set(expected), set(got)
        given -= set(accepted) - wanted
        self.counted(field_name, len(wanted & given))
        for item in sorted(wanted - given, key=str):
            self.missed(field_name, show(item))
        for item in sorted(given - wanted, key=str):
            self.wrong(field_name, show(item))

    def counted(self, field_name: str, right: int) -> None:
        """Note ``right`` right answers."""
        self.scores.tallies[field_name].right += right

    def missed(self, field_name: str, expected: object) -> None:
        """Note an answer of gold that the record lacks."""
        self.scores.tallies[field_name].missed += 1
        self._miss(field_name, "missed", expected, "")

    def wrong(self, field_name: str, got: object) -> None:
        """Note an answer of the record that gold does not have."""
        self.scores.tallies[field_name].wrong += 1
        self._miss(field_name, "wrong", "", got)

    def _miss(self, field_name: str, kind: str, expected: object, got: object) -> None:
        self.scores.misses.append(Miss(self.report, self.number, field_name, kind, str(expected), str(got)))
