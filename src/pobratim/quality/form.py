"""Has the form of a report changed? It is held against its own former load, else against its publisher's others."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import sqrt

from pobratim.entities import ReportEntity
from pobratim.problems import Problem
from pobratim.quality.measures import Before, Share, columns_of, coverage
from pobratim.record import Record

FALL = 0.25
"""A field that so much smaller a share of the rows has than before has fallen: a quarter of all rows."""

SURE = 2.58
"""…if the fall is also so many standard errors wide, so that few rows raise no alarm: 99 % of the normal curve."""


def before(
    entity: ReportEntity, earlier: Mapping[str, ReportEntity], records: Callable[[str], Sequence[Record]]
) -> Before | None:
    """Return what a report is to be held against, None where the store has nothing like it.

    ``earlier`` is what the store held before the load, by slug; ``records`` gives those of one of them. Reports are
    one publisher's where they were read with one source, or, without sources, where they are of one region.
    """
    own = entity.slug in earlier
    alike = [slug for slug in earlier if _publisher(earlier[slug]) == _publisher(entity) != ("", "")]
    filled, columns, covered = list[str](), Counter[str](), dict[str, Share]()
    for slug in [entity.slug] if own else sorted(alike):
        # A publisher may have sent hundreds of reports: the rows of one are at hand at a time.
        if found := records(slug):
            filled.append(slug)
            columns.update(columns_of(found))
            covered = {name: share.with_more(covered.get(name)) for name, share in coverage(found).items()}
    return Before(tuple(filled), covered, columns, own) if filled else None


def changes(entity: ReportEntity, records: Sequence[Record], known: Before) -> list[Problem]:
    """Return a warning for every column that most earlier reports had and this one lacks, and for every fall."""
    if not records:
        return []
    have = columns_of(records)
    missing = [name for name, count in sorted(known.columns.items()) if 2 * count > len(known.reports)]
    found = [
        _warning("column", entity.file, name, had=known.columns[name], reports=len(known.reports))
        for name in missing
        if name not in have
    ]
    for field, now in coverage(records).items():
        was = known.coverage[field]
        if fallen(was, now):
            values: dict[str, object] = {"had": was.have, "of": was.rows, "was": was.percent}
            values |= {"have": now.have, "rows": now.rows, "now": now.percent}
            found.append(_warning(field, entity.file, "", **values))
    return found


def fallen(was: Share, now: Share) -> bool:
    """Tell whether a share fell by more than FALL, and by more than SURE standard errors of the difference."""
    fall = was.value - now.value
    if fall <= FALL or not was.rows or not now.rows:
        return False
    pooled = (was.have + now.have) / (was.rows + now.rows)
    return fall > SURE * sqrt(pooled * (1 - pooled) * (1 / was.rows + 1 / now.rows))


def _publisher(entity: ReportEntity) -> tuple[str, str]:
    return (entity.source, "" if entity.source else entity.home_region)


def _warning(what: str, file: str, column: str = "", **values: object) -> Problem:
    filled = tuple((name, str(value)) for name, value in values.items())
    return Problem("warning", f"form-changed-{what}", file, column=column, values=filled)
