"""The quality of the reports of a load: what each is held against, its measurements, its warnings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from pobratim.fence import Fault, attempt
from pobratim.ground.sorted_lines import Leaving
from pobratim.lexicon.edition import program
from pobratim.load.loaded import Loaded
from pobratim.load.workshop import Workshop
from pobratim.quality.form import before, changes
from pobratim.quality.identity import Question, by_report
from pobratim.quality.measures import Before, Quality, all_gaps, columns_of, coverage, doubts_of, group_gaps, refused_of
from pobratim.quality.rdf import GRAPH, quality_graph
from pobratim.rdf.inputs import digest_of
from pobratim.rdf.iris import graph_iri
from pobratim.record import Record
from pobratim.store.graph_files import GraphFile

_OWN_SECTION = "layout-unknown-column"
"""Told on the page as a list of its own."""


def note_changes(
    read: Mapping[str, Loaded], known: Mapping[str, Loaded], records: Callable[[str], Sequence[Record]]
) -> dict[str, Before]:
    """Hold each report read against what the store held; its warnings go to its file, what it was held against back.

    ``records`` gives those of a report of the store.
    """
    earlier = {slug: item.entity for slug, item in known.items()}
    found: dict[str, Before] = {}
    for slug, item in read.items():
        if (like := before(item.entity, earlier, records)) is not None:
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


def measured(
    reports: Mapping[str, Loaded], asked: Sequence[Question], base: str, staying: Mapping[str, str]
) -> dict[str, str]:
    """Return by slug a name for all that the quality of a report depends on.

    ``staying`` are the names that some reports had which did not change themselves.
    """
    counts = by_report(asked)
    told = {slug: name.partition(" ")[0] for slug, name in staying.items()}
    return {
        slug: f"{told.get(slug) or digest_of([program(), base, *_told(item)])} {counts[slug]}"
        for slug, item in reports.items()
    }


def _told(item: Loaded) -> Iterator[object]:
    """Yield what is known of a report's quality without its records, which follow of its bytes."""
    file = item.file
    yield from (item.entity, item.home, file.rows, sorted(file.left_out), file.withdrawn)
    yield from (file.unknown_columns, [one.row for one in item.records])


def measured_anew(
    workshop: Workshop, qualities: Mapping[str, Quality], former: GraphFile | None, leaving: Iterable[str]
) -> GraphFile:
    """Return the graph of measurements: those of some reports are made, ``leaving`` are the others that go away."""
    begin = f"<{workshop.base}/id/measurement/"
    gone = sorted(f"{begin}{slug}/".encode() for slug in {*qualities, *leaving})
    lines = quality_graph(qualities.values(), workshop.base).lines()
    return workshop.rewritten(graph_iri(workshop.base, GRAPH), former, Leaving(gone, within=begin.encode()), lines)


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
        refused=tuple(doubt for record in records for doubt in refused_of(record)),
        columns=columns_of(records),
        unknown_columns=tuple(file.unknown_columns),
        undecided=undecided,
        before=held,
        warnings=tuple(problem for problem in file.problems if problem.code != _OWN_SECTION),
    )
