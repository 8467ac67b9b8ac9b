"""What would happen if this were published: findings of the description, of the store, and of single records."""

from pobratim.publishing.findings import Finding, ordered
from pobratim.publishing.people.gated import left_out
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.terms import DCT
from pobratim.store.directory import GenerationStore

_REPORT = "/graph/report/"
_PERIOD = f" {DCT.temporal} ".encode()


def findings_of(gated: GenerationStore, publication: Publication) -> list[Finding]:
    """Return all findings of what a store of what may go out would be published as, the gravest first."""
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
    return ordered(found)
