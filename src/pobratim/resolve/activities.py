"""Which accounts tell of one event.

Two accounts are compared only if their dates overlap, they share a place (or neither has one) and a kind.
They tell of one event if they share enough of their distinctive words, a name among them (a quoted one, a
person's), or an edition number and a name. Words that any report uses («участие», «международный»), place
names and event kinds never count.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from pobratim.entities import ActivityEntity, Undecided
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.ground.shared import shared
from pobratim.lexicon.words import WORDS
from pobratim.names.normalisation import folded, lemmas
from pobratim.names.similarity import SHARED_LETTERS, akin
from pobratim.record import Record
from pobratim.resolve.amending import amended_activity
from pobratim.resolve.clusters import Clusters, blocks
from pobratim.resolve.edtf import first_day, last_day
from pobratim.resolve.ledger import Verdicts

SAME_EVENT = 0.5
"""Least share of the shorter title's distinctive words that one event's accounts share."""
MAYBE_SAME = 0.4
"""Least part at which a person should compare the two."""
EQUAL_TITLES = 0.92
"""Least ratio of two titles of one reporter that repeat each other."""

_QUOTED = re.compile(r"[«\"„“]([^«»\"„“”]+)[»\"”“]")
"""What a title quotes, each stretch within which there is none: an event's title is no name, and quotes several."""
_CAPITALISED = re.compile(r"(?<![а-яё)»][.!?]\s)(?<!^)\b[А-ЯЁA-Z][а-яёa-z]{2,}")
# Words that reports of any event use; stages of a contest tell two events apart instead.
_COMMON = WORDS.of("common-in-titles")
_STAGES = WORDS.of("stage", "stage-of-event")
_COMMON_OR_STAGES = _COMMON | _STAGES


@dataclass(frozen=True, eq=False)
class Telling:
    """One record with its keys; ``place_words`` are the lemmas of the place names that it knows."""

    record: Record
    own_key: str
    reporter: str
    places: frozenset[str]
    place_words: tuple[str, ...]

    @property
    def order(self) -> tuple[str, int]:
        """Return report and row."""
        return (self.record.report, self.record.row)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return the distinctive lemmas of the title."""
        return shared(
            frozenset(
                lemma
                for lemma in lemmas(self.record.title)
                if len(lemma) > 2
                and lemma not in _COMMON_OR_STAGES
                and not any(akin(lemma, known) for known in self.place_words)
            )
        )

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Return the lemmas that stand in quotation marks or with a capital inside the title, places' too.

        Gagarin is a town, and the person after whom readings held there are named.
        """
        title = self.record.title
        marked = [*_QUOTED.findall(title), *_CAPITALISED.findall(title)]
        return shared(frozenset(lemma for text in marked for lemma in lemmas(text)) - _COMMON_OR_STAGES)

    @property
    def names(self) -> frozenset[str]:
        """Return those of them that no place explains."""
        return self.capitals & self.words

    @cached_property
    def stages(self) -> frozenset[str]:
        """Return the stages of a contest that the title names."""
        return shared(frozenset(lemmas(self.record.title)) & _STAGES)

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """Return first and last day, None where no date is given."""
        start, end = first_day(self.record.start), last_day(self.record.end or self.record.start)
        return (start, end) if start and end and start <= end else None


def same_event(left: Telling, right: Telling) -> float:
    """Return 0..1: how surely two accounts tell of one event; at least SAME_EVENT means they do."""
    a, b = left.record, right.record
    if left.span is None or right.span is None or not _overlap(left.span, right.span):
        return 0.0
    if not set(a.kind) & set(b.kind) or left.stages != right.stages:
        return 0.0
    if a.edition and b.edition and a.edition != b.edition:
        return 0.0
    if left.reporter == right.reporter and not _repeats(left, right):
        return 0.0
    if a.edition and a.edition == b.edition and _any_akin(left.capitals, right.capitals):
        return 1.0
    shared = {word for word in left.words if any(akin(word, other) for other in right.words)}
    if not shared:
        return 0.0
    named = _share_a_name(left, right)
    overlap = len(shared) / max(1, min(len(left.words), len(right.words)))
    return overlap if named else min(overlap, SAME_EVENT - 0.01)


def _told_by_one(_left: Telling, _right: Telling, score: float) -> bool:
    """Enough is alike, but one reporter tells of them in two rows, or a third account keeps them apart."""
    return score >= SAME_EVENT


def _no_name_shared(left: Telling, right: Telling, _score: float) -> bool:
    """«Турнир по хоккею», «турнир по хоккею с шайбой»: no quotation, person or festival is named by both."""
    return not _share_a_name(left, right)


WHY_TWO: DecisionTable[[Telling, Telling, float], str] = DecisionTable(
    Rule(_told_by_one, "why-told-by-one"),
    Rule(_no_name_shared, "why-no-name-shared"),
    otherwise="why-few-words-shared",
)
"""What keeps two accounts that are alike by ``same_event`` from being joined: a code of a message."""


def _share_a_name(left: Telling, right: Telling) -> bool:
    return _any_akin(left.names, right.names)


