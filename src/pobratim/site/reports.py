"""The page of all reports: what each is about and of whom, fifty at a time; where editors hand in another."""

from pobratim.explore.reports import Report, reports_lately
from pobratim.messages import texts
from pobratim.site.asking import Asker, Row
from pobratim.site.explorer.filter_bar import FIND
from pobratim.site.explorer.list_page import ROWS, is_named, offset, window, with_pairs
from pobratim.site.explorer.wording import capital
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import Words


async def reports_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page at ``/reports``, the newest period first; with "find" those that have words beginning like it."""
    del path
    rows = await asker.once(all_reports)
    named = await asker.explored(lambda index: reports_lately(index, tuple(rows))) if rows else {}
    typed = dict(visit.query).get(FIND, "").strip()
    listed = [_report(row, named.get(iri), visit) for iri, row in rows.items()]
    found = [one for one in listed if is_named(f"{one['name']} {one['title']} {one['period']}", typed)]
    first = 0 if visit.is_static else offset(visit)
    values = {
        "total": len(listed),
        "rows": sum(int(one["rows"]) for one in listed),
        "reports": found if visit.is_static else found[first : first + ROWS],
        "found": len(found),
        "typed": typed,
        "is_long": len(listed) > ROWS and not visit.is_static,
        "window": window(visit, 0 if visit.is_static else len(found)),
        "all": with_pairs(visit, (FIND, "page")),
        "is_editable": asker.data.is_editable,
        "w": texts("lists", visit.lang),
        "e": Words(visit.lang, "editing"),
        "m": Words(visit.lang, "start"),
    }
    return Page("reports.html", values)


async def all_reports(asker: Asker) -> dict[str, Row]:
    """Return what is told of each report, by its IRI: asked once, for it counts all rows of all reports."""
    rows: dict[str, Row] = {}
    for row in await asker.rows("reports-list"):
        rows.setdefault(row["report"].value, row)
    return rows


def _report(row: Row, report: Report | None, visit: Visit) -> dict[str, str]:
    told = {name: term.value for name, term in row.items()}
    span = f"{told['first'][:10]}/{told['last'][:10]}" if "first" in told else ""
    name = capital(report.said(visit.lang)) if report else told["label"]
    return {
        "name": name,
        "title": told["label"] if told["label"] != name else "",
        "link": visit.addresses.page(told["report"]) or told["report"],
        "period": date_text(span, visit.lang) if span else "",
        "rows": told["entries"],
    }
