"""Which mentions of agreements mean one agreement."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations
from types import MappingProxyType
from typing import Any

from pobratim.entities import AgreementEntity, Undecided
from pobratim.ground.decision_table import DecisionTable, Rule
from pobratim.record import Agreement
from pobratim.resolve.amending import amended_agreement
from pobratim.resolve.keys import joined
from pobratim.resolve.ledger import Verdicts
from pobratim.text.transliterate import slug

Party = tuple[str, str]
_STATUS_ORDER = ("ended", "signed", "in-force", "planned")
"""What overrides what: who knows that an agreement has ended knows more than who has it in force."""
_TERM_ORDER = ("open-ended", "renewing", "fixed", "not-stated")
"""What tells most of a term, first."""


_NONE = Verdicts()


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """The ``index``-th agreement of a record, with its parties' keys and the record's activity ("" in a register)."""

    report: str
    row: int
    index: int
    agreement: Agreement
    parties: frozenset[Party]
    activity: str


@dataclass(slots=True)
class Agreements:
    """A key for every mention (report, row, index), the entities, and open questions.

    ``known`` are all keys that a decision may name, ``plain`` those of all mentions before anything is decided.
    """

    keys: dict[tuple[str, int, int], str]
    entities: list[AgreementEntity]
    undecided: list[Undecided]
    known: frozenset[str] = frozenset()
    plain: dict[tuple[str, int, int], str] = field(default_factory=dict)


def resolve_agreements(
    mentions: Iterable[AgreementMention],
    decided: Verdicts = _NONE,
    before: Mapping[tuple[str, int, int], str] = MappingProxyType({}),
) -> Agreements:
    """Put mentions together that have the same parties and date, or, undated, the same parties and kind.

    What people ``decided`` to be one document has the parties and the date of the one whose key stays, or of the one
    that they chose. ``before`` are the keys that mentions had when nothing was decided; decisions may name them.
    """
    documents = _by_key(mentions)
    named = {before[_id(one)]: key for key in documents for one in documents[key] if _id(one) in before}
    named |= {key: key for key in documents}
    known = frozenset(named)
    sides = {key: documents[named[key]] for key in sorted(decided.sides) if key in named}
    plain = {_id(one): key for key, group in documents.items() for one in group}
    for old, stays in sorted(decided.aliases(named).items()):
        taken = [documents.pop(named[key], []) for key in (stays, old)]
        documents[stays] = [one for group in taken for one in group]
        named |= {key: stays for key, at in named.items() if at in (named[stays], named[old])}
    keys = {_id(one): key for key, group in documents.items() for one in group}
    former: dict[str, list[str]] = defaultdict(list)
    for key, stays in sorted(named.items()):
        former[stays].append(key)
    found = [_whole(key, documents[key], sides.get(decided.side(former[key]))) for key in sorted(documents)]
    # What people set right makes no new questions: documents are compared as the reports tell them.
    amended = [amended_agreement(one, decided.of(one.key, *former[one.key])) for one in found]
    return Agreements(keys, amended, _questions(found, documents, decided), known, plain)


def _whole(key: str, group: list[AgreementMention], side: list[AgreementMention] | None) -> AgreementEntity:
    return replace(_entity(side or group), key=key)


def _by_key(mentions: Iterable[AgreementMention]) -> dict[str, list[AgreementMention]]:
    """Return the mentions of each document by the key that it has before anything is decided."""
    groups: dict[tuple[object, ...], list[AgreementMention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda one: (one.report, one.row, one.index)):
        groups[_identity(mention)].append(mention)
    documents: dict[str, list[AgreementMention]] = defaultdict(list)
    for group in (part for alike in groups.values() for part in _documents(alike)):
        documents[_entity(group).key].extend(group)
    return documents


def _questions(
    found: list[AgreementEntity], documents: Mapping[str, list[AgreementMention]], decided: Verdicts
) -> list[Undecided]:
    """Return which documents may be one: nobody has decided, and no row names both, which knows that they are two."""
    rows = {key: {(one.report, one.row) for one in group} for key, group in documents.items()}
    return [
        one
        for one in _perhaps_same(found)
        if not decided.apart(one.left, one.right) and not rows[one.left] & rows[one.right]
    ]


def _id(one: AgreementMention) -> tuple[str, int, int]:
    return (one.report, one.row, one.index)


def _identity(mention: AgreementMention) -> tuple[object, ...]:
    one = mention.agreement
    if not mention.parties:
        # Nobody is named: only the event tells which agreement is meant.
        return (mention.activity, one.kind, one.status, one.date)
    if one.date:
        return (mention.parties, one.date)
    return (mention.parties, "", one.kind, one.status == "planned")


def _documents(group: list[AgreementMention]) -> list[list[AgreementMention]]:
    """Split a group by kind where one row names several: then they are several documents of one day."""
    rows = [(one.report, one.row) for one in group]
    if len(rows) == len(set(rows)):
        return [group]
    by_kind: dict[str, list[AgreementMention]] = defaultdict(list)
    for one in group:
        by_kind[one.agreement.kind].append(one)
    return list(by_kind.values())


def _entity(group: list[AgreementMention]) -> AgreementEntity:
    first = group[0].agreement
    status = min((one.agreement.status for one in group), key=_rank)
    parties = tuple(sorted(group[0].parties, key=lambda party: (party[1], party[0])))
    named = [key for _, key in parties] or [group[0].activity]
    stage = status if status == "planned" and not first.date else ""
    key = joined(slug(first.date) or "undated", slug(first.kind), stage, *named)
    signed = sorted(one.activity for one in group if one.agreement.status == "signed" and one.activity)
    return AgreementEntity(
        key,
        first.kind,
        status,
        first.date,
        parties,
        signed[0] if signed else "",
        **_details(one.agreement for one in group),
    )


def _details(agreements: Iterable[Agreement]) -> dict[str, Any]:
    """Return what mentions of one agreement tell together: the first that tells a thing has the word, of ends the last.

    An end that is reckoned counts only where none is told and nobody knows of a prolongation.
    """
    told = list(agreements)
    found: dict[str, Any] = {
        name: next((value for one in told if (value := getattr(one, name))), "")
        for name in ("number", "subject", "duration", "planned")
    }
    prolonged = any(one.prolonged for one in told)
    end = max((one.end for one in told), default="")
    expires = "" if end or prolonged else max((one.expires for one in told), default="")
    term = min((one.term for one in told), key=_TERM_ORDER.index)
    return {**found, "prolonged": prolonged, "end": end, "expires": expires, "term": term}


def _rank(status: str) -> tuple[int, str]:
    return (_STATUS_ORDER.index(status) if status in _STATUS_ORDER else len(_STATUS_ORDER), status)


def _perhaps_same(entities: list[AgreementEntity]) -> Iterable[Undecided]:
    by_parties: dict[tuple[Party, ...], list[AgreementEntity]] = defaultdict(list)
    for entity in entities:
        if entity.parties:
            by_parties[entity.parties].append(entity)
    for alike in by_parties.values():
        for left, right in combinations(alike, 2):
            reason = DATES.decide(left.date, right.date)
            if reason.verdict:
                shared = ("shared-parties",)
                yield Undecided("agreement", left.key, right.key, 0.5, "undecided-agreement", shared, reason.reason)


def _no_date(left: str, right: str) -> bool:
    """«Соглашение с г. Витебском» beside one of «27 января 2023 года»."""
    return not left or not right


def _vague_date(left: str, right: str) -> bool:
    """«2023» beside «2023-01-27»."""
    return left.startswith(right) or right.startswith(left)


DATES: DecisionTable[[str, str], bool] = DecisionTable(
    Rule(_no_date, True, "why-no-date"),
    Rule(_vague_date, True, "why-vague-date"),
    otherwise=False,
    reason="why-other-dates",
)
"""Whether two dates (EDTF) of agreements of the same parties may be one."""