def _any_akin(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(akin(one, other) for one in left for other in right)


def _overlap(left: tuple[date, date], right: tuple[date, date]) -> bool:
    return left[0] <= right[1] and right[0] <= left[1]


def _repeats(left: Telling, right: Telling) -> bool:
    """Tell whether two rows of one reporter repeat each other: same dates, nearly the same title."""
    a, b = left.record, right.record
    return (a.start, a.end) == (b.start, b.end) and (fuzz.ratio(folded(a.title), folded(b.title)) / 100 >= EQUAL_TITLES)


def cluster(tellings: Iterable[Telling], decided: Verdicts) -> tuple[list[list[Telling]], list[Undecided]]:
    """Return the accounts by event, each by report and row, and what a person should compare."""
    ordered = sorted(tellings, key=lambda telling: telling.order)

    def allowed(left: Telling, right: Telling) -> bool:
        if frozenset((left.own_key, right.own_key)) in decided.different:
            return False
        return left.own_key == right.own_key or left.reporter != right.reporter or _repeats(left, right)

    clusters = Clusters(ordered, allowed)
    _join_known(clusters, ordered, decided)
    stays = {decided.key(keys, {telling.own_key for telling in ordered}) for keys in decided.same}
    undecided: list[Undecided] = []
    firsts = {telling.own_key: telling for telling in reversed(ordered)}
    for score, left, right in _scored(sorted(firsts.values(), key=lambda telling: telling.order)):
        if score >= SAME_EVENT and clusters.join(left, right):
            continue
        refused = frozenset((left.own_key, right.own_key)) in decided.different
        if clusters.root(left) is not clusters.root(right) and not refused:
            undecided.append(_question(left, right, score))
    # The key of the first account is the event's.
    groups = [sorted(group, key=lambda one: (one.own_key not in stays, one.order)) for group in clusters.sets()]
    return sorted(groups, key=lambda group: group[0].order), undecided


def _join_known(clusters: Clusters[Telling], ordered: list[Telling], decided: Verdicts) -> None:
    """Join what people decided to be one event, and accounts of one key, for they would be one thing in the end."""
    for keys in sorted(decided.same, key=sorted):
        for left, right in pairwise(telling for telling in ordered if telling.own_key in keys):
            clusters.join(left, right, force=True)
    for twins in blocks(ordered, lambda telling: [telling.own_key]).values():
        for left, right in pairwise(twins):
            clusters.join(left, right, force=True)


def _question(left: Telling, right: Telling, score: float) -> Undecided:
    """Return the question whether two accounts tell of one event."""
    a, b = sorted((left.own_key, right.own_key))
    place = ("shared-place",) if left.places & right.places else ()
    shared = ("shared-dates", "shared-kind", *place)
    why = WHY_TWO.verdict(left, right, score)
    return Undecided("activity", a, b, round(score, 3), "undecided-event", shared, why)


def _scored(tellings: list[Telling]) -> list[tuple[float, Telling, Telling]]:
    pairs = {pair for near in blocks(tellings, moments).values() for pair in combinations(near, 2)}
    scored = [(same_event(left, right), left, right) for left, right in pairs]
    kept = [entry for entry in scored if entry[0] >= MAYBE_SAME]
    return sorted(kept, key=lambda entry: (-entry[0], entry[1].order, entry[2].order))


def moments(telling: Telling) -> frozenset[tuple[str, int, str]]:
    """Return where, in which years and with which words accounts of the same event are looked for."""
    if telling.span is None:
        return frozenset()
    years = range(telling.span[0].year, telling.span[1].year + 1)
    # Words that are akin begin alike, so that no pair worth comparing is lost.
    words = {word[:SHARED_LETTERS] for word in telling.words | telling.capitals}
    return frozenset((place, year, word) for place in telling.places or {""} for year in years for word in words)


def activity_entity(group: list[Telling], decided: Verdicts) -> ActivityEntity:
    """Return the event of which a group of accounts tells, with what people set right.

    Where they chose one of those that they made one, its accounts tell name and facts.
    """
    first = group[0]
    # The key that stays comes first; what is said of an account's own key holds as well.
    own = list(dict.fromkeys(telling.own_key for telling in group))
    chosen = [telling for telling in group if telling.own_key == decided.side(own)] or group
    start, end = widest(chosen)

    def said(values: Iterable[str]) -> str:
        return next((value for value in values if value), "")

    found = ActivityEntity(
        key=first.own_key,
        title=chosen[0].record.title,
        kind=next(iter(chosen[0].record.kind), ""),
        start=start,
        end=end,
        mode=said(telling.record.mode for telling in chosen),
        edition=said(telling.record.edition for telling in chosen),
        canonical=f"{first.record.report}/{first.record.row}",
        accounts=tuple(f"{telling.record.report}/{telling.record.row}" for telling in group),
    )
    return amended_activity(found, decided.of(*own))


def widest(group: list[Telling]) -> tuple[str, str]:
    """Return start and end (EDTF) of the account whose dates hold most days, the first of several alike."""
    dated = [telling for telling in group if telling.span is not None]
    if not dated:
        return group[0].record.start, group[0].record.end

    def length(telling: Telling) -> int:
        start, end = telling.span or (date.min, date.min)
        return (end - start).days

    longest = max(map(length, dated))
    record = next(telling for telling in dated if length(telling) == longest).record
    return record.start, record.end
