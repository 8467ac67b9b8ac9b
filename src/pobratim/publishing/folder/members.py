"""Which things a version changed, and what is said of each now: the members of the stream."""

from collections.abc import Collection, Iterator

from pobratim.publishing.folder.editions import Former
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
    topics = {iri for iri in site.parted.topics.values() if iri and is_lasting(base, iri)}
    for iri in sorted({*topics, *gone} if is_first else subjects):
        triples = _told(site, iri) if iri in topics else []
        document = site.documents.of(iri)
        was = iri in gone or any(path in former.files for path in _traces(site, document))
        if triples or was:
            path = iri.removeprefix(f"{base}/id/")
            yield Member(iri, path, triples, not was)


def _traces(site: Site, document: str) -> tuple[str, ...]:
    """Return the files by which a document is known to have been there: a pack tells that only of what has no page."""
    own = f"{document}.ttl", f"{document}/index.html"
    return own if site.documents.has_page(document) else (*own, site.documents.pack_of(document))


def _told(site: Site, iri: str) -> list[bytes]:
    """Return the statements of which a thing is the subject."""
    start = b"<%s> " % iri.encode()
    own, _ = site.parted.triples(site.documents.of(iri))
    return [line for line in own if line.startswith(start)]
