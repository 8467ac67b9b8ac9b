"""VoID of a folder: that of the server, with the files that hold everything and who answers for it."""

from pyoxigraph import NamedNode

from pobratim.publishing.folder.catalogue import Described, id_of
from pobratim.publishing.folder.dumps import NAMES
from pobratim.publishing.folder.rdf import FORMS
from pobratim.publishing.folder.source import Source
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import dataset_iri
from pobratim.rdf.terms import DCT
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.dataset import Statements, describe_dataset
from pobratim.site.reading import ReaderAsker
from pobratim.site.statistics import count
from pobratim.store.backend import GraphReader


async def void_of(
    reader: GraphReader, source: Source, publication: Publication, described: Described
) -> dict[str, bytes]:
    """Return the files by ending. Raises StoreError."""
    data = DataSet("folder", source.base, licence=publication.licence.iri, contact=publication.contact.email)
    counted = await ReaderAsker(reader, data).once(count)
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
