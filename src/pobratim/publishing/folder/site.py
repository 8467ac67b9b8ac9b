"""All documents of a folder: their data and their pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from pobratim.explore import Index, index_of
from pobratim.load.workers import each
from pobratim.publishing.explorer import Gated, explorer_files
from pobratim.publishing.folder import rdf
from pobratim.publishing.folder.affected import ALWAYS, Changes, kind_of
from pobratim.publishing.folder.documents import Documents, is_odd
from pobratim.publishing.folder.editions import Former
from pobratim.publishing.folder.html import OwnPage, Pages, fixed_pages
from pobratim.publishing.folder.links import Links, Route
from pobratim.publishing.folder.memory import Digests, Memory, digest_of
from pobratim.publishing.folder.packs import packed
from pobratim.publishing.folder.parting import Parted, Triples, objects_of, parted, unlisted
from pobratim.publishing.folder.regrown import Past, Regrown, regrown
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.surroundings import altered_by, surroundings
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import graph_iri, path_of
from pobratim.rdf.terms import POB
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_iri, area_path
from pobratim.site.statistics import Statistics

_A_PIECE = 400
"""Documents, or so many in packs, whose data a process makes at a time."""
_PARTNER = b" <%s> " % POB.partner.value.encode()
"""What follows of ties, which lead to both parties themselves: of a town that has one more nothing else is told."""


class Piece(NamedTuple):
    """What is made of some documents: their files, and of what each was made."""

    files: dict[str, Told]
    digests: dict[str, Digests]


@dataclass
class Site:
    """The documents of a publication, once its source was parted.

    ``former`` is what lies in the folder, ``memory`` of what that was made, and ``past`` how its source was parted:
    what would be the same is taken over, and only what differs is looked at. ``counted`` is what the source holds in
    all, None where each process that makes pages is to ask for that itself.
    """

    source: Source
    publication: Publication
    root: Path
    jobs: int = 1
    former: Former = field(default_factory=Former)
    memory: Memory | None = None
    past: Past | None = None
    counted: Statistics | None = None

    def __post_init__(self) -> None:
        """Part the source by document. Raises OSError."""
        self.areas = areas_of(index_of(self.source.open()))
        self.documents = Documents(self.source.base, self.publication.pages, self.areas)
        self.digests: dict[str, Digests] = {}
        self.led: dict[str, Sequence[Route]] = {}
        self.regrown = self._regrown()
        self.parted: Parted = self.regrown.parted if self.regrown else self._parted()

    def _parted(self) -> Parted:
        graphs = {graph: file.path for graph, file in self.source.graphs.items()}
        return parted(graphs, self.documents, self._scratch("parted"), self.jobs)

    def _regrown(self) -> Regrown | None:
        """Return how the source is parted now, as far as that goes on from before."""
        if self.past is None:
            return None
        return regrown(self.past, self.source.graphs, self.documents, self._scratch("regrown"))

    def _scratch(self, name: str) -> Path:
        """Return a new folder: what is kept of an earlier one is linked, and must stay as it is."""
        self.source.scratch.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix=f"{name}-", dir=self.source.scratch))

    def write_data(self) -> tuple[dict[str, Told], list[str]]:
        """Write the data of all documents, and return the files and the documents. Raises OSError."""
        todo, tree = self.bundles(), Tree(self.root)
        if self.regrown is not None and self.memory is not None and self.former.root is not None:
            todo = self._taken_over(tree, todo, self.memory.documents)
        files = tree.files
        for piece in each(self.data_of, _pieces(todo), self.jobs):
            files |= piece.files
            self.digests |= piece.digests
        return files, list(self.parted.topics)

    def bundles(self) -> dict[str, list[str]]:
        """Return all documents by the pack that they lie in, those with files of their own each by itself."""
        found: dict[str, list[str]] = {}
        for document in sorted(self.parted.topics):
            found.setdefault(self.documents.pack_of(document) or document, []).append(document)
        return found

    def _taken_over(
        self, tree: Tree, bundles: Mapping[str, list[str]], known: Mapping[str, Digests]
    ) -> dict[str, list[str]]:
        """Take over what says what it said, and return the rest. Raises OSError."""
        assert self.regrown is not None
        assert self.former.root is not None
        rest, files = dict[str, list[str]](), self.former.files
        touched = {self.documents.pack_of(document) or document for document in self.regrown.touched}
        for bundle, documents in bundles.items():
            paths = [bundle] if self.documents.pack_of(documents[0]) else [f"{bundle}.{one}" for one in rdf.FORMS]
            if bundle in touched or not all(path in files for path in paths):
                rest[bundle] = documents
                continue
            for path in paths:
                tree.keep_one(self.former.root, path, files[path])
            self.digests |= {each: known[each] for each in {bundle, *documents} if each in known}
        return rest

    def data_of(self, bundles: Sequence[tuple[str, Sequence[str]]]) -> Piece:
        """Write the data of some documents. Raises OSError."""
        tree, piece = Tree(self.root), Piece({}, {})
        frame = rdf.Frame(self.source.base, self.publication.public_url, self.publication.licence.iri)
        for bundle, documents in bundles:
            lines = set[bytes]()
            for document in documents:
                triples = self.parted.triples(document)
                if self.documents.pack_of(document):
                    piece.digests[document] = self._digests(None, triples)
                    lines.update(*triples)
                    continue
                told = rdf.held(document, self.parted.topics[document], triples, self.parted.label)
                digests = piece.digests[document] = self._digests(told, triples)
                if not self._is_kept(tree, document, digests, [f"{document}.{one}" for one in rdf.FORMS]):
                    for ending, content in rdf.written(told, frame).items():
                        tree.put(f"{document}.{ending}", content)
            if lines:
                statements = sorted(lines)
                piece.digests[bundle] = Digests("", "", digest_of(statements))
                if not self._is_kept(tree, bundle, piece.digests[bundle], [bundle]):
                    tree.put(bundle, packed(statements))
        piece.files.update(tree.files)
        return piece

    def _digests(self, told: rdf.Held | None, triples: Triples) -> Digests:
        """Return of what a document is made; None stands for what has no files of data of its own."""
        own, pointing = triples
        data = digest_of(told.lines, [told.topic.encode(), b"%d" % told.is_cut]) if told else ""
        telling = [line for line in own if _PARTNER not in line]
        names = unlisted(objects_of(telling), self.parted.label, self.documents)
        return Digests(digest_of(telling, names), digest_of(own, names, pointing), data)

    def _is_kept(self, tree: Tree, document: str, digests: Digests, paths: Sequence[str]) -> bool:
        """Take files over from the folder where they would be the same."""
        files, root = self.former.files, self.former.root
        if self.memory is None or root is None or not self.memory.has_data(document, digests):
            return False
        if not all(path in files for path in paths):
            return False
        for path in paths:
            tree.keep_one(root, path, files[path])
        return True

    def write_pages(
        self, documents: Sequence[str], data: Collection[str], files: Mapping[str, str], own: Mapping[str, OwnPage]
    ) -> dict[str, Told]:
        """Write the pages about documents and those of the explorer, and return the files. Raises OSError.

        ``data`` are the files that lie there already, ``files`` addresses of a server → files, ``own`` further pages.
        """
        told = [*self.routes_of(documents), *self._graphs()]
        routes = [*told, *self._fixed(), *(Route(folder, f"/{folder}") for folder in own)]
        links = Links(
            base=self.source.base,
            public=self.publication.public_url,
            languages=self.publication.languages,
            documents=self.documents,
            pages={route.folder for route in routes},
            data=frozenset(data),
            fixed=fixed_pages(),
            own=own.keys(),
            files=files,
            is_whole=self.publication.pages == "all",
            is_slim=self.publication.is_slim,
        )
        kept, led = self._kept_pages(told, links)
        todo = [route for route in routes if route.folder not in kept]
        pages = Pages(self.source, self.parted.facts, self.publication, links, self.root, own, counted=self.counted)
        made = pages.write(todo, [route for routes in led.values() for route in routes], self.jobs)
        self.led = {**led, **{folder: routes for folder, routes in pages.led.items() if folder.startswith("doc/")}}
        return {**{path: told for paths in kept.values() for path, told in paths.items()}, **made}

    def _kept_pages(
        self, routes: Sequence[Route], links: Links
    ) -> tuple[dict[str, dict[str, Told]], dict[str, Sequence[Route]]]:
        """Take over the pages of documents and graphs that no change may have altered.

        Return their files by document, and where they led to.
        """
        altered = self._altered()
        if altered is None or self.memory is None or self.former.root is None:
            return {}, {}
        altered |= self._altered_graphs()
        tree, files, kept = Tree(self.root), self.former.files, dict[str, dict[str, Told]]()
        for route in routes:
            paths = [links.page_file(route.folder, lang) for lang in self.publication.languages]
            if route.folder in altered or kind_of(route.folder) in ALWAYS or not all(path in files for path in paths):
                continue
            pictures = [links.picture_file(route.folder, lang) for lang in self.publication.languages]
            paths += [path for path in pictures if path in files]
            for path in paths:
                tree.keep_one(self.former.root, path, files[path])
            kept[route.folder] = {path: files[path] for path in paths}
        return kept, {folder: routes for folder, routes in self.memory.led.items() if folder in kept}

    def _altered(self) -> set[str] | None:
        """Return the documents whose pages a change may have altered, None where it may be any."""
        if self.memory is None or self.publication.pages == "all":
            return None
        altered = altered_by(index_of(self.source.open()), self.memory.context, self.context())
        if altered is None:
            return None
        things, pages = ({self.documents.of(iri) for iri in iris} for iris in altered)
        touched = self.regrown.touched if self.regrown else None
        return Changes(self.memory.documents, self.digests, self).affected(things, touched) | pages

    def _altered_graphs(self) -> set[str]:
        """Return the documents of graphs whose pages a change may have altered: these tell what is in the graph, in
        words of the vocabulary, and lead to the other graph of a report."""
        was, now = (self.past.graphs if self.past else {}), self.source.graphs
        same = {graph for graph in now if graph in was and was[graph].digest == now[graph].digest}
        paths = {graph: path_of(self.source.base, graph) or "" for graph in {*was, *now}}
        if graph_iri(self.source.base, "ontology") not in same:
            same.clear()
        come = {paths[graph].rpartition("/")[2] for graph in was.keys() ^ now.keys()}
        return {
            self.documents.of_path(path)
            for graph, path in paths.items()
            if path and (graph not in same or path.rpartition("/")[2] in come)
        }

    def beside(self, document: str) -> set[str]:
        """Return the documents of what a document names, and of what it is told of. Raises OSError."""
        return self.parted.beside(document)

    def leading(self, document: str) -> set[str]:
        """Return the documents that name what a document tells of, or told of before. Raises OSError."""
        former = self.memory.topics.get(document, "") if self.memory else ""
        differing = self.regrown.subjects.get(document, ()) if self.regrown else ()
        return self.parted.leading({former, *differing, *self.parted.subjects(document)})

    def context(self) -> dict[str, str]:
        """Return what pages say of more than their thing."""
        return surroundings(index_of(self.source.open()), self.areas)

    def write_explorer(self, *parts: str) -> dict[str, Told]:
        """Write what the explorer reads by itself, or some parts of it, and return the files. Raises OSError."""
        tree, reader = Tree(self.root), self.source.open()
        gated = Gated(index_of(reader), reader, self.source.graphs, self._page_of)
        for name, content in explorer_files(gated, parts):
            tree.put(name, content)
        return tree.files

    def _page_of(self, iri: str) -> str:
        document = self.documents.of(iri)
        return document if self.documents.has_page(document) else ""

    def area_documents(self) -> dict[str, str]:
        """Return the documents of regions and territories that have one, by IRI."""
        found = {iri: f"doc/{area}" for area in sorted(self.areas) if (iri := area_iri(area))}
        return {iri: document for iri, document in found.items() if path_of(self.source.base, iri)}

    def odd(self) -> list[str]:
        """Return the IRIs whose documents do not bear the names of their keys."""
        return [
            iri
            for document, iri in sorted(self.parted.topics.items())
            if iri and "--" in document and is_odd(iri, document)
        ]

    def routes_of(self, documents: Sequence[str]) -> list[Route]:
        """Return the pages of documents that have one, those with the same things around them beside each other."""
        addresses = Addresses(self.source.base, self.publication.public_url)
        found = []
        for document in sorted(documents):
            topic = self.parted.topics.get(document)
            if topic and document.startswith("doc/") and self.documents.has_page(document):
                page = addresses.page(topic) or ""
                found.append(Route(document, page.removeprefix(addresses.root)))
        return found

    def _fixed(self) -> list[Route]:
        return [Route(folder, path) for path, folder in fixed_pages().items()]

    def _graphs(self) -> list[Route]:
        paths = [path for graph in sorted(self.source.graphs) if (path := path_of(self.source.base, graph))]
        return [Route(self.documents.of_path(path), f"/{path}") for path in paths]


def areas_of(index: Index) -> frozenset[str]:
    """Return the paths of the countries and regions that have ties."""
    rows = index.rows("SELECT iri FROM party WHERE kind IN ('region', 'country')")
    return frozenset(path for row in rows if (path := area_path(row["iri"])))


def _pieces(bundles: Mapping[str, Sequence[str]]) -> list[list[tuple[str, Sequence[str]]]]:
    """Return documents in pieces of about one size."""
    found, size = list[list[tuple[str, Sequence[str]]]]([[]]), 0
    for bundle in bundles.items():
        if size >= _A_PIECE:
            found.append([])
            size = 0
        found[-1].append(bundle)
        size += len(bundle[1])
    return found
