"""What would happen if this were published: findings of the description, of the store, and of single records."""

from pathlib import Path

from pobratim.publishing.findings import Finding, ordered
from pobratim.publishing.folder.editions import read_former
from pobratim.publishing.people.gated import left_out
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.terms import DCT
from pobratim.store.directory import GenerationStore
from pobratim.store.tombstones import this_day

_REPORT = "/graph/report/"
_PERIOD = f" {DCT.temporal} ".encode()


def findings_of(gated: GenerationStore, publication: Publication, folder: Path | None = None) -> list[Finding]:
    """Return all findings of what a store of what may go out would be published as, the gravest first.

    ``folder`` is where: a clock that stands before its last version is a fault. Raises UsageError for a folder that is
    not of this program's.
    """
    base = str(gated.manifest().get("base") or DEFAULT_BASE)
    found = left_out(gated)
    if base != publication.base:
        values = (("found", base), ("base", publication.base))
        found.append(Finding("error", f"{publication.file}, base", "base-other", values))
    reports = {graph: file for graph, file in gated.graph_files().items() if _REPORT in graph}
    if not reports:
        found.append(Finding("error", gated.name, "nothing-loaded"))
    for graph, file in reports.items():
        if not any(_PERIOD in line for line in file.lines()):
            found.append(Finding("warning", graph.replace(_REPORT, "/id/report/"), "period-missing"))
    last = read_former(folder).last if folder else None
    if last is not None and this_day("") < last.issued:
        values = (("day", this_day("")), ("last", last.issued))
        found.append(Finding("error", str(folder), "clock-back", values))
    return ordered(found)
