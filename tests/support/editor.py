"""An editor of the server's pages for tests: signs in, fills in forms as a browser without JavaScript does."""

import html
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Page

from pobratim.load.pipeline import load
from pobratim.load.settings import Settings
from pobratim.resolve import Decision, read_decisions
from pobratim.store.directory import GenerationStore
from tests.support.places import ROOT
from tests.support.server import Server
from tests.support.small_reports import write_report

TOKEN = "a-key-of-the-test"
LUCH, LUCH_SVETA = "by-vitebsk-club-luch", "by-vitebsk-club-luch-sveta"
CLUBS = "Клуб «Луч света» г. Витебска — Клуб «Луч» г. Витебска"
"""The question of ``doubtful_store``."""
PAIR = f"/review/pair?type=organisation&left={LUCH_SVETA}&right={LUCH}"
REFUSED, TAKEN = "/review/tie?row=r%2F1&number=1", "/review/tie?row=r%2F2&number=1"
"""The questions of ``tied_store``."""
EXAMPLE = ROOT / "examples" / "smolensk-2023-q1.docx"
_PATIENCE = 120


def doubtful_store(folder: Path) -> Path:
    """Make a store of one report that leaves one pair of organisations undecided."""
    load([doubtful_report(folder)], GenerationStore(folder / "store"), Settings())
    return folder / "store"


def doubtful_report(folder: Path) -> Path:
    """Write a report whose two clubs may be one, and return it."""
    return write_report(
        folder / "r.txt",
        ("Круглый стол", "г. Витебск", "клуб «Луч» г. Витебска"),
        ("Семинар тренеров", "г. Витебск", "клуб «Луч света» г. Витебска"),
        ("Сбор тренеров", "г. Витебск", "клуб «Луч света» г. Витебска"),
    )


def tied_store(folder: Path) -> Path:
    """Make a store with a tie that was refused though not unlikely, and two that were taken though hardly likely."""
    report = write_report(
        folder / "r.txt",
        ("Приём делегации компании «Хэйхэ Агро» (КНР)", "г. Смоленск", "Депутаты Смоленска"),
        (
            "Встреча школьников",
            "г. Смоленск",
            "Школа № 5 г. Смоленска, школа № 6 г. Смоленска, школа № 7 г. Варна (Республика Болгария)",
        ),
    )
    load([report], GenerationStore(folder / "store"), Settings())
    return folder / "store"


def sign_in(page: Page, path: str = "/") -> None:
    """Sign in with a browser and go on to a page."""
    page.goto(f"/sign-in?next={path}")
    page.get_by_label("Имя").fill("Иванова")
    page.get_by_label("Ключ редактора").fill(TOKEN)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def decisions(store: Path) -> list[Decision]:
    """Return the decisions beside a store but those that took reports out."""
    return [one for one in read_decisions(store.parent / "decisions.tsv") if one.type != "report"]


def page_text(answer: httpx.Response) -> str:
    """Return what stands in the main part of a page, white space folded."""
    found = re.search(r"<main.*?</main>", answer.text, re.S)
    assert found is not None, answer.text[:300]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split())


def hidden(answer: httpx.Response, action: str) -> dict[str, str]:
    """Return the hidden fields of the first form of a page with an action."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', answer.text, re.S)
    assert form is not None, f"no form {action}: {page_text(answer)[:300]}"
    return {
        name: html.unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0])
    }


class Editor:
    """Somebody who is signed in, until the context ends."""

    def __init__(self, server: Server, name: str, token: str = TOKEN) -> None:
        self.client = server.client(_PATIENCE)
        self.client.headers.update({"Accept": "text/html", "Accept-Language": "ru"})
        answer = self.client.post("/sign-in", data={"editor": name, "token": token, "next": "/review", "kept": ""})
        assert (answer.status_code, answer.headers.get("location")) == (303, "/review"), answer.text[:300]

    def __enter__(self) -> "Editor":
        return self

    def __exit__(self, *error: object) -> None:
        self.client.close()

    def get(self, path: str) -> httpx.Response:
        """Open a page."""
        return self.client.get(path)

    def send(self, page: httpx.Response, action: str, files: Any = None, **fields: str) -> httpx.Response:
        """Send a form of a page and return what comes of it, however long that takes."""
        return self.post(action, {**hidden(page, action), **fields}, files)

    def restore(self) -> None:
        """Throw away all drafts, take back all loads, and all decisions but those that took the loads back."""
        while 'name="load"' in (history := self.get("/reports/history")).text:
            self.send(history, "/reports/undo")
        for draft in dict.fromkeys(re.findall(r'href="(/reports/drafts/[^"]+)"', self.get("/reports/new").text)):
            self.send(self._settled(self.get(draft)), f"{draft}/reject")
        listed = self.get("/review")
        told = re.findall(r'name="line" value="(\w+)"><a href="([^"]*)"', listed.text)
        if lines := [line for line, link in told if "type=report" not in link]:
            self.post("/review/undo", {**hidden(listed, "/sign-out"), "line": lines})

    def post(self, action: str, fields: Mapping[str, str | list[str]], files: Any = None) -> httpx.Response:
        """Send fields and follow."""
        answer = self.client.post(action, data=dict(fields), files=files)
        if answer.status_code == 303:
            answer = self.get(answer.headers["location"])
        return self._settled(answer)

    def _settled(self, answer: httpx.Response) -> httpx.Response:
        """Return a page when nothing more is being done for it."""
        deadline = time.monotonic() + _PATIENCE
        while 'aria-busy="true"' in answer.text and time.monotonic() < deadline:
            time.sleep(0.2)
            answer = self.get(str(answer.url))
        return answer
