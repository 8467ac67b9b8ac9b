"""What pages of the explorer say where no report is loaded yet: what to do, instead of empty lists."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from pobratim.explore import Index
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit
from pobratim.site.words import Words

MakePage = Callable[[Asker, Visit, str], Coroutine[Any, Any, Page]]


def is_unloaded(index: Index) -> bool:
    """Tell whether no report is loaded."""
    return not index.once(_reports)


def needs_reports(make: MakePage) -> MakePage:
    """Return what makes a page, and where no report is loaded the page that says what to do."""

    @wraps(make)
    async def made(asker: Asker, visit: Visit, path: str) -> Page:
        if await asker.explored(is_unloaded):
            return unloaded_page(asker, visit)
        return await make(asker, visit, path)

    return made


def unloaded_page(asker: Asker, visit: Visit) -> Page:
    """Return the page that says how the first report is loaded: in the browser where there are editors."""
    return Page("unloaded.html", {"m": Words(visit.lang, "start"), "is_editable": asker.data.is_editable})


def _reports(index: Index) -> int:
    return int(index.value("SELECT COUNT(*) FROM report"))
