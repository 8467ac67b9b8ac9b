"""Pages for people, made by the same code as the server's (``site/``), with links to files."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pobratim.load.workers import each
from pobratim.messages import Language
from pobratim.papers.card import Card, png
from pobratim.publishing.folder.asking import DirectAsker
from pobratim.publishing.folder.facts import Facts
from pobratim.publishing.folder.links import Links, Route
from pobratim.publishing.folder.source import Source
from pobratim.publishing.folder.tree import Told, Tree
from pobratim.publishing.settings import Publication
from pobratim.site.addresses import Addresses
from pobratim.site.asking import DataSet
from pobratim.site.kinds import KINDS, page_at
from pobratim.site.page import Page, Visit
from pobratim.site.render import render
from pobratim.site.sharing import has_own_picture
from pobratim.site.statistics import Statistics

_A_PIECE = 64
"""Pages that a process makes at a time."""
LEFT_OUT = ("paths",)
"""Fixed pages that do nothing without a server."""


def fixed_pages() -> dict[str, str]:
    """Return the folders of the pages that every site has, by the path of a server."""
    return {kind.path: kind.path.strip("/") for kind in KINDS if kind.is_fixed and kind.name not in LEFT_OUT}


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that only folders have: a template of ``viz/pages``, its values by language, links to the same as data,
    its card by language."""

    template: str
    values: Callable[[Language], Mapping[str, Any]]
    forms: Sequence[tuple[str, str]] = ()
    card: Callable[[Language], Card | None] = field(default=lambda _: None)


@dataclass
class Pages:
    """Makes the pages of a publication in the folder ``root``."""

    source: Source
    facts: Facts
    publication: Publication
    links: Links
    root: Path
    own: Mapping[str, "OwnPage"] = field(default_factory=dict)
    home: Sequence[str] = ()
    counted: Statistics | None = None
    """What the source holds in all, where somebody has counted that."""
    led: dict[str, list[Route]] = field(default_factory=dict)
    """The pages to be made that a page led to, by its folder."""

    def write(self, routes: Sequence[Route], further: Sequence[Route], jobs: int) -> dict[str, Told]:
        """Write pages in all languages, ``further`` ones, and those that they lead to, and return the files.

        Raises OSError.
        """
        todo, files = list(routes), dict[str, Told]()
        seen = {route.folder for route in routes}
        todo += [
            route for folder, route in sorted({each.folder: each for each in further}.items()) if folder not in seen
        ]
        while todo:
            seen |= {route.folder for route in todo}
            pieces = [todo[start : start + _A_PIECE] for start in range(0, len(todo), _A_PIECE)]
            wanted: dict[str, Route] = {}
            for made, led in each(self._written, pieces, jobs):
                files |= made
                self.led |= led
                wanted |= {route.folder: route for found in led.values() for route in found}
            todo = [route for folder, route in sorted(wanted.items()) if folder not in seen]
        return files

    def _written(self, routes: Sequence[Route]) -> tuple[dict[str, Told], dict[str, list[Route]]]:
        tree, led = Tree(self.root), dict[str, list[Route]]()
        asyncio.run(self.make(routes, tree, led))
        return tree.files, led

    async def make(self, routes: Sequence[Route], tree: Tree, led: dict[str, list[Route]]) -> None:
        """Write pages into a tree; ``led`` takes where they led. Raises OSError."""
        for route in routes:
            self.links.wanted = {}
            for lang in self.publication.languages:
                visit = self._visit(route, lang)
                page = await self._page(route, visit)
                if page is not None and page.status == 200:
                    content = self._html(page, visit, route.folder)
                    tree.put(self.links.page_file(route.folder, lang), content.encode())
                    if page.card is not None and has_own_picture(page, visit):
                        tree.put(self.links.picture_file(route.folder, lang), png(page.card))
            if self.links.wanted:
                led[route.folder] = list(self.links.wanted.values())

    async def _page(self, route: Route, visit: Visit) -> Page | None:
        own = self.own.get(route.folder)
        if own is not None:
            forms = tuple((kind, self._addresses.root + link) for kind, link in own.forms)
            return Page(own.template, own.values(visit.lang), forms=forms, card=own.card(visit.lang))
        return await page_at(self._asker, visit)

    def _html(self, page: Page, visit: Visit, folder: str) -> str:
        root, data = self._addresses.root, self.links.data
        forms = tuple(
            (kind, link) for kind, link in page.forms if self.links.target(link.removeprefix(root), visit.lang) in data
        )
        return self.links.translated(render(replace(page, forms=forms), visit), folder, visit.lang)

    def _visit(self, route: Route, lang: Language) -> Visit:
        file = self.links.page_file("", lang)
        return Visit(
            lang,
            self._addresses,
            route.path,
            route.query,
            is_chosen=False,
            file=file,
            pictures=self.publication.pictures,
            is_slim=self.publication.is_slim,
        )

    @cached_property
    def _addresses(self) -> Addresses:
        return Addresses(self.source.base, self.publication.public_url)

    @cached_property
    def _asker(self) -> DirectAsker:
        told = DataSet(
            "folder", self.source.base, licence=self.publication.licence.iri, contact=self.publication.contact.email
        )
        return DirectAsker(self.source.open(), self.facts, told, self.home, self.counted)
