"""How surely two names that no rule joins may mean one organisation, and what speaks for it: for people to look at."""

from rapidfuzz import fuzz

from pobratim.names.initials import abbreviates
from pobratim.resolve.namings import Naming
from pobratim.resolve.vocabulary import Vocabulary

_NAME, _PLACE, _NUMBER, _KIND, _PERSON = 4.0, 2.0, 2.0, 1.0, 1.0
"""What each agreement weighs: the name most, as the rules that leave a question open have already compared the rest."""
_UNKNOWN = 0.5
"""What a place that only one name tells counts: neither for nor against."""
_LIKE = 0.8
"""Least likeness (0..1) of two names that is told as a reason."""


def likeness(left: Naming, right: Naming, vocabulary: Vocabulary) -> tuple[float, tuple[str, ...]]:
    """Return a score (0..1) and the codes of messages that say what the two share.

    The score is the mean of what both sides tell, by weight; it orders the list and joins nothing.
    """
    initials = _initials(left, right)
    # The second ratio forgives what one name leaves out, the first one does not.
    ratios = (fuzz.token_sort_ratio(left.short, right.short), fuzz.token_set_ratio(left.short, right.short))
    name = 1.0 if initials else sum(ratios) / len(ratios) / 100
    place = float(left.place == right.place) if left.place and right.place else _UNKNOWN
    kind = 1.0 if left.kind == right.kind else _UNKNOWN * vocabulary.related(left.kind, right.kind)
    parts = [(_NAME, name), (_PLACE, place), (_KIND, kind)]
    if left.number or right.number:
        parts.append((_NUMBER, float(left.number == right.number)))
    if left.honorific and right.honorific:
        parts.append((_PERSON, float(bool(left.honorific & right.honorific))))
    shared = {
        "shared-initials": initials,
        "shared-name": not initials and name >= _LIKE,
        "shared-number": bool(left.number) and left.number == right.number,
        "shared-person": bool(left.honorific & right.honorific),
        "shared-kind": bool(left.kind) and left.kind == right.kind,
        "shared-place": bool(left.place) and left.place == right.place,
        "shared-country": bool(left.country) and left.country == right.country and left.place != right.place,
    }
    score = sum(weight * value for weight, value in parts) / sum(weight for weight, _ in parts)
    return round(score, 3), tuple(code for code, holds in shared.items() if holds)


def _initials(left: Naming, right: Naming) -> bool:
    a, b = left.features, right.features
    return bool(a.acronym and abbreviates(a.acronym, b.core)) or bool(b.acronym and abbreviates(b.acronym, a.core))
