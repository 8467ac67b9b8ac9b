"""What the data hold, counted once a generation by the same questions that anyone can ask the endpoint."""

from dataclasses import dataclass

from pobratim.rdf.iris import VOCABULARY
from pobratim.site.asking import Asker, iri_term, text_term

LINKED_SETS = {
    "wikidata": ("http://www.wikidata.org/entity/", "http://www.wikidata.org/"),
    "geonames": ("https://sws.geonames.org/", "https://www.geonames.org/"),
}
"""Data sets that ours link to: how their IRIs begin, and the IRI of the set's own page."""
_EXAMPLES = ("Municipality", "Activity", "Agreement", "Tie", "Report")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of one generation; ``links`` are by the names of ``LINKED_SETS``, ``examples`` by class."""

    triples: int
    entities: int
    classes: dict[str, int]
    properties: dict[str, int]
    graphs: dict[str, int]
    links: dict[str, int]
    examples: dict[str, str]


async def count(asker: Asker) -> Statistics:
    """Return the counts of the data, asked one question after the other so that visitors' queries keep their places."""
    space = text_term(f"{asker.data.base}/id/")
    properties = {row["property"].value: int(row["triples"].value) for row in await asker.rows("properties")}
    classes = {row["class"].value: int(row["entities"].value) for row in await asker.rows("classes")}
    graphs = {row["graph"].value: int(row["triples"].value) for row in await asker.rows("graphs")}
    entities = await asker.rows("entities", space=space)
    links = {}
    for name, (start, _) in LINKED_SETS.items():
        rows = await asker.rows("linksets", space=text_term(start))
        links[name] = int(rows[0]["triples"].value) if rows else 0
    examples: dict[str, str] = {}
    for name in _EXAMPLES:
        rows = await asker.rows("examples", **{"class": iri_term(VOCABULARY + name)})
        examples |= {row["class"].value: row["thing"].value for row in rows}
    return Statistics(
        triples=sum(properties.values()),
        entities=int(entities[0]["entities"].value) if entities else 0,
        classes=classes,
        properties=properties,
        graphs=graphs,
        links=links,
        examples=examples,
    )
