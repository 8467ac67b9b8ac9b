"""The page for developers: the endpoint and what it promises, the query editor, tables, files, descriptions."""

from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit


async def developers_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page; where there is no endpoint it tells of the rest. Raises as the asker does."""
    del path
    values = {
        "limits": asker.data.limits,
        "contact": asker.data.contact,
        "licence": asker.data.licence,
        "endpoint": visit.addresses.public + "/sparql",
    }
    return Page("developers.html", values)
