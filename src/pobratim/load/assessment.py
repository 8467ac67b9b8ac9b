"""The quality of the reports of a load: what each is held against, its measurements, its warnings."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from pobratim.fence import Fault, attempt
from pobratim.lexicon.edition import program
from pobratim.load.loaded import Loaded
from pobratim.quality.form import before, changes
from pobratim.quality.identity import Question, by_report
from pobratim.quality.measures import Before, Quality, all_gaps, columns_of, coverage, doubts_of, group_gaps
from pobratim.quality.rdf import quality_graph
from pobratim.rdf.inputs import digest_of
from pobratim.store.graph_files import GraphFile

_OWN_SECTION = "layout-unknown-column"
"""Told on the page as a list of its own."""


def note_changes(read: Mapping[str, Loaded], known: Mapping[str, Loaded]) -> dict[str, Before]:
    """Hold each report read against what the store held; its warnings go to its file, what it was held against back."""
    earlier = {slug: (item.entity, item.records) for slug, item in known.items()}
    found: dict[str, Before] = {}
    for slug, item in read.items():
        if (like := before(item.entity, earlier)) is not None:
            found[slug] = like
            item.file.problems += changes(item.entity, item.records, like)
    return found


def assess(
    reports: Mapping[str, Loaded], questions: Sequence[Question] = (), held: Mapping[str, Before] | None = None
) -> dict[str, Quality]:
    """Return the quality of each report by slug, and note it with the report's file.

    ``questions`` are those of identity that are counted.
    """
    asked = by_report(questions)
    for slug, item in reports.items():
        made = attempt(lambda item=item, slug=slug: _quality(item, asked[slug], (held or {}).get(slug)))  # type: ignore[misc]
        if isinstance(made, Fault):
            item.file.problems.append(made.problem("quality-fault", item.file.file, severity="warning"))
        item.file.quality = None if isinstance(made, Fault) else made
    return {slug: item.file.quality for slug, item in sorted(reports.items()) if item.file.quality}


def measured(reports: Mapping[str, Loaded], asked: Sequence[Question], base: str) -> dict[str, str]:
    """Return a digest of all that the quality of each report depends on, by slug."""
    counts = by_report(asked)
    return {slug: digest_of([program(), base, *_told(item), counts[slug]]) for slug, item in reports.items()}


def _told(item: Loaded) -> Iterator[object]:
    """Yield what is known of a report's quality without its records, which follow of its bytes."""
    file = item.file
    yield from (item.entity, item.home, file.rows, sorted(file.left_out), file.withdrawn)
    yield from (file.unknown_columns, [one.row for one in item.records])


def quality_lines(
    qualities: Mapping[str, Quality], former: GraphFile | None, stays: Collection[str], base: str
) -> list[str]:
    """Return the sorted lines of the graph of measurements: of some reports made, of those that stay as they were."""
    begin = f"<{base}/id/measurement/"
    lines = (line.decode() for line in (former.lines() if former else ()))
    kept = (line for line in lines if line.removeprefix(begin).partition("/")[0] in stays)
    return sorted({*quality_graph(qualities.values(), base).lines(), *kept})


def _quality(item: Loaded, undecided: int, held: Before | None) -> Quality:
    file, records = item.file, item.records
    return Quality(
        report=item.entity.slug,
        file=item.entity.file,
        title=item.entity.title,
        rows=file.rows - len(file.withdrawn),
        stored=len(records),
        left_out=file.left_out,
        coverage=coverage(records, file.expected),
        gaps=group_gaps(all_gaps(records)),
        doubts=tuple(doubt for record in records for doubt in doubts_of(record)),
        columns=columns_of(records),
        unknown_columns=tuple(file.unknown_columns),
        undecided=undecided,
        before=held,
        warnings=tuple(problem for problem in file.problems if problem.code != _OWN_SECTION),
    )
