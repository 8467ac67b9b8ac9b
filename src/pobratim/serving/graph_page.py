"""The page about a named graph: what it is for, what it holds, where its triples are."""

from pobratim.serving.entity_page import Item, Subject, outside, rdf_forms
from pobratim.serving.http.pages import Page, Visit, words
from pobratim.serving.naming import naming
from pobratim.serving.page_queries import ask, iri_term
from pobratim.serving.statistics import STATISTICS
from pobratim.serving.workers.engine import Engine


async def graph_page(engine: Engine, subject: Subject, visit: Visit, client: str) -> Page:
    """Return the page about a graph that the data have. Raises RefusedError as its queries do."""
    names = await naming(engine, visit.lang)
    rows = await ask(engine, "graph-classes", client, iri=iri_term(subject.iri))
    statistics = await STATISTICS.get(engine)
    classes = []
    for row in rows:
        iri = row["class"].value
        link = visit.addresses.page(iri)
        item = Item(names.property(iri), link) if link else outside(iri, names)
        classes.append((item, int(row["count"].value)))
    name = subject.iri.removeprefix(f"{engine.served.base}/graph/")
    values = {
        "subject": subject,
        "name": name,
        "about": words()["graphs"][name.partition("/")[0] if name.startswith("report/") else name][visit.lang]
        if name.partition("/")[0] in words()["graphs"]
        else "",
        "report": visit.addresses.page(f"{engine.served.base}/id/{name}") if name.startswith("report/") else "",
        "triples": statistics.graphs.get(subject.iri, 0),
        "classes": classes,
    }
    return Page("graph.html", values, forms=rdf_forms(subject.page))
