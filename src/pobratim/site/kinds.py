"""The kinds of pages of a site: where they are, and who makes them. The server takes plain pages of it, the site map
all; whoever makes pages without a server goes by it, and that the server sends the same is a test."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from pobratim.site.asking import Asker
from pobratim.site.developers import developers_at
from pobratim.site.dictionary import dictionary_at
from pobratim.site.explorer.agreements import agreements_at
from pobratim.site.explorer.events import events_at
from pobratim.site.explorer.map import map_at
from pobratim.site.explorer.network import network_at
from pobratim.site.explorer.pair import pair_at
from pobratim.site.explorer.partners import partners_at
from pobratim.site.explorer.paths import paths_at
from pobratim.site.explorer.time import time_at
from pobratim.site.explorer.yearly import yearly_at
from pobratim.site.graph import graph_at
from pobratim.site.home import home_page
from pobratim.site.ontology import vocabulary_at
from pobratim.site.page import Page, Visit
from pobratim.site.questions import question_at, questions_at
from pobratim.site.reports import reports_at
from pobratim.site.tables import tables_at
from pobratim.site.things import thing_page

Make = Callable[[Asker, Visit, str], Awaitable[Page | None]]
_REST = "{path}"


@dataclass(frozen=True, slots=True)
class Kind:
    """Pages of one kind. ``path`` is their address; where it holds ``{path}`` that may be any path.

    ``make`` makes one of what stands in place of ``{path}`` (of the whole path without it), None where there is nothing
    to tell. It raises as the asker does. ``is_plain`` tells that a server has nothing to add to such pages, neither
    other forms nor other addresses.
    """

    name: str
    path: str
    make: Make
    is_plain: bool = False

    @property
    def is_fixed(self) -> bool:
        """Tell whether the kind has just one page."""
        return _REST not in self.path

    def rest(self, path: str) -> str | None:
        """Return what a path has in place of ``{path}``, the whole of a fixed one; None for pages of other kinds."""
        before, _, after = self.path.partition(_REST)
        if self.is_fixed:
            return path.strip("/") if path == self.path else None
        is_ours = path.startswith(before) and path.endswith(after) and len(path) > len(before) + len(after)
        return path[len(before) : len(path) - len(after)] if is_ours else None


async def _home(asker: Asker, visit: Visit, path: str) -> Page:
    del path
    return await home_page(asker, visit)


KINDS = (
    Kind("home", "/", _home, is_plain=True),
    Kind("thing", "/doc/{path}", thing_page),
    Kind("graph", "/graph/{path}", graph_at),
    Kind("vocabulary", "/def", vocabulary_at),
    Kind("lexicon", "/lexicon", vocabulary_at),
    Kind("dictionary", "/terms", dictionary_at, is_plain=True),
    Kind("questions", "/queries", questions_at),
    Kind("views", "/queries/views", questions_at),
    Kind("checks", "/queries/checks", questions_at),
    Kind("reports", "/reports", reports_at, is_plain=True),
    Kind("tables", "/tables", tables_at, is_plain=True),
    Kind("developers", "/developers", developers_at, is_plain=True),
    Kind("network", "/network", network_at),
    Kind("map", "/map", map_at, is_plain=True),
    Kind("partners", "/partners", partners_at, is_plain=True),
    Kind("events", "/events", events_at, is_plain=True),
    Kind("agreements", "/agreements", agreements_at, is_plain=True),
    Kind("time", "/time", time_at, is_plain=True),
    Kind("pair", "/pair/{path}", pair_at),
    Kind("yearly", "/yearly/{path}", yearly_at),
    Kind("paths", "/paths", paths_at),
    Kind("question", "/queries/{path}/about", question_at),
)
"""All kinds whose pages the data and the library alone determine; a kind goes before a wider one."""


async def page_at(asker: Asker, visit: Visit) -> Page | None:
    """Return the page that a visit asks for, None where there is none. Raises as the asker does."""
    for kind in KINDS:
        rest = kind.rest(visit.path)
        if rest is not None:
            return await kind.make(asker, visit, rest)
    return None
