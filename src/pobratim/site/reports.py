"""The page of all reports: what each is about and of whom; where editors hand in another."""

from pobratim.explore.reports import Report, reports_lately
from pobratim.site.asking import Asker, Row
from pobratim.site.explorer.wording import capital
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import Words


async def reports_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page at ``/reports``, the newest period first."""
    del path
    rows: dict[str, Row] = {}
    for row in await asker.rows("reports-list"):
        rows.setdefault(row["report"].value, row)
    named = await asker.explored(lambda index: reports_lately(index, tuple(rows))) if rows else {}
    listed = [_report(row, named.get(iri), visit) for iri, row in rows.items()]
    values = {
        "reports": listed,
        "rows": sum(int(one["rows"]) for one in listed),
        "is_editable": asker.data.is_editable,
        "e": Words(visit.lang, "editing"),
        "m": Words(visit.lang, "start"),
    }
    return Page("reports.html", values)


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
