"""VoID of a folder: that of the server, with the files that hold everything and who answers for it."""

from dataclasses import replace

from pyoxigraph import NamedNode, QuerySolutions

from pobratim.publishing.folder.catalogue import Described, id_of
from pobratim.publishing.folder.dumps import NAMES
from pobratim.publishing.folder.rdf import FORMS
from pobratim.publishing.folder.source import Source
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import dataset_iri, graph_iri
from pobratim.rdf.terms import DCT
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.dataset import Statements, describe_dataset
from pobratim.site.reading import ReaderAsker
from pobratim.site.statistics import Statistics, count
from pobratim.store.backend import WITHDRAWN, GraphReader


async def counted_of(reader: GraphReader, source: Source) -> Statistics:
    """Return what the data hold: the engine goes through all of them for it. Raises StoreError."""
    return await count(ReaderAsker(reader, DataSet("folder", source.base)))


def void_of(
    reader: GraphReader, source: Source, publication: Publication, described: Described, whole: Statistics
) -> dict[str, bytes]:
    """Return the files by ending; ``whole`` is what the data hold. Raises StoreError."""
    data = DataSet("folder", source.base, licence=publication.licence.iri, contact=publication.contact.email)
    counted = _in_dumps(whole, reader, source.base)
    made, public = Statements(), publication.public_url
    paths = [offer.path for offer in described.sets[0].offers]
    names = tuple(f"/{name}.nq.gz" for name in NAMES)
    dumps = [f"{public}/{path}" for path in paths if path.endswith(names)]
    describe_dataset(made, data, Addresses(source.base, public), counted, publication.endpoint, dumps)
    publisher = NamedNode(id_of(source.base, "catalog", "publisher"))
    dataset = NamedNode(dataset_iri(source.base))
    made.add(dataset, DCT.publisher, publisher)
    made.add(dataset, DCT.creator, publisher)
    return {ending: made.written(ending) for ending in FORMS}


def _in_dumps(counted: Statistics, reader: GraphReader, base: str) -> Statistics:
    """Return counts without the graph of IRIs that lead nowhere any more, which is in no dump."""
    graph = NamedNode(graph_iri(base, WITHDRAWN))
    found = reader.query(f"SELECT ?p (COUNT(*) AS ?n) {{ GRAPH {graph} {{ ?s ?p ?o }} }} GROUP BY ?p")
    assert isinstance(found, QuerySolutions)
    there = {row["p"].value: int(row["n"].value) for row in found}
    properties = {iri: left for iri, number in counted.properties.items() if (left := number - there.get(iri, 0))}
    graphs = {iri: number for iri, number in counted.graphs.items() if iri != graph.value}
    return replace(counted, triples=sum(properties.values()), properties=properties, graphs=graphs)
