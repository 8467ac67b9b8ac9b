"""The task of staff that is counted over small and large stores alike: two names are merged, and that is undone."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.support.browser import PATIENCE, visit
from tests.support.clicks import Staff
from tests.support.editor import CLUBS, TOKEN, decisions, sign_in
from tests.support.server import running_server


def merged_and_undone(chrome: Browser, store: Path, **view: Any) -> None:
    """Merge the doubtful clubs of a store by the pages, in five clicks at most, and take that back."""
    with (
        running_server(store, store.parent, env={"POBRATIM_EDITOR_TOKEN": TOKEN}) as server,
        visit(chrome, base_url=server.url, **view) as page,
    ):
        sign_in(page)
        staff = Staff(page)
        staff.link("Отчёты", "header")
        staff.link("Спорные случаи")
        staff.link(CLUBS)
        staff.is_at("Одно и то же или разное?")
        staff.click(page.get_by_role("button", name="Объединить"))
        expect(page.get_by_role("heading", level=1)).to_have_text("Записано и действует", timeout=2 * PATIENCE)
        assert staff.clicks <= 5 and [one.verdict for one in decisions(store)] == ["same"]
        staff.click(page.get_by_role("button", name="Отменить"))
        expect(page.get_by_text("Отменено:")).to_be_visible()
        assert decisions(store) == []
