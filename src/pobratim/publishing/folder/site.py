"""All documents of a folder: their data and their pages."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pobratim.explore import Index, index_of
from pobratim.load.workers import each
from pobratim.publishing.explorer import Gated, explorer_files
from pobratim.publishing.folder import rdf
from pobratim.publishing.folder.documents import Documents, is_odd
from pobratim.publishing.folder.html import OwnPage, Pages, fixed_pages
from pobratim.publishing.folder.links import Links, Route
from pobratim.publishing.folder.packs import packed
from pobratim.publishing.folder.shards import Parted, by_document, parted
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.rdf.iris import path_of
from pobratim.site.addresses import Addresses
from pobratim.site.areas import area_iri, area_path

_LINES_A_SHARD = 50_000


@dataclass
class Site:
    """The documents of a publication, once its source was parted."""

    source: Source
    publication: Publication
    root: Path
    jobs: int = 1

    def __post_init__(self) -> None:
        """Part the source by document. Raises OSError."""
        self.areas = areas_of(index_of(self.source.open()))
        self.documents = Documents(self.source.base, self.publication.pages, self.areas)
        graphs = {graph: file.path for graph, file in self.source.graphs.items()}
        lines = sum(file.quads for file in self.source.graphs.values())
        folder = self.source.scratch / "shards"
        folder.mkdir(parents=True, exist_ok=True)
        self.parted: Parted = parted(graphs, self.documents, folder, 1 + lines // _LINES_A_SHARD)

    def write_data(self) -> tuple[dict[str, Told], list[str]]:
        """Write the data of all documents, and return the files and the documents. Raises OSError."""
        files, documents = dict[str, Told](), list[str]()
        for made, told in each(self._data_of, self.parted.shards, self.jobs):
            files |= made
            documents += told
        return files, documents

    def _data_of(self, shard: Path) -> tuple[dict[str, Told], list[str]]:
        tree, documents, packs = Tree(self.root), list[str](), dict[str, list[bytes]]()
        frame = rdf.Frame(self.source.base, self.publication.public_url, self.publication.licence.iri)
        for document, triples in by_document(shard).items():
            if not triples[0] and document not in self.parted.topics:
                continue  # something points at what nothing is said of
            documents.append(document)
            pack = self.documents.pack_of(document)
            if pack:
                packs.setdefault(pack, []).extend(triples[0])
                continue
            topic = self.parted.topics.get(document, "")
            for ending, content in rdf.written(document, topic, triples, self.parted.labels, frame).items():
                tree.put(f"{document}.{ending}", content)
        for path, lines in packs.items():
            tree.put(path, packed(lines))
        return tree.files, documents

    def write_pages(
        self, documents: Sequence[str], data: Collection[str], files: Mapping[str, str], own: Mapping[str, OwnPage]
    ) -> dict[str, Told]:
        """Write the pages about documents and those of the explorer, and return the files. Raises OSError.

        ``data`` are the files that lie there already, ``files`` addresses of a server → files, ``own`` further pages.
        """
        routes = [*self._documents(documents), *self._fixed(), *self._graphs()]
        routes += [Route(folder, f"/{folder}") for folder in own]
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
        return Pages(self.source, self.publication, links, self.root, own).write(routes, self.jobs)

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

    def _documents(self, documents: Sequence[str]) -> list[Route]:
        addresses = Addresses(self.source.base, self.publication.public_url)
        found = []
        for document in sorted(documents):  # things of one kind and party have the same things around them
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
