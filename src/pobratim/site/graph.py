"""The page about a named graph: what it is for, what it holds, where its triples are."""

from pobratim.rdf.iris import graph_iri
from pobratim.site.asking import Asker, iri_term
from pobratim.site.entity import Item, Subject, outside, rdf_forms
from pobratim.site.labels import naming
from pobratim.site.page import Page, Visit
from pobratim.site.statistics import count
from pobratim.site.words import words

_BESIDE = {"report": "evidence", "evidence": "report"}
"""Of each report there are two graphs: what it tells, and its phrases."""


async def graph_at(asker: Asker, visit: Visit, path: str) -> Page | None:
    """Return the page at ``/graph/PATH``, None where the data have no such graph. Raises as the asker does."""
    iri = visit.addresses.iri(f"graph/{path}")
    if iri is None or not await asker.rows("graph-known", iri=iri_term(iri)):
        return None
    return await graph_page(asker, Subject(iri, f"{visit.addresses.root}/graph/{path}"), visit)


async def graph_page(asker: Asker, subject: Subject, visit: Visit) -> Page:
    """Return the page about a graph that the data have. Raises as the asker does."""
    names = await naming(asker, visit.lang)
    rows = await asker.rows("graph-classes", iri=iri_term(subject.iri))
    statistics = await asker.once(count)
    classes = []
    for row in rows:
        iri = row["class"].value
        link = visit.addresses.page(iri)
        item = Item(names.property(iri), link) if link else outside(iri, names)
        classes.append((item, int(row["count"].value)))
    name = subject.iri.removeprefix(f"{asker.data.base}/graph/")
    kind, _, slug = name.partition("/")
    beside = _BESIDE.get(kind, "") if slug else ""
    page = visit.addresses.page
    values = {
        "subject": subject,
        "name": name,
        "about": words()["graphs"][kind][visit.lang] if kind in words()["graphs"] else "",
        "report": page(f"{asker.data.base}/id/report/{slug}") if beside else "",
        "beside": page(graph_iri(asker.data.base, f"{beside}/{slug}")) if beside else "",
        "beside_is": f"graph-{beside}" if beside else "",
        "triples": statistics.graphs.get(subject.iri, 0),
        "classes": classes,
    }
    return Page("graph.html", values, forms=rdf_forms(subject.page))
