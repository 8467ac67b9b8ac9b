"""Which things a version changed, and what is said of each now: the members of the stream."""

from collections.abc import Collection, Iterator

from pobratim.publishing.folder.editions import Former
from pobratim.publishing.folder.shards import by_document
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.stream import Member
from pobratim.rdf.iris import is_lasting


def members_of(site: Site, former: Former, changed: Collection[bytes] | None) -> Iterator[Member]:
    """Yield a member for each thing of its own that changed, in order; all of them where no earlier pages lie there.

    Whoever followed those pages must still learn what is gone.
    """
    base = site.source.base
    is_first = former.root is None
    gone = {iri for iri in site.source.gone if is_lasting(base, iri)} if former.last is not None and is_first else set()
    subjects = {iri for each in changed or () if is_lasting(base, iri := each.decode())}
    topics = {iri: document for document, iri in site.parted.topics.items() if is_lasting(base, iri)}
    told = _told(site, topics.keys() if is_first else subjects & topics.keys())
    for iri in sorted({*topics, *gone} if is_first else subjects):
        triples = told.get(iri, [])
        document = site.documents.of(iri)
        was = iri in gone or any(path in former.files for path in _traces(site, document))
        if triples or was:
            path = iri.removeprefix(f"{base}/id/")
            yield Member(iri, path, triples, not was)


def _traces(site: Site, document: str) -> tuple[str, ...]:
    """Return the files by which a document is known to have been there: a pack tells that only of what has no page."""
    own = f"{document}.ttl", f"{document}/index.html"
    return own if site.documents.has_page(document) else (*own, site.documents.pack_of(document))


def _told(site: Site, wanted: Collection[str]) -> dict[str, list[bytes]]:
    """Return the statements of which a thing is the subject."""
    documents = {site.documents.of(iri): iri for iri in wanted}
    found: dict[str, list[bytes]] = {}
    if not documents:
        return found
    for shard in site.parted.shards:
        for document, (own, _) in by_document(shard).items():
            iri = documents.get(document)
            if iri is not None:
                start = b"<%s> " % iri.encode()
                found[iri] = [line for line in own if line.startswith(start)]
    return found
