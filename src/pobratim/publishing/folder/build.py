"""A folder from its source: everything in its order, of which nothing is seen before all of it is there."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from pobratim.explore import index_of
from pobratim.ground.lasting import heaping
from pobratim.load.workers import Beside, each
from pobratim.publishing.explorer import EXPLORER_PARTS, made_pages
from pobratim.publishing.folder import passport
from pobratim.publishing.folder.area import area_of
from pobratim.publishing.folder.assets import write_assets
from pobratim.publishing.folder.catalogue import FILE as CATALOGUE
from pobratim.publishing.folder.catalogue import Described, files_of
from pobratim.publishing.folder.changes import FOLDER as CHANGES
from pobratim.publishing.folder.changes import Changed, write_changes, write_feed
from pobratim.publishing.folder.dumps import Dump, write_dumps
from pobratim.publishing.folder.editions import (
    FILE,
    Edition,
    Version,
    edition_of,
    has_past,
    made_by,
    read_former,
    since,
    written,
)
from pobratim.publishing.folder.flat import Flat, write_book, write_networks, write_tables
from pobratim.publishing.folder.links import SERVER
from pobratim.publishing.folder.members import members_of
from pobratim.publishing.folder.memory import Memory, read_memory, state_of, write_memory
from pobratim.publishing.folder.offers import ALL, Offer, sets_of
from pobratim.publishing.folder.own_pages import own_pages
from pobratim.publishing.folder.parting import Parted
from pobratim.publishing.folder.past import read_past, write_past
from pobratim.publishing.folder.place import replaced
from pobratim.publishing.folder.prepared import Tables, prepare
from pobratim.publishing.folder.quarters import Quarters, quarters_of
from pobratim.publishing.folder.regrown import Past
from pobratim.publishing.folder.rules import apache, leads, nginx, w3id
from pobratim.publishing.folder.site import Site
from pobratim.publishing.folder.site_files import write_map
from pobratim.publishing.folder.source import Source, moved_of
from pobratim.publishing.folder.stream import FOLDER as STREAM
from pobratim.publishing.folder.stream import write_stream
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.folder.void import counted_of, void_of
from pobratim.publishing.settings import Publication
from pobratim.rdf.compact import FILE as CONTEXT
from pobratim.rdf.compact import context_text
from pobratim.rdf.ontology import versions
from pobratim.store.backend import GraphReader
from pobratim.tables import Table


@dataclass(frozen=True, slots=True)
class Published:
    """What was done: the version that lies there now, whether it is new, its files and their bytes.

    ``has_former`` tells that files of earlier versions lie there, which hold what was taken out since.
    """

    version: Version
    is_new: bool
    files: int
    size: int
    has_former: bool = False


def publish(
    source: Source, publication: Publication, folder: Path, day: date, jobs: int = 1, purge: bool = False
) -> Published:
    """Make ``folder`` what a source and the settings say, and return what was done.

    Where nothing changed nothing is written. With ``purge`` no file of an earlier version stays: neither its dump,
    tables, data of the passport, pages of the stream, nor what this version took away.

    Raises UsageError for a folder that is not of this program's, another publisher who is at it, or a day before the
    last version; OSError leaves the folder as it was.
    """
    with replaced(folder) as draft, heaping():
        former = read_former(folder)
        is_purged = purge and former.has_past
        edition = edition_of(source, publication, former.forgotten() if is_purged else former, day)
        key = made_by(source, publication)
        last = former.last
        if last is not None and edition.fingerprint == former.fingerprint and not is_purged:
            return _done(last, False, former.files)
        memory = None if is_purged else read_memory(folder, key)
        past = read_past(folder, state_of(folder), memory.topics) if memory else None
        tree = Tree(draft.begin())
        begun = partial(_begun, source, edition, tree.root, memory.dumps if memory else ())
        with closing(Beside(begun, jobs)) as beside:
            prepare(source.open, jobs)
            with closing(_Maker(source, publication, edition, tree, beside, memory, past, jobs)) as maker:
                version = maker.make()
                draft.finish()
                with suppress(OSError):  # the next one makes all anew then
                    write_past(folder, state_of(folder), maker.parted, source.graphs)
                    write_memory(folder, maker.remembered(key))
        return _done(version, True, tree.files)


_Begun = tuple[list[Dump], dict[str, Told]]
"""Dumps, and the files of what is made of neither tables nor index."""


def _begun(source: Source, edition: Edition, root: Path, known: Sequence[Dump]) -> _Begun:
    """Write the dumps and the networks."""
    tree, quarters = Tree(root), quarters_of(Tables(source.open())["reports"])
    made = write_dumps(tree, edition.number, source.graphs, quarters, edition.former, known)
    write_networks(tree, source.open())
    return made, tree.files


def _done(version: Version, is_new: bool, files: Mapping[str, Told]) -> Published:
    size = sum(told.size for told in files.values())
    return Published(version, is_new, len(files), size, has_past(files, version.number))


class _Maker:
    """Makes one version."""

    def __init__(
        self,
        source: Source,
        publication: Publication,
        edition: Edition,
        tree: Tree,
        beside: Beside[_Begun],
        memory: Memory | None = None,
        past: Past | None = None,
        jobs: int = 1,
    ) -> None:
        self.tree = tree
        self._source, self._publication, self._edition, self._jobs = source, publication, edition, jobs
        self._beside, self._dumps = beside, list[Dump]()
        self._pages = Site(source, publication, tree.root, jobs, edition.former, memory, past)

    def make(self) -> Version:
        """Write all files, and return the version."""
        reader = self._source.open()
        tables = Tables(reader)
        quarters = quarters_of(tables["reports"])
        changed = self._keep()
        described = self._describe(reader, tables, quarters, changed)
        version = described.versions[-1]
        self._passport(tables, described, version)
        counted = self._pages.counted = asyncio.run(counted_of(reader, self._source))
        for ending, content in void_of(reader, self._source, self._publication, described, counted).items():
            self.tree.put(f"void.{ending}", content)
        self._vocabulary()
        for name, of in (("void", "void.ttl"), ("dcat", f"{CATALOGUE}.ttl")):
            self.tree.put(f".well-known/{name}", (self.tree.root / of).read_bytes())
        write_feed(self.tree, self._publication, self._source.base, described.versions)
        write_assets(self.tree)
        self._site(described, changed)
        self.tree.share(self._edition.former.root, self._edition.former.files)
        told = written(self._edition, self._source, described.versions, described.since, self.tree.files)
        (self.tree.root / FILE).write_bytes(told)
        return version

    def close(self) -> None:
        """Close the files that were read."""
        self._pages.parted.facts.close()

    @property
    def parted(self) -> Parted:
        """How the source is parted."""
        return self._pages.parted

    def remembered(self, key: str) -> Memory:
        """Return what the next version goes on from, made by all that ``key`` names."""
        site = self._pages
        return Memory(key, site.context(), site.digests, site.parted.topics, site.led, self._dumps)

    def _keep(self) -> Changed:
        """Take over what earlier versions left, and write what this one changed."""
        former = self._edition.former
        if former.root is not None:
            kept = [each.number for each in former.versions[-self._publication.versions_kept :]]
            for number in kept if self._publication.versions_kept else []:
                for folder in ("dumps", "tables", CHANGES):
                    self.tree.keep(former.root, former.files, f"{folder}/{number}/")
            self.tree.keep(
                former.root,
                {path: told for path, told in former.files.items() if not path.endswith("/index.ttl")},
                f"{STREAM}/",
            )
        regrown = self._pages.regrown
        return write_changes(self.tree, self._edition, self._source.graphs, regrown.lines if regrown else None)

    def _describe(
        self, reader: GraphReader, tables: Mapping[str, Table], quarters: Quarters, changed: Changed
    ) -> Described:
        number = self._edition.number
        flats = self._bulk(number, tables, quarters)
        sets = sets_of(self.tree, number, self._publication, quarters, flats, self._dumps)
        days = {each.key: since(self._edition, each.key, [_content(offer) for offer in each.offers]) for each in sets}
        is_same = self._edition.former.data == self._edition.data
        version = Version(number, self._edition.day.isoformat(), changed.added, changed.removed, is_same)
        described = Described(
            self._publication,
            self._edition,
            sets,
            days,
            (*self._edition.former.versions, version),
            area_of(tables, index_of(reader)),
            _measured(self._source),
        )
        for ending, content in files_of(described).items():
            self.tree.put(f"{CATALOGUE}.{ending}", content)
        return described

    def _bulk(self, number: str, tables: Mapping[str, Table], quarters: Quarters) -> list[Flat]:
        """Write what is made of all of the data at once, each part in a process that ends with it, and return the
        tables."""
        root, flats = self.tree.root, list[Flat]()

        def written_by(name: str) -> tuple[list[Flat], dict[str, Told]]:
            tree = Tree(root)
            if name in EXPLORER_PARTS:
                return [], self._pages.write_explorer(name)
            if name == "tables":
                return write_tables(tree, number, tables, quarters, self._publication), tree.files
            write_book(tree, number, tables)
            return [], tree.files

        # What takes longest is begun first; dumps and networks were begun before.
        names = (*EXPLORER_PARTS, "book", "tables")
        for some, files in each(written_by, names, self._jobs, most=1):
            flats += some
            self.tree.join([files])
        self._dumps, files = self._beside.made()
        self.tree.join([files])
        return flats

    def _vocabulary(self) -> None:
        """Write the context of JSON-LD, and each version of the vocabulary."""
        self.tree.put(CONTEXT, context_text().encode())
        for number, content in versions().items():
            self.tree.put(f"def/{number}.ttl", content.encode())

    def _passport(self, tables: Mapping[str, Table], described: Described, version: Version) -> None:
        if "ru" in self._publication.languages:
            passport.write_passport(
                self.tree,
                self._publication,
                tables[passport.TABLE],
                described.sets[0],
                described.since[ALL],
                version,
                self._edition.former,
            )

    def _site(self, described: Described, changed: Changed) -> None:
        site = self._pages
        files, documents = site.write_data()
        self.tree.join([files])
        members = members_of(site, self._edition.former, changed.subjects)
        public = self._publication.public_url
        write_stream(self.tree, self._edition, self._source.base, public, members, described.versions)
        number = self._edition.number
        addresses = {
            f"/tables/{each.rpartition('/')[2]}": each
            for each in self.tree.files
            if each.startswith(f"tables/{number}/")
        }
        addresses |= {"/sitemap.xml": "sitemap.xml", "/robots.txt": "robots.txt"}
        own = own_pages(described, site.parted.dates, list(self.tree.files), index_of(self._source.open()))
        pages = site.write_pages(documents, self.tree.files, addresses, own)
        self.tree.join([pages])
        shown = sorted(
            page.removesuffix("index.html")
            for page in pages
            if page.endswith(".html")
            and not page.startswith(("404", *(f"{folder}/index." for folder in (SERVER, *made_pages()))))
        )
        write_map(self.tree, self._publication.public_url, shown, described.since[ALL].modified)
        self._rules(site)

    def _rules(self, site: Site) -> None:
        is_packed = self._publication.pages == "packs"
        every = leads(
            self._source.base,
            site.documents,
            self._source.gone,
            moved_of(self._source),
            site.odd(),
            site.area_documents(),
            is_packed,
        )
        public = self._publication.public_url
        self.tree.put("rules/w3id.htaccess", w3id(self._source.base, public, every, is_packed).encode())
        self.tree.put("rules/nginx.conf", nginx(public, every, is_packed).encode())
        self.tree.put(".htaccess", apache(public, every, is_packed).encode())
        self.tree.put(".nojekyll", b"")


def _content(offer: Offer) -> str:
    return f"{offer.key} {offer.told.digest}"


def _measured(source: Source) -> dict[str, list[Triple]]:
    """Return what the graph of quality says of each report, by its IRI."""
    graph = next((file for name, file in source.graphs.items() if name.endswith("/graph/quality")), None)
    found: dict[str, list[Triple]] = {}
    if graph is None:
        return found
    start = f"{source.base}/id/measurement/"
    triples: list[Triple] = list(parse(b"".join(graph.triples()), format=RdfFormat.N_TRIPLES))
    for triple in triples:
        subject = triple.subject
        if isinstance(subject, NamedNode) and subject.value.startswith(start):
            report = subject.value.removeprefix(start).partition("/")[0]
            found.setdefault(f"{source.base}/id/report/{report}", []).append(triple)
    return found
