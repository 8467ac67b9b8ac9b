"""All documents of a folder: their data and their pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from pobratim.explore import Index, index_of
from pobratim.load.workers import each
from pobratim.publishing.explorer import Gated, explorer_files
from pobratim.publishing.folder import rdf
from pobratim.publishing.folder.affected import ALWAYS, Changes, has_changed, is_hub, kind_of
from pobratim.publishing.folder.documents import Documents, is_odd
from pobratim.publishing.folder.editions import Former
from pobratim.publishing.folder.html import OwnPage, Pages, fixed_pages
from pobratim.publishing.folder.links import Links, Route
from pobratim.publishing.folder.memory import Digests, Memory, digest_of
from pobratim.publishing.folder.packs import packed
from pobratim.publishing.folder.shards import Parted, Shard, beside, by_document, objects_of, parted, unlisted
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.surroundings import altered_by, surroundings
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import path_of
from pobratim.rdf.terms import POB
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_iri, area_path

_LINES_A_SHARD = 50_000
_PARTNER = b" <%s> " % POB.partner.value.encode()
"""What follows of ties, which lead to both parties themselves: of a town that has one more nothing else is told."""


class Piece(NamedTuple):
    """What is made of a shard: its files, its documents, of what each was made, and which documents are beside it."""

    files: dict[str, Told]
    documents: list[str]
    digests: dict[str, Digests]
    edges: dict[str, str]


@dataclass
class Site:
    """The documents of a publication, once its source was parted.

    ``former`` is what lies in the folder, ``memory`` of what that was made: what would be the same is taken over.
    """

    source: Source
    publication: Publication
    root: Path
    jobs: int = 1
    former: Former = field(default_factory=Former)
    memory: Memory | None = None

    def __post_init__(self) -> None:
        """Part the source by document. Raises OSError."""
        self.areas = areas_of(index_of(self.source.open()))
        self.documents = Documents(self.source.base, self.publication.pages, self.areas)
        graphs = {graph: file.path for graph, file in self.source.graphs.items()}
        lines = sum(file.quads for file in self.source.graphs.values())
        folder = self.source.scratch / "shards"
        folder.mkdir(parents=True, exist_ok=True)
        self.parted: Parted = parted(graphs, self.documents, folder, 1 + lines // _LINES_A_SHARD, self.jobs)
        self.digests: dict[str, Digests] = {}
        self.led: dict[str, Sequence[Route]] = {}
        self._edges: dict[str, str] = {}

    def write_data(self) -> tuple[dict[str, Told], list[str]]:
        """Write the data of all documents, and return the files and the documents. Raises OSError."""
        files, documents = dict[str, Told](), list[str]()
        for piece in each(self.data_of, self.parted.shards, self.jobs):
            files |= piece.files
            documents += piece.documents
            self.digests |= piece.digests
            self._edges |= piece.edges
        return files, documents

    def data_of(self, shard: Shard) -> Piece:
        """Write the data of the documents of a shard. Raises OSError."""
        tree, piece, packs = Tree(self.root), Piece({}, [], {}, {}), dict[str, list[bytes]]()
        frame = rdf.Frame(self.source.base, self.publication.public_url, self.publication.licence.iri)
        for document, triples in by_document(shard).items():
            topic = self.parted.topics.get(document, "")
            told = rdf.held(document, topic, triples, self.parted.labels)
            self._note(piece, told, triples)
            if not triples[0] and not topic:
                continue  # something points at what nothing is said of
            piece.documents.append(document)
            pack = self.documents.pack_of(document)
            if pack:
                packs.setdefault(pack, []).extend([*triples[0], *triples[1]])
            elif not self._is_kept(tree, document, piece.digests[document], [f"{document}.{one}" for one in rdf.FORMS]):
                for ending, content in rdf.written(told, frame).items():
                    tree.put(f"{document}.{ending}", content)
        for path, lines in packs.items():
            statements = sorted(set(lines))
            piece.digests[path] = Digests("", "", digest_of(statements))
            if not self._is_kept(tree, path, piece.digests[path], [path]):
                tree.put(path, packed(statements))
        piece.files.update(tree.files)
        return piece

    def _note(self, piece: Piece, told: rdf.Held, triples: tuple[Sequence[bytes], Sequence[bytes]]) -> None:
        """Note of what a document is made, and where something lies there already, what is beside it."""
        own, pointing = triples
        objects = objects_of(own)
        names = unlisted(objects, self.parted.labels, self.documents)
        data = digest_of(told.lines, [told.topic.encode(), b"%d" % told.is_cut])
        telling = [line for line in own if _PARTNER not in line]
        made = piece.digests[told.document] = Digests(digest_of(telling, names), digest_of(own, names, pointing), data)
        if self.memory is not None and (
            not is_hub(told.document) or has_changed(told.document, made, self.memory.documents)
        ):
            piece.edges[told.document] = "\n".join(sorted(beside(objects, pointing, self.documents)))

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
        of_documents = self.routes_of(documents)
        routes = [*of_documents, *self._fixed(), *self._graphs(), *(Route(folder, f"/{folder}") for folder in own)]
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
        )
        kept, led = self._kept_pages(of_documents, links)
        todo = [route for route in routes if route.folder not in kept]
        pages = Pages(self.source, self.parted.facts, self.publication, links, self.root, own)
        made = pages.write(todo, [route for routes in led.values() for route in routes], self.jobs)
        self.led = {**led, **{folder: routes for folder, routes in pages.led.items() if folder.startswith("doc/")}}
        return {**{path: told for paths in kept.values() for path, told in paths.items()}, **made}

    def _kept_pages(
        self, routes: Sequence[Route], links: Links
    ) -> tuple[dict[str, dict[str, Told]], dict[str, Sequence[Route]]]:
        """Take over the pages of documents that no change may have altered.

        Return their files by document, and where they led to.
        """
        altered = self._altered()
        if altered is None or self.memory is None or self.former.root is None:
            return {}, {}
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
        return Changes(self.memory.documents, self.digests, self._edges).affected(things) | pages

    def context(self) -> dict[str, str]:
        """Return what pages say of more than their thing."""
        return surroundings(index_of(self.source.open()), self.areas)

    def write_explorer(self) -> dict[str, Told]:
        """Write what the explorer reads by itself, and return the files. Raises OSError."""
        tree, reader = Tree(self.root), self.source.open()
        for name, content in explorer_files(Gated(index_of(reader), reader, self.source.graphs, self._page_of)):
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
            iri for document, iri in sorted(self.parted.topics.items()) if "--" in document and is_odd(iri, document)
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
