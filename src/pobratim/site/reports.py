"""The page of all reports: what each is about and of whom; where editors hand in another."""

from pobratim.site.asking import Asker, Row
from pobratim.site.page import Page, Visit
from pobratim.site.values import date_text
from pobratim.site.words import Words


async def reports_at(asker: Asker, visit: Visit, path: str) -> Page:
    """Return the page at ``/reports``, the newest period first."""
    del path
    listed: dict[str, dict[str, str]] = {}
    for row in await asker.rows("reports-list"):
        listed.setdefault(row["report"].value, _report(row, visit))
    values = {
        "reports": list(listed.values()),
        "rows": sum(int(one["rows"]) for one in listed.values()),
        "is_editable": asker.data.is_editable,
        "e": Words(visit.lang, "editing"),
        "m": Words(visit.lang, "start"),
    }
    return Page("reports.html", values)


def _report(row: Row, visit: Visit) -> dict[str, str]:
    told = {name: term.value for name, term in row.items()}
    span = f"{told['first'][:10]}/{told['last'][:10]}" if "first" in told else ""
    return {
        "title": told["label"],
        "link": visit.addresses.page(told["report"]) or told["report"],
        "period": date_text(span, visit.lang) if span else "",
        "whose": told.get("publisher") or told.get("area") or told.get("place", ""),
        "rows": told["entries"],
    }
