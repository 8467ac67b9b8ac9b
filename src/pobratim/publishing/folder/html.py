"""Pages for people, made by the same code as the server's (``site/``), with links to files."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pobratim.load.workers import each
from pobratim.messages import Language
from pobratim.publishing.folder.documents import TIMES
from pobratim.publishing.folder.links import OWN, Links, Route
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.entity import rdf_forms
from pobratim.site.kinds import KINDS, page_at
from pobratim.site.page import Page, Visit
from pobratim.site.reading import ReaderAsker
from pobratim.site.render import render
from pobratim.site.values import date_text

_A_PIECE = 64
"""Pages that a process makes at a time."""
_ROUNDS = 4
"""How often pages may lead to further ones: lists lead to their parts, things to pairs."""
LEFT_OUT = ("paths",)
"""Fixed pages that do nothing without a server."""


def fixed_pages() -> dict[str, str]:
    """Return the folders of the pages that every site has, by the path of a server."""
    return {kind.path: kind.path.strip("/") for kind in KINDS if kind.is_fixed and kind.name not in LEFT_OUT}


@dataclass
class Pages:
    """Makes the pages of a publication in the folder ``root``."""

    source: Source
    publication: Publication
    links: Links
    root: Path
    dates: Sequence[str] = ()
    home: Sequence[str] = ()

    def write(self, routes: Sequence[Route], jobs: int) -> dict[str, Told]:
        """Write pages in all languages, and those that they lead to, and return the files. Raises OSError."""
        todo, files, seen = list(routes), dict[str, Told](), {route.folder for route in routes}
        for _ in range(_ROUNDS):
            pieces = [todo[start : start + _A_PIECE] for start in range(0, len(todo), _A_PIECE)]
            wanted: dict[str, Route] = {}
            for made, further in each(self._written, pieces, jobs):
                files |= made
                wanted |= further
            todo = [route for folder, route in sorted(wanted.items()) if folder not in seen]
            seen |= wanted.keys()
            if not todo:
                break
        return files

    def _written(self, routes: Sequence[Route]) -> tuple[dict[str, Told], dict[str, Route]]:
        tree = Tree(self.root)
        self.links.wanted = {}
        asyncio.run(self._pages(routes, tree))
        return tree.files, self.links.wanted

    async def _pages(self, routes: Sequence[Route], tree: Tree) -> None:
        for route in routes:
            for lang in self.publication.languages:
                visit = self._visit(route, lang)
                page = await self._page(route, visit)
                if page is not None and page.status == 200:
                    content = self._html(page, visit, route.folder)
                    tree.put(self.links.page_file(route.folder, lang), content.encode())

    async def _page(self, route: Route, visit: Visit) -> Page | None:
        if route.folder in OWN:
            return Page(OWN[route.folder], {"endpoint": self.publication.endpoint})
        if route.folder == TIMES:
            return Page("dates.html", {"dates": list(self._dates(visit.lang))}, forms=rdf_forms(f"/{TIMES}"))
        return await page_at(self._asker, visit)

    def _dates(self, lang: Language) -> Iterator[tuple[str, str, str]]:
        start = f"{self.source.base}/id/time/"
        for iri in sorted(self.dates):
            key = iri.removeprefix(start)
            yield key, iri, date_text(key.replace("--", "/"), lang)

    def _html(self, page: Page, visit: Visit, folder: str) -> str:
        forms = tuple(
            (kind, link) for kind, link in page.forms if (self.links.target(link, visit.lang) in self.links.data)
        )
        return self.links.translated(render(replace(page, forms=forms), visit), folder, visit.lang)

    def _visit(self, route: Route, lang: Language) -> Visit:
        file = self.links.page_file("", lang)
        return Visit(lang, self._addresses, route.path, route.query, is_chosen=False, file=file)

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.source.base, self.publication.public_url)

    @cached_property
    def _asker(self) -> ReaderAsker:
        told = DataSet(
            "folder", self.source.base, licence=self.publication.licence.iri, contact=self.publication.contact.email
        )
        return ReaderAsker(self.source.open(), told, self.home)
