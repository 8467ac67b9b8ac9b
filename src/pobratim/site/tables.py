"""The page of the flat tables: what each holds, column by column, and where its files are."""

from pobratim.query.library import library, queries_root
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit
from pobratim.tables.table import GROUP

FORMATS = ("xlsx", "csv", "parquet", "json")
"""The files of a table at ``/tables/NAME.FORMAT``, first the one for office people."""


async def tables_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page at ``/tables``."""
    del asker, path
    tables = [
        {
            "name": query.name,
            "summary": query.summary[visit.lang],
            "description": query.description[visit.lang],
            "columns": [(one.name, one.label[visit.lang], one.type) for one in query.columns],
            "files": [(form, visit.to(f"/tables/{query.name}.{form}")) for form in FORMATS],
        }
        for query in library(queries_root(), GROUP).values()
    ]
    return Page("tables.html", {"tables": tables})
