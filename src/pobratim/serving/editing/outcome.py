"""``/editing/WORK``: how far a piece of work is, and what came of it."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from pobratim.editing.lines import lines_of
from pobratim.editing.review_pages import overtaken_page
from pobratim.editing.tie_page import TIE
from pobratim.resolve import Decision
from pobratim.serving.editing.gate import Signed
from pobratim.serving.editing.office import Office
from pobratim.serving.editing.works import Work
from pobratim.site.asking import Asker
from pobratim.site.page import Page, Visit

_AGAIN = "2"
"""Seconds after which a page of unfinished work is asked for again."""
_STATUS = {"refused": 422, "locked": 503, "failed": 500}


def routes(office: Office) -> list[Route]:
    """Return the route of the page."""

    async def shown(signed: Signed) -> Response:
        work = office.work(signed.request)
        if work is None:  # the server was started anew; what was written stands in the history
            return office.to(signed.request, "/reports/history")
        if work.state == "overtaken":
            return await office.page(signed, lambda asker, visit: _overtaken(office, work, asker, visit))
        if not work.is_over:
            page = Page("work.html", {"work": work, "before": office.works.before(work), **_back(work)})
            return office.shown(signed, page, Refresh=_AGAIN)
        return await office.page(signed, lambda asker, visit: _over(office, work, asker, visit))

    return office.gate.shows("/editing/{work}", shown)


async def _over(office: Office, work: Work, asker: Asker, visit: Visit) -> Page:
    values: dict[str, Any] = {"work": work, "said": work.answer.get("said", {}).get(visit.lang, ""), **_back(work)}
    step = work.answer.get("step", {})
    made = [Decision(**one) for one in step.get("add", ())]
    back = [Decision(**one) for one in step.get("take_back", ())]
    if work.state != "done":
        return Page("work-failed.html", values, _STATUS[work.state])
    names = office.desk.names()
    values |= {"lines": await lines_of(asker, visit, made, names)}
    values |= {"back_lines": await lines_of(asker, visit, back, names)}
    if work.task == "preview":
        return Page("work-preview.html", {**values, "told": work.answer["told"][visit.lang]})
    is_tie = dict(work.form).get("field") == TIE
    following = visit.to(f"/review/next?type={TIE}" if is_tie else "/review/next")
    return Page("work-done.html", {**values, "generation": asker.data.number, "next": following, "is_tie": is_tie})


async def _overtaken(office: Office, work: Work, asker: Asker, visit: Visit) -> Page:
    lines = [Decision(**one) for one in work.answer["lines"]]
    return await overtaken_page(asker, visit, office.named(lines), visit.to(_back(work)["again"]))


def _back(work: Work) -> dict[str, Any]:
    """Return where the work was begun, and the fields of the form that began it."""
    form = dict(work.form)
    again = {"accept": "/reports/new", "undo": "/reports/history"}.get(work.task, "/review")
    if form.get("right"):
        again = f"/review/pair?type={form['type']}&left={form['left']}&right={form['right']}"
    elif form.get("tie"):
        again = f"/review/tie?{urlencode({'row': form['left'], 'number': form['tie']})}"
    elif form.get("left"):
        again = f"/review/thing?type={form['type']}&key={form['left']}"
    elif work.asked.get("draft"):
        again = f"/reports/drafts/{work.asked['draft']}"
    return {"again": again, "pairs": [pair for pair in work.form if pair[0] != "form"]}
