"""Ties of two periods: new, going on, back, quiet, and what cannot be judged for lack of a report or of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from pobratim.compare.comparison import Comparison, Line, TableOf, lines, listed
from pobratim.compare.coverage import Coverage, Span
from pobratim.compare.periods import Period, is_exact
from pobratim.content import content_root
from pobratim.lexicon.skos import read_concepts
from pobratim.messages import Language, text
from pobratim.query.text_rows import Value

Level = Literal["institution", "municipality", "region", "country", "topic"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The levels of ties, and the topics of what towns and districts do together."""
COLUMNS = ("state", "first", "second", "topic", "count_a", "count_b", "tie")
State = Literal["continuing", "new", "first-known", "between", "back", "quiet", "no-report", "vague"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(slots=True)
class Seen:
    """How often a tie was seen; ``maybe`` counts what is told too vaguely to say whether it was there or not."""

    in_a: int = 0
    in_b: int = 0
    earlier: int = 0
    between: int = 0
    maybe_a: int = 0
    maybe_b: int = 0
    maybe_between: int = 0
    tellers: set[str] = field(default_factory=set)

    def count(self, start: date, end: date, edtf: str, a: Period, b: Period) -> None:
        """Count one event or agreement."""
        exact = is_exact(edtf)
        if a.overlaps(start, end):
            sure = exact or a.holds(start, end)
            self.in_a, self.maybe_a = self.in_a + sure, self.maybe_a + (not sure)
        if b.overlaps(start, end):
            sure = exact or b.holds(start, end)
            self.in_b, self.maybe_b = self.in_b + sure, self.maybe_b + (not sure)
        if start < a.first:
            self.earlier += exact or end < a.first
        elif a.last < start < b.first:
            sure = exact or end < b.first
            self.between, self.maybe_between = self.between + sure, self.maybe_between + (not sure)

    @property
    def is_shown(self) -> bool:
        """Tell whether anything was, or may have been, in one of the periods."""
        return bool(self.in_a or self.in_b or self.maybe_a or self.maybe_b)

    def state(self, spans: Sequence[Span], b: Period) -> State:
        """Return what became of the tie; ``spans`` are the reports of those who would tell of it."""
        if self.in_b:
            return self._of_present(any(span.sure < b.first for span in spans))
        if self.maybe_b or not self.in_a:
            return "vague"
        return "quiet" if any(b.overlaps(span.first, span.last) for span in spans) else "no-report"

    def _of_present(self, is_told_earlier: bool) -> State:
        if self.in_a:
            return "continuing"
        if self.maybe_a:
            return "vague"
        if self.earlier or self.between:
            return "back" if self.earlier else "between"
        if self.maybe_between:
            return "vague"
        return "new" if is_told_earlier else "first-known"


def compared(table_of: TableOf, level: Level, a: Period, b: Period, lang: Language) -> Comparison:
    """Return the ties of a level, each with its state and how many events and agreements there were in each period.

    Only what the tables hold counts, never the day of asking.
    """
    on = "municipality" if level == "topic" else level
    ties = {str(one["id"]): one for one in lines(table_of("ties")) if one["level"] == on}
    coverage = Coverage(lines(table_of("reports")), lines(table_of("places")))
    found: dict[tuple[str, str], Seen] = {}
    for ground in lines(table_of("grounds")):
        if str(ground["tie"]) in ties:
            _count(ground, level == "topic", found, coverage, (a, b))
    told = [(seen.state(coverage.spans(seen.tellers), b), key, seen) for key, seen in found.items() if seen.is_shown]
    words = _topics(lang) if level == "topic" else {}
    told.sort(key=lambda one: (STATES.index(one[0]), *_names(ties[one[1][0]]), words.get(one[1][1], ""), *one[1]))
    return Comparison(COLUMNS, [_row(state, key, seen, ties, (words, lang)) for state, key, seen in told])


def _count(
    ground: Line, by_topic: bool, found: dict[tuple[str, str], Seen], coverage: Coverage, periods: tuple[Period, Period]
) -> None:
    tellers = coverage.tellers(listed(ground["reporters"]), listed(ground["reports"]))
    for topic in listed(ground["topics"]) if by_topic else [""]:
        seen = found.setdefault((str(ground["tie"]), topic), Seen())
        seen.tellers |= tellers
        if isinstance(ground["start"], date) and isinstance(ground["end"], date):
            seen.count(ground["start"], ground["end"], str(ground["date"]), *periods)


def _row(
    state: State, key: tuple[str, str], seen: Seen, ties: Mapping[str, Line], words: tuple[Mapping[str, str], Language]
) -> Sequence[Value]:
    tie, topic = ties[key[0]], words[0].get(key[1], key[1])
    return text(f"compare-{state}", words[1]), *_names(tie), topic or None, seen.in_a, seen.in_b, key[0]


def _names(tie: Line) -> tuple[str, str]:
    return str(tie["a_name"] or tie["a"]), str(tie["b_name"] or tie["b"])


def _topics(lang: Language) -> dict[str, str]:
    concepts = read_concepts(content_root() / "ontology" / "topics.ttl")
    return {one.local: one.english if lang == "en" else one.label for one in concepts}
