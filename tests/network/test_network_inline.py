"""The network page in a notebook's output: a frame that is the whole page, parts of a network, and its behaviour."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pobratim.network import shortest_path, show, to_graph, write_network
from pobratim.network.inline import InlinePage, part_of
from tests.support.app_built import needs_app
from tests.support.browser import opened
from tests.support.network_sample import GYMNASIUM_7, SCHOOL_8, TIE_8_7, reader, sample


def _frame(page: InlinePage) -> dict[str, str | None]:
    """The attributes of the one element that the notebook gets."""
    found: list[tuple[str, dict[str, str | None]]] = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    Parser().feed(page._repr_html_())
    [(tag, attributes)] = found
    assert tag == "iframe"
    return attributes


def test_the_frame_holds_the_page_as_it_is_written_to_disk(tmp_path: Path) -> None:
    frame = _frame(show(sample(), height=500))
    write_network("institutions", {}, reader(), tmp_path / "page.html", "ru")
    assert frame["srcdoc"] == (tmp_path / "page.html").read_text(encoding="utf-8")
    assert frame["height"] == "500" and "src" not in frame
    assert "allow-same-origin" not in str(frame["sandbox"])


def test_a_console_shows_one_line_instead_of_the_page() -> None:
    assert len(repr(show(sample()))) < 80


def test_english_is_a_choice() -> None:
    assert '<html lang="en">' in show(sample(), lang="en").page


def test_a_part_has_the_ties_among_its_parties_and_their_rows() -> None:
    network = sample()
    part = part_of(network, [SCHOOL_8, GYMNASIUM_7, "http://example.org/unknown"])
    assert set(part.parties) == {SCHOOL_8, GYMNASIUM_7} and set(part.ties) == {TIE_8_7}
    assert set(part.entries) == set(network.ties[TIE_8_7].entries) != set(network.entries)
    assert part.values == network.values and len(network.ties) > 1


def test_a_graph_names_the_parties_to_show() -> None:
    network = sample()
    graph = to_graph(network)
    path = graph.subgraph(shortest_path(graph, SCHOOL_8, GYMNASIUM_7))
    assert show(network, path) == show(network, [SCHOOL_8, GYMNASIUM_7]) != show(network)


def test_pyvis_draws_for_notebooks_too() -> None:
    page = show(sample(), engine="pyvis")
    assert "vis.DataSet" in page.page and "institution:by-vitebsk-gymnasium-7" in page.page


def _notebook(folder: Path, style: str = "") -> Path:
    needs_app()
    body = show(sample())._repr_html_()
    page = folder / "notebook.html"
    page.write_text(
        f'<!DOCTYPE html><html data-ready="yes"><meta charset="utf-8"><div style="{style}">{body}</div>',
        encoding="utf-8",
    )
    return page


@pytest.mark.browser
def test_in_a_sandboxed_frame_the_page_works_and_asks_for_nothing(tmp_path: Path) -> None:
    with opened(_notebook(tmp_path), 1200, 900) as result:
        page = result.page.frame_locator("iframe")
        page.locator("html[data-ready]").wait_for(state="attached")
        panel = page.locator("[data-part=panel]")
        page.locator("[data-part=find]").fill("гимназия № 7")
        page.locator("[data-part=find]").press("Enter")
        expect(panel.locator("h2").first).to_contain_text("Гимназия № 7")
        panel.get_by_role("link", name="поставить в центр").click()
        expect(page.locator("h1")).to_contain_text("Гимназия № 7")
        page.locator("[data-view=table]").click()
        page.locator("table.t tbody button").first.click()
        expect(page.locator(".told mark").first).to_be_attached()
        assert result.requests == [] and result.errors == []


@pytest.mark.browser
def test_a_frame_that_is_shown_later_shows_all(tmp_path: Path) -> None:
    with opened(_notebook(tmp_path, "display: none"), 1200, 900) as result:
        frame = result.page.frames[1]
        frame.wait_for_selector("html[data-ready]", state="attached")
        result.page.locator("div").evaluate("element => { element.style.display = 'block'; }")
        frame.wait_for_function(_PAINTED)
        assert result.errors == []


_PAINTED = """() => {
  const canvas = document.querySelector(".picture canvas");
  if (!canvas || !canvas.width || !canvas.height) return false;
  const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  let marked = 0;
  for (let at = 3; at < dots.length; at += 4) if (dots[at]) marked += 1;
  return marked > 1000;
}"""
