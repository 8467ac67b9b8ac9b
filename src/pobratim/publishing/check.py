"""What would happen if this were published: findings of the description, of the store, and of single records."""

import re
from collections.abc import Iterator
from pathlib import Path

from pobratim.messages import Language
from pobratim.publishing.findings import Finding, ordered
from pobratim.publishing.folder.editions import read_former
from pobratim.publishing.people.gated import left_out
from pobratim.publishing.people.hidden import Hidden
from pobratim.publishing.people.shown import MASK
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import DEFAULT_BASE
from pobratim.rdf.terms import DCT
from pobratim.store.directory import GenerationStore
from pobratim.store.tombstones import this_day

_REPORT = "/graph/report/"
_NAMED: Language = "ru"
"""The language whose names of persons are told from other words."""
_ADDRESS = re.compile(r"[0-9@/]")
_PERIOD = f" {DCT.temporal} ".encode()


def findings_of(gated: GenerationStore, publication: Publication, folder: Path | None = None) -> list[Finding]:
    """Return all findings of what a store of what may go out would be published as, the gravest first.

    ``folder`` is where: a clock that stands before its last version is a fault. Raises UsageError for a folder that is
    not of this program's.
    """
    base = str(gated.manifest().get("base") or DEFAULT_BASE)
    found = [*left_out(gated), *persons_in(publication)]
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


def persons_in(publication: Publication) -> Iterator[Finding]:
    """Yield what in the texts of a publisher may be a person's name: units answer, and texts are not masked."""
    texts = {
        "title": publication.title.get(_NAMED, ""),
        "description": publication.description.get(_NAMED, ""),
        "keywords": ", ".join(publication.keywords.get(_NAMED, ())),
        "publisher.name": publication.publisher.name.get(_NAMED, ""),
        "contact.unit": publication.contact.name.get(_NAMED, ""),
    }
    hidden = Hidden("none")
    for key, text in texts.items():
        for run in re.finditer(f"{MASK}+", hidden.text(text)):
            name = text[slice(*run.span())]
            if not _ADDRESS.search(name):
                yield Finding("warning", f"{publication.file}, {key}.{_NAMED}", "person-told", (("name", name),))
